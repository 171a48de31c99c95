"""What is known of each job at each checkpoint, worked out by the database as rules/retention.py says it."""

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import CTE, BigInteger, ColumnElement, Select, case, cast, func, literal, null, select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.queries.day_sql import days_from
from se_engine.queries.report_groups import labelled
from se_engine.queries.report_questions import Asked
from se_engine.queries.retained_jobs import in_retention
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.rules.follow_up_answers import NOT_KNOWN as NO_ANSWER
from se_engine.rules.follow_up_answers import THIS_JOB
from se_engine.rules.follow_up_plan import WEEK
from se_engine.rules.retention import CHECKPOINTS, IN_WORK, NOT_IN_WORK, NOT_KNOWN, Known, last_day_in_time

LATE = "late"
KNOWN = {one.standing: one for one in (Known(IN_WORK), Known(NOT_IN_WORK), Known(NOT_KNOWN))}
KNOWN |= {LATE: Known(IN_WORK, late=True)}
LARGEST_ID = 10**12
"""Answers of one day follow each other by their numbers: day and number make one key."""


class Group(NamedTuple):
    """Jobs of one group, the first of a participant or not, of which the same is known in every week."""

    label: str
    first: bool
    known: tuple[str | None, ...]
    """By checkpoint a key of KNOWN; None where the job did not begin long enough ago."""


def counted(session: Session, asked: Asked) -> Counter[Group]:
    each = each_job(asked).subquery().c
    weeks = tuple(each[week_column(week)] for week in CHECKPOINTS)
    keys = (each.label, each.first, *weeks)
    rows = session.execute(select(*keys, func.count().label("many")).group_by(*keys))
    found: Counter[Group] = Counter()
    for label, first, *known, many in rows:
        found[Group(label, bool(first), tuple(known))] += many
    return found


def each_job(asked: Asked) -> Select[Any]:
    """(case_id, label, first, week_4, week_13 …) of each job in the question, once in each of its groups."""
    jobs = _jobs(asked)
    answers = _answers(asked, jobs)
    row, told = jobs.c, answers.c
    known = [_known(row, told, week).label(week_column(week)) for week in CHECKPOINTS]
    chosen = (
        select(row.case_id, row.first, *known)
        .select_from(jobs)
        .join(Case, Case.id == row.case_id)
        .outerjoin(answers, told.job_id == row.id)
    )
    if asked.question.from_on:
        chosen = chosen.where(row.started_on >= asked.question.from_on)
    if asked.question.to_on:
        chosen = chosen.where(row.started_on <= asked.question.to_on)
    return labelled(chosen, asked.question.by, row.started_on, apart=not asked.whole)


def _jobs(asked: Asked) -> CTE:
    """The first of a participant is so among all of hers, whichever days are asked for."""
    as_of = literal(asked.question.as_of)
    in_order = func.row_number().over(partition_by=Case.participant_id, order_by=(Job.started_on, Job.id))
    ended = case((Job.ended_on <= as_of, days_from(Job.started_on, Job.ended_on)))
    return (
        select(
            Job.id, Job.case_id, Job.started_on, Job.plan_version, ended.label("lasted"),
            days_from(Job.started_on, as_of).label("age"), case((in_order == 1, 1), else_=0).label("first"),
        )
        .select_from(Job)
        .join(Case, Case.id == Job.case_id)
        .where(in_retention(), Case.office_id.in_(asked.office_ids), Job.started_on <= asked.question.as_of)
        .cte("retained")
    )  # fmt: skip


def _answers(asked: Asked, jobs: CTE) -> CTE:
    """Of each job and week the first answer in its window, as a key that is odd for «this job», and a late one."""
    said = days_from(jobs.c.started_on, Check.happened_on)
    this_job = case((Check.answer == THIS_JOB, 1), else_=0)
    each = (
        select(
            Check.job_id, said.label("day"), this_job.label("this_job"), jobs.c.plan_version,
            ((cast(said, BigInteger) * LARGEST_ID + Check.id) * 2 + this_job).label("key"),
        )
        .join(jobs, jobs.c.id == Check.job_id)
        .where(~Check.voided, Check.happened_on <= asked.question.as_of, Check.answer != NO_ANSWER)
        .subquery("each_answer")
        .c
    )  # fmt: skip
    columns = []
    for week in CHECKPOINTS:
        since, latest = each.day >= week * WEEK, _in_time(each.plan_version, week)
        columns.append(func.min(case((since & (each.day <= latest), each.key))).label(f"in_time_{week}"))
        columns.append(func.max(case((since & (each.day > latest), each.this_job), else_=0)).label(f"late_{week}"))
    return select(each.job_id, *columns).group_by(each.job_id).cte("answered")


def _in_time(plan_version: ColumnElement[Any], week: int) -> ColumnElement[int]:
    days = {number: last_day_in_time(follow_up_plans.get(number), week) for number in follow_up_plans.versions()}
    return case(days, value=plan_version, else_=last_day_in_time(follow_up_plans.get(None), week))


def _known(row: Any, told: Any, week: int) -> ColumnElement[Any]:
    in_time, late = told[f"in_time_{week}"], told[f"late_{week}"]
    return case(
        (row.age < week * WEEK, null()),
        (row.lasted >= week * WEEK, IN_WORK),
        (row.lasted.is_not(None), NOT_IN_WORK),
        (in_time % 2 == 1, IN_WORK),
        (in_time.is_not(None), NOT_IN_WORK),
        (late == 1, LATE),
        else_=NOT_KNOWN,
    )


def week_column(week: int) -> str:
    """What the column of a checkpoint is called."""
    return f"week_{week}"
