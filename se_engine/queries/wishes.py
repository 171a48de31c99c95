"""Her ranked job wishes, for whatever may serve one of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.participants import FieldValue

FIELD = "job_wishes"


def wishes_of(session: Session, participant_id: int) -> dict[int, int]:
    """Rank → the text that holds her words; a wish she took back is not there."""
    told = select(FieldValue.entry, FieldValue.text_id).where(
        FieldValue.participant_id == participant_id, FieldValue.field == FIELD
    )
    newest = {row.entry: row.text_id for row in session.execute(told.order_by(FieldValue.id))}
    return {rank: text_id for rank, text_id in sorted(newest.items()) if text_id is not None}
