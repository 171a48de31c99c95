"""The answers at checks: whether she is in the job, and how we know."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.contact import met
from se_engine.actions.history import record_event
from se_engine.actions.jobs import job_of
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.records.follow_up import Check
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import CHECK_ANSWERS, CHECK_EVIDENCE, Event, EventKind


def check(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    happened_on: date,
    answer: str,
    evidence: str | None = None,
    job_id: int | None = None,
    **particulars: Any,
) -> Check:
    """What she or the workplace answered: this job, another job, not in work, not known."""
    case = access_case(session, actor, case_id)
    if answer not in CHECK_ANSWERS:
        raise Refused("answer_unknown", allowed=", ".join(CHECK_ANSWERS))
    if evidence is not None and evidence not in CHECK_EVIDENCE:
        raise Refused("evidence_unknown", allowed=", ".join(CHECK_EVIDENCE))
    made = Check(
        case_id=case.id,
        job_id=job_of(session, case, job_id).id if job_id else None,
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
    if answer != "not_known":
        met(case, happened_on)
    session.flush()
    return made
