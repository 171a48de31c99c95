"""One change for many cases at once: looked at first, case by case, then done in one transaction or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from se_engine.actions.cases import give_case, may_own
from se_engine.actions.trail import write_trail
from se_engine.actions.waiting import start_waiting
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.participants import NamedReader, Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotPermitted, Reason, Refused, Stale
from se_engine.rules.roles import SUPERVISION, Actor

MOST = 200


@dataclass(frozen=True)
class HandOver:
    """All to one job specialist."""

    owner_id: int
    note: str = ""


@dataclass(frozen=True)
class NextCheck:
    """Another day to look again, for those we wait with."""

    on: date
    note: str = ""


Change = HandOver | NextCheck


@dataclass(frozen=True)
class Line:
    """What would happen to one case; `stays` says why nothing would."""

    case_id: int
    version: int
    name: str
    protected: bool
    owner_id: int | None
    next_on: date | None
    stays: Reason | None
    changed: bool
    """Whether somebody changed it since it was last looked at."""


def look(session: Session, actor: Actor, seen: Mapping[int, int | None], change: Change) -> list[Line]:
    """The dry run. Nothing is written; what this person may not open is not among the lines."""
    return [line for _, line in _looked_at(session, actor, seen, change)]


def carry_out(session: Session, actor: Actor, seen: Mapping[int, int | None], change: Change) -> int:
    """Does what the dry run said, with an entry of its own for each case; Stale, and nothing done, when one of them
    is not as it was then. How many were changed."""
    looked_at = _looked_at(session, actor, seen, change)
    if len(looked_at) != len(seen) or any(line.changed for _, line in looked_at):
        raise Stale()
    moving = [case for case, line in looked_at if line.stays is None]
    for case in moving:
        if isinstance(change, HandOver):
            give_case(session, actor, case, change.owner_id, from_on=today(session), note=change.note)
        else:
            _look_again(session, actor, case, change)
    write_trail(session, actor, "bulk_change", detail={"what": _kind(change), "cases": len(moving)})
    session.flush()
    return len(moving)


def _look_again(session: Session, actor: Actor, case: Case, change: NextCheck) -> None:
    """The waiting goes on under the same reason, with another day."""
    start_waiting(
        session, actor, case.id, seen_version=None, waiting_for=case.waiting_for or "", on=today(session),
        next_on=change.on, note=change.note,
    )  # fmt: skip


def _looked_at(
    session: Session, actor: Actor, seen: Mapping[int, int | None], change: Change
) -> list[tuple[Case, Line]]:
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    if not seen:
        raise Refused("nothing_chosen")
    if len(seen) > MOST:
        raise Refused("too_many_chosen", most=MOST)
    owner = _owner(session, change)
    rows = session.execute(
        select(Case, ParticipantText.sealed)
        .join(Case.participant)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .options(contains_eager(Case.participant))
        .where(Case.id.in_(seen), cases_in_scope(actor, today(session)))
        .order_by(Case.id)
    ).all()
    named = _named(session, owner)
    return [
        (case, _line(session, case, sealed, seen[case.id], _stays(session, case, change, owner, named)))
        for case, sealed in rows
    ]


def _line(session: Session, case: Case, sealed: bytes | None, version: int | None, stays: Reason | None) -> Line:
    name = full_name(open_text(session, case.participant.sealed_key, "name", sealed))
    changed = version is not None and version != case.version
    return Line(case.id, case.version, name, case.protected, case.owner_id, case.next_on, stays, changed)


def _owner(session: Session, change: Change) -> User | None:
    if not isinstance(change, HandOver):
        return None
    owner = session.get(User, change.owner_id)
    if owner is None:
        raise Refused("no_such_specialist")
    return owner


def _named(session: Session, owner: User | None) -> set[int]:
    """The protected participants the new owner is named for."""
    if owner is None:
        return set()
    return set(session.scalars(select(NamedReader.participant_id).where(NamedReader.user_id == owner.id)))


def _stays(session: Session, case: Case, change: Change, owner: User | None, named: set[int]) -> Reason | None:
    """Why this case is left as it is."""
    if case.ended_on is not None:
        return Reason("case_ended", {"day": case.ended_on.isoformat()})
    if isinstance(change, NextCheck):
        return _keeps_its_day(session, case, change)
    if owner is None or not may_own(owner, case.office_id):
        return Reason("no_such_specialist")
    if case.owner_id == owner.id:
        return Reason("has_it_already")
    if case.protected and case.participant_id not in named:
        return Reason("owner_must_be_named")
    return None


def _keeps_its_day(session: Session, case: Case, change: NextCheck) -> Reason | None:
    if case.status == "paused":
        return Reason("day_is_agreed_with_her")
    if case.waiting_for is None:
        return Reason("waits_for_nobody")
    if change.on <= today(session):
        return Reason("next_day_passed", {"day": change.on.isoformat()})
    if case.next_on == change.on:
        return Reason("has_that_day_already")
    return None


def _kind(change: Change) -> str:
    return "hand_over" if isinstance(change, HandOver) else "next_check"
