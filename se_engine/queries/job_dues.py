"""What jobs ask for: contact after a loss, a new search, days that were agreed, a plan for pay, steps of a subsidy."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.job_terms import steps_of
from se_engine.records.cases import Case
from se_engine.records.jobs import Job, JobChange, NewSearch, Subsidy
from se_engine.rules.jobs import PAY_PLAN_DAYS, PLACEMENTS, Terms, terms_on
from se_engine.rules.reminders import Due

AHEAD = {"contract_end": 30, "subsidy_end": 30, "decision_day": 14, "probation_end": 14, "subsidy_step": 14}
"""So many days before its day something is worked on; what NAV or an employer must be asked takes longest."""
DAY_CHANGES = ("planned_until", "probation_until", "decision_on", "pay_planned_on", "contract")
ASKED_AGAIN = timedelta(days=30)
"""After she has said «later»."""
SEARCHING = ("engagement", "profiling", "job_finding", "employer_engagement")
"""Steps in which a search is under way: nobody has to be offered one there."""
TASTERS = ("job_taster",)
"""A few days to see a workplace: their end loses nothing."""


def dues(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    """Five statements, for however many cases."""
    return [
        *_after_loss(session, cases, on),
        *_of_running_jobs(session, cases, on),
        *_of_subsidies(session, cases, on),
    ]


def lost(job: type[Job] = Job) -> ColumnElement[bool]:
    """A job that ended while no other one took its place: a paid one gives way to no placement, none to a taster."""
    other = aliased(Job)
    pays_no_less = or_(other.paid.is_(None), other.paid.is_(True), job.paid.is_(False))
    went_on = exists().where(
        other.case_id == job.case_id,
        other.id != job.id,
        ~other.voided,
        or_(other.contract.is_(None), other.contract.not_in(TASTERS)),
        or_(other.ended_on.is_(None), other.ended_on > job.ended_on),
        pays_no_less,
    )
    taster = and_(job.contract.is_not(None), job.contract.in_(TASTERS))
    return and_(job.ended_on.is_not(None), ~job.voided, ~taster, ~went_on)


def _after_loss(session: Session, cases: ColumnElement[bool], on: date) -> Iterator[Due]:
    """Contact within three days; a new search within fourteen, unless she has answered, or searches already."""
    offered = and_(NewSearch.case_id == Job.case_id, NewSearch.offered_on >= Job.ended_on)
    asked = exists().where(offered, NewSearch.answer != "later")
    later = select(func.max(NewSearch.offered_on)).where(offered).correlate(Job).scalar_subquery()
    query = (
        select(Job.id, Job.case_id, Job.ended_on, Case.last_contact_on, Case.step, Case.entered_on, asked, later)
        .join(Case, Case.id == Job.case_id)
        .where(cases, Case.status != "ended", lost(), Job.ended_on <= on)
        .where(or_(Case.last_contact_on.is_(None), Case.last_contact_on < Job.ended_on, ~asked))
    )
    for number, case_id, ended_on, met_on, step, entered_on, answered, later_on in session.execute(query):
        if ended_on is None:
            continue
        if met_on is None or met_on < ended_on:
            yield Due(case_id, "return_contact", ended_on, f"jobs/{number}/after")
        if not answered and not (step in SEARCHING and entered_on >= ended_on):
            since = ended_on if later_on is None else later_on + ASKED_AGAIN
            if since <= on:
                yield Due(case_id, "new_search", since, f"jobs/{number}/after")


def _of_running_jobs(session: Session, cases: ColumnElement[bool], on: date) -> Iterator[Due]:
    jobs = _running(session, cases, on)
    changes: dict[int, list[JobChange]] = defaultdict(list)
    if jobs:
        told = select(JobChange).join(Job, Job.id == JobChange.job_id).join(Case, Case.id == Job.case_id)
        told = told.where(cases, Case.status != "ended", JobChange.what.in_(DAY_CHANGES), Job.ended_on.is_(None))
        for change in session.scalars(told):
            changes[change.job_id].append(change)
    for job in jobs:
        terms = terms_on(job, changes[job.id], on)
        for reason, day in _days(job, terms, on):
            if day <= on:
                yield Due(job.case_id, reason, day, f"jobs/{job.id}")


def _running(session: Session, cases: ColumnElement[bool], on: date) -> list[Job]:
    """Those with a day that was agreed, now or by a change, and placements without pay."""
    agreed = or_(
        Job.planned_until.is_not(None), Job.probation_until.is_not(None), Job.decision_on.is_not(None),
        Job.pay_planned_on.is_not(None), Job.paid.is_(False), Job.contract.in_(PLACEMENTS),
        exists().where(JobChange.job_id == Job.id, JobChange.what.in_(DAY_CHANGES)),
    )  # fmt: skip
    follower = aliased(Job)
    followed = exists().where(follower.follows_id == Job.id, ~follower.voided)
    query = (
        select(Job)
        .join(Case, Case.id == Job.case_id)
        .where(cases, Case.status != "ended", ~Job.voided, Job.started_on <= on, Job.ended_on.is_(None))
        .where(agreed, ~followed)
    )
    return list(session.scalars(query))


def _days(job: Job, terms: Terms, on: date) -> Iterator[tuple[str, date]]:
    """From which day each is due. What was agreed and has passed stays due until it is settled or moved."""
    for reason, day in (("decision_day", terms.decision_on), ("contract_end", terms.planned_until)):
        if day is not None:
            yield reason, _ahead(reason, day, job.started_on)
    if terms.probation_until is not None and on <= terms.probation_until:
        yield "probation_end", _ahead("probation_end", terms.probation_until, job.started_on)
    if job.paid is False or (job.paid is None and terms.contract in PLACEMENTS):
        # Without a plan after eight weeks; with one, once its day has gone by and pay has not begun.
        yield "pay_plan_missing", terms.pay_planned_on or job.started_on + timedelta(days=PAY_PLAN_DAYS)


def _ahead(reason: str, day: date, first: date) -> date:
    """Nothing is due before the job began."""
    return max(day - timedelta(days=AHEAD[reason]), first)


def _of_subsidies(session: Session, cases: ColumnElement[bool], on: date) -> Iterator[Due]:
    query = (
        select(Subsidy)
        .join(Case, Case.id == Subsidy.case_id)
        .join(Job, Job.id == Subsidy.job_id)
        .where(cases, Case.status != "ended", ~Subsidy.voided, Subsidy.decision == "granted")
        .where(~Job.voided, Job.ended_on.is_(None), or_(Subsidy.until_on.is_(None), Subsidy.until_on >= on))
    )
    subsidies = session.scalars(query).all()
    steps = steps_of(session, [row.id for row in subsidies])
    for row in subsidies:
        place = f"jobs/{row.job_id}"
        days = [step.from_on for step in steps[row.id] if row.from_on is None or step.from_on > row.from_on]
        for reason, day in _subsidy_days(days, row.until_on):
            since = day - timedelta(days=AHEAD[reason])
            if since <= on <= day:
                yield Due(row.case_id, reason, since, place)


def _subsidy_days(steps: Iterable[date], until_on: date | None) -> Iterator[tuple[str, date]]:
    yield from (("subsidy_step", day) for day in steps)
    if until_on is not None:
        yield "subsidy_end", until_on
