"""The worklist: a person's running cases by status and urgency, counted and paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Row, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries import worklist_terms as terms
from se_engine.queries.access import cases_in_scope, protected_cases
from se_engine.queries.worklist_rows import SHOWN, SOON, URGENCIES, WorklistRow, row_of
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import Absence, User
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor, Role
from se_engine.rules.timeline import WAITING_FOR

PAGE = 50
NOBODY = 0
"""As an owner in a filter: cases that nobody owns."""


Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Filters:
    """What the reader has chosen; every part of it stands in the URL."""

    status: str = "all"
    waiting_for: str | None = None
    step: str | None = None
    owner: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this row, or before it."""

    due_on: date
    case_id: int
    backwards: bool = False


@dataclass(frozen=True)
class Worklist:
    filters: Filters
    on: date
    counts: dict[str, int]
    """Status → how many, in the order of the panel; under the step and owner that were chosen."""
    waiting_for: dict[str, int]
    urgencies: dict[str, int]
    """How many of the chosen ones are overdue, soon due or not due, on all pages."""
    protected: int
    rows: list[WorklistRow] = field(default_factory=list)
    has_previous: bool = False
    has_next: bool = False


def worklist(
    session: Session, actor: Actor, filters: Filters | None = None, *, place: Place | None = None, size: int = PAGE
) -> Worklist:
    """Four statements, whatever the number of cases: for whom one stands in, counts, rows, protected ones."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    chosen, on = filters or Filters(), today(session)
    allowed = terms.statuses(actor.role)
    if chosen.status not in allowed:
        raise Refused("status_unknown", allowed=", ".join(allowed))
    if chosen.waiting_for is not None and chosen.waiting_for not in WAITING_FOR:
        raise Refused("waiting_for_unknown", allowed=", ".join(WAITING_FOR))
    asked = _asked(session, actor, chosen, on) | {"rows": size + 1}
    shape = Shape.of(actor, chosen, place, processes.versions(processes.SUPPORTED_EMPLOYMENT))
    counts = session.execute(_counts(shape), asked).one()._mapping
    begin = {"place_on": place.due_on, "place_id": place.case_id} if place else {}
    found = session.execute(_page(shape), asked | begin).all()
    more, rows = len(found) > size, _in_order(found[:size], place)
    return Worklist(
        filters=chosen,
        on=on,
        counts={status: counts[status] or 0 for status in allowed},
        waiting_for={whom: counts[f"for_{whom}"] or 0 for whom in WAITING_FOR},
        urgencies={urgency: counts[f"is_{urgency}"] or 0 for urgency in URGENCIES},
        protected=session.scalar(_protected(shape.role), asked) or 0,
        rows=[row_of(session, row, on) for row in rows],
        has_previous=more if place and place.backwards else place is not None,
        has_next=True if place and place.backwards else more,
    )


@dataclass(frozen=True)
class Shape:
    """What makes another statement; all else is a parameter: putting one together takes longer than running it."""

    role: Role
    in_team: bool
    status: str
    waits: bool
    in_step: bool
    owner: str | None
    place: str | None
    versions: tuple[int, ...]

    @classmethod
    def of(cls, actor: Actor, chosen: Filters, place: Place | None, versions: Sequence[int]) -> "Shape":
        owner = None if chosen.owner is None else "nobody" if chosen.owner == NOBODY else "somebody"
        side = None if place is None else "before" if place.backwards else "after"
        return cls(
            actor.role, actor.team_id is not None, chosen.status, chosen.waiting_for is not None,
            chosen.step is not None, owner, side, tuple(versions),
        )  # fmt: skip


def _asked(session: Session, actor: Actor, chosen: Filters, on: date) -> dict[str, Any]:
    """The parameters; among them the owners by number, so that an index leads to a specialist's few among all."""
    owners = [actor.user_id]
    if actor.role is Role.JOB_SPECIALIST:
        stands_in = select(Absence.user_id).where(
            Absence.substitute_id == actor.user_id, Absence.from_on <= on, Absence.until_on >= on
        )
        owners += session.scalars(stands_in)
    return {
        "me": actor.user_id, "office": actor.office_id, "team": actor.team_id, "today": on, "soon": on + SOON,
        "owners": owners, "step": chosen.step, "owner": chosen.owner, "whom": chosen.waiting_for,
    }  # fmt: skip


TODAY: Any = bindparam("today", type_=Date)  # stands for a day wherever the door asks for one


def _reader(role: Role, *, in_team: bool = False) -> Actor:
    """One who stands for every reader of the role: the door takes parameters as it takes values."""
    me: Any = bindparam("me", type_=BigInteger)
    office: Any = bindparam("office", type_=BigInteger)
    team: Any = bindparam("team", type_=BigInteger) if in_team else None
    return Actor(me, role, office, team)


def _scope(shape: Shape) -> ColumnElement[bool]:
    scope = [terms.running, cases_in_scope(_reader(shape.role, in_team=shape.in_team), TODAY)]
    if shape.role is Role.JOB_SPECIALIST:
        scope.append(Case.owner_id.in_(bindparam("owners", type_=BigInteger, expanding=True)))
    if shape.in_step:
        scope.append(Case.step == bindparam("step"))
    if shape.owner:
        scope.append(Case.owner_id.is_(None) if shape.owner == "nobody" else Case.owner_id == bindparam("owner"))
    return and_(*scope)


def _wanted(shape: Shape) -> ColumnElement[bool]:
    wanted = terms.conditions(_reader(shape.role), TODAY)[shape.status]
    return and_(wanted, Case.waiting_for == bindparam("whom")) if shape.waits else wanted


@lru_cache(maxsize=256)
def _counts(shape: Shape) -> Statement:
    due, wanted, soon = terms.due(), _wanted(shape), bindparam("soon", type_=Date)
    statuses = terms.conditions(_reader(shape.role), TODAY)
    sums = {
        **statuses,
        **{f"for_{whom}": and_(statuses["waiting"], Case.waiting_for == whom) for whom in WAITING_FOR},
        "is_overdue": and_(wanted, due < TODAY),
        "is_soon": and_(wanted, due >= TODAY, due <= soon),
        "is_not_due": and_(wanted, due > soon),
    }
    return (
        select(*(func.sum(case((term, 1), else_=0)).cast(Integer).label(name) for name, term in sums.items()))
        .select_from(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .where(_scope(shape))
    )


@lru_cache(maxsize=256)
def _page(shape: Shape) -> Statement:
    due = terms.due()
    found = (
        select(
            *SHOWN,
            Participant.ref,
            Participant.sealed_key,
            Participant.birth_year,
            Participant.interpreter_need,
            Participant.interpreter_language,
            ParticipantText.sealed,
            User.name.label("owner"),
            terms.guide_days().label("guide_days"),
            due.label("due_on"),
            terms.open_request().label("has_request"),
        )
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(_scope(shape), _wanted(shape))
        .limit(bindparam("rows", type_=Integer))
    )
    if shape.place is None:
        return found.order_by(due, Case.id)
    place_on, place_id = bindparam("place_on", type_=Date), bindparam("place_id", type_=BigInteger)
    if shape.place == "before":
        earlier = or_(due < place_on, and_(due == place_on, Case.id < place_id))
        return found.where(earlier).order_by(due.desc(), Case.id.desc())
    later = or_(due > place_on, and_(due == place_on, Case.id > place_id))
    return found.where(later).order_by(due, Case.id)


@lru_cache(maxsize=8)
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


def _in_order(rows: Sequence[Row[Any]], place: Place | None) -> list[Row[Any]]:
    return list(reversed(rows)) if place and place.backwards else list(rows)
