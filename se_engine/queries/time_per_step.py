"""Report «time per step»: how long people stay in each step, beside that how long employer tracks stay in theirs.

Whoever may open every case reads it whole; the published form, and what lies behind a number, stand in modules of
their own.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.measures.log_rank import LogRank, log_rank_from_counts
from se_engine.measures.stays import DEFINITION_VERSION, Tally, block
from se_engine.measures.suppression import suppress
from se_engine.queries.behind_steps import cases_behind
from se_engine.queries.closed_stays import add_closed
from se_engine.queries.own_past import Period, period_before, with_period
from se_engine.queries.report_notes import notes
from se_engine.queries.report_questions import Asked, Question, ask, groups_of
from se_engine.queries.running_stays import add_running
from se_engine.queries.stays import Counts, Frame
from se_engine.queries.step_order import Order
from se_engine.queries.track_stays import track_tallies
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import PROCESS as TRACK

__all__ = ["cases_behind", "time_per_step"]

LOG_RANKS = {"steps": "log_rank", "tracks": "tracks_log_rank"}


def time_per_step(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """How long people stay in each step, as things stood on a day: the answer of the report as JSON.

    A step with fewer visits than the office's threshold is hidden. Whoever may open all the cases may lower the
    threshold, and anybody may raise it. The session should see one moment: `Database.snapshot`.
    """
    asked = ask(session, actor, with_period(question))
    return whole_form(session, asked)


def heading(asked: Asked, *, published: bool) -> dict[str, Any]:
    question = asked.question
    return asked.heading("time-per-step", DEFINITION_VERSION) | {
        "process": processes.SUPPORTED_EMPLOYMENT,
        "clock": question.clock,
        "visits": question.visits,
        "horizon": question.horizon,
        "published": published,
    }


def whole_form(session: Session, asked: Asked) -> dict[str, Any]:
    """Every number, for those who may open the cases."""
    question, past = asked.question, period_before(asked.question)
    counted = count_stays(session, asked)
    before = count_stays(session, asked, past) if past else None
    labels = groups_of(label for told in (counted, before) if told for label in told.labels())
    report = heading(asked, published=False)

    def body(label: str) -> dict[str, Any]:
        found = counted.blocks(asked, label)
        told = found | {"notes": notes(found["steps"])}
        if before is None or past is None:
            return told
        compared = {name: compare({"now": now, "before": then}) for name, now, then in counted.beside(before, label)}
        then = {"from": past.from_on.isoformat(), "to": past.to_on.isoformat(), **before.blocks(asked, label)}
        return told | {"before": then | compared}

    if question.by is None:
        return report | {"threshold": asked.threshold()} | body("")
    shown = [label for label in labels if question.group in (None, label)]
    return report | {"groups": [{"group": label, **body(label)} for label in shown]} | counted.log_ranks()


@dataclass(frozen=True)
class Counted:
    """The stays in the steps of a process or in those of employer tracks, counted: `steps` and `tracks`."""

    orders: Mapping[str, Order]
    counts: Mapping[str, Counts]

    def labels(self) -> set[str]:
        return {label for counts in self.counts.values() for label, _ in counts}

    def blocks(self, asked: Asked, label: str) -> dict[str, list[dict[str, Any]]]:
        """What is shown of one group."""
        found: dict[str, list[dict[str, Any]]] = {}
        for name, order in self.orders.items():
            blocks = [self.block(name, step, label, asked.question.horizon) for step in order.steps]
            found[name] = suppress(blocks, asked.threshold(label))
        return found

    def block(self, name: str, step: str, label: str, horizon: int) -> dict[str, Any]:
        tally = self.counts[name].get((label, step), Tally())
        return block(step, tally, horizon=horizon) | {"title": self.orders[name].title(step)}

    def log_ranks(self) -> dict[str, dict[str, Any]]:
        """Whether the groups left each step at different speeds."""
        return {
            LOG_RANKS[name]: compare({label: self._of(name, label) for label in self.labels()}) for name in self.orders
        }

    def beside(self, before: "Counted", label: str) -> list[tuple[str, dict[str, Tally], dict[str, Tally]]]:
        """The tallies of one group now and before, with what their comparison is called."""
        return [(LOG_RANKS[name], self._of(name, label), before._of(name, label)) for name in self.orders]

    def _of(self, name: str, label: str) -> dict[str, Tally]:
        return {step: tally for (group, step), tally in self.counts[name].items() if group == label}


def compare(groups: Mapping[str, Mapping[str, Tally]]) -> dict[str, Any]:
    """The log-rank test of each step that somebody of at least two groups stood in; groups may not overlap."""
    steps: defaultdict[str, list[Tally]] = defaultdict(list)
    for tallies in groups.values():
        for step, tally in tallies.items():
            if tally.visits:
                steps[step].append(tally)
    return {step: as_json(test_of(tallies)) for step, tallies in steps.items() if len(tallies) > 1}


def test_of(tallies: list[Tally]) -> LogRank:
    return log_rank_from_counts(
        [[(days, left, many) for (days, left), many in tally.days.items()] for tally in tallies]
    )


def as_json(test: LogRank) -> dict[str, float]:
    return {"chi2": round(test.chi2, 6), "df": test.df, "p": round(test.p, 6)}


def count_stays(session: Session, asked: Asked, period: Period | None = None, *, apart: bool = False) -> Counted:
    """The stays the question is about, entered in its period or in another."""
    orders = {"steps": Order.of(processes.SUPPORTED_EMPLOYMENT), "tracks": Order.of(TRACK)}
    steps = frame(asked, orders["steps"].process, period, apart=apart)
    tracks = frame(asked, orders["tracks"].process, period, apart=apart)
    counts: Counts = defaultdict(Tally)
    add_closed(session, counts, steps, orders["steps"].is_forward)
    add_running(session, counts, replace(steps, offices=asked.office_ids))
    return Counted(orders, {"steps": counts, "tracks": track_tallies(session, tracks, orders["tracks"].is_forward)})


def frame(asked: Asked, process: str, period: Period | None = None, *, apart: bool = False) -> Frame:
    question = asked.question
    from_on, to_on = period or (question.from_on, question.to_on)
    return Frame(
        process, asked.office_ids if asked.limited else None, question.as_of, from_on, to_on, question.clock,
        question.visits, question.by, apart,
    )  # fmt: skip
