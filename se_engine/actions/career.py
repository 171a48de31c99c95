"""Steps forward on a day: a certificate, a licence, a course, a pay step. Taken back with a reason, never changed."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_of_case
from se_engine.records.career import CareerStep
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.rules.career import STEPS, check_number
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def record_step(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    kind: str,
    happened_on: date,
    number: float | None = None,
    words: str = "",
    job_id: int | None = None,
    kept: bool = False,
) -> CareerStep:
    """On a day of the case; `number` is what the kind counts: hours of a course, kroner an hour."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, happened_on)
    check_code("kind", kind, STEPS)
    check_number(number)
    if kind == "other" and not words.strip():
        raise Refused("say_what_it_was", field="words")
    if job_id is not None:
        job = session.get(Job, job_id)
        if job is None or job.case_id != case.id or job.voided:
            raise NotFound()
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "career_step", words)
    step = CareerStep(
        case_id=case.id,
        job_id=job_id,
        kind=kind,
        happened_on=happened_on,
        number=number,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(step)
    session.flush()
    write_trail(
        session, actor, "career_step_recorded", case=case, happened_on=happened_on, text=text,
        detail={"step": step.id, "kind": kind, "job": job_id},
    )  # fmt: skip
    return step


def void_step(session: Session, actor: Actor, case_id: int, step_id: int, *, why: str) -> None:
    """The step stays to be read, beside who took it back and why."""
    step, case = access_of_case(session, actor, CareerStep, step_id)
    taken = session.scalar(select(CareerStep.id).where(CareerStep.voids_id == step.id))
    if case.id != case_id or step.voids_id is not None or taken is not None:
        raise NotFound()
    check_running(case)
    reason = keep_text(session, case.participant, "void_reason", checked_reason(session, case, why))
    session.add(
        CareerStep(
            case_id=case.id,
            job_id=step.job_id,
            kind=step.kind,
            happened_on=step.happened_on,
            text_id=reason.id,
            voids_id=step.id,
            recorded_by=actor.user_id,
            recorded_at=now(session),
        )
    )
    write_trail(session, actor, "career_step_voided", case=case, text=reason, detail={"step": step.id})
    session.flush()


def check_running(case: Case) -> None:
    """What is told of her career belongs to a case that still runs."""
    if case.status == "ended":
        raise Refused("case_ended", day=str(case.ended_on))


def check_past(session: Session, day: date) -> None:
    """It may have happened long before the case, and not after today."""
    if day > today(session):
        raise Refused("in_the_future", day=day.isoformat(), today=today(session).isoformat())


def checked_reason(session: Session, case: Case, why: str) -> str:
    if not why.strip():
        raise Refused("reason_needed")
    check_words(session, case, kept=True, why=why)
    return why.strip()
