"""An error in an audit that is over: said in a later one. The old audit stays as it was, and both tell of it."""

from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access_audits import access_as
from se_engine.queries.audit_comparison import closed_audits
from se_engine.records.audit_results import AuditCorrection
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor

LONGEST = 2_000
TOO_LATE = ("action_plan", "follow_up", "ended")
"""What is found after the report of this audit was handed over is told in the next one."""


def tell_correction(
    session: Session, actor: Actor, audit_id: int, *, earlier_id: int, item: str, words: str
) -> AuditCorrection:
    """In the audit `audit_id`, about an earlier one of the same unit whose report was handed over."""
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step in TOO_LATE:
        raise Refused("not_in_audit_step")
    earlier = next((one for one in closed_audits(session, audit) if one.id == earlier_id), None)
    if earlier is None:
        raise NotFound()
    known = frameworks.get(earlier.framework_name, earlier.framework_version)
    if item not in known.rateable_by_key and item not in known.item_by_key:
        raise Refused("no_such_audit_item", item=item)
    if not words.strip():
        raise Refused("correction_words_needed", field="words")
    if len(words) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    check_audit_words(session, audit, words=words)
    correction = AuditCorrection(
        audit_id=earlier.id,
        found_in_id=audit.id,
        item=item,
        words=words.strip(),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(correction)
    session.flush()
    write_trail(session, actor, "audit_correction_told", detail={"audit": earlier.id, "found_in": audit.id})
    return correction
