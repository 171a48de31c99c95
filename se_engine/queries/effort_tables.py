"""Hours and contacts so far by dimension and by step, and in the published form only what enough cases stand behind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import case, distinct, func, or_, select
from sqlalchemy.orm import Session

from se_engine.measures.alternatives import WHOLE, Tree
from se_engine.measures.effort import DIMENSIONS, NO_TASK, shared
from se_engine.queries.effort_rows import Chosen, contacts
from se_engine.queries.publishing import cumulated, ends_up_to, stands
from se_engine.records.cases import Case

Row = dict[str, Any]


def effort_so_far(session: Session, chosen: Chosen, steps: Sequence[str], *, threshold: int | None) -> Row:
    """Of the cases of the report, everything up to its day: minutes of a contact are shared between its dimensions.

    A contact stands as one under each of its dimensions, so contacts and cases of dimensions do not add up; hours do.
    With a threshold, as of the newest month's end that may stand.
    """
    if threshold is None:
        return _tables(session, chosen, steps)
    keys = (*DIMENSIONS, NO_TASK, *steps)
    tree: Tree = {f"cases.{key}": (f"with.{key}", f"without.{key}") for key in keys}
    ends, series = _with_any(session, chosen, keys, tree)
    standing = stands(ends, series, tree, threshold, standing={f"without.{key}" for key in keys})
    if standing is None:
        return {"as_of": None, "dimensions": [], "steps": []}
    hidden = {key for key in keys if (WHOLE, f"with.{key}") in standing.hidden}
    tables = _tables(session, replace(chosen, as_of=standing.as_of), steps)
    for table in ("dimensions", "steps"):
        _hide(tables[table], hidden)
    return tables


def _tables(session: Session, chosen: Chosen, steps: Sequence[str]) -> Row:
    each = contacts(chosen).c
    flags = tuple(each[one] for one in DIMENSIONS)
    minutes: dict[str, Fraction] = defaultdict(Fraction)
    many: dict[str, int] = defaultdict(int)
    unmeasured = total = 0
    length = (func.sum(func.coalesce(each.minutes, 0)), func.sum(case((each.minutes.is_(None), 1), else_=0)))
    for step, *served, number, spent, without in session.execute(
        select(each.step, *flags, func.count(), *length).group_by(each.step, *flags)
    ):
        dimensions = [one for one, serves in zip(DIMENSIONS, served, strict=True) if serves]
        for key, part in shared(int(spent), dimensions).items():
            minutes[key] += part
            many[key] += number
        minutes[step] += int(spent)
        many[step] += number
        total, unmeasured = total + number, unmeasured + int(without)
    cases = _cases(session, each, steps)

    def rows(keys: Sequence[str]) -> list[Row]:
        return [
            {
                "key": key, "cases": cases[key], "contacts": many[key], "hours": round(float(minutes[key]) / 60, 1),
                "suppressed": False,
            }
            for key in keys
        ]  # fmt: skip

    return {
        "as_of": chosen.as_of.isoformat(),
        "contacts": total,
        "without_length": unmeasured,
        "dimensions": rows((*DIMENSIONS, NO_TASK)),
        "steps": rows(steps),
    }


def _cases(session: Session, each: Any, steps: Sequence[str]) -> Mapping[str, int]:
    """How many cases had any contact of a kind."""
    found = dict.fromkeys((*DIMENSIONS, NO_TASK, *steps), 0)
    kinds = {**{one: each[one] == 1 for one in DIMENSIONS}, NO_TASK: ~_any(each)}
    counts = [func.count(distinct(case((serves, each.case_id)))) for serves in kinds.values()]
    found |= dict(zip(kinds, session.execute(select(*counts)).one(), strict=True))
    rows = session.execute(select(each.step, func.count(distinct(each.case_id))).group_by(each.step))
    return found | dict(rows.all())


def cases_with(session: Session, chosen: Chosen, key: str) -> list[int]:
    """The cases that had any contact of a kind, by dimension or step."""
    each = contacts(chosen).c
    is_it = each[key] == 1 if key in DIMENSIONS else ~_any(each) if key == NO_TASK else each.step == key
    return list(session.scalars(select(each.case_id).where(is_it).distinct()))


def _any(each: Any) -> Any:
    return or_(*(each[one] == 1 for one in DIMENSIONS))


def _with_any(
    session: Session, chosen: Chosen, keys: Sequence[str], tree: Tree
) -> tuple[list[date], list[dict[tuple[str, str], int]]]:
    """At each month's end, how many cases had had any contact of a kind, and how many had not."""
    each = contacts(chosen).c
    opened = dict(session.execute(select(Case.id, Case.opened_on).where(chosen.cases())).all())
    kinds = {key: each[key] == 1 for key in DIMENSIONS} | {NO_TASK: ~_any(each)}
    kinds |= {key: each.step == key for key in keys if key not in kinds}
    firsts = [func.min(case((is_it, each.happened_on))) for is_it in kinds.values()]
    changes: list[tuple[str, str, date, int]] = []
    for key in keys:
        changes += [(WHOLE, f"without.{key}", day, 1) for day in opened.values()]
    for case_id, *days in session.execute(select(each.case_id, *firsts).group_by(each.case_id)):
        for key, first in zip(kinds, days, strict=True):
            if first is not None:
                day = max(first, opened[case_id])
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
