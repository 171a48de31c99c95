"""What the closing talk is built from: the job as the facts have it, whom she may call, and the end they speak for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.headings import Heading, heading_of
from se_engine.queries.schedules import leading_job
from se_engine.queries.texts import texts_of
from se_engine.records.career import Education
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.follow_up import Check, ClosingTalk
from se_engine.records.jobs import Job, JobChange
from se_engine.records.people import User
from se_engine.rules.closing import proposed_end
from se_engine.rules.jobs import Terms, terms_on
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import CHECK_ANSWERS


@dataclass(frozen=True)
class JobNow:
    """The job that is asked about, on terms of today."""

    id: int
    employer: str | None
    occupation: str | None
    since: date
    terms: Terms


@dataclass(frozen=True)
class TalkShown:
    """What was said at the last closing talk."""

    happened_on: date
    last_answer: str
    decision: str | None
    plan: str | None
    natural_support: str | None
    whom_to_call: str | None
    language: str
    present: tuple[str, ...]
    ask_later: bool | None


@dataclass(frozen=True)
class ClosingPage(Heading):
    job: JobNow | None
    last_job_ended_on: date | None
    answered_on: date | None
    """When she was last known to be in this job."""
    proposed: str | None
    """The end reason that the facts speak for."""
    trigger: str | None
    """The move that ends the case from where it stands."""
    owner: str | None
    owner_phone: str | None
    language: str | None
    talk: TalkShown | None
    """The last closing talk of the case."""

    @property
    def answer(self) -> str:
        """What a yes to the question says."""
        return CHECK_ANSWERS[0] if self.job else "not_in_work"


def closing_page(session: Session, actor: Actor, case_id: int) -> ClosingPage:
    """Everything the one question and the form beneath it are filled in with."""
    case = access_case(session, actor, case_id)
    heading = heading_of(session, case)
    job = _job_now(session, case)
    studies = select(Education.id).where(
        Education.case_id == case.id, ~Education.voided, Education.started_on <= heading.today,
        Education.ended_on.is_(None) | (Education.ended_on >= heading.today),
    )  # fmt: skip
    in_education = session.scalar(studies.limit(1)) is not None
    owner = session.get(User, case.owner_id) if case.owner_id else None
    return ClosingPage(
        case=case,
        process=heading.process,
        name=heading.name,
        today=heading.today,
        job=job,
        last_job_ended_on=session.scalar(
            select(func.max(Job.ended_on)).where(Job.case_id == case.id, ~Job.voided, Job.paid.is_(True))
        ),
        answered_on=_answered_on(session, job),
        proposed=proposed_end(in_work=job is not None, in_education=in_education),
        trigger=_end_of(heading),
        owner=owner.name if owner else None,
        owner_phone=owner.phone if owner else None,
        language=case.participant.interpreter_language,
        talk=_last_talk(session, case),
    )


def _job_now(session: Session, case: Case) -> JobNow | None:
    on = today(session)
    job = leading_job(session, case.id, on)
    if job is None:
        return None
    changes = session.scalars(select(JobChange).where(JobChange.job_id == job.id)).all()
    employer = session.get(Employer, job.employer_id) if job.employer_id else None
    return JobNow(
        job.id, employer.name if employer else None, job.occupation, job.started_on, terms_on(job, changes, on)
    )


def _answered_on(session: Session, job: JobNow | None) -> date | None:
    if job is None:
        return None
    return session.scalar(
        select(func.max(Check.happened_on)).where(
            Check.job_id == job.id, Check.answer == CHECK_ANSWERS[0], ~Check.voided
        )
    )


def _last_talk(session: Session, case: Case) -> TalkShown | None:
    newest = select(ClosingTalk).where(ClosingTalk.case_id == case.id)
    talk = session.scalar(newest.order_by(ClosingTalk.happened_on.desc(), ClosingTalk.id.desc()).limit(1))
    if talk is None:
        return None
    parts = (talk.decision_text_id, talk.plan_text_id, talk.natural_support_text_id, talk.whom_to_call_text_id)
    words = texts_of(session, case.participant, [number for number in parts if number is not None])
    decision, plan, natural_support, whom_to_call = (words.get(number or 0) for number in parts)
    return TalkShown(
        happened_on=talk.happened_on,
        last_answer=talk.last_answer,
        decision=decision,
        plan=plan,
        natural_support=natural_support,
        whom_to_call=whom_to_call,
        language=talk.whom_to_call_language,
        present=tuple(talk.present.split(",")) if talk.present else (),
        ask_later=talk.ask_later,
    )


def _end_of(heading: Heading) -> str | None:
    """The ordinary move to the end; None in an ended case."""
    if heading.ended:
        return None
    steps = heading.process.step_by_key
    return next(
        (
            move.trigger
            for move in heading.process.moves
            if heading.case.step in move.sources and steps[move.to].final and move.kind == "end"
        ),
        None,
    )
