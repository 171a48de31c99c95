"""Money NAV pays a workplace for a while: applied for, decided by NAV alone, stepped down, ended."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from se_engine.actions.tasks import check_working_day, close_by_fact, reopen_by_fact
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_of_case
from se_engine.records.cases import Case
from se_engine.records.jobs import Job, Subsidy, SubsidyStep
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.jobs import DECISIONS, SUBSIDIES
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

PERCENT = range(101)


def apply_for_subsidy(session: Session, actor: Actor, job_id: int, *, kind: str, applied_on: date) -> Subsidy:
    """An application that was sent to NAV for a job."""
    job, case = access_of_case(session, actor, Job, job_id)
    if job.voided:
        raise NotFound()
    check_code("kind", kind, SUBSIDIES)
    _check_past(session, applied_on)
    subsidy = Subsidy(
        job_id=job.id,
        case_id=case.id,
        employer_id=job.employer_id,
        kind=kind,
        applied_on=applied_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(subsidy)
    session.flush()
    _tell(session, actor, case, subsidy, "subsidy_applied", applied_on)
    return subsidy


def apply_at_employer(
    session: Session, actor: Actor, case_id: int, employer_id: int, *, kind: str, applied_on: date
) -> Subsidy:
    """The same before there is a job: NAV decides first, and the job that begins there takes the subsidy over."""
    case = access_case(session, actor, case_id)
    if not session.scalar(select(exists().where(Track.case_id == case.id, Track.employer_id == employer_id))):
        raise NotFound()
    check_code("kind", kind, SUBSIDIES)
    check_working_day(session, case, applied_on)
    subsidy = Subsidy(
        case_id=case.id,
        employer_id=employer_id,
        kind=kind,
        applied_on=applied_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(subsidy)
    session.flush()
    _tell(session, actor, case, subsidy, "subsidy_applied", applied_on)
    return subsidy


def take_over_subsidies(session: Session, job: Job) -> None:
    """What was applied for at this workplace before the job began belongs to the job from now on."""
    waiting = select(Subsidy).where(
        Subsidy.case_id == job.case_id,
        Subsidy.employer_id == job.employer_id,
        Subsidy.job_id.is_(None),
        ~Subsidy.voided,
    )
    for subsidy in session.scalars(waiting).all() if job.employer_id is not None and job.paid is not False else ():
        subsidy.job_id = job.id
        if subsidy.decision == "granted":
            job.subsidy = True
    session.flush()


def decide_subsidy(
    session: Session,
    actor: Actor,
    subsidy_id: int,
    *,
    decision: str,
    decided_on: date,
    from_on: date | None = None,
    until_on: date | None = None,
    steps: Mapping[date, int] | None = None,
) -> Subsidy:
    """What NAV decided: granted from a day to a day with its steps, declined or withdrawn. It answers the task too."""
    subsidy, case = _subsidy(session, actor, subsidy_id)
    check_code("decision", decision, DECISIONS)
    if subsidy.decision is not None:
        raise Refused("subsidy_is_decided", day=str(subsidy.decided_on))
    _check_past(session, decided_on)
    if subsidy.applied_on is not None and decided_on < subsidy.applied_on:
        raise Refused("decided_before_applied", field="decided_on", applied=subsidy.applied_on.isoformat())
    granted = decision == "granted"
    stepped = sorted((steps or {}).items()) if granted else []
    if granted:
        _check_grant(from_on, until_on)
    for day, percent in stepped:
        _check_step(day, percent, from_on, until_on)
    subsidy.decision, subsidy.decided_on = decision, decided_on
    if granted:
        subsidy.from_on, subsidy.until_on = from_on, until_on
        _mark_job(session, subsidy)
    session.flush()
    for day, percent in stepped:
        _write_step(session, actor, subsidy, day, percent)
    _tell(session, actor, case, subsidy, "subsidy_decided", decided_on, decision=decision)
    if subsidy.employer_id is not None and case.status != "ended":
        close_by_fact(session, actor, case, "subsidy_decision", happened_on=decided_on, employer_id=subsidy.employer_id)
    return subsidy


def _check_grant(from_on: date | None, until_on: date | None) -> None:
    if from_on is None:
        raise Refused("first_day_needed", field="from_on")
    _check_until(from_on, until_on)


def _mark_job(session: Session, subsidy: Subsidy) -> None:
    """The moves and lists ask the job itself whether it is subsidised."""
    if subsidy.job_id is not None:
        session.get_one(Job, subsidy.job_id).subsidy = True


def _check_until(from_on: date | None, until_on: date | None) -> None:
    if from_on is not None and until_on is not None and until_on < from_on:
        raise Refused("until_before_from", field="until_on", from_day=from_on.isoformat())


def add_step(session: Session, actor: Actor, subsidy_id: int, *, from_on: date, percent: int) -> SubsidyStep:
    """From a day on NAV pays so many percent; for a day that has a step already the new one counts."""
    subsidy, case = _subsidy(session, actor, subsidy_id)
    if subsidy.decision != "granted":
        raise Refused("subsidy_not_granted")
    _check_step(from_on, percent, subsidy.from_on, subsidy.until_on)
    step = _write_step(session, actor, subsidy, from_on, percent)
    _tell(session, actor, case, subsidy, "subsidy_step", from_on, percent=percent)
    return step


def _check_step(from_on: date, percent: int, first: date | None, last: date | None) -> None:
    if percent not in PERCENT:
        raise Refused("percent_not_allowed", field="percent")
    if (first is not None and from_on < first) or (last is not None and from_on > last):
        raise Refused("outside_the_subsidy", field="step_on", from_day=str(first or "–"), until=str(last or "–"))


def _write_step(session: Session, actor: Actor, subsidy: Subsidy, from_on: date, percent: int) -> SubsidyStep:
    step = SubsidyStep(
        subsidy_id=subsidy.id,
        from_on=from_on,
        percent=percent,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(step)
    session.flush()
    return step


def end_subsidy(session: Session, actor: Actor, subsidy_id: int, *, until_on: date) -> Subsidy:
    """Another last day: NAV prolonged or shortened it."""
    subsidy, case = _subsidy(session, actor, subsidy_id)
    if subsidy.decision != "granted":
        raise Refused("subsidy_not_granted")
    _check_until(subsidy.from_on, until_on)
    subsidy.until_on = until_on
    _tell(session, actor, case, subsidy, "subsidy_until", until_on)
    session.flush()
    return subsidy


def void_subsidy(session: Session, actor: Actor, subsidy_id: int, *, why: str) -> Subsidy:
    """It was recorded wrongly."""
    subsidy, case = _subsidy(session, actor, subsidy_id)
    if not why.strip():
        raise Refused("reason_needed")
    text = keep_text(session, case.participant, "reason", why.strip())
    subsidy.voided = True
    if subsidy.decision is not None and subsidy.employer_id is not None and case.status != "ended":
        reopen_by_fact(session, actor, case, "subsidy_decision", text=text, employer_id=subsidy.employer_id)
    write_trail(session, actor, "subsidy_voided", case=case, text=text, detail={"subsidy": subsidy.id})
    session.flush()
    return subsidy


def _subsidy(session: Session, actor: Actor, subsidy_id: int) -> tuple[Subsidy, Case]:
    subsidy, case = access_of_case(session, actor, Subsidy, subsidy_id, lock=True)
    if subsidy.voided:
        raise NotFound()
    return subsidy, case


def _check_past(session: Session, day: date) -> None:
    if day > today(session):
        raise Refused("in_the_future", day=day.isoformat(), today=today(session).isoformat())


def _tell(session: Session, actor: Actor, case: Case, subsidy: Subsidy, what: str, on: date, **more: str | int) -> None:
    detail = {"job": subsidy.job_id, "subsidy": subsidy.id, "subsidy_kind": subsidy.kind, **more}
    write_trail(session, actor, what, case=case, happened_on=on, detail=detail)
