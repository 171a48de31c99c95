"""An employer's card: its facts with who changed each last, its people, agreements, contacts, results and who uses it.

A participant is named to those who may open her case, and to nobody else; a protected one is not hinted at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries import employer_terms as terms
from se_engine.queries.access import access_employer, cases_in_scope, protected_cases
from se_engine.queries.day_sql import plus_days
from se_engine.queries.employer_feedback import FeedbackDue, feedback_due
from se_engine.queries.employer_uses import Use, uses_elsewhere
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import (
    Employer,
    EmployerChange,
    EmployerFeedback,
    EmployerNote,
    EmployerPerson,
    FrameworkAgreement,
)
from se_engine.records.jobs import Job
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.records.tracks import Track
from se_engine.rules.roles import Actor

SHOWN_CONTACTS = 20
SHOWN_CHANGES = 500
HALF_A_YEAR = timedelta(weeks=26)
UNPAID = ("work_training", "job_taster")
"""Contracts that are placements, whatever is said of pay."""


@dataclass(frozen=True)
class Change:
    field: str
    before: str | None
    after: str | None
    who: str | None
    at: datetime
    version: int
    person: str | None = None
    """The person at the employer whose field it is."""


@dataclass(frozen=True)
class Agreement:
    id: int
    from_on: date
    until_on: date
    ended_on: date | None
    places: int
    used: int
    tasks: str | None
    runs: bool


@dataclass(frozen=True)
class EmployerContact:
    """A contact as the employer's side of it may be read; `case_id` only where the reader may open the case."""

    id: int
    on: date
    status: str
    kind: str | None
    channel: str | None
    purpose: str | None
    decision_maker: bool | None
    outcome: str | None
    satisfaction: int | None
    who: str | None
    case_id: int | None
    text: str | None
    agreed: str | None


@dataclass(frozen=True)
class Relation:
    """A running track here of a case that the reader may open."""

    track_id: int
    step: str
    opened_on: date
    owner: str | None
    occupation: str | None
    case_id: int
    name: str


@dataclass(frozen=True)
class Results:
    """What became of those who came here, as numbers."""

    participants: int
    placements: int
    jobs: int
    old_enough: int
    """Jobs that began at least 26 weeks ago."""
    still_there: int
    """Of these, how many lasted 26 weeks."""


@dataclass(frozen=True)
class Feedback:
    week: int
    on: date
    answers: tuple[int | None, ...]
    another: str | None
    text: str | None


@dataclass(frozen=True)
class EmployerCard:
    employer: Employer
    version: int
    on: date
    changes: list[Change]
    people: list[EmployerPerson]
    agreements: list[Agreement]
    contacts: list[EmployerContact]
    relations: list[Relation]
    others: dict[str, int]
    """Colleagues with a running track here, of the cases the reader may not open → how many."""
    results: Results
    feedback: list[Feedback]
    due: list[FeedbackDue]
    elsewhere: list[Use]

    @property
    def last_change(self) -> dict[str, Change]:
        """Field → the newest change of it."""
        return {change.field: change for change in reversed(self.changes)}


def employer_card(session: Session, actor: Actor, employer_id: int) -> EmployerCard:
    """A dozen statements, however much has happened there."""
    employer, on = access_employer(session, actor, employer_id), today(session)
    mine, others = _relations(session, actor, employer_id, on)
    return EmployerCard(
        employer=employer,
        version=employer.version or 1,
        on=on,
        changes=changes_of(session, employer_id),
        people=people_of(session, employer_id),
        agreements=agreements_of(session, employer_id, on),
        contacts=_contacts(session, actor, employer_id, on),
        relations=mine,
        others=others,
        results=_results(session, employer_id, on),
        feedback=_feedback(session, employer_id),
        due=feedback_due(session, actor, employer_id=employer_id),
        elsewhere=uses_elsewhere(session, employer),
    )


def changes_of(session: Session, employer_id: int, *, since: int = 0) -> list[Change]:
    """The newest first; `since`: those that came after that version of the card."""
    found = (
        select(EmployerChange, User.name, EmployerPerson.name)
        .outerjoin(EmployerPerson, EmployerPerson.id == EmployerChange.person_id)
        .outerjoin(User, User.id == EmployerChange.recorded_by)
        .where(EmployerChange.employer_id == employer_id, EmployerChange.version > since)
        .order_by(EmployerChange.id.desc())
        .limit(SHOWN_CHANGES)
    )
    return [
        Change(one.field, one.before, one.after, who, one.recorded_at, one.version, person)
        for one, who, person in session.execute(found)
    ]


def people_of(session: Session, employer_id: int) -> list[EmployerPerson]:
    """Those to talk to now, who decides first."""
    found = select(EmployerPerson).where(EmployerPerson.employer_id == employer_id, EmployerPerson.left_on.is_(None))
    return list(session.scalars(found.order_by(EmployerPerson.decides.desc(), EmployerPerson.id)))


def agreements_of(session: Session, employer_id: int, on: date) -> list[Agreement]:
    used, runs = terms.places_used(on).label("used"), case((terms.runs(on), 1), else_=0).label("runs")
    found = (
        select(FrameworkAgreement, used, runs)
        .where(FrameworkAgreement.employer_id == employer_id)
        .order_by(FrameworkAgreement.until_on.desc(), FrameworkAgreement.id.desc())
    )
    return [
        Agreement(
            one.id, one.from_on, one.until_on, one.ended_on, one.places, number if in_force else 0, one.tasks,
            bool(in_force),
        )
        for one, number, in_force in session.execute(found)
    ]  # fmt: skip


def _contacts(session: Session, actor: Actor, employer_id: int, on: date) -> list[EmployerContact]:
    """The newest, what is planned on top, each with what was written of the employer's side."""
    may_open = and_(Case.id.is_not(None), cases_in_scope(actor, on))
    hidden = and_(Case.id.is_not(None), protected_cases(actor, on))
    note = and_(EmployerNote.contact_id == Contact.id, EmployerNote.voided.is_(False))
    found = (
        select(
            Contact.id, Contact.happened_on, Contact.status, Contact.kind, Contact.channel, Contact.purpose,
            Contact.decision_maker, Contact.outcome, Contact.satisfaction, User.name, EmployerNote.text,
            EmployerNote.agreed, case((may_open, Contact.case_id)).label("case_id"),
        )
        .outerjoin(Case, Case.id == Contact.case_id)
        .outerjoin(User, User.id == Contact.user_id)
        .outerjoin(EmployerNote, note)
        .where(Contact.employer_id == employer_id, Contact.status.not_in(("voided", "cancelled")), not_(hidden))
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
        .limit(SHOWN_CONTACTS)
    )  # fmt: skip
    return [
        EmployerContact(
            row.id, row.happened_on, row.status, row.kind, row.channel, row.purpose, row.decision_maker, row.outcome,
            row.satisfaction, row.name, row.case_id, row.text, row.agreed,
        )
        for row in session.execute(found)
    ]  # fmt: skip


def _relations(session: Session, actor: Actor, employer_id: int, on: date) -> tuple[list[Relation], dict[str, int]]:
    """The reader's own, with names; and how many each colleague has beside them."""
    may_open = case((cases_in_scope(actor, on), 1), else_=0).label("may_open")
    found = (
        select(
            Track.id, Track.step, Track.opened_on, Track.occupation, Track.case_id, User.name.label("owner"), may_open,
            Participant.sealed_key, ParticipantText.sealed,
        )
        .join(Case, Case.id == Track.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(Track.employer_id == employer_id, Track.ended_on.is_(None), not_(protected_cases(actor, on)))
        .order_by(Track.opened_on, Track.id)
    )  # fmt: skip
    mine: list[Relation] = []
    others: dict[str, int] = {}
    for row in session.execute(found):
        if row.may_open:
            mine.append(_relation(session, row))
        else:
            others[row.owner or ""] = others.get(row.owner or "", 0) + 1
    return mine, others


def _relation(session: Session, row: Row[Any]) -> Relation:
    name = full_name(open_text(session, row.sealed_key, "name", row.sealed))
    return Relation(row.id, row.step, row.opened_on, row.owner, row.occupation, row.case_id, name)


def _results(session: Session, employer_id: int, on: date) -> Results:
    lasted = or_(Job.ended_on.is_(None), Job.ended_on >= plus_days(Job.started_on, HALF_A_YEAR.days))
    placement = or_(Job.paid.is_(False), func.coalesce(Job.contract, "").in_(UNPAID))
    paid = and_(Job.paid.is_(True), not_(placement))
    old = and_(paid, Job.started_on <= on - HALF_A_YEAR)

    def number(term: Any) -> Any:
        return func.coalesce(func.sum(case((term, 1), else_=0)), 0).cast(Integer)

    jobs = session.execute(
        select(
            number(paid).label("jobs"),
            number(old).label("old_enough"),
            number(and_(old, lasted)).label("still_there"),
            number(placement).label("placements"),
        ).where(Job.employer_id == employer_id, ~Job.voided)
    ).one()
    tracks = select(Track.case_id).where(Track.employer_id == employer_id)
    with_job = select(Job.case_id).where(Job.employer_id == employer_id, ~Job.voided)
    cases = select(func.count(Case.participant_id.distinct())).where(or_(Case.id.in_(tracks), Case.id.in_(with_job)))
    return Results(session.scalar(cases) or 0, jobs.placements, jobs.jobs, jobs.old_enough, jobs.still_there)


def _feedback(session: Session, employer_id: int) -> list[Feedback]:
    found = select(EmployerFeedback).where(EmployerFeedback.employer_id == employer_id)
    given: Sequence[EmployerFeedback] = session.scalars(found.order_by(EmployerFeedback.happened_on.desc())).all()
    return [Feedback(one.week, one.happened_on, tuple(one.answers), one.another, one.text) for one in given]
