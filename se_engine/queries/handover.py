"""What somebody who takes a case over has to know today, from what has been recorded; and all cases of one owner."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case, cases_in_scope
from se_engine.queries.contacts import ContactLine, contacts_of
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import Heading, heading_of
from se_engine.queries.options import Possible, possible_moves
from se_engine.queries.people import people_of
from se_engine.queries.standing import Next, Surroundings, next_date, surroundings_of
from se_engine.queries.texts import full_name, open_text, texts_of
from se_engine.queries.track_facts import process_of_track
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.needs import Commitment, Need, Partner
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.records.tracks import Disclosure, Track
from se_engine.rules.contacts import TOLD
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.process import Step
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor

CONTACTS = 3
LOOKED_AT = 20
"""Contacts among which the last three that took place are found; the planned ones stand before them."""


@dataclass(frozen=True)
class Secret:
    """What one employer may be told about her, and what must not be said there, in her words."""

    employer: str
    decision: str
    may_tell: tuple[str, ...]
    by_whom: str
    not_told: str | None
    since: date


@dataclass(frozen=True)
class Promise:
    who: str
    partner: str | None
    text: str | None
    due_on: date | None


@dataclass(frozen=True)
class Appointment:
    area: str
    partner: str | None
    on: date


@dataclass(frozen=True)
class TrackLine:
    employer: str
    step: Step
    since: date
    occupation: str | None


@dataclass(frozen=True)
class HandOverPage(Heading):
    owner: str | None
    surroundings: Surroundings
    next: Next | None
    contacts: tuple[ContactLine, ...]
    planned: tuple[ContactLine, ...]
    possible: tuple[Possible, ...]
    tracks: tuple[TrackLine, ...]
    secrets: tuple[Secret, ...]
    promises: tuple[Promise, ...]
    appointments: tuple[Appointment, ...]


def handover_page(session: Session, actor: Actor, case_id: int) -> HandOverPage:
    """Everything on one sheet; nobody's private reminders."""
    case = access_case(session, actor, case_id)
    heading = heading_of(session, case)
    lines = contacts_of(session, actor, case.id, limit=LOOKED_AT).lines
    disclosures, promises = _disclosures(session, case), _open_promises(session, case)
    ids = [row.not_told_text_id for row, _ in disclosures if row.not_told_text_id]
    words = texts_of(session, case.participant, [*ids, *(row.text_id for row, _ in promises)])
    owner = people_of(session, [case.owner_id]) if case.owner_id else {}
    moves = () if heading.ended else possible_moves(
        heading.process, facts_of(session, case, heading.process), actor, case.id
    )  # fmt: skip
    around = surroundings_of(session, case)
    return HandOverPage(
        case=case,
        process=heading.process,
        name=heading.name,
        today=heading.today,
        owner=owner.get(case.owner_id or 0),
        surroundings=around,
        next=next_date(case, heading.process, around, heading.today),
        contacts=tuple(line for line in lines if line.status in TOLD)[:CONTACTS],
        planned=tuple(reversed([line for line in lines if line.planned])),
        possible=tuple(move for move in moves if move.move.kind == "forward"),
        tracks=_tracks(session, case),
        secrets=tuple(_secret(row, employer, words) for row, employer in disclosures),
        promises=tuple(Promise(row.who, partner, words.get(row.text_id), row.due_on) for row, partner in promises),
        appointments=_appointments(session, case, heading.today),
    )


def _tracks(session: Session, case: Case) -> tuple[TrackLine, ...]:
    rows = session.execute(
        select(Track, Employer.name)
        .join(Employer, Employer.id == Track.employer_id)
        .where(Track.case_id == case.id, Track.ended_on.is_(None))
        .order_by(Track.opened_on, Track.id)
    )
    return tuple(
        TrackLine(name, process_of_track(track).step_by_key[track.step], track.entered_on, track.occupation)
        for track, name in rows
    )


def _disclosures(session: Session, case: Case) -> list[tuple[Disclosure, str]]:
    """The newest of each employer."""
    rows = session.execute(
        select(Disclosure, Employer.name)
        .join(Employer, Employer.id == Disclosure.employer_id)
        .where(Disclosure.case_id == case.id)
        .order_by(Disclosure.happened_on, Disclosure.id)
    )
    newest = {disclosure.employer_id: (disclosure, name) for disclosure, name in rows}
    return sorted(newest.values(), key=lambda found: found[1])


def _secret(found: Disclosure, employer: str, words: dict[int, str | None]) -> Secret:
    return Secret(
        employer=employer,
        decision=found.decision,
        may_tell=tuple(topic for topic in found.may_tell.split(",") if topic),
        by_whom=found.by_whom,
        not_told=words.get(found.not_told_text_id) if found.not_told_text_id else None,
        since=found.happened_on,
    )


def _open_promises(session: Session, case: Case) -> list[tuple[Commitment, str | None]]:
    rows = session.execute(
        select(Commitment, Partner.name)
        .outerjoin(Partner, Partner.id == Commitment.partner_id)
        .where(Commitment.case_id == case.id, Commitment.done_on.is_(None), Commitment.dropped_on.is_(None))
        .order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    )
    return [(commitment, partner) for commitment, partner in rows]


def _appointments(session: Session, case: Case, on: date) -> tuple[Appointment, ...]:
    rows = session.execute(
        select(Need.area, Partner.name, Need.appointment_on)
        .outerjoin(Partner, Partner.id == Need.partner_id)
        .where(Need.case_id == case.id, Need.status == "appointed", Need.appointment_on >= on)
        .order_by(Need.appointment_on, Need.id)
    )
    return tuple(Appointment(row.area, row.name, row.appointment_on) for row in rows)


@dataclass(frozen=True)
class OwnersCase:
    """One of the cases to hand over."""

    case_id: int
    name: str
    protected: bool
    step: str
    status: str
    waiting_for: str | None
    next_on: date | None
    last_contact_on: date | None


@dataclass(frozen=True)
class OwnersCases:
    owner_id: int
    owner: str
    cases: tuple[OwnersCase, ...]
    opened: tuple[Case, ...]
    """The same as records, for the trail."""


def cases_to_hand_over(session: Session, actor: Actor, owner_id: int) -> OwnersCases:
    """The running cases of one person, by step; for her supervisor and herself."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    owner = session.get(User, owner_id)
    if owner is None or owner.office_id != actor.office_id:
        raise NotFound()
    if actor.role not in SUPERVISION and owner.id != actor.user_id:
        raise NotPermitted()
    rows = session.execute(
        select(Case, Participant.sealed_key, ParticipantText.sealed)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .where(Case.owner_id == owner.id, Case.status != "ended", cases_in_scope(actor, today(session)))
        .order_by(Case.next_on.is_(None), Case.next_on, Case.id)
    ).all()
    return OwnersCases(
        owner.id,
        owner.name,
        tuple(_owners_case(case, full_name(open_text(session, key, "name", sealed))) for case, key, sealed in rows),
        tuple(case for case, _key, _sealed in rows),
    )


def _owners_case(case: Case, name: str) -> OwnersCase:
    return OwnersCase(
        case.id, name, case.protected, case.step, case.status, case.waiting_for, case.next_on, case.last_contact_on
    )
