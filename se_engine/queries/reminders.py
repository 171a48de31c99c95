"""What is due for a reader: the reminders of her cases, of those she stands in for, and of the team she leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries import beginning_dues, career_dues, closing_dues, document_dues, follow_up_dues, job_dues
from se_engine.queries.access import cases_in_scope
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.participants import Participant
from se_engine.records.people import Absence, User
from se_engine.records.texts import ParticipantText
from se_engine.rules.contacts import PLANNED
from se_engine.rules.errors import NotPermitted
from se_engine.rules.reminders import Due, Reminder, one_each
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor, Role

PARTS = (
    follow_up_dues.dues, beginning_dues.dues, job_dues.dues, document_dues.dues, career_dues.dues, closing_dues.dues,
)  # fmt: skip
"""Each tells what its own facts ask for: (session, cases, on) → [Due], in a constant number of statements."""
OWN, TEAM = "own", "team"
MOST = 500
AT_ONCE = 5000


@dataclass(frozen=True)
class ReminderLine:
    """One reminder with whom it is about."""

    case: Case
    name: str
    participant_ref: str
    reason: str
    also: tuple[str, ...]
    on: date
    late: bool
    place: str
    owner: str | None
    standing_in: bool
    """The case of somebody the reader stands in for."""
    meeting_on: date | None
    """The next meeting that is planned with her."""


@dataclass(frozen=True)
class Reminders:
    on: date
    lines: tuple[ReminderLine, ...]
    total: int
    late: int


def reminders_of(
    session: Session, actor: Actor, on: date | None = None, *, whose: str = OWN, most: int = MOST
) -> Reminders:
    """People before papers, the oldest first. A supervisor chooses between her own cases and the team's.

    Another day asks what is due then, of the cases that are hers today.
    """
    if actor.role not in CASEWORK:
        raise NotPermitted()
    now_is = today(session)
    day = on or now_is
    found = gathered(session, whose_cases(actor, now_is, whose), day)
    shown = _lines(session, actor, day, found[:most])
    return Reminders(day, tuple(shown), len(found), sum(one.late for one in found))


def how_many(session: Session, actor: Actor, on: date) -> tuple[int, int]:
    """How many are due for the reader's own cases and those she stands in for, and how many of them are late."""
    found = gathered(session, whose_cases(actor, on), on)
    return len(found), sum(one.late for one in found)


def whose_cases(actor: Actor, on: date, whose: str = OWN) -> ColumnElement[bool]:
    """The cases whose reminders are this reader's, within those she may open."""
    scope = cases_in_scope(actor, on)
    if actor.role is Role.OPERATOR or (whose == TEAM and actor.role in SUPERVISION):
        return scope
    return and_(scope, or_(Case.owner_id == actor.user_id, _stands_in(actor, on)))


def _stands_in(actor: Actor, on: date) -> ColumnElement[bool]:
    return exists().where(
        Absence.user_id == Case.owner_id,
        Absence.substitute_id == actor.user_id,
        Absence.from_on <= on,
        Absence.until_on >= on,
    )


def gathered(session: Session, cases: ColumnElement[bool], on: date) -> list[Reminder]:
    """At most one per person and reason, whichever parts ask for it."""
    dues: list[Due] = list(chain.from_iterable(part(session, cases, on) for part in PARTS))
    persons = _persons_with_several(session, cases) if dues else {}
    return one_each(dues, on, person_of=lambda case_id: persons.get(case_id, ("case", case_id)))


def _persons_with_several(session: Session, cases: ColumnElement[bool]) -> dict[int, tuple[str, int]]:
    """Case → person, where somebody has more than one: the others are told apart by their case."""
    other = aliased(Case)
    another = exists().where(other.participant_id == Case.participant_id, other.id != Case.id)
    rows = session.execute(select(Case.id, Case.participant_id).where(cases, another))
    return {row.id: ("person", row.participant_id) for row in rows}


def _lines(session: Session, actor: Actor, on: date, found: list[Reminder]) -> list[ReminderLine]:
    """One statement for as many as a page shows; the command line, which shows them all, asks by the thousand."""
    numbers = sorted({one.due.case_id for one in found})
    known = {
        row[0].id: row
        for first in range(0, len(numbers), AT_ONCE)
        for row in session.execute(_about(on, numbers[first : first + AT_ONCE]))
    }
    return [_line(session, actor, one, known[one.due.case_id]) for one in found]


def _about(on: date, cases: Sequence[int]) -> Select[*tuple[Any, ...]]:
    ahead = (
        select(func.min(Contact.happened_on))
        .where(Contact.case_id == Case.id, Contact.status == PLANNED, Contact.happened_on >= on)
        .scalar_subquery()
    )
    return (
        select(Case, Participant.ref, Participant.sealed_key, ParticipantText.sealed, User.name, ahead)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(Case.id.in_(cases))
    )


def _line(session: Session, actor: Actor, one: Reminder, row: Any) -> ReminderLine:
    case, ref, sealed_key, sealed, owner, meeting_on = row
    return ReminderLine(
        case=case,
        name=full_name(open_text(session, sealed_key, "name", sealed)),
        participant_ref=ref,
        reason=one.due.reason,
        also=one.also,
        on=one.due.on,
        late=one.late,
        place=one.due.place,
        owner=owner,
        standing_in=actor.role is Role.JOB_SPECIALIST and case.owner_id != actor.user_id,
        meeting_on=meeting_on,
    )
