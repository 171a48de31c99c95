"""What happened to documents, as entries of the case's story; what was printed or taken back stands with them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.entries import Entry
from se_engine.records.documents import Document, DocumentEvent

TOLD = ("approved", "signed", "explained", "shared", "commented")


def document_entries(session: Session, case_id: int) -> list[Entry]:
    """One statement; those who signed together are one entry."""
    withdrawal = aliased(DocumentEvent)
    rows = session.execute(
        select(DocumentEvent, Document.kind)
        .join(Document, Document.id == DocumentEvent.document_id)
        .outerjoin(withdrawal, withdrawal.voids_id == DocumentEvent.id)
        .where(Document.case_id == case_id, DocumentEvent.what.in_(TOLD), withdrawal.id.is_(None))
        .order_by(DocumentEvent.id)
    )
    together = {(event.version_id, event.what, event.recorded_at, event.text_id): (event, kind) for event, kind in rows}
    return [
        Entry(
            f"document_{event.what}", event.happened_on, event.recorded_at, event.recorded_by, event.id,
            text_id=event.text_id, code=kind, interpreter=event.interpreter,
            own_words=event.party == "participant" and event.text_id is not None and not event.on_behalf,
        )
        for event, kind in together.values()
    ]  # fmt: skip
