"""Measures of a programme theory about workplaces: wishes served, tasks mastered, trouble, who comes next."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from se_engine.measures.theory import NO, YES, Measure, done_within
from se_engine.queries.theory_facts import Facts, Unit
from se_engine.records.cases import Case
from se_engine.records.documents import Rung, RungMastery
from se_engine.records.jobs import Job
from se_engine.records.needs import Problem
from se_engine.records.tracks import Track

MISTAKE, LANGUAGE, NORMS = "opened_by_mistake", "language", "norms"


def _own_wish(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Whether an employer was sought for one of her ranked wishes."""
    opened = select(Track.case_id, Track.opened_on, Track.wish).join(Case, Case.id == Track.case_id)
    meant = opened.where(func.coalesce(Track.close_reason, "") != MISTAKE)
    for case_id, rows in facts.rows(meant).items():
        yield from (Unit(case_id, ((row[1], YES if row[2] else NO),)) for row in rows)


def _mastered(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Whether she masters a first task of her training ladder so many days after it was begun."""
    rungs = select(Rung.case_id, Rung.added_on).join(Case, Case.id == Rung.case_id)
    said = (
        select(Rung.case_id, RungMastery.happened_on)
        .join(Case, Case.id == Rung.case_id)
        .join(RungMastery, RungMastery.rung_id == Rung.id)
        .where(RungMastery.mastered)
    )
    first = {case_id: min(row[1] for row in rows) for case_id, rows in facts.rows(said).items()}
    for case_id, rows in facts.rows(rungs).items():
        yield Unit(case_id, done_within(min(row[1] for row in rows), first.get(case_id), measure.days))


def _without_problem(tag: str) -> Callable[[Facts, Measure], Iterable[Unit]]:
    """Whether the first days of a job went by without a problem of one kind being brought up."""

    def count(facts: Facts, measure: Measure) -> Iterable[Unit]:
        brought = select(Problem.case_id, Problem.opened_on).join(Case, Case.id == Problem.case_id)
        found = facts.rows(brought.where(Problem.tag == tag))
        days = {case_id: [row[1] for row in rows] for case_id, rows in found.items()}
        for case_id, rows in facts.rows(_begun()).items():
            for row in rows:
                last = row[1] + timedelta(days=measure.days)
                met = any(row[1] <= day <= last for day in days.get(case_id, ()))
                yield Unit(case_id, ((last, NO if met else YES),))

    return count


def _not_for_language(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Whether a track that ended did so for another reason than language."""
    ended = select(Track.case_id, Track.ended_on, Track.close_reason).join(Case, Case.id == Track.case_id)
    meant = ended.where(Track.ended_on.is_not(None), func.coalesce(Track.close_reason, "") != MISTAKE)
    for case_id, rows in facts.rows(meant).items():
        yield from (Unit(case_id, ((row[1], NO if row[2] == LANGUAGE else YES),)) for row in rows)


def _another_there(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Whether the workplace that received somebody for the first time received somebody else within so many days."""
    there: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for case_id, rows in facts.rows(_begun(Job.employer_id.is_not(None))).items():
        for row in rows:
            there[row[2]].append((row[1], case_id))
    for begun in there.values():
        (first_on, first), *others = sorted(begun)
        next_on = min((on for on, case_id in others if case_id != first), default=None)
        yield Unit(first, done_within(first_on, next_on, measure.days))


def _begun(*also: Any) -> Any:
    """Jobs and placements with their first day."""
    began = select(Job.case_id, Job.started_on, Job.employer_id).join(Case, Case.id == Job.case_id)
    return began.where(~Job.voided, *also)


COUNTED: Mapping[str, Callable[[Facts, Measure], Iterable[Unit]]] = {
    "own_wish": _own_wish,
    "mastered": _mastered,
    "without_misunderstanding": _without_problem(LANGUAGE),
    "without_norms": _without_problem(NORMS),
    "not_for_language": _not_for_language,
    "another_there": _another_there,
}
