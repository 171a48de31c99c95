"""Indicators of equity: EQ1 and EQ2 of the framework `dimensions`. Groups under twenty people are not told of.

Whether a group lies outside what chance alone explains is said; no level is suggested, and nobody is ranked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from se_engine.measures.chi_square import one_rate
from se_engine.measures.intervals import funnel_limits
from se_engine.measures.log_rank import Group, log_rank
from se_engine.measures.survival import product_limit
from se_engine.queries.indicators.evidence import Evidence, Measured
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_cases import CaseRow, opened, persons, ran
from se_engine.queries.indicators.sources_contacts import first_about_job
from se_engine.queries.indicators.sources_jobs import starts
from se_engine.queries.indicators.sources_records import level_on
from se_engine.rules.coarsening import RESIDENCE, banded, years_between
from se_engine.rules.world_regions import region_of

LEAST = 20
SPOKEN = "speaking"
BY_CHANCE = 0.05
"""How often at most, in a period with no difference at all, some attribute shows one; shared between those compared."""
NOT_KNOWN = "unknown"
ATTRIBUTES = ("sex", "education", "years_in_norway", "language", "country_group")
"""Of the arrival only the year is recorded, so months in Norway are told in bands of years."""
LEVEL_GROUPS = {"A1": "A1-A2", "A2": "A1-A2", "B1": "B1", "B2": "B2-C2", "C1": "B2-C2", "C2": "B2-C2"}


def group_of(evidence: Evidence, case: CaseRow, attribute: str) -> str | None:
    """As it was when the case was opened; None where it is not recorded."""
    person = evidence.read(persons)[case.participant_id]
    if attribute == "sex":
        return None if person.sex == NOT_KNOWN else person.sex
    if attribute == "education":
        return person.highest_education
    if attribute == "years_in_norway":
        return banded(years_between(person.arrived_year, case.opened_on), RESIDENCE) or None
    if attribute == "language":
        return LEVEL_GROUPS.get(level_on(evidence, person.id, SPOKEN, case.opened_on) or "")
    return region_of(person.country)


def _groups(evidence: Evidence, chosen: Iterable[CaseRow], attribute: str) -> Mapping[str, Sequence[CaseRow]]:
    """The groups that are large enough to tell of, by name."""
    found: dict[str, list[CaseRow]] = defaultdict(list)
    for case in chosen:
        name = group_of(evidence, case, attribute)
        if name is not None:
            found[name].append(case)
    return {name: rows for name, rows in sorted(found.items()) if len(rows) >= LEAST}


def equity_of_outcome(evidence: Evidence) -> Measured:
    """Job starts within the window among the cases that ran in it: each group against all of them."""
    chosen = evidence.read(ran)
    with_job = {job.case_id for job in evidence.read(starts) if evidence.window.holds(job.started_on)}
    started = [case.id for case in chosen if case.id in with_job]
    told: dict[str, Any] = {}
    for attribute in ATTRIBUTES:
        counts = {
            name: (len(rows), sum(case.id in with_job for case in rows))
            for name, rows in _groups(evidence, chosen, attribute).items()
        }
        if len(counts) > 1:
            told[attribute] = _beside(counts, len(started), len(chosen))
    _judge(told)
    rates = [Fraction(one["jobs"], one["n"]) for told_of in told.values() for one in told_of["groups"]]
    overall = Fraction(len(started), len(chosen)) if chosen else None
    return Measured(
        value=min(rates) / overall if rates and overall else None,
        n=_smallest(told),
        numerator=len(started),
        denominator=len(chosen),
        cases=tuple(sorted(case.id for case in chosen)),
        detail={"least": LEAST, "inside": _inside(told), "by": told},
    )


def _beside(counts: Mapping[str, tuple[int, int]], started: int, many: int) -> dict[str, Any]:
    """Each group with the limits between which chance alone puts it, and one test over the groups."""
    groups = []
    for name, (size, jobs) in counts.items():
        low, high = funnel_limits(started / many, size)
        inside = low <= jobs / size <= high
        groups.append({"group": name, "n": size, "jobs": jobs, "low": low, "high": high, "inside": inside})
    chi2, df, p = one_rate(list(counts.values()))
    return {"groups": groups, "chi2": chi2, "df": df, "p": p}


def equity_of_time(evidence: Evidence) -> Measured:
    """Days from the opening of a case to the first meeting with an employer about an ordinary job, group by group."""
    chosen = evidence.read(opened)
    told: dict[str, Any] = {}
    apart: list[Fraction] = []
    for attribute in ATTRIBUTES:
        groups = {
            name: [_until_meeting(evidence, case) for case in rows]
            for name, rows in _groups(evidence, chosen, attribute).items()
        }
        if len(groups) > 1:
            told[attribute] = _compared(groups)
            medians = [one["median"] for one in told[attribute]["groups"] if one["median"] is not None]
            apart += [Fraction(max(medians)) - Fraction(min(medians))] if len(medians) > 1 else []
    _judge(told)
    return Measured(
        value=max(apart, default=None),
        n=_smallest(told),
        cases=tuple(sorted(case.id for case in chosen)),
        detail={"least": LEAST, "inside": _inside(told), "by": told},
    )


def _until_meeting(evidence: Evidence, case: CaseRow) -> tuple[int, bool]:
    """The days, and whether the meeting was seen; without it, until the case ended or the window did."""
    met: date | None = evidence.read(first_about_job).get(case.id)
    last = met or case.ended_on or evidence.window.to_on
    return max(0, (last - case.opened_on).days), met is not None


def _compared(groups: Mapping[str, Sequence[tuple[int, bool]]]) -> dict[str, Any]:
    """The median of each group, and one test over the groups."""
    curves: dict[str, Group] = {
        name: ([days for days, _ in rows], [seen for _, seen in rows]) for name, rows in groups.items()
    }
    found = log_rank(curves)
    rows = [
        {"group": name, "n": len(days), "met": sum(seen), "median": product_limit(days, seen).quantile(0.5)}
        for name, (days, seen) in curves.items()
    ]
    return {"groups": rows, "chi2": found.chi2, "df": found.df, "p": found.p}


def _judge(told: dict[str, Any]) -> None:
    """Bonferroni: whoever looks at five attributes finds something in one of them too often."""
    for one in told.values():
        one["inside"] = one["p"] >= BY_CHANCE / len(told)


def _smallest(told: Mapping[str, Any]) -> int:
    """What the least n is held against: the smallest group that is told of."""
    return min((one["n"] for told_of in told.values() for one in told_of["groups"]), default=0)


def _inside(told: Mapping[str, Any]) -> bool | None:
    """Whether every group lies where chance alone may put it; None where there are no two groups to tell of."""
    return all(told_of["inside"] for told_of in told.values()) if told else None


COUNTS: Mapping[str, Count] = {"equity_of_outcome": equity_of_outcome, "equity_of_time": equity_of_time}
