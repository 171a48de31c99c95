"""Report «time per step»: how long people stay, small numbers hidden, and the cases behind each number."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.measures.stays import DEFINITION_VERSION, Tally, block
from se_engine.measures.suppression import suppress
from se_engine.queries.access import cases_in_scope
from se_engine.queries.report_questions import Asked, Question, ask, groups_of
from se_engine.queries.stays import ENDED, Counts, Frame, grouped, tallies
from se_engine.records.cases import Case, StepPeriod, Waiting
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor

PARTS = ("visits", "completed", "open", "forward", "back", "ended", "running", "waiting")
FOLLOW_UP = "follow_up"


def time_per_step(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """How long people stay in each step, as things stood on a day: the answer of the report as JSON.

    A step with fewer visits than the office's threshold is hidden. Whoever may open all the cases may lower the
    threshold, and anybody may raise it.
    """
    asked = ask(session, actor, question)
    order = Order.of(processes.SUPPORTED_EMPLOYMENT)
    counts = tallies(session, _frame(order.process, asked), order.is_forward)
    report = asked.heading("time-per-step", DEFINITION_VERSION) | {
        "process": order.process,
        "clock": question.clock,
        "visits": question.visits,
    }
    if question.by is None:
        return report | {"threshold": asked.threshold(), "steps": _steps(order, counts, "", asked)}
    labels = groups_of(label for label, _ in counts if question.group in (None, label))
    return report | {"groups": [{"group": label, "steps": _steps(order, counts, label, asked)} for label in labels]}


def cases_behind(
    session: Session, actor: Actor, question: Question, step: str, *, part: str = "visits", reason: str | None = None
) -> list[int]:
    """The cases behind one number of a step, for those who may open them; `reason` narrows ended and waiting.

    A case with two stays in the step stands here once. Someone who reads numbers only gets an empty list.
    """
    asked = ask(session, actor, question)
    order = Order.of(processes.SUPPORTED_EMPLOYMENT)
    frame = _frame(order.process, asked)
    chosen = StepPeriod.step == step, _part(frame, order, step, part, reason), cases_in_scope(actor, today(session))
    behind = grouped(frame, StepPeriod.case_id).where(*chosen).subquery().c
    cases = select(behind.case_id).distinct().order_by(behind.case_id)
    return list(session.scalars(cases if question.group is None else cases.where(behind.label == question.group)))


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


def _frame(process: str, asked: Asked) -> Frame:
    question = asked.question
    return Frame(
        process, asked.office_ids, question.as_of, question.from_on, question.to_on, question.clock, question.visits,
        question.by,
    )  # fmt: skip


def _steps(order: Order, counts: Counts, group: str, asked: Asked) -> list[dict[str, object]]:
    horizon = asked.question.horizon
    blocks = [
        block(step, counts.get((group, step), Tally()), horizon=horizon) | _measured(step) for step in order.steps
    ]
    return suppress(blocks, asked.threshold(group))


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
