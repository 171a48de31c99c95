"""Report «effort and result»: hours and contacts by dimension and step, and later results by hours of early effort."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.measures.alternatives import WHOLE, Tree
from se_engine.measures.effort import (
    ALL,
    BANDS,
    DAY_180,
    DEFINITION_VERSION,
    DIMENSIONS,
    ENDED,
    HOURS,
    JOB,
    MEETING,
    MEETING_TREE,
    NO_TASK,
    THIRDS,
    WEEKS,
    WINDOWS,
    WORK_TREE,
    Changes,
    band,
    day_180,
    day_180_tree,
    limits,
    meeting,
)
from se_engine.measures.intervals import wilson
from se_engine.queries.access import cases_in_scope
from se_engine.queries.effort_rows import Chosen, Followed, Spent, early_minutes, followed, spent
from se_engine.queries.effort_tables import effort_so_far, keys_of
from se_engine.queries.publishing import cumulated, ends_up_to, stands, strictest
from se_engine.queries.report_questions import Asked, Question, ask, check_option
from se_engine.records.cases import Case
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import AGGREGATES, Actor
from se_engine.rules.timeline import END_REASONS

WEEK_RESULTS = tuple(f"week_{week}" for week in WEEKS)
EFFORT = "effort"
"""In place of a result: the cases with any contact of a kind."""
RESULTS = (MEETING, DAY_180, *WEEK_RESULTS)
TREES: Mapping[str, Tree] = {
    MEETING: MEETING_TREE, DAY_180: day_180_tree(END_REASONS), **dict.fromkeys(WEEK_RESULTS, WORK_TREE),
}  # fmt: skip
SHARES = {
    MEETING: (("in_30", "at_risk"), ("met", "at_risk")), DAY_180: ((JOB, "at_risk"),),
    **dict.fromkeys(WEEK_RESULTS, (("in_work", "reached"),)),
}  # fmt: skip
"""What is shown as a proportion of what, with its interval."""
UNKNOWN = {DAY_180: ENDED, **dict.fromkeys(WEEK_RESULTS, "not_known")}
"""Nobody knows of these: had all of them come out well, the proportion would be as high as `at_most`."""
RETOLD = {*WORK_TREE["reached"]}


@dataclass(frozen=True)
class Effort:
    """What is asked of the effort itself: in which first days, which part of it, and how it is divided into bands."""

    window: int = WINDOWS[0]
    of: str = ALL
    """All contacts, or those of one dimension or step."""
    bands: str = HOURS


def steps() -> tuple[str, ...]:
    return tuple(step.key for step in processes.latest().steps if not step.final)


def effort(session: Session, actor: Actor, question: Question, asked_of: Effort | None = None) -> dict[str, Any]:
    """Association, not effect: everything the answer needs to be read so stands in docs and on its page."""
    chosen = asked_of or Effort()
    asked = _asked(session, actor, question, chosen)
    sample = _chosen(asked)
    cases = followed(session, sample, chosen.window)
    rows = spent(session, sample, chosen.window)
    banded, borders = _banded(cases, rows, chosen)
    threshold = asked.threshold() if asked.whole else strictest(asked)
    so_far = effort_so_far(session, sample, rows, steps(), threshold=None if asked.whole else threshold)
    results = [_result(result, banded, chosen, asked, threshold) for result in RESULTS]
    days = {} if asked.whole else _stood_on(question, so_far, results)
    return (
        asked.heading("effort", DEFINITION_VERSION)
        | days
        | {
            "published": not asked.whole,
            "window": chosen.window,
            "of": chosen.of,
            "bands": chosen.bands,
            "borders": [round(border / 60, 2) for border in borders],
            "threshold": threshold,
            "association": True,
            "effort": so_far,
            "cases": {name: sum(it == name for it, _ in banded) for name in BANDS} if asked.whole else None,
            "results": results,
        }
    )


def _stood_on(question: Question, *tables: Any) -> dict[str, str]:
    """Published, each table stands as of its own day; the answer as of the newest of them."""
    so_far, results = tables
    asked = question.as_of.isoformat()
    stood = [day for day in (so_far["as_of"], *(one["as_of"] for one in results)) if day]
    return {"as_of": max(stood, default=asked), "asked_as_of": asked}


def cases_behind(
    session: Session, actor: Actor, question: Question, asked_of: Effort, *, result: str, part: str, group: str = WHOLE
) -> list[int]:
    """The cases behind one number, for those who may open them; `cases` is everybody in the bands."""
    asked = _asked(session, actor, question, asked_of)
    if result == EFFORT:
        if part not in (*DIMENSIONS, NO_TASK, *steps()):
            raise NotFound()
        rows = spent(session, _chosen(asked), asked_of.window)
        return _mine(session, actor, sorted({row.case_id for row in rows if part in keys_of(row)}))
    if result not in (*RESULTS, "cases") or group not in (WHOLE, *BANDS):
        raise NotFound()
    sample = _chosen(asked)
    cases = followed(session, sample, asked_of.window)
    banded, _ = _banded(cases, spent(session, sample, asked_of.window), asked_of)
    leaves = set(_leaves(TREES[result], part)) if result != "cases" else set()
    found = [
        one.case_id
        for name, one in banded
        if group in (WHOLE, name)
        and (result == "cases" or _on(_changes(result, one, asked_of.window), question.as_of) in leaves)
    ]
    return _mine(session, actor, found)


def _banded(
    cases: Sequence[Followed], rows: Sequence[Spent], chosen: Effort
) -> tuple[list[tuple[str, Followed]], tuple[int, int]]:
    """Each case with its band of early hours, and where the bands begin."""
    early = early_minutes(rows, chosen.of)
    minutes = [early.get(one.case_id, 0) for one in cases]
    borders = limits(chosen.of, chosen.bands, minutes)
    return [(band(own, borders), one) for own, one in zip(minutes, cases, strict=True)], borders


def _mine(session: Session, actor: Actor, found: Sequence[int]) -> list[int]:
    mine = session.scalars(select(Case.id).where(Case.id.in_(found), cases_in_scope(actor, today(session))))
    return sorted(mine)


def _asked(session: Session, actor: Actor, question: Question, chosen: Effort) -> Asked:
    if actor.role not in AGGREGATES:
        raise NotPermitted()
    # Not divided into teams: who may open a team's cases reads the office as others do.
    asked = ask(session, actor, replace(question, by=None, group=None))
    check_option("of", chosen.of, (ALL, *DIMENSIONS, *steps()))
    check_option("bands", chosen.bands, (HOURS, THIRDS))
    check_option("window", str(chosen.window), tuple(map(str, WINDOWS)))
    if asked.whole:
        return asked
    if chosen.bands != HOURS or chosen.window != WINDOWS[0]:
        raise Refused("published_effort_as_it_is", days=WINDOWS[0])
    if question.from_on or question.to_on or (actor.role.everywhere and question.office is not None):
        raise Refused("published_divided_once")
    return asked


def _chosen(asked: Asked) -> Chosen:
    question = asked.question
    return Chosen(asked.office_ids, question.as_of, question.from_on, question.to_on)


def _changes(result: str, one: Followed, window: int) -> Changes:
    if result == MEETING:
        return meeting(one.course, window)
    if result == DAY_180:
        return day_180(one.course, window)
    return one.work(int(result.removeprefix("week_")))


def _on(changes: Changes, day: date) -> str | None:
    return next((part for since, part in reversed(changes) if since <= day), None)


def _leaves(tree: Tree, part: str) -> list[str]:
    if part not in {*tree, *(under for parts in tree.values() for under in parts)}:
        raise NotFound()
    return [leaf for under in tree[part] for leaf in _leaves(tree, under)] if part in tree else [part]


def _result(
    result: str, banded: Sequence[tuple[str, Followed]], chosen: Effort, asked: Asked, threshold: int
) -> dict[str, Any]:
    """Everybody first, then band by band: counts, and each proportion with its interval."""
    tree, as_of = TREES[result], asked.question.as_of
    counted = Counter((group, *move) for group, one in banded for move in _moves(_changes(result, one, chosen.window)))
    moves = [(group, part, day, sign * many) for (group, day, part, sign), many in counted.items()]
    hidden: frozenset[tuple[str, str]] = frozenset()
    if asked.whole:
        counts: Mapping[tuple[str, str], int] = cumulated([as_of], moves, tree)[0]
    else:
        ends = ends_up_to(min((day for _, _, day, _ in moves), default=None), as_of)
        standing = stands(ends, cumulated(ends, moves, tree), tree, threshold, standing=RETOLD)
        if standing is None:
            return {"result": result, "as_of": None, "rows": []}
        as_of, counts, hidden = standing.as_of, standing.counts, standing.hidden
    rows = [_row(result, group, counts, hidden, not asked.whole) for group in (WHOLE, *BANDS)]
    return {"result": result, "as_of": as_of.isoformat(), "rows": rows}


def _moves(changes: Changes) -> list[tuple[date, str, int]]:
    found, before = [], None
    for day, part in changes:
        if before is not None:
            found.append((day, before, -1))
        found.append((day, part, 1))
        before = part
    return found


def _row(
    result: str, group: str, counts: Mapping[tuple[str, str], int], hidden: frozenset[tuple[str, str]], published: bool
) -> dict[str, Any]:
    """A hidden count is None; where the size of the row is hidden, nothing of it is shown, nor that there is nobody."""
    tree = TREES[result]
    if (group, "reached") in hidden or (published and (group, "reached") not in counts):
        return {"group": group, "suppressed": True}
    parts = {*tree, *(under for parts in tree.values() for under in parts)}
    shown = {part: None if (group, part) in hidden else counts.get((group, part), 0) for part in sorted(parts)}
    ended = {part: shown.pop(part) for part in sorted(parts) if part.startswith("ended.")}
    reasons = {part.removeprefix("ended."): many for part, many in ended.items() if many != 0}
    shares = [_share(shown, part, of, UNKNOWN.get(result)) for part, of in SHARES[result]]
    return {"group": group, "suppressed": False, **shown, **({"reasons": reasons} if ended else {}), "shares": shares}


def _share(shown: Mapping[str, int | None], part: str, of: str, unknown: str | None) -> dict[str, Any]:
    k, n = shown[part], shown[of]
    told: dict[str, Any] = {"part": part, "of": of, "n": n, "k": k}
    told |= dict.fromkeys(("share", "low", "high", "at_most"))
    if k is None or not n:
        return told
    between = wilson(k, n)
    low, high = between or (None, None)
    open_ = shown[unknown] if unknown else 0
    return told | {"share": k / n, "low": low, "high": high, "at_most": None if open_ is None else (k + open_) / n}
