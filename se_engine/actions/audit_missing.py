"""The list of what is missing before the auditors leave: put on it, settled in words, and a cap that was handled."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access_audits import access_as
from se_engine.queries.audit_charter import framework_of
from se_engine.queries.audit_missing import MissingLine, caps_in_force, handled_caps, missing_lines, with_caps_left
from se_engine.queries.audit_ratings import measured_of, newest_evidence
from se_engine.records.audit_ratings import AuditMissing
from se_engine.records.audits import Audit
from se_engine.records.base import write_row
from se_engine.rules.audit_notes import NOTED_IN
from se_engine.rules.audit_ratings import CAP_UNHANDLED, LONGEST
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor


def add_missing(session: Session, actor: Actor, audit_id: int, *, words: str, item: str | None = None) -> AuditMissing:
    """Something an auditor still has to find out."""
    audit = _open(session, actor, audit_id)
    _check(session, audit, words)
    if item and item not in framework_of(audit).rateable_by_key:
        raise NotFound()
    number = _put(session, actor, audit, words.strip(), item=item or None)
    write_trail(session, actor, "audit_missing_added", detail={"audit": audit.id, "missing": number, "item": item})
    return session.get_one(AuditMissing, number)


def settle_missing(session: Session, actor: Actor, audit_id: int, keys: Sequence[str], *, words: str) -> int:
    """What became of these lines, found out or not, in words; gives how many were settled."""
    audit = _open(session, actor, audit_id)
    _check(session, audit, words)
    lines = {line.key: line for line in missing_lines(session, audit) if line.settled is None}
    chosen = [lines[key] for key in dict.fromkeys(keys) if key in lines]
    if not chosen:
        raise Refused("no_line_chosen")
    for line in chosen:
        _settle(session, actor, audit, line, words.strip())
    write_trail(session, actor, "audit_missing_settled", detail={"audit": audit.id, "lines": len(chosen)})
    return len(chosen)


def handle_cap(session: Session, actor: Actor, audit_id: int, item: str, *, words: str) -> AuditMissing:
    """What holds a cell down has been dealt with, and how: from now on the cap binds nobody in this audit."""
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step not in NOTED_IN:
        raise Refused("not_noted_now")
    _check(session, audit, words)
    framework = with_caps_left(framework_of(audit), handled_caps(session, audit.id))
    if item not in {cap.item for cap in caps_in_force(framework, measured_of(newest_evidence(session, audit.id)))}:
        raise NotFound()
    opened = _put(session, actor, audit, CAP_UNHANDLED, item=item)
    number = _put(session, actor, audit, words.strip(), item=item, settles_id=opened)
    write_trail(session, actor, "audit_cap_handled", detail={"audit": audit.id, "item": item, "missing": number})
    return session.get_one(AuditMissing, number)


def _open(session: Session, actor: Actor, audit_id: int) -> Audit:
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step != "on_site":
        raise Refused("not_on_site")
    return audit


def _check(session: Session, audit: Audit, words: str) -> None:
    if not words.strip():
        raise Refused("words_needed", field="words")
    if len(words) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    check_audit_words(session, audit, words=words)


def _settle(session: Session, actor: Actor, audit: Audit, line: MissingLine, words: str) -> None:
    """A computed line gets a row of its own first, so that what settles it has something to name."""
    opened = int(line.key) if line.code is None else _put(session, actor, audit, line.code, item=line.item)
    _put(session, actor, audit, words, item=line.item, settles_id=opened)


def _put(
    session: Session, actor: Actor, audit: Audit, words: str, *, item: str | None, settles_id: int | None = None
) -> int:
    return write_row(
        session, AuditMissing, audit_id=audit.id, item=item, words=words, settles_id=settles_id,
        recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
