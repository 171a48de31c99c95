"""How many are still in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.measures.suppression import suppress
from se_engine.queries.report_groups import labelled
from se_engine.queries.report_questions import Question, ask, check_option, groups_of
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.rules.follow_up_answers import NOT_KNOWN as NO_ANSWER
from se_engine.rules.follow_up_plan import WEEK
from se_engine.rules.jobs import PLACEMENTS
from se_engine.rules.retention import CHECKPOINTS, DEFINITION_VERSION, STANDINGS, JobFacts, at_week, last_day_in_time
from se_engine.rules.roles import Actor

FIRST, ANY = "first", "any"
WHICH = (FIRST, ANY)


@dataclass(frozen=True)
class Counted:
    """One job that a report counts."""

    first: bool
    """Nobody knows of an earlier one of hers."""
    group: str
    plan_version: int | None
    facts: JobFacts


def retention(session: Session, actor: Actor, question: Question, *, which: str = ANY) -> dict[str, Any]:
    """Of jobs that began long enough ago: in work, not in work, not known; of the first are those that were told late.

    `first` counts each participant's first job, `any` every job. Facts dated after `as_of` do not exist.
    """
    check_option("which", which, WHICH)
    asked = ask(session, actor, question)
    as_of, by = question.as_of, question.by
    days = {"from_on": question.from_on, "to_on": question.to_on}
    jobs = jobs_of(session, asked.office_ids, **days, as_of=as_of, by=by)
    report = asked.heading("retention", DEFINITION_VERSION) | {"which": which}
    if by is None:
        each = {one: blocks(jobs, as_of, first_only=one == FIRST, threshold=asked.threshold()) for one in WHICH}
        return report | {"threshold": asked.threshold(), "checkpoints": each[which]} | each
    groups = defaultdict(list)
    for job in jobs:
        if question.group in (None, job.group):
            groups[job.group].append(job)
    return report | {
        "groups": [
            {
                "group": name,
                "checkpoints": blocks(groups[name], as_of, first_only=which == FIRST, threshold=asked.threshold(name)),
            }
            for name in groups_of(groups)
        ]
    }


def blocks(jobs: Iterable[Counted], as_of: date, *, first_only: bool, threshold: int) -> list[dict[str, object]]:
    """A block for each checkpoint; one with fewer jobs than the threshold shows its week alone."""
    chosen = [job for job in jobs if job.first or not first_only]
    return suppress([_block(chosen, week, as_of) for week in CHECKPOINTS], threshold, count="total")


def _block(jobs: Sequence[Counted], week: int, as_of: date) -> dict[str, object]:
    reached = [job for job in jobs if job.facts.started_on + timedelta(days=week * WEEK) <= as_of]
    in_time = {
        version: last_day_in_time(follow_up_plans.get(version), week)
        for version in {job.plan_version for job in reached}
    }
    known = [at_week(job.facts, week, in_time[job.plan_version]) for job in reached]
    counts = {standing: sum(one.standing == standing for one in known) for standing in STANDINGS}
    return {"week": week, "total": len(reached), **counts, "late": sum(one.late for one in known)}


def jobs_of(
    session: Session,
    offices: Sequence[int],
    *,
    as_of: date,
    from_on: date | None = None,
    to_on: date | None = None,
    by: str | None = None,
) -> list[Counted]:
    """The paid jobs of some offices as they stood on a day, in two statements however many there are."""
    answers: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for row in session.execute(_answers(offices, as_of)):
        answers[row.job_id].append((row.happened_on, row.answer))
    found, firsts = [], dict[int, int]()
    for row in session.execute(_jobs(offices, as_of, by)):
        first = firsts.setdefault(row.participant_id, row.id) == row.id
        if (from_on is None or row.started_on >= from_on) and (to_on is None or row.started_on <= to_on):
            found.append(_counted(row, first, as_of, tuple(answers[row.id])))
    return found


def _counted(row: Row[Any], first: bool, as_of: date, answers: tuple[tuple[date, str], ...]) -> Counted:
    ended_on = row.ended_on if row.ended_on is not None and row.ended_on <= as_of else None
    return Counted(first, row.label, row.plan_version, JobFacts(row.started_on, ended_on, answers))


def in_retention() -> ColumnElement[bool]:
    """Jobs with pay; where nobody has said whether there is pay, all that are no placement."""
    no_placement = or_(Job.contract.is_(None), Job.contract.not_in(sorted(PLACEMENTS)))
    return and_(~Job.voided, or_(Job.paid.is_(True), and_(Job.paid.is_(None), no_placement)))


def _jobs(offices: Sequence[int], as_of: date, by: str | None) -> Select[*tuple[Any, ...]]:
    """In the order in which each participant began in them; with several schemes, one row for each."""
    jobs = (
        select(Job.id, Job.started_on, Job.ended_on, Job.plan_version, Case.participant_id)
        .select_from(Job)
        .join(Case, Case.id == Job.case_id)
        .where(in_retention(), Case.office_id.in_(offices), Job.started_on <= as_of)
        .order_by(Case.participant_id, Job.started_on, Job.id)
    )
    return labelled(jobs, by, Job.__table__.c.started_on)


def _answers(offices: Sequence[int], as_of: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Check.job_id, Check.happened_on, Check.answer)
        .join(Case, Case.id == Check.case_id)
        .where(Case.office_id.in_(offices), ~Check.voided, Check.job_id.is_not(None))
        .where(Check.happened_on <= as_of, Check.answer != NO_ANSWER)
        .order_by(Check.happened_on, Check.id)
    )
