"""Employers: the register, the card, adding one and changing it."""

from datetime import date
from typing import Any

from se_engine.actions.employers import add_employer
from se_engine.actions.employers import change_employer as change
from se_engine.queries.access import access_employer
from se_engine.queries.employer_cards import EmployerCard, changes_of, employer_card
from se_engine.queries.employers import EmployerFilters, EmployerPlace, Register, register
from se_engine.records.employers import Employer
from se_engine.rules.errors import NotPermitted
from web.api.blueprint import EMPLOYER, api
from web.api.cursors import cursor_of, day_and_number
from web.api.describing import reads, writes
from web.api.models import employers as models
from web.api.shaping import etag, shaped
from web.api.writes import Headers, Written, check_seen, once
from web.auth import actor
from web.session import session

NO_FACTS = {"nobody_named", "another"}
OF_A_PLACE = {"cursor", "limit"}


@api.get("/employers")
@reads(models.Employers, 422)
def list_employers(query: models.EmployersQuery) -> models.Employers:
    """The employers of the account's office in the order of what needs attention, searched and narrowed."""
    begin = day_and_number(query.cursor)
    found = register(
        session(),
        actor(),
        EmployerFilters(**query.model_dump(exclude=OF_A_PLACE)),
        place=EmployerPlace(*begin) if begin else None,
        size=query.limit,
    )
    rows = [shaped(models.EmployerRow, row, employer_id=row.id) for row in found.rows]
    return models.Employers(employers=rows, counts=found.counts, next=cursor_of(_end(found)))


def _end(found: Register) -> tuple[date, int] | None:
    return found.rows[-1].place if found.has_next else None


@api.get(EMPLOYER)
@reads(models.Employer, 404)
def show_employer(employer_id: int) -> tuple[models.Employer, Headers]:
    """The card with everything it gathers; participants only as the cases that are within reach."""
    shown = _shown(employer_card(session(), actor(), employer_id))
    return shown, {"ETag": shown.etag}


def _shown(card: EmployerCard) -> models.Employer:
    return shaped(
        models.Employer,
        card.employer,
        employer_id=card.employer.id,
        etag=etag(card.employer),
        needs=card.employer.needs.split(",") if card.employer.needs else [],
        people=[shaped(models.Person, one, person_id=one.id) for one in card.people],
        agreements=[shaped(models.Agreement, one, agreement_id=one.id) for one in card.agreements],
        notes=[shaped(models.EmployerNote, one, case=one.case_id) for one in card.contacts],
        relations=[shaped(models.Relation, one, case=one.case_id) for one in card.relations],
        other_tracks=sum(card.others.values()),
        results=shaped(models.Results, card.results),
        feedback=[shaped(models.Feedback, one, answers=list(one.answers)) for one in card.feedback],
        feedback_due=[shaped(models.FeedbackDue, one, case=one.case_id) for one in card.due],
    )


@api.get(f"{EMPLOYER}/history")
@reads(models.CardHistory, 404)
def show_employer_history(employer_id: int) -> models.CardHistory:
    """Every changed field of the card: from what, to what."""
    employer = access_employer(session(), actor(), employer_id)
    return models.CardHistory(changes=[shaped(models.CardChange, one) for one in changes_of(session(), employer.id)])


@api.post("/employers")
@writes(models.EmployerKey, status=201)
@once
def register_employer(json: models.NewEmployer) -> Written:
    """A new card; one that looks like it is pointed out (409) until `another` says that it is another employer."""
    office_id = actor().office_id
    if office_id is None:
        raise NotPermitted()
    added = add_employer(
        session(), actor(), office_id, another=json.another, confirmed=json.nobody_named, **_facts(json)
    )
    return key(added), 201, {"ETag": etag(added), "Location": f"/api/v1/employers/{added.id}"}


@api.patch(EMPLOYER)
@writes(models.EmployerKey, 412, 428)
@once
def change_employer(employer_id: int, json: models.ChangedEmployer) -> Written:
    """Other facts of the card (JSON merge patch); the history of the card keeps what each was."""
    employer = access_employer(session(), actor(), employer_id)
    seen = check_seen(employer)
    changed = change(session(), actor(), employer.id, seen_version=seen, confirmed=json.nobody_named, **_facts(json))
    return key(changed), 200, {"ETag": etag(changed)}


def _facts(json: models.EmployerFacts) -> dict[str, Any]:
    """The facts that were named; a list of needs is one field of the card."""
    given = json.model_dump(exclude_unset=True, exclude=NO_FACTS)
    if "needs" in given:
        given["needs"] = ",".join(given["needs"] or ())
    return given


def key(employer: Employer) -> models.EmployerKey:
    return models.EmployerKey(employer_id=employer.id, etag=etag(employer))
