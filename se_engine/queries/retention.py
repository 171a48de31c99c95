"""How many are still in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.measures.suppression import suppress
from se_engine.queries import retention_published
from se_engine.queries.access import cases_in_scope
from se_engine.queries.report_questions import Question, ask, check_option, groups_of
from se_engine.queries.retained_jobs import Counted, jobs_asked
from se_engine.queries.retained_jobs import in_retention as in_retention
from se_engine.records.cases import Case
from se_engine.rules.errors import NotFound
from se_engine.rules.retention import CHECKPOINTS, DEFINITION_VERSION, STANDINGS, Known
from se_engine.rules.roles import Actor

FIRST, ANY = "first", "any"
WHICH = (FIRST, ANY)
TOTAL, LATE = "total", "late"
PARTS = (TOTAL, *STANDINGS, LATE)


def retention(session: Session, actor: Actor, question: Question, *, which: str | None = None) -> dict[str, Any]:
    """Of jobs that began long enough ago: in work, not in work, not known; of the first are those that were told late.

    `first` counts each participant's first job, `any` every job; left out, `visits` decides. Facts dated after `as_of`
    do not exist. Groups are those of the day on which the job began.
    """
    which = which or (FIRST if question.visits == "first" else ANY)
    check_option("which", which, WHICH)
    asked = ask(session, actor, question)
    report = asked.heading("retention", DEFINITION_VERSION) | {"which": which}
    if not asked.whole:
        return report | retention_published.answer(session, asked, which)
    report |= {"published": False}
    jobs, as_of = jobs_asked(session, asked), question.as_of
    if question.by is None:
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


def retention_behind(
    session: Session, actor: Actor, question: Question, week: int, *, part: str = TOTAL, which: str = ANY
) -> list[int]:
    """The cases of the jobs behind one number of a checkpoint, for those who may open them."""
    check_option("which", which, WHICH)
    asked = ask(session, actor, question)
    if week not in CHECKPOINTS or part not in PARTS:
        raise NotFound()
    jobs = [job for job in jobs_asked(session, asked) if question.group in (None, job.group)]
    chosen = [job for job in jobs if (job.first or which == ANY) and job.reached(week, question.as_of)]
    behind = {job.case_id for job in chosen if part == TOTAL or part in _parts(job.known(week))}
    open_to_her = set(session.scalars(select(Case.id).where(cases_in_scope(actor, today(session)))) if behind else ())
    return sorted(behind & open_to_her)


def blocks(jobs: Iterable[Counted], as_of: date, *, first_only: bool, threshold: int) -> list[dict[str, object]]:
    """A block for each checkpoint; one with fewer jobs than the threshold shows its week alone."""
    chosen = [job for job in jobs if job.first or not first_only]
    return suppress([_block(chosen, week, as_of) for week in CHECKPOINTS], threshold, count="total")


def _block(jobs: Iterable[Counted], week: int, as_of: date) -> dict[str, object]:
    known = [job.known(week) for job in jobs if job.reached(week, as_of)]
    counts = {standing: sum(one.standing == standing for one in known) for standing in STANDINGS}
    return {"week": week, TOTAL: len(known), **counts, LATE: sum(one.late for one in known)}


def _parts(known: Known) -> tuple[str, ...]:
    return (known.standing, LATE) if known.late else (known.standing,)
