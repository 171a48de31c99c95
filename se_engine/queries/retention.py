"""How many are still in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.measures.suppression import suppress
from se_engine.queries.reports import offices_asked, thresholds
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.records.offices import Office, Team
from se_engine.records.participants import Participant, SchemeMembership
from se_engine.rules.errors import Refused
from se_engine.rules.follow_up_answers import NOT_KNOWN as NO_ANSWER
from se_engine.rules.follow_up_plan import WEEK
from se_engine.rules.jobs import PLACEMENTS
from se_engine.rules.retention import CHECKPOINTS, DEFINITION_VERSION, STANDINGS, JobFacts, at_week, last_day_in_time
from se_engine.rules.roles import Actor

FIRST, ANY = "first", "any"
WHICH = (FIRST, ANY)
GROUPINGS = ("office", "team", "scheme", "sex")
NO_GROUP = "none"


@dataclass(frozen=True)
class Counted:
    """One job that a report counts."""

    first: bool
    """Nobody knows of an earlier one of hers."""
    group: str
    plan_version: int | None
    facts: JobFacts


def retention(
    session: Session,
    actor: Actor,
    *,
    office: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    as_of: date,
    which: str = ANY,
    threshold: int | None = None,
    by: str | None = None,
) -> dict[str, Any]:
    """Of jobs that began long enough ago: in work, not in work, not known; of the first are those that were told late.

    `first` counts each participant's first job, `any` every job. Facts dated after `as_of` do not exist.
    """
    _check("which", which, WHICH)
    _check("by", by or GROUPINGS[0], GROUPINGS)
    if from_on and to_on and to_on < from_on:
        raise Refused("ends_before_it_starts", started=from_on.isoformat())
    offices = offices_asked(session, actor, office)
    jobs = jobs_of(session, [one.id for one in offices], from_on=from_on, to_on=to_on, as_of=as_of, by=by)
    threshold_of = thresholds(actor, offices, by, threshold)
    report: dict[str, Any] = {
        "report": "retention",
        "definition_version": DEFINITION_VERSION,
        "as_of": as_of.isoformat(),
        "from": from_on.isoformat() if from_on else None,
        "to": to_on.isoformat() if to_on else None,
        "office": offices[0].name if offices and (office is not None or not actor.role.everywhere) else None,
        "which": which,
        "by": by,
    }
    if by is None:
        each = {one: blocks(jobs, as_of, first_only=one == FIRST, threshold=threshold_of("")) for one in WHICH}
        return report | {"threshold": threshold_of(""), "checkpoints": each[which]} | each
    groups = defaultdict(list)
    for job in jobs:
        groups[job.group].append(job)
    return report | {
        "groups": [
            {"group": name, "checkpoints": blocks(own, as_of, first_only=which == FIRST, threshold=threshold_of(name))}
            for name, own in sorted(groups.items())
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
    labels: dict[str | None, Any] = {
        None: literal(""),
        "office": Office.name,
        "team": func.coalesce(Team.name, NO_GROUP),
        "scheme": func.coalesce(_SCHEMES.c.scheme, NO_GROUP),
        "sex": func.coalesce(Participant.sex, NO_GROUP),
    }
    jobs = (
        select(
            Job.id, Job.started_on, Job.ended_on, Job.plan_version, Case.participant_id, labels[by].label("label")
        )
        .join(Case, Case.id == Job.case_id)
        .join(Office, Office.id == Case.office_id)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .where(in_retention(), Case.office_id.in_(offices), Job.started_on <= as_of)
        .order_by(Case.participant_id, Job.started_on, Job.id)
    )  # fmt: skip
    return jobs.outerjoin(_SCHEMES, _SCHEMES.c.job_id == Job.id) if by == "scheme" else jobs


_SCHEMES = (
    select(Job.id.label("job_id"), SchemeMembership.scheme)
    .join(Case, Case.id == Job.case_id)
    .join(SchemeMembership, SchemeMembership.participant_id == Case.participant_id)
    .where(
        or_(SchemeMembership.from_on.is_(None), SchemeMembership.from_on <= Job.started_on),
        or_(SchemeMembership.until_on.is_(None), SchemeMembership.until_on >= Job.started_on),
    )
    .distinct()
    .subquery("job_schemes")
)
"""The schemes she took part in on the day the job began."""


def _answers(offices: Sequence[int], as_of: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Check.job_id, Check.happened_on, Check.answer)
        .join(Case, Case.id == Check.case_id)
        .where(Case.office_id.in_(offices), ~Check.voided, Check.job_id.is_not(None))
        .where(Check.happened_on <= as_of, Check.answer != NO_ANSWER)
        .order_by(Check.happened_on, Check.id)
    )


def _check(option: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise Refused("report_option_unknown", option=option, allowed=", ".join(allowed))
