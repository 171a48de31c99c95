"""The statements behind the worklist: counts of every status, and the rows of one page. Put together once each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
)

from se_engine.queries import worklist_terms as terms
from se_engine.queries.access import cases_in_scope, protected_cases
from se_engine.queries.day_sql import fixed
from se_engine.queries.worklist_statuses import conditions, due_columns, standing
from se_engine.records.cases import Case
from se_engine.records.desk import StickyNote
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.rules.roles import Actor, Role
from se_engine.rules.timeline import WAITING_FOR

COUNT = "count_"
"""Stands before the name of a count where there are rows beside it."""
NOBODY = 0
"""As an owner in a filter: cases that nobody owns."""

Statement = Select[*tuple[Any, ...]]
SHOWN = (
    Case.id, Case.version, Case.protected, Case.process_version, Case.step, Case.status, Case.waiting_for,
    Case.waiting_since, Case.pause_reason, Case.paused_since, Case.sorting_first_since, Case.next_on, Case.opened_on,
    Case.entered_on, Case.last_contact_on, Case.owner_id,
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What the reader has chosen; every part of it stands in the URL."""

    status: str = "all"
    waiting_for: str | None = None
    step: str | None = None
    owner: int | None = None
    ahead: int = 0
    """So many weeks from now, as it will stand if nothing is done."""
    among: tuple[int, ...] | None = None
    """Only these cases: what a search has found."""


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this row, or before it."""

    due_on: date
    case_id: int
    backwards: bool = False


@dataclass(frozen=True)
class Shape:
    """What makes another statement; all else is a parameter: putting one together takes longer than running it."""

    role: Role
    in_team: bool
    status: str
    waits: bool
    in_step: bool
    owner: str | None
    among: bool
    place: str | None
    versions: tuple[int, ...]

    @classmethod
    def of(cls, actor: Actor, chosen: Filters, place: Place | None, versions: Sequence[int]) -> "Shape":
        owner = None if chosen.owner is None else "nobody" if chosen.owner == NOBODY else "somebody"
        side = None if place is None else "before" if place.backwards else "after"
        return cls(
            actor.role, actor.team_id is not None, chosen.status, chosen.waiting_for is not None,
            chosen.step is not None, owner, chosen.among is not None, side, tuple(versions),
        )  # fmt: skip


TODAY: Any = bindparam("today", type_=Date)  # decides for whom one stands in
DAY: Any = bindparam("day", type_=Date)  # the day on which the cases are looked at: today, or weeks ahead
PLANS_SINCE: Any = bindparam("plans_since", type_=Date)
ME: Any = bindparam("me", type_=BigInteger)


def _reader(role: Role, *, in_team: bool = False) -> Actor:
    """One who stands for every reader of the role: the door takes parameters as it takes values."""
    office: Any = bindparam("office", type_=BigInteger)
    team: Any = bindparam("team", type_=BigInteger) if in_team else None
    return Actor(ME, role, office, team)


def _scope(shape: Shape) -> ColumnElement[bool]:
    scope = [cases_in_scope(_reader(shape.role, in_team=shape.in_team), TODAY)]
    if shape.role is Role.JOB_SPECIALIST:
        scope.append(Case.owner_id.in_(bindparam("owners", type_=BigInteger, expanding=True)))
    if shape.in_step:
        scope.append(Case.step == bindparam("step"))
    if shape.owner:
        scope.append(Case.owner_id.is_(None) if shape.owner == "nobody" else Case.owner_id == bindparam("owner"))
    if shape.among:
        scope.append(Case.id.in_(bindparam("among", type_=BigInteger, expanding=True)))
    return and_(*scope)


def _wanted(shape: Shape, stands: CTE) -> ColumnElement[bool]:
    wanted = conditions(stands, _reader(shape.role), DAY)[shape.status]
    return and_(wanted, stands.c.waiting_for == bindparam("whom")) if shape.waits else wanted


@lru_cache(maxsize=256)
def counts(shape: Shape) -> Statement:
    """How many have each status; under the chosen one how urgent they are; and how many nobody may see."""
    return _counted(shape, _stands(shape))


@lru_cache(maxsize=256)
def rows(shape: Shape) -> Statement:
    """The rows of a page."""
    chosen = _chosen(shape, _stands(shape))
    shown = select(*_shown(chosen)).select_from(chosen).join(Case, Case.id == chosen.c.id)
    return _with_names(shown, shape, chosen)


@lru_cache(maxsize=256)
def counts_and_rows(shape: Shape) -> Statement:
    """Both at once, since everything is looked up for both: the counts stand beside each row, or alone."""
    stands = _stands(shape)
    counted, chosen = _counted(shape, stands).cte("counted"), _chosen(shape, stands)
    shown = select(*(column.label(f"{COUNT}{column.name}") for column in counted.c), *_shown(chosen))
    beside = shown.select_from(counted).outerjoin(chosen, true()).outerjoin(Case, Case.id == chosen.c.id)
    return _with_names(beside, shape, chosen)


def _stands(shape: Shape) -> CTE:
    return standing(_scope(shape), DAY, PLANS_SINCE, ME)


def _counted(shape: Shape, stands: CTE) -> Statement:
    due, wanted, soon = stands.c.due_on, _wanted(shape, stands), bindparam("soon", type_=Date)
    statuses = conditions(stands, _reader(shape.role), DAY)
    terms_of = {
        **statuses,
        **{f"for_{whom}": and_(statuses["waiting"], stands.c.waiting_for == fixed(whom)) for whom in WAITING_FOR},
        "is_overdue": and_(wanted, due < DAY),
        "is_soon": and_(wanted, due >= DAY, due <= soon),
        "is_not_due": and_(wanted, due > soon),
    }
    counted = (func.count().filter(term).label(name) for name, term in terms_of.items())
    return select(*counted, _protected(shape.role).scalar_subquery().label("protected")).select_from(stands)


def _protected(role: Role) -> Select[int]:
    """Through the participants, whose index knows the few protected ones of an office."""
    reader = _reader(role)
    return (
        select(func.count())
        .select_from(Participant)
        .join(Case, Case.participant_id == Participant.id)
        .where(Participant.office_id == reader.office_id, Participant.protected, protected_cases(reader, TODAY))
        .where(terms.running)
    )


def _chosen(shape: Shape, stands: CTE) -> Subquery:
    """The few of a page by day and number; everything else that is shown is looked up for them alone."""
    return (
        select(stands.c.id, stands.c.due_on, stands.c.asked, stands.c.meeting_on, *due_columns(stands))
        .where(_wanted(shape, stands), _beyond(shape, stands))
        .order_by(*_order(stands.c.due_on, stands.c.id, backwards=shape.place == "before"))
        .limit(bindparam("rows", type_=Integer))
        .subquery("chosen")
    )


def _shown(chosen: Subquery) -> list[Any]:
    return [
        *SHOWN,
        Participant.ref,
        Participant.sealed_key,
        Participant.birth_year,
        Participant.interpreter_need,
        Participant.interpreter_language,
        Participant.review_on,
        ParticipantText.sealed,
        User.name.label("owner"),
        terms.guide_days().label("guide_days"),
        StickyNote.sealed.label("sticky"),
        *(column for column in chosen.c if column.name != "id"),
    ]


def _with_names(shown: Statement, shape: Shape, chosen: Subquery) -> Statement:
    return (
        shown.outerjoin(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .outerjoin(StickyNote, and_(StickyNote.case_id == Case.id, StickyNote.user_id == ME))
        .order_by(*_order(chosen.c.due_on, chosen.c.id, backwards=shape.place == "before"))
    )


def _order(due: Any, number: Any, *, backwards: bool) -> tuple[Any, Any]:
    return (due.desc(), number.desc()) if backwards else (due, number)


def _beyond(shape: Shape, stands: CTE) -> ColumnElement[bool] | Any:
    due, number = stands.c.due_on, stands.c.id
    place_on, place_id = bindparam("place_on", type_=Date), bindparam("place_id", type_=BigInteger)
    if shape.place == "before":
        return or_(due < place_on, and_(due == place_on, number < place_id))
    if shape.place == "after":
        return or_(due > place_on, and_(due == place_on, number > place_id))
    return true()
