"""The answers at checks: whether she is in the job and how we know, and what was talked through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.contact import met
from se_engine.actions.history import record_event
from se_engine.actions.jobs import job_of
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.schedules import leading_job, plan_of
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check, CheckTopic
from se_engine.records.jobs import Job
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.follow_up_answers import EMPLOYER_SAID, NOT_KNOWN, QUESTION, TOPIC_STATES, check_answer, check_day
from se_engine.rules.follow_up_plan import SIDES, FollowUpPlan
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import Event, EventKind
from se_engine.rules.vocabulary import check_code

EMPLOYER = "employer"


@dataclass(frozen=True)
class Answer:
    """Whether she is in the job, and how we know; without a job it is the one that leads the follow-up."""

    answer: str
    evidence: str | None = None
    job_id: int | None = None


@dataclass(frozen=True)
class TopicAnswer:
    """One topic that was talked through: how it stands, and a line where there is something to say."""

    side: str
    topic: str
    state: str
    words: str = ""


def record_check(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    happened_on: date,
    answer: str,
    evidence: str | None = None,
    job_id: int | None = None,
    contact_id: int | None = None,
    **particulars: Any,
) -> Check:
    """What she or the workplace answered: this job, another job, not in work, not known – and how we know.

    Without a job it is of the one that leads the follow-up. `contact_id`: told in a note, which says for itself whether
    she was there. An answer is counted by its day; nobody picks the check it keeps.
    """
    case = access_case(session, actor, case_id)
    job = job_answered_of(session, case, Answer(answer, evidence, job_id), happened_on)
    made = Check(
        case_id=case.id,
        job_id=job.id if job else None,
        contact_id=contact_id,
        happened_on=happened_on,
        answer=answer,
        evidence=evidence,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    event = Event(EventKind.CHECKED, happened_on)
    record_event(
        session, actor, case, event, trail={"answer": answer}, check_id=made.id, job_id=made.job_id, **particulars
    )
    if answer != NOT_KNOWN and evidence != EMPLOYER_SAID and contact_id is None:
        met(case, happened_on)  # what the workplace said is no talk with her
    session.flush()
    return made


def job_answered_of(session: Session, case: Case, told: Answer, happened_on: date) -> Job | None:
    """The job an answer is about; Refused for what nobody can have answered on that day."""
    check_answer(told.answer, told.evidence)
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    job = job_of(session, case, told.job_id) if told.job_id else leading_job(session, case.id, happened_on)
    if job is not None:
        check_day(told.answer, happened_on, job.started_on, job.ended_on)
        if told.evidence == EMPLOYER_SAID and not_told(session, case, job):
            raise Refused("workplace_not_told")
    return job


def not_told(session: Session, case: Case, job: Job) -> bool:
    """Whether she has decided that this workplace is told nothing."""
    if job.employer_id is None:
        return False
    decided = newest_disclosure(session, case.id, job.employer_id)
    return decided is not None and decided.decision == NOT_TOLD


def employer_may_be_asked(session: Session, case: Case, job: Job) -> bool:
    """Whether she has decided that this workplace knows of the follow-up."""
    if job.employer_id is None:
        return False
    decided = newest_disclosure(session, case.id, job.employer_id)
    return decided is not None and decided.decision != NOT_TOLD


def record_topics(
    session: Session,
    actor: Actor,
    case_id: int,
    check_id: int,
    *,
    topics: tuple[TopicAnswer, ...],
    kept: bool = False,
) -> list[CheckTopic]:
    """What was talked through at a check, with her and, as far as she lets them be told, with the workplace."""
    case = access_case(session, actor, case_id)
    check = check_of(session, case, check_id)
    check_working_day(session, case, check.happened_on)
    job = session.get(Job, check.job_id) if check.job_id else None
    if job is None:
        raise Refused("check_without_job")
    if not topics:
        raise Refused("topics_needed")
    _check_topics(session, case, job, topics)
    check_words(session, case, kept=kept, **{one.topic: one.words for one in topics})
    made = [_topic(session, actor, case, check, one) for one in topics]
    session.add_all(made)
    told: Mapping[str, str | int] = {"check": check.id, "topics": ",".join(one.topic for one in topics)}
    write_trail(session, actor, "topics_recorded", case=case, happened_on=check.happened_on, detail=told)
    session.flush()
    return made


def _check_topics(session: Session, case: Case, job: Job, topics: tuple[TopicAnswer, ...]) -> None:
    plan = plan_of(job)
    for one in topics:
        check_code("side", one.side, SIDES)
        check_code("topic", one.topic, keys_of(plan, one.side))
        check_code("state", one.state, TOPIC_STATES)
    if any(one.side == EMPLOYER for one in topics) and not employer_may_be_asked(session, case, job):
        raise Refused("workplace_not_told")


def keys_of(plan: FollowUpPlan, side: str) -> tuple[str, ...]:
    """The topics of one side; to her belongs the question for each dimension too."""
    own = tuple(item.key for item in plan.topics[side])
    return own if side == EMPLOYER else (*own, *(f"{QUESTION}{item.key}" for item in plan.questions))


def _topic(session: Session, actor: Actor, case: Case, check: Check, one: TopicAnswer) -> CheckTopic:
    text = keep_note(session, case.participant, "check_topic", one.words)
    if text is not None:
        write_trail(session, actor, "topic_words", case=case, text=text, detail={"check": check.id, "topic": one.topic})
    return CheckTopic(
        check_id=check.id,
        side=one.side,
        topic=one.topic,
        state=one.state,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )


def check_of(session: Session, case: Case, check_id: int) -> Check:
    """A check of this case that was not taken back."""
    check = session.get(Check, check_id)
    if check is None or check.case_id != case.id or check.voided:
        raise NotFound()
    return check


def checks_told_in(session: Session, contact_id: int) -> list[Check]:
    """The answers that a note has told and that still stand."""
    return list(session.scalars(select(Check).where(Check.contact_id == contact_id, ~Check.voided).order_by(Check.id)))
