"""Reports: numbers within the reader's scope, small ones hidden, and the cases behind each of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.measures.stays import DEFINITION_VERSION, Tally, block
from se_engine.measures.suppression import suppress
from se_engine.queries.access import cases_in_scope, may_open_every_case, offices_for_reports
from se_engine.queries.stays import ENDED, GROUPINGS, Counts, Frame, tallies
from se_engine.records.cases import Case, StepPeriod, Waiting
from se_engine.records.offices import Office
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.time import CLOCKS, Clock

VISITS = ("all", "first")
HORIZON = 365
LARGEST_HORIZON = 3660
PARTS = ("visits", "completed", "open", "forward", "back", "ended", "running", "waiting")
FOLLOW_UP = "follow_up"


def time_per_step(
    session: Session,
    actor: Actor,
    *,
    office: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    as_of: date,
    clock: Clock = "calendar",
    visits: str = "all",
    horizon: int = HORIZON,
    threshold: int | None = None,
    by: str | None = None,
) -> dict[str, object]:
    """How long people stay in each step, as things stood on `as_of`: the answer of the report as JSON.

    A step with fewer visits than the office's threshold is hidden. Whoever may open all the cases may lower the
    threshold, and anybody may raise it.
    """
    offices = offices_asked(session, actor, office)
    order = Order.of(processes.SUPPORTED_EMPLOYMENT)
    frame = _frame(order.process, offices, from_on, to_on, as_of, clock, visits, by)
    if not 0 <= horizon <= LARGEST_HORIZON:
        raise Refused("horizon_not_allowed", largest=LARGEST_HORIZON)
    counts = tallies(session, frame, order.is_forward)
    threshold_of = thresholds(actor, offices, by, threshold)
    report: dict[str, object] = {
        "report": "time-per-step",
        "definition_version": DEFINITION_VERSION,
        "process": order.process,
        "as_of": as_of.isoformat(),
        "from": from_on.isoformat() if from_on else None,
        "to": to_on.isoformat() if to_on else None,
        "clock": clock,
        "visits": visits,
        # The office that was asked for, or that the reader belongs to: never the only one there happens to be.
        "office": offices[0].name if offices and (office is not None or not actor.role.everywhere) else None,
        "by": by,
    }
    if by is None:
        return report | {"threshold": threshold_of(""), "steps": _steps(order, counts, "", horizon, threshold_of(""))}
    groups = [
        {"group": group, "steps": _steps(order, counts, group, horizon, threshold_of(group))}
        for group in sorted({label for label, _ in counts})
    ]
    return report | {"groups": groups}


def cases_behind(
    session: Session,
    actor: Actor,
    step: str,
    *,
    part: str = "visits",
    reason: str | None = None,
    office: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    as_of: date,
    visits: str = "all",
) -> list[int]:
    """The cases behind one number of a step, for those who may open them; `reason` narrows ended and waiting.

    A case with two stays in the step stands here once. Someone who reads numbers only gets an empty list.
    """
    offices = offices_asked(session, actor, office)
    order = Order.of(processes.SUPPORTED_EMPLOYMENT)
    frame = _frame(order.process, offices, from_on, to_on, as_of, "calendar", visits, None)
    behind = (
        select(StepPeriod.case_id)
        .join(Case, Case.id == StepPeriod.case_id)
        .where(frame.stays(), StepPeriod.step == step, _part(frame, order, step, part, reason))
        .where(cases_in_scope(actor, today(session)))
        .distinct()
        .order_by(StepPeriod.case_id)
    )
    return list(session.scalars(behind))


@dataclass(frozen=True)
class Order:
    """The steps of a process that are reported, in order: those of the newest version, then any older ones."""

    process: str
    steps: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "Order":
        versions = [processes.get(name, version) for version in reversed(processes.versions(name))]
        steps = (step.key for process in versions for step in process.steps if not step.final)
        return cls(name, tuple(dict.fromkeys(steps)))

    def is_forward(self, origin: str, to: str) -> bool:
        return self.steps.index(to) > self.steps.index(origin)

    def after(self, step: str) -> tuple[str, ...]:
        return self.steps[self.steps.index(step) + 1 :]

    def before(self, step: str) -> tuple[str, ...]:
        return self.steps[: self.steps.index(step)]


def offices_asked(session: Session, actor: Actor, office: int | None) -> list[Office]:
    """The office asked for, or all whose numbers this reader may see."""
    offices = offices_for_reports(session, actor)
    if office is None:
        return offices
    chosen = [one for one in offices if one.id == office]
    if not chosen:
        raise NotFound()
    return chosen


def _frame(
    process: str,
    offices: Iterable[Office],
    from_on: date | None,
    to_on: date | None,
    as_of: date,
    clock: Clock,
    visits: str,
    by: str | None,
) -> Frame:
    for option, value, allowed in (
        ("clock", clock, tuple(CLOCKS)),
        ("visits", visits, VISITS),
        ("by", by or GROUPINGS[0], GROUPINGS),
    ):
        if value not in allowed:
            raise Refused("report_option_unknown", option=option, allowed=", ".join(allowed))
    if from_on and to_on and to_on < from_on:
        raise Refused("ends_before_it_starts", started=from_on.isoformat())
    return Frame(process, tuple(one.id for one in offices), as_of, from_on, to_on, clock, visits, by)


def thresholds(actor: Actor, offices: list[Office], by: str | None, asked: int | None) -> Callable[[str], int]:
    """The threshold of a group: the office's own where groups are offices, else the strictest of the offices."""

    def of(group: str) -> int:
        concerned = [one for one in offices if by != "office" or one.name == group]
        set_by_office = max((one.threshold for one in concerned), default=1)
        if asked is None:
            return set_by_office
        sees_all = all(may_open_every_case(actor, one.id) for one in concerned)
        return max(0, asked) if sees_all else max(asked, set_by_office)

    return of


def _steps(order: Order, counts: Counts, group: str, horizon: int, threshold: int) -> list[dict[str, object]]:
    blocks = [
        block(step, counts.get((group, step), Tally()), horizon=horizon) | _measured(step) for step in order.steps
    ]
    return suppress(blocks, threshold)


def _measured(step: str) -> dict[str, object]:
    """Leaving follow-up for another step is trouble at work or a lost job, never progress: the title says so."""
    return {"title": "time_to_trouble_or_job_loss" if step == FOLLOW_UP else "time_in_step"}


def _part(frame: Frame, order: Order, step: str, part: str, reason: str | None) -> ColumnElement[bool]:
    if part not in PARTS or step not in order.steps:
        raise NotFound()
    left, to = frame.closed(), StepPeriod.left_to
    ended = left & (to == ENDED)
    waited = exists().where(Waiting.period_id == StepPeriod.id, Waiting.started_on <= frame.as_of)
    parts = {
        "visits": true(),
        "completed": left & (to != ENDED),
        "open": frame.running() | ended,
        "running": frame.running(),
        "forward": left & to.in_(order.after(step)),
        "back": left & to.in_(order.before(step)),
        "ended": ended & (Case.end_reason == reason) if reason else ended,
        "waiting": waited.where(Waiting.waiting_for == reason) if reason else waited,
    }
    return parts[part]
