"""Hours and contacts so far by dimension and by step, and in the published form only what enough cases stand behind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.measures.alternatives import WHOLE, Tree
from se_engine.measures.effort import DIMENSIONS, NO_TASK, shared
from se_engine.queries.effort_rows import Chosen, Spent, spent
from se_engine.queries.publishing import cumulated, ends_up_to, stands
from se_engine.records.cases import Case

Row = dict[str, Any]


def effort_so_far(
    session: Session, chosen: Chosen, rows: Sequence[Spent], steps: Sequence[str], *, threshold: int | None
) -> Row:
    """Of the cases of the report, everything up to its day: minutes of a contact are shared between its dimensions.

    A contact stands as one under each of its dimensions, so contacts and cases of dimensions do not add up; hours do.
    With a threshold, as of the newest quarter's end that may stand.
    """
    if threshold is None:
        return _tables(rows, chosen.as_of, steps)
    keys = (*DIMENSIONS, NO_TASK, *steps)
    tree: Tree = {f"cases.{key}": (f"with.{key}", f"without.{key}") for key in keys}
    ends, series = _with_any(session, chosen, rows, keys, tree)
    standing = stands(ends, series, tree, threshold, standing={f"without.{key}" for key in keys})
    if standing is None:
        return {"as_of": None, "dimensions": [], "steps": []}
    hidden = {key for key in keys if (WHOLE, f"with.{key}") in standing.hidden}
    then = replace(chosen, as_of=standing.as_of)
    tables = _tables(spent(session, then, 0), then.as_of, steps)
    for table in ("dimensions", "steps"):
        _hide(tables[table], hidden)
    return tables


def keys_of(row: Spent) -> tuple[str, ...]:
    """Under which rows of the two tables it stands."""
    return (*(row.dimensions or (NO_TASK,)), row.step)


def _tables(rows: Iterable[Spent], as_of: date, steps: Sequence[str]) -> Row:
    minutes: dict[str, Fraction] = defaultdict(Fraction)
    by_kind: dict[tuple[str, ...], int] = defaultdict(int)
    many: dict[str, int] = defaultdict(int)
    cases: dict[str, set[int]] = defaultdict(set)
    unmeasured = total = 0
    for row in rows:
        by_kind[row.dimensions] += row.minutes
        minutes[row.step] += row.minutes
        total, unmeasured = total + row.contacts, unmeasured + row.unmeasured
        for key in keys_of(row):
            many[key] += row.contacts
            cases[key].add(row.case_id)
    for dimensions, together in by_kind.items():
        for key, part in shared(together, dimensions).items():
            minutes[key] += part

    def table(keys: Sequence[str]) -> list[Row]:
        return [
            {
                "key": key, "cases": len(cases[key]), "contacts": many[key],
                "hours": round(float(minutes[key]) / 60, 1), "suppressed": False,
            }
            for key in keys
        ]  # fmt: skip

    return {
        "as_of": as_of.isoformat(),
        "contacts": total,
        "without_length": unmeasured,
        "dimensions": table((*DIMENSIONS, NO_TASK)),
        "steps": table(steps),
    }


def _with_any(
    session: Session, chosen: Chosen, rows: Iterable[Spent], keys: Sequence[str], tree: Tree
) -> tuple[list[date], list[dict[tuple[str, str], int]]]:
    """At each quarter's end, how many cases had had any contact of a kind, and how many had not."""
    opened = dict(session.execute(select(Case.id, Case.opened_on).where(chosen.cases())).all())
    firsts: dict[tuple[int, str], date] = {}
    for row in rows:
        for key in keys_of(row):
            known = firsts.get((row.case_id, key), row.first_on)
            firsts[row.case_id, key] = max(min(known, row.first_on), opened[row.case_id])
    changes: list[tuple[str, str, date, int]] = []
    for key in keys:
        changes += [(WHOLE, f"without.{key}", day, 1) for day in opened.values()]
    for (_, key), day in firsts.items():
        if key in keys:
            changes += [(WHOLE, f"without.{key}", day, -1), (WHOLE, f"with.{key}", day, 1)]
    ends = ends_up_to(min(opened.values(), default=None), chosen.as_of)
    return ends, cumulated(ends, changes, tree)


def _hide(rows: list[Row], hidden: set[str]) -> None:
    """Whole hours; of one row alone the others and the sum would tell, so a second goes with it."""
    concealed = [row for row in rows if row["key"] in hidden]
    if len(concealed) == 1:
        rest = [row for row in rows if row["key"] not in hidden]
        concealed += sorted(rest, key=lambda row: row["cases"])[:1]
    for row in rows:
        row["hours"] = round(row["hours"])
    for row in concealed:
        row |= {"cases": None, "contacts": None, "hours": None, "suppressed": True}
