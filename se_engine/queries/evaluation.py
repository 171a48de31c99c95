"""Whom an export for evaluation may hold, and who is left out: by reservation, protection and erasure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope, participants_in_scope
from se_engine.records.cases import Case
from se_engine.records.offices import Office
from se_engine.records.participants import Consent, FieldValue, Participant
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import SUPERVISION, Actor, Role

RESEARCH, RESERVATION = "research", "research_reservation"
SAID_NO = ("no", "withdrawn")
LEAST = 5
"""Fewer participants than this are no evaluation, and each of them could be found again."""


@dataclass(frozen=True)
class Wanted:
    """Those who entered within these days (both included), as things stood on a day; later events do not exist."""

    as_of: date
    office: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    only_yes: bool = False
    """Only those who have said yes to research; else all who have not said no."""


@dataclass(frozen=True)
class Person:
    """A participant as she is exported; the numbers are never written out."""

    id: int
    office_id: int
    entry: date
    """The day her first case was opened; without a case, the day she was referred or first decided about."""
    facts: Any
    said_yes: bool


@dataclass(frozen=True)
class Population:
    people: dict[int, Person]
    cases: dict[int, int]
    """Case → participant."""
    offices: tuple[int, ...]
    left_out: dict[str, int] = field(default_factory=dict)


def population(session: Session, actor: Actor, wanted: Wanted) -> Population:
    """NotPermitted but for a supervisor, within what she may open, and the operator."""
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    if wanted.from_on and wanted.to_on and wanted.to_on < wanted.from_on:
        raise Refused("ends_before_it_starts", started=wanted.from_on.isoformat())
    offices = _offices(session, actor, wanted.office)
    yes, no = _answers(session, wanted.as_of)
    people: dict[int, Person] = {}
    left = {"protected": _protected(session, offices), "erased": 0, "reserved": 0, "not_asked": 0}
    for row in session.execute(_everybody(session, actor, wanted, offices)):
        entry = row.opened_on or row.referred_on or row.decided_on
        if entry is None or not _within(entry, wanted):
            continue
        if row.sealed_key is None:
            left["erased"] += 1
        elif row.id in no:
            left["reserved"] += 1
        elif wanted.only_yes and row.id not in yes:
            left["not_asked"] += 1
        else:
            people[row.id] = Person(row.id, row.office_id, entry, row, row.id in yes)
    return Population(people, _cases(session, actor, wanted, people), offices, left)


def _offices(session: Session, actor: Actor, name: str | None) -> tuple[int, ...]:
    own = true() if actor.role is Role.OPERATOR else Office.id == actor.office_id
    found = session.scalars(select(Office.id).where(own, true() if name is None else Office.name == name))
    offices = tuple(sorted(found))
    if not offices:
        raise Refused("no_such_office", office=name or "")
    return offices


def _everybody(session: Session, actor: Actor, wanted: Wanted, offices: Sequence[int]) -> Select[*tuple[Any, ...]]:
    on = today(session)
    first = (
        select(Case.participant_id, func.min(Case.opened_on).label("opened_on"))
        .where(Case.opened_on <= wanted.as_of, cases_in_scope(actor, on))
        .group_by(Case.participant_id)
        .subquery()
    )
    facts = (
        Participant.id, Participant.office_id, Participant.birth_year, Participant.sex, Participant.arrived_year,
        Participant.highest_education, Participant.referred_by, Participant.referred_on, Participant.decided_on,
        Participant.sealed_key,
    )  # fmt: skip
    return (
        select(*facts, first.c.opened_on)
        .outerjoin(first, first.c.participant_id == Participant.id)
        .where(Participant.office_id.in_(offices), ~Participant.protected, participants_in_scope(actor, on))
        .order_by(Participant.id)
    )


def _cases(session: Session, actor: Actor, wanted: Wanted, people: dict[int, Person]) -> dict[int, int]:
    rows = session.execute(
        select(Case.id, Case.participant_id)
        .where(Case.opened_on <= wanted.as_of, cases_in_scope(actor, today(session)))
        .order_by(Case.id)
    )
    return {case_id: participant_id for case_id, participant_id in rows if participant_id in people}


def _within(entry: date, wanted: Wanted) -> bool:
    return (wanted.from_on or date.min) <= entry <= min(wanted.to_on or date.max, wanted.as_of)


def _protected(session: Session, offices: Sequence[int]) -> int:
    """All of them: when a protected participant entered is nobody's business."""
    counted = select(func.count()).select_from(Participant)
    return session.scalar(counted.where(Participant.protected, Participant.office_id.in_(offices))) or 0


def _answers(session: Session, as_of: date) -> tuple[set[int], set[int]]:
    """Who said yes to research, and who said no: to the question, or by the reservation in the record; no wins."""
    asked = select(Consent.participant_id, Consent.answer, Consent.valid_until).where(_newest_consent())
    yes, no = set(), set()
    for participant_id, answer, valid_until in session.execute(asked):
        if answer in SAID_NO:
            no.add(participant_id)
        elif valid_until is None or valid_until >= as_of:
            yes.add(participant_id)
    no |= set(session.scalars(reserved_in_record()))
    return yes - no, no


def reserved_in_record() -> Select[int]:
    """The participants whose record says that they have reserved themselves against research."""
    return select(FieldValue.participant_id).where(FieldValue.code == "yes", _newest_field())


def _newest_consent() -> ColumnElement[bool]:
    newer = aliased(Consent)
    last = select(func.max(newer.id)).where(newer.line == RESEARCH).group_by(newer.participant_id)
    return and_(Consent.line == RESEARCH, Consent.id.in_(last))


def _newest_field() -> ColumnElement[bool]:
    newer = aliased(FieldValue)
    last = select(func.max(newer.id)).where(newer.field == RESERVATION).group_by(newer.participant_id)
    return and_(FieldValue.field == RESERVATION, FieldValue.id.in_(last))
