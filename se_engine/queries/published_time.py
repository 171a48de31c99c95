"""Report «time per step» in its published form: for readers who may not open every case, and for what leaves the page.

Each step is a table of its own, as of the quarter's end that may stand; its rows are everybody and the groups.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.measures.alternatives import WHOLE, Cell
from se_engine.measures.publication import hidden
from se_engine.measures.published_steps import STANDING, published_block, step_tree, waited_counts
from se_engine.queries.counted_stays import LOG_RANKS, Counted, as_published, count_stays, frame, orders, test_of
from se_engine.queries.own_past import Period, period_before
from se_engine.queries.publishing import Divided, Standing, cumulated, divided, ends_up_to, stands, strictest
from se_engine.queries.report_notes import notes
from se_engine.queries.report_questions import Asked
from se_engine.queries.step_changes import (
    Change,
    Changes,
    first_day,
    stay_changes,
    track_changes,
    waiting_changes,
    without,
)
from se_engine.rules.errors import Refused

FIRST, REPEAT = "first", "repeat"
HIDDEN = frozenset[Cell]()
Block = dict[str, Any]


@dataclass(frozen=True)
class _Step:
    """What stands of one step: its day, the hidden cells, and in how many stays each party was waited for."""

    standing: Standing | None
    hidden: frozenset[Cell]
    waited: Mapping[Cell, int]

    def of(self, group: str) -> dict[str, int]:
        """The parties waited for in a group."""
        found = {part.partition(".")[2]: many for (of, part), many in self.waited.items() if of == group and many}
        return {party: many for party, many in found.items() if party}


def published_form(session: Session, asked: Asked) -> dict[str, Any]:
    """What stands under the heading; Refused where there is no published answer."""
    past = period_before(asked.question)
    table = divided(session, asked)
    if asked.question.visits == FIRST:
        table = replace(table, row=FIRST)
    report = _Report(session, table)
    compared = None if past is None else str(_year_of(past))

    def body(label: str) -> dict[str, Any]:
        found = {name: report.blocks(name, label) for name in LOG_RANKS}
        told = found | {"notes": notes(found["steps"])}
        if compared is None or past is None:
            return told
        before = {name: report.blocks(name, compared) for name in LOG_RANKS}
        tests = report.log_ranks([label, compared])
        return told | {"before": {"from": past.from_on.isoformat(), "to": past.to_on.isoformat(), **before, **tests}}

    answer = table.answer(report.labels, body)
    tests = report.log_ranks(report.labels) if "groups" in answer else {}
    return {
        "as_of": report.newest.isoformat(),
        "asked_as_of": asked.question.as_of.isoformat(),
        "threshold": report.threshold,
        **answer,
        **tests,
    }


def _year_of(period: Period) -> int:
    if (period.from_on.month, period.from_on.day, period.to_on.month, period.to_on.day) != (1, 1, 12, 31):
        raise Refused("published_period_not_a_year")
    return period.from_on.year


class _Report:
    """The tables of all steps, each decided; what is shown of a step is counted on its day."""

    def __init__(self, session: Session, table: Divided) -> None:
        self.session, self.asked = session, table.asked
        self.first_only = table.asked.question.visits == FIRST
        self.threshold = strictest(table.asked)
        self.orders = orders()
        steps, tracks, waited = self._changes()
        self.ends = ends_up_to(first_day((steps, tracks)), table.asked.question.as_of)
        self.labels = sorted({label for found in (steps, tracks) for rows in found.values() for label, *_ in rows})
        self.steps = {
            "steps": {
                step: self._step(steps.get(step, []), waited.get(step, [])) for step in self.orders["steps"].steps
            },
            "tracks": {step: self._step(tracks.get(step, []), []) for step in self.orders["tracks"].steps},
        }
        self.counted: dict[date, Counted] = {}

    @property
    def newest(self) -> date:
        """The day of the newest table; where none stands, the day that was asked for."""
        days = [one.standing.as_of for found in self.steps.values() for one in found.values() if one.standing]
        return max(days, default=self.asked.question.as_of)

    def _changes(self) -> tuple[Changes, Changes, Changes]:
        if not self.first_only:
            return self._read("all")
        every, first = self._read("all"), self._read(FIRST)
        steps, tracks, waited = (without(a, b, FIRST, REPEAT) for a, b in zip(every, first, strict=True))
        return steps, tracks, waited

    def _read(self, visits: str) -> tuple[Changes, Changes, Changes]:
        asked = replace(self.asked, question=replace(self.asked.question, visits=visits))
        steps, tracks = (frame(asked, self.orders[name].process, apart=True) for name in ("steps", "tracks"))
        return (
            stay_changes(self.session, steps, self.orders["steps"].is_forward),
            track_changes(self.session, tracks, self.orders["tracks"].is_forward),
            waiting_changes(self.session, steps),
        )

    def _step(self, changes: list[Change], waited: list[Change]) -> _Step:
        tree = step_tree([{(group, part): 1 for group, part, _, _ in changes}])
        # Every group has its row in every step, or a row that is lacking would tell that nobody is in it.
        rows = [*changes, *((label, "running", end, 0) for label in self.labels for end in self.ends[:1])]
        series = cumulated(self.ends, rows, tree)
        standing = stands(self.ends, series, tree, self.threshold, standing=STANDING)
        if standing is None:
            return _Step(None, HIDDEN, {})
        # Days of waiting are shown as a mean in whole days, never the stays: a table of that one day is enough.
        parties: defaultdict[str, Counter[str]] = defaultdict(Counter, {label: Counter() for label in self.labels})
        for group, part, day, many in waited:
            if day <= standing.as_of:
                parties[group][part.partition(".")[2]] += many
        counts, waiting = waited_counts(parties)
        return _Step(standing, standing.hidden | hidden(counts, waiting, self.threshold), counts)

    def blocks(self, name: str, label: str) -> list[Block]:
        return [self._block(name, step, label) for step in self.orders[name].steps]

    def _block(self, name: str, step: str, label: str) -> Block:
        one = self.steps[name][step]
        if one.standing is None:
            return {"step": step, "title": self.orders[name].title(step), "suppressed": True}
        known = self._on(one.standing.as_of).block(name, step, self._counted_as(label), self.asked.question.horizon)
        block = published_block(known, label, one.hidden, self.threshold, waited=one.of(label))
        if block["suppressed"]:
            return block
        # The last day anybody was observed is the day of one.
        return block | {"observed_to": None, "as_of": one.standing.as_of.isoformat()}

    def _counted_as(self, label: str) -> str:
        """Where only first stays are shown, they are all that is counted."""
        return WHOLE if self.first_only else label

    def _on(self, as_of: date) -> Counted:
        if as_of not in self.counted:
            asked = replace(self.asked, question=replace(self.asked.question, as_of=as_of))
            self.counted[as_of] = count_stays(self.session, asked, apart=True)
        return self.counted[as_of]

    def log_ranks(self, labels: list[str]) -> dict[str, dict[str, Any]]:
        """The test of each step of which every group is shown."""
        return {
            test: {
                step: as_published(test_of([self._tally(name, step, label) for label in labels]))
                for step in self.orders[name].steps
                if len(labels) > 1 and all(self._is_shown(name, step, label) for label in labels)
            }
            for name, test in LOG_RANKS.items()
        }

    def _is_shown(self, name: str, step: str, label: str) -> bool:
        one = self.steps[name][step]
        return one.standing is not None and not {(label, "visits"), (label, "completed")} & one.hidden

    def _tally(self, name: str, step: str, label: str) -> Any:
        standing = self.steps[name][step].standing
        return self._on(standing.as_of).tally(name, step, label) if standing else None
