"""Keeping a report as it was answered, and withdrawing one; nothing that was saved is changed or deleted."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.named import names_somebody
from se_engine.queries.published_reports import published_answer, question_data
from se_engine.queries.report_questions import Question
from se_engine.queries.reports import Report
from se_engine.queries.saved_reports import access_saved, may_withdraw
from se_engine.records.supervision import SavedReport
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import AGGREGATES, Actor
from se_engine.rules.safe_text import has_national_number

LONGEST_NAME = 80


def save_report(
    session: Session,
    actor: Actor,
    name: str,
    report: Report,
    question: Question,
    *,
    reads: Session | None = None,
    **options: str,
) -> SavedReport:
    """Asks the question once more, in the published form so that it may be shared, and keeps the answer.

    `reads` is the session that reports are read from, where it is another one. The name names nobody.
    """
    if actor.role not in AGGREGATES:
        raise NotPermitted()
    office_id = None if actor.role.everywhere else actor.office_id
    called = _checked(session, office_id, name)
    found = published_answer(reads or session, actor, report, question, **options)
    saved = SavedReport(
        office_id=office_id,
        name=called,
        report=report.name,
        question=question_data(question) | options,
        definition_version=found["definition_version"],
        as_of=date.fromisoformat(found["as_of"]),
        answer=found,
        saved_by=actor.user_id,
        saved_at=now(session),
    )
    session.add(saved)
    session.flush()
    write_trail(session, actor, "report_saved", detail={"saved": saved.id, "report": report.name})
    return saved


def withdraw_report(session: Session, actor: Actor, number: int) -> SavedReport:
    """It is marked, with who and when; twice is once."""
    saved = access_saved(session, actor, number)
    if saved.withdrawn_at is not None:
        return saved
    if not may_withdraw(actor, saved):
        raise NotPermitted()
    saved.withdrawn_at, saved.withdrawn_by = now(session), actor.user_id
    session.flush()
    write_trail(session, actor, "saved_report_withdrawn", detail={"saved": saved.id})
    return saved


def _checked(session: Session, office_id: int | None, name: str) -> str:
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise Refused("saved_report_name", longest=LONGEST_NAME, field="name")
    if has_national_number(called):
        raise Refused("national_number_in_text", field="name")
    if office_id is not None and names_somebody(session, office_id, called):
        raise Refused("participant_named", field="name")
    return called
