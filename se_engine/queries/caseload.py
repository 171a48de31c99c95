"""Report «caseload»: who carries how much, against the norm; numbers to talk about, in the order of names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope, protected_cases
from se_engine.queries.capacity import FOLLOW_UP, share_on
from se_engine.queries.day_changes import STOOD, WAITED_FOR, WAITED_IN_PAUSE, WAS_PAUSED, changes
from se_engine.queries.publishing import Standing, cumulated, divided, ends_up_to, stands, strictest
from se_engine.queries.report_groups import labelled
from se_engine.queries.report_questions import Asked, Question, ask, groups_of
from se_engine.records.cases import Case, CaseOwner, Pause, StepPeriod, Waiting
from se_engine.records.offices import Office
from se_engine.records.people import User
from se_engine.rules.errors import NotFound
from se_engine.rules.referrals import REASON_FROM, WARN_AT, load
from se_engine.rules.roles import CASEWORK, Actor, Role

DEFINITION_VERSION = 1
KINDS = ("active", "waiting", "paused", "follow_up")
PARTS = (*KINDS, "working", "cases", "unassigned")
PUBLISHED = {"cases": ("active", "paused"), "active": ("waiting", "moving")}
"""Follow-up is published by the report on flow: it cuts across waiting."""


@dataclass(frozen=True)
class Load:
    """How many running cases of each kind somebody had at the end of a day; an active one may also wait."""

    active: int = 0
    waiting: int = 0
    paused: int = 0
    follow_up: int = 0
    """Of the active ones."""

    @property
    def working(self) -> int:
        """In steps 1–5 and not paused: what the norm counts."""
        return self.active - self.follow_up

    def __add__(self, other: "Load") -> "Load":
        return Load(*(getattr(self, kind) + getattr(other, kind) for kind in KINDS))

    @property
    def kinds(self) -> dict[str, int]:
        return {kind: getattr(self, kind) for kind in KINDS}

    @property
    def total(self) -> dict[str, Any]:
        return {"cases": self.active + self.paused, **self.kinds, "suppressed": False}


def caseload(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """A supervisor's people one by one, a specialist's own numbers; for every other reader the sum alone.

    The norm counts cases in steps 1–5 that are not paused, whatever share of full time somebody has: the share stands
    beside it. A day in the past has the owners, waitings and pauses of that day, among today's open cases.
    """
    asked = ask(session, actor, question)
    report = asked.heading("caseload", DEFINITION_VERSION) | {"warn": WARN_AT, "stop": REASON_FROM}
    if question.publish or actor.role not in CASEWORK:
        return report | _published(session, asked)
    found = loads(session, asked, by=question.by)
    report |= {"published": False, "protected": _protected(session, asked)}
    if question.by is None:
        return report | _block(session, asked, _of_group(found, ""), everybody=True)
    labels = groups_of(label for label, _ in found if question.group in (None, label))
    groups = [{"group": one, **_block(session, asked, _of_group(found, one), everybody=False)} for one in labels]
    return report | {"groups": groups}


def caseload_behind(
    session: Session, actor: Actor, question: Question, *, user_id: int | None = None, part: str = "cases"
) -> list[int]:
    """The cases behind one person's number, or without a person behind the sum; for those who may open them."""
    asked = ask(session, actor, question)
    if part not in PARTS:
        raise NotFound()
    if actor.role not in CASEWORK:
        return []
    standing = _standing(session, asked, question.by)
    found = standing.where(cases_in_scope(actor, today(session))).subquery().c
    active = ~found.paused
    kinds: dict[str, ColumnElement[bool]] = {
        "cases": true(),
        "active": active,
        "waiting": and_(active, found.waiting),
        "paused": found.paused,
        "follow_up": and_(active, found.step == FOLLOW_UP),
        "working": and_(active, found.step != FOLLOW_UP),
        "unassigned": found.owner_id.is_(None),
    }
    cases = select(found.id).where(kinds[part]).distinct().order_by(found.id)
    if user_id is not None:
        cases = cases.where(found.owner_id == user_id)
    return list(session.scalars(cases if question.group is None else cases.where(found.label == question.group)))


def loads(session: Session, asked: Asked, by: str | None = None) -> Mapping[tuple[str, int | None], Load]:
    """By group and owner, of the cases this reader may open; None owns the cases that nobody has."""
    found = _standing(session, asked, by).subquery().c
    active = ~found.paused
    kinds = {
        "active": active,
        "waiting": and_(active, found.waiting),
        "paused": found.paused,
        "follow_up": and_(active, found.step == FOLLOW_UP),
    }
    sums = [func.sum(case((kind, 1), else_=0)).label(name) for name, kind in kinds.items()]
    rows = session.execute(select(found.label, found.owner_id, *sums).group_by(found.label, found.owner_id))
    return {(row.label, row.owner_id): Load(*(int(getattr(row, kind)) for kind in KINDS)) for row in rows}


def _standing(session: Session, asked: Asked, by: str | None) -> Select[Any]:
    """The cases that ran at the end of the day, with what is asked of each."""
    day, actor = asked.question.as_of, asked.actor
    period = StepPeriod.id
    rows = (
        select(
            Case.id,
            StepPeriod.step,
            _owner(session, day).label("owner_id"),
            _holds(Pause, period, day).label("paused"),
            _holds(Waiting, period, day).label("waiting"),
        )
        .select_from(StepPeriod)
        .join(Case, Case.id == StepPeriod.case_id)
        .where(StepPeriod.office_id.in_(asked.office_ids), StepPeriod.entered_on <= day)
        .where(or_(StepPeriod.left_on.is_(None), StepPeriod.left_on > day))
    )
    own: ColumnElement[bool] = _owner(session, day) == actor.user_id
    hers = own if actor.role is Role.JOB_SPECIALIST else cases_in_scope(actor, today(session))
    return labelled(rows.where(hers), by, Case.__table__.c.opened_on, office=StepPeriod.office_id)


def _owner(session: Session, day: date) -> ColumnElement[Any]:
    """Who had the case then: of those who took it over up to that day, the last who was recorded."""
    if day >= today(session):
        return Case.__table__.c.owner_id
    return (
        select(CaseOwner.user_id)
        .where(CaseOwner.case_id == Case.id, CaseOwner.from_on <= day)
        .order_by(CaseOwner.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _holds(stretch: type[Pause | Waiting], period: Any, day: date) -> ColumnElement[bool]:
    running = or_(stretch.ended_on.is_(None), stretch.ended_on > day)
    return exists().where(stretch.period_id == period, stretch.started_on <= day, running)


def _of_group(found: Mapping[tuple[str, int | None], Load], group: str) -> dict[int | None, Load]:
    return {owner: each for (label, owner), each in found.items() if label == group}


def _block(session: Session, asked: Asked, found: Mapping[int | None, Load], *, everybody: bool) -> dict[str, Any]:
    """With `everybody` also those who have no case: they are there to be given one."""
    day = asked.question.as_of
    who: ColumnElement[bool] = User.id.in_([owner for owner in found if owner is not None])
    if everybody:
        who = or_(who, _staff(asked, today(session)))
    people = session.execute(
        select(User.id, User.name, Office.name.label("office"), share_on(day))
        .outerjoin(Office, Office.id == User.office_id)
        .where(who)
        .order_by(User.name, User.id)
    )
    return {
        "specialists": [_specialist(row, found.get(row.id, Load())) for row in people],
        "sum": sum(found.values(), Load()).total,
        "unassigned": found.get(None, Load()).kinds,
    }


def _specialist(row: Any, carried: Load) -> dict[str, Any]:
    return {
        "user_id": row.id,
        "name": row.name,
        "office": row.office,
        **carried.kinds,
        "working": carried.working,
        "share": row.share,
        "capacity": WARN_AT,
        "load": load(carried.working),
    }


def _staff(asked: Asked, on: date) -> ColumnElement[bool]:
    """Whose cases the reader leads, who were there on the day; for a specialist she herself."""
    actor, day = asked.actor, asked.question.as_of
    if actor.role is Role.JOB_SPECIALIST:
        return User.id == actor.user_id
    staff = [User.office_id.in_(asked.office_ids), User.active, User.role == Role.JOB_SPECIALIST.value]
    if actor.team_id is not None:
        staff.append(User.team_id == actor.team_id)
    if day < on:
        staff.append(User.created_at < datetime.combine(day + timedelta(days=1), time(), UTC))
    return and_(*staff)


def _protected(session: Session, asked: Asked) -> int:
    """Cases that are there, but not for the one who leads: counted, never shown."""
    if asked.actor.role is Role.JOB_SPECIALIST:
        return 0
    scope = protected_cases(asked.actor, today(session))
    chosen = (scope, Case.status != "ended", Case.office_id.in_(asked.office_ids))
    return session.scalar(select(func.count()).select_from(Case).where(*chosen)) or 0


def _published(session: Session, asked: Asked) -> dict[str, Any]:
    """The sums of everybody, or of groups, at the quarter's end that stands."""
    table = divided(session, replace(asked, question=replace(asked.question, from_on=None, to_on=None, visits="all")))
    spans = (STOOD, WAS_PAUSED, WAITED_FOR, WAITED_IN_PAUSE)
    rows = changes(session, table.asked, spans, process=processes.SUPPORTED_EMPLOYMENT)
    ends = ends_up_to(min((row.day for row in rows), default=None), asked.question.as_of)
    leaves = [(row.label, leaf, row.day, int(row.many) * sign) for row in rows for leaf, sign in _leaves(row.part)]
    everything = ("cases", "active", "paused", "waiting", "moving")
    series = cumulated(ends, leaves, PUBLISHED)
    standing = stands(ends, series, PUBLISHED, strictest(table.asked), standing=everything)
    as_of = standing.as_of if standing else asked.question.as_of
    days = {"asked_as_of": asked.question.as_of.isoformat(), "as_of": as_of.isoformat(), "published": True}
    return days | table.answer(
        (row.label for row in rows), lambda group: {"specialists": [], "sum": _shown(standing, group)}
    )


def _leaves(part: str) -> tuple[tuple[str, int], ...]:
    """What a stay, a pause or a waiting adds to paused, waiting and moving, which together are all cases."""
    parts = {
        "paused": (("paused", 1), ("moving", -1)),
        "waited": (("waiting", 1), ("moving", -1)),
        "waited_in_pause": (("waiting", -1), ("moving", 1)),
    }
    return parts.get(part, (("moving", 1),))


def _shown(standing: Standing | None, group: str) -> dict[str, Any]:
    if standing is None:
        return {"suppressed": True}
    row = standing.row(group, "cases", ("active", "waiting", "paused"))
    return row if row["suppressed"] else row | {"follow_up": None}
