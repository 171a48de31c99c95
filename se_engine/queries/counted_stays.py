"""Stays in the steps of a process, and in those of employer tracks, as the report on time counts them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.measures.log_rank import LogRank, log_rank_of
from se_engine.measures.stays import Tally, block
from se_engine.queries.closed_stays import add_closed
from se_engine.queries.kept_counts import add_kept
from se_engine.queries.own_past import Period
from se_engine.queries.report_questions import Asked
from se_engine.queries.running_stays import add_running
from se_engine.queries.stays import Counts, Frame
from se_engine.queries.step_order import Order
from se_engine.queries.track_stays import track_tallies
from se_engine.rules.tracks import PROCESS as TRACK

LOG_RANKS = {"steps": "log_rank", "tracks": "tracks_log_rank"}
"""The two lists of the report, each with what its tests are called."""


def orders() -> dict[str, Order]:
    return {"steps": Order.of(processes.SUPPORTED_EMPLOYMENT), "tracks": Order.of(TRACK)}


@dataclass(frozen=True)
class Counted:
    """The stays of both lists, counted by group and step."""

    orders: Mapping[str, Order]
    counts: Mapping[str, Counts]

    def labels(self) -> list[str]:
        return sorted({label for counts in self.counts.values() for label, _ in counts})

    def tally(self, name: str, step: str, label: str) -> Tally:
        return self.counts[name].get((label, step), Tally())

    def block(self, name: str, step: str, label: str, horizon: int) -> dict[str, Any]:
        known = block(step, self.tally(name, step, label), horizon=horizon)
        return known | {"title": self.orders[name].title(step)}

    def log_ranks(self) -> dict[str, dict[str, Any]]:
        """Whether the groups left each step at different speeds."""
        labels = self.labels()
        return {
            test: _tests(
                (step, [self.tally(name, step, label) for label in labels]) for step in self.orders[name].steps
            )
            for name, test in LOG_RANKS.items()
        }

    def against(self, before: "Counted", label: str) -> dict[str, dict[str, Any]]:
        """Whether one group left each step at another speed than it did before."""
        return {
            test: _tests(
                (step, [one.tally(name, step, label) for one in (self, before)]) for step in self.orders[name].steps
            )
            for name, test in LOG_RANKS.items()
        }


def _tests(steps: Iterable[tuple[str, list[Tally]]]) -> dict[str, Any]:
    """Of the steps that somebody of at least two groups stood in."""
    present = ((step, [tally for tally in tallies if tally.days]) for step, tallies in steps)
    return {step: as_json(test_of(tallies)) for step, tallies in present if len(tallies) > 1}


def test_of(tallies: Iterable[Tally]) -> LogRank:
    return log_rank_of(tally.days for tally in tallies)


def as_json(test: LogRank) -> dict[str, float]:
    return {"chi2": round(test.chi2, 6), "df": test.df, "p": round(test.p, 6)}


def as_published(test: LogRank) -> dict[str, float | None]:
    """The statistic to the last digit would tell of single days."""
    return {"chi2": None, "df": test.df, "p": round(test.p, 2)}


def count_stays(session: Session, asked: Asked, period: Period | None = None, *, apart: bool = False) -> Counted:
    """The stays the question is about, entered in its period or in another."""
    both = orders()
    steps, tracks = (frame(asked, both[name].process, period, apart=apart) for name in ("steps", "tracks"))
    counts: Counts = defaultdict(Tally)
    if not add_kept(session, counts, steps, asked.office_ids, both["steps"].is_forward):
        add_closed(session, counts, steps, both["steps"].is_forward)
        # The offices are always named here: their index leads to what still runs.
        add_running(session, counts, steps.at(asked.office_ids))
    return Counted(both, {"steps": counts, "tracks": track_tallies(session, tracks, both["tracks"].is_forward)})


def frame(asked: Asked, process: str, period: Period | None = None, *, apart: bool = False) -> Frame:
    question = asked.question
    from_on, to_on = period or (question.from_on, question.to_on)
    return Frame(
        process, asked.office_ids if asked.limited else None, question.as_of, from_on, to_on, question.clock,
        question.visits, question.by, apart,
    )  # fmt: skip
