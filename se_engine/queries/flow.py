"""Report «flow»: how many stood in each step at the end of each day, and how many had come and gone by then."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, exists, or_, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.day_changes import ENDED, OPENED, STOOD, WAS_PAUSED, changes, of_stays
from se_engine.queries.publishing import Standing, cumulated, divided, each_stands, ends_up_to, strictest
from se_engine.queries.report_days import axis
from se_engine.queries.report_questions import Asked, Question, ask, groups_of
from se_engine.queries.stays import ENDED as ENDED_STEP
from se_engine.queries.step_order import Order
from se_engine.records.cases import Case, Pause, StepPeriod
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor

DEFINITION_VERSION = 1
USUAL_DAYS, PUBLISHED_DAYS = 90, 730
DAILY_UP_TO, WEEKLY_UP_TO = 120, 731
PARTS = ("stood", "paused", "entered", "ended")
BESIDE = ("opened", "ended", "paused")
"""What is counted beside the steps."""


@dataclass
class Stood:
    """Of one group on one day: how many stood in each step, and what is counted beside the steps."""

    counts: Counter[str] = field(default_factory=Counter)

    def row(self, day: date, steps: Iterable[str]) -> dict[str, Any]:
        return {
            "day": day.isoformat(),
            "steps": {step: self.counts[step] for step in steps},
            "paused": self.counts["paused"],
            "entered": self.counts["opened"],
            "ended": self.counts["ended"],
            "suppressed": False,
        }


def flow(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """The days asked for, or the ninety up to `as_of`; of longer stretches every seventh day, or the quarters' ends.

    Who has paused stands in the step all the same, and is counted once more apart. On every day `entered` is `ended`
    and all the steps together. A case keeps the group it had when it was opened.
    """
    asked = ask(session, actor, question)
    steps = Order.of(processes.SUPPORTED_EMPLOYMENT).steps
    first, last = axis(question, USUAL_DAYS if asked.whole else PUBLISHED_DAYS)
    if not asked.whole:
        return _published(session, asked, steps, first, last)
    every, days = points(first, last)
    spans = (STOOD, OPENED, ENDED, WAS_PAUSED)
    until = replace(asked, question=replace(question, as_of=last))
    counted = _by_group(changes(session, until, spans, process=processes.SUPPORTED_EMPLOYMENT, first=first))
    report = _heading(asked, first, last) | {"every": every, "steps": list(steps), "published": False}
    if question.by is None:
        return report | {"days": list(_rows(counted.get("", []), days, steps))}
    labels = groups_of(label for label in counted if question.group in (None, label))
    return report | {"groups": [{"group": one, "days": list(_rows(counted[one], days, steps))} for one in labels]}


def flow_behind(
    session: Session, actor: Actor, question: Question, day: date, *, step: str | None = None, part: str = "stood"
) -> list[int]:
    """The cases behind one number of a day, for those who may open them."""
    asked = ask(session, actor, question)
    order = Order.of(processes.SUPPORTED_EMPLOYMENT)
    if part not in PARTS or step not in (None, *order.steps):
        raise NotFound()
    stands = (StepPeriod.entered_on <= day, or_(StepPeriod.left_on.is_(None), StepPeriod.left_on > day))
    paused = exists().where(
        Pause.period_id == StepPeriod.id, Pause.started_on <= day, or_(Pause.ended_on.is_(None), Pause.ended_on > day)
    )
    chosen = {
        "stood": stands,
        "paused": (*stands, paused),
        "entered": (StepPeriod.ordinal == 1, StepPeriod.entered_on <= day),
        "ended": (StepPeriod.left_to == ENDED_STEP, StepPeriod.left_on <= day),
    }
    rows = of_stays(asked, order.process, StepPeriod.case_id).where(*chosen[part])
    behind = (rows if step is None else rows.where(StepPeriod.step == step)).subquery().c
    open_to_her = select(Case.id).where(cases_in_scope(actor, today(session)))
    cases = select(behind.case_id).where(behind.case_id.in_(open_to_her)).distinct().order_by(behind.case_id)
    return list(session.scalars(cases if question.group is None else cases.where(behind.label == question.group)))


def points(first: date, last: date) -> tuple[str, list[date]]:
    """How often, and on which days: always the last one too."""
    many = (last - first).days + 1
    if many <= DAILY_UP_TO:
        return "day", [first + timedelta(days=day) for day in range(many)]
    if many <= WEEKLY_UP_TO:
        return "week", [last - timedelta(days=day) for day in reversed(range(0, many, 7))]
    ends = ends_up_to(first, last)
    return "quarter", ends if ends and ends[-1] == last else [*ends, last]


def _heading(asked: Asked, first: date, last: date) -> dict[str, Any]:
    return asked.heading("flow", DEFINITION_VERSION) | {"from": first.isoformat(), "to": last.isoformat()}


def _by_group(rows: Iterable[Row[Any]]) -> dict[str, list[tuple[date, str, int]]]:
    """The changes of each group in the order of their days."""
    found: dict[str, list[tuple[date, str, int]]] = defaultdict(list)
    for row in rows:
        found[row.label].append((row.day, row.part, row.many))
    return {label: sorted(of_group) for label, of_group in found.items()}


def _rows(
    changes: Sequence[tuple[date, str, int]], days: Sequence[date], steps: Sequence[str]
) -> Iterator[dict[str, Any]]:
    stood, place = Stood(), 0
    for day in days:
        while place < len(changes) and changes[place][0] <= day:
            _, part, many = changes[place]
            stood.counts[part] += many
            place += 1
        yield stood.row(day, steps)


def _published(
    session: Session, asked: Asked, steps: Sequence[str], first: date, last: date
) -> dict[str, Any]:
    """The quarters' ends within the days asked for, each as it was published when the quarter had ended."""
    question = replace(asked.question, from_on=None, to_on=None, as_of=last)
    table = divided(session, replace(asked, question=question))
    tree = {"cases": steps}
    rows = changes(session, table.asked, (STOOD,), process=processes.SUPPORTED_EMPLOYMENT)
    ends = ends_up_to(min((row.day for row in rows), default=None), last)
    series = cumulated(ends, ((row.label, row.part, row.day, int(row.many)) for row in rows), tree)
    stood = each_stands(ends, series, tree, strictest(table.asked), standing=("cases", *steps))
    report = _heading(asked, first, last) | {
        "as_of": (ends[-1] if ends else last).isoformat(),
        "asked_as_of": asked.question.as_of.isoformat(),
        "published": True,
        "every": "quarter",
        "steps": list(steps),
    }
    return report | table.answer(
        (row.label for row in rows),
        lambda group: {"days": [_shown(one, group, steps) for one in stood if one.as_of >= first]},
    )


def _shown(standing: Standing, group: str, steps: Sequence[str]) -> dict[str, Any]:
    row, day = standing.row(group, "cases", steps), {"day": standing.as_of.isoformat()}
    if row["suppressed"]:
        return day | row
    beside = {"paused": None, "entered": None, "ended": None}
    return {**day, "steps": {step: row[step] for step in steps}, **beside, "suppressed": False}
