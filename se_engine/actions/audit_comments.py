"""The factual check: what the unit says about the draft until its deadline, and what the auditors answer."""

from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access_audits import access_as, access_as_unit
from se_engine.queries.audit_charter import framework_of
from se_engine.queries.audit_comments import DONE, comments_of, is_said_done
from se_engine.queries.audit_facts import entered_at
from se_engine.records.audit_results import AuditComment
from se_engine.records.audits import Audit
from se_engine.records.base import write_row
from se_engine.rules.audits import ANSWERS, RATERS
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

CHECKED_IN = "factual_check"
ANSWERED_IN = ("factual_check", "report")


def comment_on_draft(session: Session, actor: Actor, audit_id: int, *, words: str, item: str | None = None) -> int:
    """The unit's word on one item, or on the whole."""
    audit = _open_to_unit(session, actor, audit_id)
    if not words.strip():
        raise Refused("comment_needs_words")
    if item is not None and item not in framework_of(audit).rateable_by_key:
        raise NotFound()
    check_audit_words(session, audit, words=words)
    number = _write(session, actor, audit, item=item, words=words.strip())
    write_trail(session, actor, "audit_commented", detail={"audit": audit.id, "comment": number, "item": item})
    return number


def say_done(session: Session, actor: Actor, audit_id: int, *, words: str = "") -> int:
    """The unit has said what it had to say: the auditors need not wait for the last day."""
    audit = _open_to_unit(session, actor, audit_id)
    check_audit_words(session, audit, words=words)
    number = _write(session, actor, audit, words=words.strip(), answer=DONE)
    write_trail(session, actor, "audit_factual_check_done", detail={"audit": audit.id})
    return number


def answer_comment(session: Session, actor: Actor, audit_id: int, comment_id: int, *, answer: str, words: str) -> int:
    """What the auditors made of a comment; a second answer stands beside the first, and counts."""
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step not in ANSWERED_IN:
        raise Refused("comments_are_closed")
    check_code("answer", answer, ANSWERS)
    if not words.strip():
        raise Refused("comment_needs_words")
    if comment_id not in [one.row.id for one in comments_of(session, audit.id)]:
        raise NotFound()
    check_audit_words(session, audit, words=words)
    number = _write(session, actor, audit, words=words.strip(), answers_id=comment_id, answer=answer)
    detail: dict[str, str | int | None] = {"audit": audit.id, "comment": comment_id, "answer": answer}
    write_trail(session, actor, "audit_comment_answered", detail=detail)
    return number


def _open_to_unit(session: Session, actor: Actor, audit_id: int) -> Audit:
    audit = access_as_unit(session, actor, audit_id, lock=True)
    if audit.step != CHECKED_IN or audit.factual_due_on is None:
        raise Refused("comments_are_closed")
    if today(session) > audit.factual_due_on:
        raise Refused("factual_check_passed", day=audit.factual_due_on.isoformat())
    if is_said_done(session, audit.id, entered_at(session, audit, CHECKED_IN)):
        raise Refused("factual_check_done")
    return audit


def _write(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    words: str,
    item: str | None = None,
    answers_id: int | None = None,
    answer: str | None = None,
) -> int:
    return write_row(
        session, AuditComment, audit_id=audit.id, item=item, words=words, answers_id=answers_id, answer=answer,
        recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
