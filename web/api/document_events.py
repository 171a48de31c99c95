"""What happens to a document: approved, signed on paper, explained, shared, commented on; or taken back."""

from se_engine.actions import document_events as actions
from se_engine.queries.access import access_of_case
from se_engine.records.documents import Document, DocumentEvent
from se_engine.rules.errors import NotFound
from web.api.blueprint import DOCUMENT, api
from web.api.describing import writes
from web.api.documents import document_stands, seen_document
from web.api.models import documents as models
from web.api.writes import Written, once
from web.auth import actor
from web.session import session


@api.post(f"{DOCUMENT}/approve")
@writes(models.DocumentWritten, 412, 428)
@once
def approve_document(document_id: int, json: models.DocumentApproval) -> Written:
    """One party agrees to what the newest version says."""
    seen = seen_document(document_id)
    given = json.model_dump()
    made = actions.approve_document(session(), actor(), document_id, seen_version=seen.version.number, **given)
    return document_stands(seen.document, made)


@api.post(f"{DOCUMENT}/sign")
@writes(models.DocumentWritten, 412, 428)
@once
def sign_document(document_id: int, json: models.DocumentSignatures) -> Written:
    """Signed on paper. The Norwegian text binds; the language it was read in stands beside."""
    seen = seen_document(document_id)
    given = json.model_dump()
    made = actions.sign_document(session(), actor(), document_id, seen_version=seen.version.number, **given)
    return document_stands(seen.document, *made)


@api.post(f"{DOCUMENT}/explain")
@writes(models.DocumentWritten, 412, 428)
@once
def explain_document(document_id: int, json: models.DocumentExplanation) -> Written:
    """It was gone through with her."""
    seen = seen_document(document_id)
    given = json.model_dump()
    made = actions.explain_document(session(), actor(), document_id, seen_version=seen.version.number, **given)
    return document_stands(seen.document, made)


@api.post(f"{DOCUMENT}/share")
@writes(models.DocumentWritten, 412, 428)
@once
def share_document(document_id: int, json: models.DocumentShare) -> Written:
    """She has it, and knows until when she may comment."""
    seen = seen_document(document_id)
    given = json.model_dump()
    made = actions.share_document(session(), actor(), document_id, seen_version=seen.version.number, **given)
    return document_stands(seen.document, made)


@api.post(f"{DOCUMENT}/comment")
@writes(models.DocumentWritten, 412, 428)
@once
def comment_document(document_id: int, json: models.DocumentComment) -> Written:
    """What she says to what was shared."""
    seen = seen_document(document_id)
    given = json.model_dump()
    made = actions.comment_document(session(), actor(), document_id, seen_version=seen.version.number, **given)
    return document_stands(seen.document, made)


@api.post(f"{DOCUMENT}/events/<id:event_id>/withdraw")
@writes(models.DocumentWritten)
@once
def withdraw_document_event(document_id: int, event_id: int, json: models.Withdrawal) -> Written:
    """What is no longer so, or was written down wrongly; it stays readable, and the document stands as without it."""
    document, _case = access_of_case(session(), actor(), Document, document_id)
    event = session().get(DocumentEvent, event_id)
    if event is None or event.document_id != document.id:
        raise NotFound()
    return document_stands(document, actions.withdraw_event(session(), actor(), event_id, **json.model_dump()))
