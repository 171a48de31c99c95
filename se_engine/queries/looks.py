"""Who has looked at a participant's record: from the trail, a line per person and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from se_engine.clock import NORWAY
from se_engine.queries.access import access_participant
from se_engine.queries.people import people_of
from se_engine.queries.texts import texts_of
from se_engine.records.trail import TrailEntry
from se_engine.rules.roles import Actor

READS = ("case_read", "participant_read", "health_read", "audit_case_read", "refused")
ENTRIES_A_PAGE = 400


@dataclass(frozen=True)
class Look:
    """What one person read of the record on one day, however often; `why` where a reason was asked."""

    on: date
    last_at: datetime
    times: int
    who: str | None
    role: str
    instead_of: str | None
    """Whose case it was, for one who stood in."""
    what: str
    why: str | None


@dataclass(frozen=True)
class Looks:
    lines: tuple[Look, ...]
    next_before: int | None
    """The trail entry to go on from; None when there are no older ones."""


def looks_at(session: Session, actor: Actor, participant_id: int, *, before: int | None = None) -> Looks:
    participant = access_participant(session, actor, participant_id)
    entries: Sequence[Any] = session.execute(
        select(
            TrailEntry.id,
            TrailEntry.recorded_at,
            TrailEntry.user_id,
            TrailEntry.role,
            TrailEntry.on_behalf_of,
            TrailEntry.what,
            TrailEntry.text_id,
        )
        .where(TrailEntry.participant_id == participant_id, TrailEntry.what.in_(READS))
        .where(TrailEntry.id < before if before else true())
        .order_by(TrailEntry.id.desc())
        .limit(ENTRIES_A_PAGE)
    ).all()
    people = people_of(session, {one for entry in entries for one in (entry.user_id, entry.on_behalf_of) if one})
    words = texts_of(session, participant, [entry.text_id for entry in entries if entry.text_id])
    return Looks(
        lines=tuple(_look(together, people, words) for together in _by_day(entries)),
        next_before=entries[-1].id if len(entries) == ENTRIES_A_PAGE else None,
    )


def _by_day(entries: Sequence[Any]) -> list[list[Any]]:
    together: dict[tuple[object, ...], list[Any]] = {}
    for entry in entries:
        day, who = _at(entry).astimezone(NORWAY).date(), (entry.user_id, entry.role, entry.on_behalf_of)
        key = (day, *who, entry.what, entry.text_id)
        together.setdefault(key, []).append(entry)
    return list(together.values())


def _at(entry: Any) -> datetime:
    return datetime.fromisoformat(entry.recorded_at)


def _look(entries: Sequence[Any], people: dict[int, str], words: dict[int, str | None]) -> Look:
    newest = entries[0]
    return Look(
        on=_at(newest).astimezone(NORWAY).date(),
        last_at=_at(newest),
        times=len(entries),
        who=people.get(newest.user_id),
        role=newest.role,
        instead_of=people.get(newest.on_behalf_of),
        what=newest.what,
        why=words.get(newest.text_id) if newest.text_id else None,
    )
