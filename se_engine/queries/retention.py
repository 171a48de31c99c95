"""How many are still in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.measures.suppression import suppress
from se_engine.queries import retention_published
from se_engine.queries.access import cases_in_scope
from se_engine.queries.report_questions import Question, ask, check_option, groups_of
from se_engine.queries.retained_jobs import in_retention as in_retention
from se_engine.queries.retention_counts import KNOWN, Group, counted, each_job, week_column
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
    jobs = counted(session, asked)
    if question.by is None:
        each = {one: _blocks(jobs, first_only=one == FIRST, threshold=asked.threshold()) for one in WHICH}
        return report | {"threshold": asked.threshold(), "checkpoints": each[which]} | each
    groups: defaultdict[str, Counter[Group]] = defaultdict(Counter)
    for job, many in jobs.items():
        if question.group in (None, job.label):
            groups[job.label][job] += many
    return report | {
        "groups": [
            {
                "group": name,
                "checkpoints": _blocks(groups[name], first_only=which == FIRST, threshold=asked.threshold(name)),
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
    each = each_job(asked).subquery().c
    known = each[week_column(week)]
    chosen: list[ColumnElement[bool]] = [
        each.case_id.in_(select(Case.id).where(cases_in_scope(actor, today(session)))),
        known.is_not(None),
    ]
    if part != TOTAL:
        chosen.append(known.in_([key for key, one in KNOWN.items() if part in _parts(one)]))
    if which == FIRST:
        chosen.append(each.first == 1)
    if question.group is not None:
        chosen.append(each.label == question.group)
    return list(session.scalars(select(each.case_id).where(*chosen).distinct().order_by(each.case_id)))


def _blocks(jobs: Counter[Group], *, first_only: bool, threshold: int) -> list[dict[str, object]]:
    """A block for each checkpoint; one with fewer jobs than the threshold shows its week alone."""
    blocks = [_block(jobs, place, week, first_only) for place, week in enumerate(CHECKPOINTS)]
    return suppress(blocks, threshold, count=TOTAL)


def _block(jobs: Counter[Group], place: int, week: int, first_only: bool) -> dict[str, object]:
    counts = dict.fromkeys(PARTS, 0)
    for job, many in jobs.items():
        known = job.known[place]
        if known is not None and (job.first or not first_only):
            for part in (TOTAL, *_parts(KNOWN[known])):
                counts[part] += many
    return {"week": week, **counts}


def _parts(known: Known) -> tuple[str, ...]:
    return (known.standing, LATE) if known.late else (known.standing,)
