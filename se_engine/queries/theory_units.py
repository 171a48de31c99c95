"""What each measure of the programme theory counts: one by one, with the day from which it stands and what it says."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from sqlalchemy import func, select

from se_engine.measures.theory import HOURS, NO, NOT_KNOWN, YES, Measure, done_within, stays, within
from se_engine.queries import theory_workplace
from se_engine.queries.effort_rows import early_minutes
from se_engine.queries.theory_facts import Facts, Unit
from se_engine.records.cases import Case
from se_engine.records.follow_up import Scores
from se_engine.records.jobs import Job
from se_engine.records.needs import Need, Problem
from se_engine.records.participants import FieldValue, LanguageLevel
from se_engine.rules.languages import LEVELS
from se_engine.rules.retention import IN_WORK, NOT_IN_WORK

SPOKEN = "speaking"
BELONGS = 4
"""From this score on she says that she belongs."""
AT_ENTRY = 30
"""Days after the opening within which her first level is still the one she came with."""
FIELD = 2
"""Digits of an occupation that make a field of work."""
IN_PLACE, NOT_NEEDED = "in_place", "not_needed"


def units(facts: Facts, measure: Measure) -> list[Unit]:
    """Everything the measure counts; what is dated after the day of the question has not happened."""
    if measure.unit == HOURS:
        return _hours(facts, measure)
    name = measure.key.removesuffix(f"_{measure.key.rsplit('_', 1)[-1]}") if measure.key[-1].isdigit() else measure.key
    return list(COUNTED[name](facts, measure))


def _hours(facts: Facts, measure: Measure) -> list[Unit]:
    """Everybody is known once for all parts of the effort: only the minutes differ."""
    minutes = early_minutes(facts.spent(), measure.of)
    return [
        Unit(case_id, some, float(minutes[case_id])) if minutes.get(case_id) else Unit(case_id, none)
        for case_id, some, none in facts.served(measure.days)
    ]


def _stays(facts: Facts, measure: Measure) -> Iterable[Unit]:
    return (Unit(one.case_id, stays(one.course, measure.days)) for one in facts.cases())


def _met(facts: Facts, measure: Measure) -> Iterable[Unit]:
    for one in facts.cases():
        yield Unit(one.case_id, within(one.course, one.course.meeting_on, measure.days, goes_on_unseen=False))


def _job(facts: Facts, measure: Measure) -> Iterable[Unit]:
    for one in facts.cases():
        yield Unit(one.case_id, within(one.course, one.course.job_on, measure.days, goes_on_unseen=True))


def _placed(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """A placement or a job."""
    began = (
        select(Job.case_id, func.min(Job.started_on))
        .join(Case, Case.id == Job.case_id)
        .where(~Job.voided, Job.started_on <= facts.chosen.as_of)
        .group_by(Job.case_id)
    )
    first = {case_id: rows[0][1] for case_id, rows in facts.rows(began).items()}
    for one in facts.cases():
        yield Unit(one.case_id, within(one.course, first.get(one.case_id), measure.days, goes_on_unseen=False))


def _work(facts: Facts, measure: Measure) -> Iterable[Unit]:
    said = {IN_WORK: YES, NOT_IN_WORK: NO}
    for one in facts.cases():
        if changes := one.work(measure.days // 7):
            yield Unit(one.case_id, tuple((day, said.get(part, NOT_KNOWN)) for day, part in changes))


def _wished(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Whether her first paid job lies in a field of work she had named by its first day."""
    codes = (
        select(Job.case_id, Job.started_on, Job.occupation_code)
        .join(Case, Case.id == Job.case_id)
        .where(~Job.voided, Job.occupation_code.is_not(None))
    )
    wishes = (
        select(Case.id, FieldValue.happened_on, FieldValue.entry, FieldValue.code)
        .join(FieldValue, FieldValue.participant_id == Case.participant_id)
        .where(FieldValue.field == "wished_occupation")
        .order_by(FieldValue.happened_on, FieldValue.id)
    )
    of_jobs, of_wishes = facts.rows(codes), facts.rows(wishes)
    for one in facts.cases():
        if one.job is None:
            continue
        day = one.job.facts.started_on
        code = next((row[2] for row in of_jobs.get(one.case_id, ()) if row[1] == day), None)
        newest = {row[2]: row[3] for row in of_wishes.get(one.case_id, ()) if row[1] <= day}
        fields = {wish[:FIELD] for wish in newest.values() if wish}
        known = code is not None and fields
        yield Unit(one.case_id, ((day, NOT_KNOWN if not known else YES if str(code)[:FIELD] in fields else NO),))


def _level_up(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Whether her spoken Norwegian was higher within a year than the level she came with."""
    said = (
        select(Case.id, LanguageLevel.happened_on, LanguageLevel.level)
        .join(LanguageLevel, LanguageLevel.participant_id == Case.participant_id)
        .where(LanguageLevel.skill == SPOKEN, LanguageLevel.level.is_not(None))
        .order_by(LanguageLevel.happened_on, LanguageLevel.id)
    )
    levels = facts.rows(said)
    for one in facts.cases():
        entry, last = (one.course.opened_on + timedelta(days=days) for days in (AT_ENTRY, measure.days))
        told = [(row[1], LEVELS.index(row[2])) for row in levels.get(one.case_id, ()) if row[2] in LEVELS]
        first = [level for day, level in told if day <= entry]
        later = [level for day, level in told if entry < day < last]
        part = NOT_KNOWN if not first or not later else YES if max(later) > first[-1] else NO
        yield Unit(one.case_id, ((last, part),))


def _belonging(facts: Facts, measure: Measure) -> Iterable[Unit]:
    """Her newest word on whether she belongs; who was never asked is not counted."""
    told = select(Scores.case_id, Scores.happened_on, Scores.belong).join(Case, Case.id == Scores.case_id)
    for case_id, rows in facts.rows(told.order_by(Scores.happened_on, Scores.id)).items():
        yield Unit(case_id, tuple((row[1], YES if row[2] >= BELONGS else NO) for row in rows))


def _needs(facts: Facts, measure: Measure) -> Iterable[Unit]:
    noted = select(Need.case_id, Need.noted_on, Need.ended_on, Need.status).join(Case, Case.id == Need.case_id)
    for case_id, rows in facts.rows(noted.where(Need.status != NOT_NEEDED)).items():
        for row in rows:
            ended_on = row[2] if row[3] == IN_PLACE else None
            yield Unit(case_id, done_within(row[1], ended_on, measure.days))


def _problems(facts: Facts, measure: Measure) -> Iterable[Unit]:
    brought = select(Problem.case_id, Problem.opened_on, Problem.closed_on).join(Case, Case.id == Problem.case_id)
    for case_id, rows in facts.rows(brought).items():
        yield from (Unit(case_id, done_within(row[1], row[2], measure.days)) for row in rows)


COUNTED: Mapping[str, Callable[[Facts, Measure], Iterable[Unit]]] = {
    "stays": _stays, "met_employer": _met, "placed": _placed, "job": _job, "work": _work, "wished_field": _wished,
    "level_up": _level_up, "belonging": _belonging, "need_in_place": _needs, "problem_solved": _problems,
    **theory_workplace.COUNTED,
}  # fmt: skip
