"""Retention in its published form: each checkpoint as of the quarter's end at which it may stand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.queries.publishing import Threshold, cumulated, divided, ends_up_to, stands, strictest
from se_engine.queries.report_questions import Asked
from se_engine.queries.retained_jobs import Counted, jobs_asked
from se_engine.rules.errors import Refused
from se_engine.rules.retention import CHECKPOINTS, IN_WORK, NOT_IN_WORK, NOT_KNOWN, Known

TREE = {"total": (IN_WORK, NOT_IN_WORK, NOT_KNOWN), IN_WORK: ("late", "in_time")}
STANDING = (IN_WORK, NOT_IN_WORK, NOT_KNOWN, "late", "in_time")
"""An end of the job that is told later may change any of them."""
COLUMNS = (IN_WORK, NOT_IN_WORK, NOT_KNOWN, "late")
FIRST, LATER = "first", "later"
Change = tuple[str, str, date, int]


def answer(session: Session, asked: Asked, which: str) -> dict[str, Any]:
    """First jobs and later ones divide all jobs, so they are a table of their own and are not divided further."""
    table = divided(session, replace(asked, question=replace(asked.question, visits="all")))
    if which == FIRST and table.asked.question.by is not None:
        raise Refused("published_divided_once")
    as_of, threshold = asked.question.as_of, strictest(table.asked)
    jobs = jobs_asked(session, table.asked)
    if table.asked.question.by is None:
        jobs = [replace(job, group=FIRST if job.first else LATER) for job in jobs]
    ends = ends_up_to(min((job.facts.started_on for job in jobs), default=None), as_of)
    none = [(group, NOT_KNOWN, end, 0) for group in {job.group for job in jobs} for end in ends[:1]]
    by_week = [_week(jobs, week, ends, none, threshold) for week in CHECKPOINTS]

    def checkpoints(group: str) -> dict[str, Any]:
        return {"checkpoints": [rows[group] if group in rows else _too_few(rows) for rows in by_week]}

    report = {
        "as_of": (ends[-1] if ends else as_of).isoformat(),
        "asked_as_of": as_of.isoformat(),
        "published": True,
        "threshold": threshold,
    }
    if table.asked.question.by is None:
        each = {"first": checkpoints(FIRST)["checkpoints"], "any": checkpoints("")["checkpoints"]}
        return report | {"checkpoints": each[which]} | each
    return report | table.answer((job.group for job in jobs), checkpoints)


def _week(
    jobs: Sequence[Counted], week: int, ends: Sequence[date], none: Sequence[Change], threshold: Threshold
) -> dict[str, dict[str, Any]]:
    """Group → its row; everybody under the empty name. Every group has a row, or one that lacks would tell of none."""
    changes = [*none, *(change for job in jobs for change in _changes(job, week))]
    standing = stands(ends, cumulated(ends, changes, TREE), TREE, threshold, standing=STANDING)
    if standing is None:
        return {"": {"week": week, "suppressed": True}}
    rows = {}
    for group in {"", *(group for group, _ in standing.counts)}:
        row = standing.row(group, "total", COLUMNS)
        day = {} if row["suppressed"] else {"as_of": standing.as_of.isoformat()}
        rows[group] = {"week": week, **day, **row}
    return rows


def _too_few(rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"week": rows[""]["week"], "suppressed": True}


def _changes(job: Counted, week: int) -> Iterator[Change]:
    before = None
    for day, known in job.changes(week):
        if before is not None:
            yield job.group, _leaf(before), day, -1
        yield job.group, _leaf(known), day, 1
        before = known


def _leaf(known: Known) -> str:
    if known.standing != IN_WORK:
        return known.standing
    return "late" if known.late else "in_time"
