"""An audit of Lakselv that Ida leads, for what is about its pages and who may open them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from tests.support.people import TODAY, make_user

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.audits import Audit
    from tests.support.people import People

BASIS = {
    "legal_basis": "grant_terms", "legal_words": "Letter of 2026", "told_how": "letter", "told_words": "In January",
}  # fmt: skip


def make_audit(session: Session, people: People, *, kind: str = "formal", framework: str = "se5", **rest: Any) -> Audit:
    """Opened in the charter, with Eva as second auditor and Max as contact: all that is needed to send it."""
    from se_engine.actions.audit_members import add_member
    from se_engine.actions.audits import open_audit
    from se_engine.rules.audit_charter import Charter, last_full_month

    given = {"kind": kind, "until_on": last_full_month(TODAY), **BASIS, **rest}
    audit = open_audit(session, people.ida, people.office_id, Charter(**given), framework=framework)
    eva = make_user(session, "Eva", "auditor", None)
    add_member(session, people.ida, audit.id, user_id=eva.user_id, part="second")
    add_member(session, people.ida, audit.id, user_id=people.max.user_id, part="contact")
    return audit


def audit_there(session: Session, people: People) -> dict[str, object]:
    """One with something behind every parameter of its pages, by the parameters' names."""
    from se_engine.actions.audit_visit import plan_appointment
    from se_engine.clock import now
    from se_engine.queries.access_audits import members_of
    from se_engine.records.audit_results import AuditComment
    from se_engine.records.base import write_row
    from se_engine.rules.audit_notes import Plan
    from tests.support.rated_audits import results_there

    audit = make_audit(session, people)
    member = next(one for one in members_of(session, audit.id) if one.part == "second")
    comment = write_row(
        session, AuditComment, audit_id=audit.id, item=None, words="It moved in May.", answers_id=None, answer=None,
        recorded_by=people.max.user_id, recorded_at=now(session),
    )  # fmt: skip
    planned = plan_appointment(session, people.ida, audit.id, Plan("reading", TODAY + timedelta(days=1), time(9)))
    return results_there(session, people, audit.id) | {
        "audit_id": audit.id, "member_id": member.id, "audit_move": "break_off", "number": 1, "comment_id": comment,
        "appointment_id": planned.id, "item": "1.1", "audit_note": 1,
    }  # fmt: skip
