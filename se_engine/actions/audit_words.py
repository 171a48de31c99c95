"""Words that auditors and the unit write: no national number, and no participant of the office by name."""

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_nobody_named
from se_engine.records.audits import Audit
from se_engine.records.participants import Participant


def check_audit_words(session: Session, audit: Audit, *, her: Participant | None = None, **fields: str | None) -> None:
    """Refused at the field that names somebody; `her`, whom it is about, by any of her names."""
    given = {name: text for name, text in fields.items() if text and text.strip()}
    check_nobody_named(session, audit.office_id, confirmed=True, her=her, **given)
