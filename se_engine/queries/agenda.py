"""Days with their meetings: one's own, those of people one stands in for, the team's; and what must be completed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from se_engine.clock import NORWAY, now, today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.contact_texts import parts_of
from se_engine.queries.interpreters import interpreter_missing
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, InterpreterBooking
from se_engine.records.employers import Employer
from se_engine.records.participants import Participant
from se_engine.records.people import Absence, User
from se_engine.records.texts import ParticipantText
from se_engine.rules.contacts import PLANNED, TOLD, clock_time, overlap, span
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor, Role

SHOWN = (PLANNED, *TOLD)
MOST = 500
LONGEST_PERIOD = 62
COMPLETE_WITHIN = 3
"""Days after a meeting within which its note is written."""


@dataclass(frozen=True)
class AgendaLine:
    """One meeting of a day, or one that still lacks its note."""

    id: int
    version: int
    case_id: int | None
    name: str | None
    """The participant's."""
    employer_id: int | None
    employer: str | None
    kind: str
    channel: str
    purpose: str | None
    status: str
    happened_on: date
    starts_at: str | None
    ends_at: str | None
    minutes: int | None
    user_id: int | None
    person: str | None
    standing_in: bool
    """Somebody else's meeting, whom the reader stands in for."""
    interpreter: str | None
    """The status of its booking; empty where nothing was decided."""
    interpreter_missing: bool
    place: str | None = None
    agenda: str | None = None
    collides: bool = False
    over: bool = False
    """Planned, and its time has passed: the note is missing."""
    late: bool = False
    """For longer than notes may take."""


@dataclass(frozen=True)
class OwnDay:
    on: date
    lines: tuple[AgendaLine, ...]
    must_complete: tuple[AgendaLine, ...]
    """Meetings of earlier days that still lack their note, oldest first."""


@dataclass(frozen=True)
class TeamAgenda:
    from_on: date
    to_on: date
    lines: tuple[AgendaLine, ...]
    more: bool


def own_day(session: Session, actor: Actor, on: date) -> OwnDay:
    """The day's contacts of the reader and of those she stands in for, and earlier meetings without a note."""
    people = whose_days(session, actor)
    of_the_day = and_(Contact.happened_on == on, Contact.status.in_(SHOWN))
    earlier = _untold(min(on, today(session)))
    which = and_(Contact.user_id.in_(people), or_(of_the_day, earlier))
    lines = _lines(session, actor, which, people)
    return OwnDay(
        on,
        tuple(_colliding([line for line in lines if line.happened_on == on])),
        tuple(line for line in lines if line.happened_on != on),
    )


def team_agenda(
    session: Session, actor: Actor, from_on: date, to_on: date, *, user_id: int | None = None
) -> TeamAgenda:
    """Everybody's meetings in a period, for those who may open their cases; `user_id` chooses one of them."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    if not timedelta(0) <= to_on - from_on <= timedelta(days=LONGEST_PERIOD):
        raise Refused("period_not_allowed", longest=LONGEST_PERIOD)
    chosen = Contact.user_id == user_id if user_id is not None else true()
    when = and_(Contact.happened_on.between(from_on, to_on), Contact.status.in_(SHOWN))
    lines = _lines(session, actor, and_(when, chosen), whose_days(session, actor))
    return TeamAgenda(from_on, to_on, tuple(_colliding(lines[:MOST])), len(lines) > MOST)


def must_complete(session: Session, actor: Actor) -> int:
    """How many of the reader's meetings of earlier days still lack their note."""
    on, people = today(session), whose_days(session, actor)
    count = (
        select(func.count())
        .select_from(Contact)
        .outerjoin(Case, Case.id == Contact.case_id)
        .outerjoin(User, User.id == Contact.user_id)
        .where(Contact.user_id.in_(people), _untold(on), _open_to(actor, on, people))
    )
    return session.scalar(count) or 0


def _untold(on: Any) -> ColumnElement[bool]:
    return and_(Contact.status == PLANNED, Contact.happened_on < on)


def whose_days(session: Session, actor: Actor) -> list[int]:
    """The reader and those she stands in for today. Asked first: with their numbers the index finds the rest."""
    if actor.user_id is None:
        return []
    on = today(session)
    absent = select(Absence.user_id).where(
        Absence.substitute_id == actor.user_id, Absence.from_on <= on, Absence.until_on >= on
    )
    return sorted({actor.user_id, *session.scalars(absent)})


def _open_to(actor: Actor, on: date, people: Sequence[int]) -> ColumnElement[bool]:
    """What the reader may open: her cases' contacts, and those with employers alone of the people she leads."""
    if actor.role is Role.OPERATOR:
        return true()
    led: ColumnElement[bool] = Contact.user_id.in_(people)
    if actor.role in SUPERVISION:
        led = or_(led, true() if actor.team_id is None else User.team_id == actor.team_id)
    hers = or_(and_(Contact.case_id.is_(None), led), and_(Contact.case_id.is_not(None), cases_in_scope(actor, on)))
    return and_(Contact.office_id == actor.office_id, hers)


def _lines(session: Session, actor: Actor, which: ColumnElement[bool], people: Sequence[int]) -> list[AgendaLine]:
    """Two statements, however many meetings: the rows with names, and the words of place and agenda."""
    on, clock = today(session), now(session).astimezone(NORWAY).strftime("%H:%M")
    query = (
        select(
            Contact,
            InterpreterBooking.status,
            Employer.name,
            User.name,
            Participant.sealed_key,
            ParticipantText.sealed,
            case((interpreter_missing(), 1), else_=0),
        )
        .outerjoin(Case, Case.id == Contact.case_id)
        .outerjoin(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(Employer, Employer.id == Contact.employer_id)
        .outerjoin(User, User.id == Contact.user_id)
        .outerjoin(InterpreterBooking, InterpreterBooking.contact_id == Contact.id)
        .where(which, _open_to(actor, on, people))
        .order_by(Contact.happened_on, func.coalesce(Contact.starts_at, "24:00"), Contact.id)
        .limit(MOST + 1)
    )
    rows = session.execute(query).all()
    words = parts_of(session, [row[0].id for row in rows], ("place", "agenda"))
    others = set(people) - {actor.user_id}
    return [_line(session, row, words.get(row[0].id, {}), on, clock, row[0].user_id in others) for row in rows]


def _line(
    session: Session, row: Any, words: dict[str, str | None], on: date, clock: str, standing_in: bool
) -> AgendaLine:
    contact, interpreter, employer, person, key, name, missing = row
    ends_at = clock_time(span(contact.starts_at, contact.minutes)[1]) if contact.starts_at else None
    passed = contact.happened_on < on or (contact.happened_on == on and ends_at is not None and ends_at <= clock)
    over = contact.status == PLANNED and passed
    return AgendaLine(
        id=contact.id,
        version=contact.version,
        case_id=contact.case_id,
        name=full_name(open_text(session, key, "name", name)) if contact.case_id is not None else None,
        employer_id=contact.employer_id,
        employer=employer,
        kind=contact.kind,
        channel=contact.channel,
        purpose=contact.purpose,
        status=contact.status,
        happened_on=contact.happened_on,
        starts_at=contact.starts_at,
        ends_at=ends_at,
        minutes=contact.minutes,
        user_id=contact.user_id,
        person=person,
        standing_in=standing_in,
        interpreter=interpreter,
        interpreter_missing=bool(missing),
        place=words.get("place"),
        agenda=words.get("agenda"),
        over=over,
        late=over and (on - contact.happened_on).days > COMPLETE_WITHIN,
    )


def _colliding(lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    """Marks the meetings that share time with another of the same specialist or the same participant."""
    every = list(lines)
    return [replace(line, collides=any(_collide(line, other) for other in every)) for line in every]


def _collide(one: AgendaLine, other: AgendaLine) -> bool:
    if one.id == other.id or one.happened_on != other.happened_on or not one.starts_at or not other.starts_at:
        return False
    same = (one.user_id is not None and one.user_id == other.user_id) or (
        one.case_id is not None and one.case_id == other.case_id
    )
    return same and overlap(span(one.starts_at, one.minutes), span(other.starts_at, other.minutes))
