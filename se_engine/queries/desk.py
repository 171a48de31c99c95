"""What lies on the reader's own desk: saved lists and reminders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, literal, null, select, true, union_all
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.texts import open_text
from se_engine.records.desk import SavedFilter, StickyNote
from se_engine.records.people import Absence, User
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor, Role


@dataclass(frozen=True)
class Sticky:
    """A reminder to oneself; other readers of the case have theirs."""

    text: str | None
    due_on: date | None


def sticky_of(session: Session, actor: Actor, case_id: int) -> Sticky | None:
    """The reader's own reminder at a case she may open."""
    case = access_case(session, actor, case_id)
    own = select(StickyNote).where(StickyNote.case_id == case.id, StickyNote.user_id == actor.user_id)
    note = session.scalar(own)
    if note is None:
        return None
    return Sticky(open_text(session, case.participant.sealed_key, "sticky", note.sealed), note.due_on)


@dataclass(frozen=True)
class Desk:
    """What stands beside the worklist: for whom the reader stands in, her saved lists, whom she may choose."""

    stands_in_for: tuple[int, ...]
    filters: tuple[tuple[int, str, str], ...]
    """Number, name and address of each."""
    colleagues: tuple[tuple[int, str], ...]
    """Those of the office who may own a case; for a supervisor."""


def desk_of(session: Session, actor: Actor) -> Desk:
    """One statement: each page of the list begins with it."""
    on = today(session)
    filters = _line("filter", SavedFilter.id, SavedFilter.name, SavedFilter.query)
    parts = [filters.where(SavedFilter.user_id == actor.user_id), _stands_in(actor, on)]
    if actor.role in SUPERVISION:
        office = true() if actor.role is Role.OPERATOR else User.office_id == actor.office_id
        casework = User.role.in_([role.value for role in CASEWORK])
        parts.append(_line("colleague", User.id, User.name).where(office, casework, User.active))
    rows = sorted(session.execute(union_all(*parts)), key=lambda row: (row.name or "", row.id))
    return Desk(
        stands_in_for=tuple(row.id for row in rows if row.kind == "stands_in"),
        filters=tuple((row.id, row.name, row.query) for row in rows if row.kind == "filter"),
        colleagues=tuple((row.id, row.name) for row in rows if row.kind == "colleague"),
    )


def _stands_in(actor: Actor, on: date) -> Select[Any]:
    away = _line("stands_in", Absence.user_id)
    return away.where(Absence.substitute_id == actor.user_id, Absence.from_on <= on, Absence.until_on >= on)


def _line(kind: str, number: Any, name: Any = None, query: Any = None) -> Select[Any]:
    nothing = cast(null(), String)
    return select(
        literal(kind, String).label("kind"),
        number.label("id"),
        (nothing if name is None else name).label("name"),
        (nothing if query is None else query).label("query"),
    )
