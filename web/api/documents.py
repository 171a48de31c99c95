"""Agreements, plans and reports of a case: which there are, what each says, a new one, and a new version."""

from typing import Any

from se_engine.actions import documents as actions
from se_engine.queries.access import access_of_case
from se_engine.queries.document_pages import DocumentPage, EventLine, VersionLine, document_page, documents_page
from se_engine.queries.documents import Found, found_of, open_document
from se_engine.records.documents import Document, DocumentEvent
from se_engine.rules.documents import falling, parties_of
from web.api.blueprint import CASE, DOCUMENT, api
from web.api.describing import reads, writes
from web.api.models import documents as models
from web.api.shaping import shaped
from web.api.writes import Headers, Written, check_tag, once
from web.auth import actor
from web.session import note_read, session


@api.get(f"{CASE}/documents")
@reads(models.Documents, 404)
def list_documents(case_id: int) -> models.Documents:
    """Every document of the case and where it stands, and which may be begun now."""
    page = documents_page(session(), actor(), case_id)
    note_read(page.case)
    return models.Documents(
        case=case_id,
        documents=[
            models.DocumentLine(**_key(one), employer=page.employers.get(one.document.employer_id or 0))
            for one in page.documents
        ],
        may_begin=[kind.kind for kind in page.kinds if page.may_begin(kind)],
        decided=sorted(page.decided),
        interim_report=shaped(models.ReportPeriod, page.report),
    )


@api.get(DOCUMENT)
@reads(models.WholeDocument, 404)
def show_document(document_id: int) -> tuple[models.WholeDocument, Headers]:
    """What it says, what signing still needs, who has agreed, its versions and everything that happened to it."""
    document, case = access_of_case(session(), actor(), Document, document_id)
    page = document_page(session(), actor(), case.id, document.id)
    note_read(page.case)
    shown = _whole(page)
    return shown, {"ETag": shown.etag}


def _whole(page: DocumentPage) -> models.WholeDocument:
    found = page.found
    return models.WholeDocument(
        **_key(found),
        employer=page.employer,
        definition=found.kind.name,
        content=page.content,
        missing=list(page.missing),
        parties=list(parties_of(found.kind, found.circumstances)),
        would_fall=list(falling(found.standing)),
        versions=[_version(found, one) for one in page.versions],
        events=[_event(one) for one in page.events],
    )


def _version(found: Found, line: VersionLine) -> models.DocumentVersion:
    changed = [one.field for one in line.changed]
    definition = f"{found.document.kind}/v{line.version.definition_version}"
    return shaped(models.DocumentVersion, line.version, definition=definition, changed=changed)


def _event(line: EventLine) -> models.DocumentEvent:
    more = {"event_id": line.event.id, "number": line.number, "words": line.words, "taken_back": line.taken_back}
    return shaped(models.DocumentEvent, line.event, **more)


@api.post(f"{CASE}/documents")
@writes(models.DocumentWritten, status=201)
@once
def start_document(case_id: int, json: models.NewDocument) -> Written:
    """A new document with its first version; of most kinds one is open at a time."""
    made = actions.start_document(session(), actor(), case_id, **json.model_dump())
    shown, _, headers = document_stands(made)
    return shown, 201, {**headers, "Location": f"/api/v1/documents/{made.id}"}


@api.post(f"{DOCUMENT}/versions")
@writes(models.DocumentWritten, 412, 428, status=201)
@once
def save_document_version(document_id: int, json: models.NewDocumentVersion) -> Written:
    """The content from now on. Where it says something else every agreement falls: `fell` says whose."""
    before = seen_document(document_id)
    actions.save_version(session(), actor(), document_id, seen_version=before.version.number, **json.model_dump())
    changed = _current(before.document).version.number != before.version.number
    shown, _, headers = document_stands(before.document, fell=list(falling(before.standing)) if changed else [])
    return shown, 201, {**headers, "Location": f"/api/v1/documents/{document_id}"}


@api.post(f"{DOCUMENT}/close")
@writes(models.DocumentWritten, 412, 428)
@once
def close_document(document_id: int, json: models.DocumentClosing) -> Written:
    """No longer in force: replaced, or its time is over. It stays readable."""
    seen = seen_document(document_id).version.number
    given = json.model_dump()
    return document_stands(actions.close_document(session(), actor(), document_id, seen_version=seen, **given))


def seen_document(document_id: int) -> Found:
    """The document in the version that the client says it has seen."""
    found, _case = open_document(session(), actor(), document_id)
    check_tag(_tag(found))
    return found


def document_stands(document: Document, *events: DocumentEvent, fell: list[str] | None = None) -> Written:
    shown = models.DocumentWritten(**_key(_current(document)), fell=fell or [], events=[event.id for event in events])
    return shown, 200, {"ETag": shown.etag}


def _current(document: Document) -> Found:
    _, case = access_of_case(session(), actor(), Document, document.id)
    return found_of(session(), case, document)


def _key(found: Found) -> dict[str, Any]:
    standing = found.standing
    more = {"waiting_for": list(standing.waiting_for), "agreed": dict(standing.agreed), "etag": _tag(found)}
    same = ("status", "comment_by", "understood")
    stands = {name: getattr(standing, name) for name in same}
    own = ("kind", "employer_id", "job_id", "from_on", "until_on", "opened_on", "closed_on")
    facts = {name: getattr(found.document, name) for name in own}
    number = {"document_id": found.id, "case": found.document.case_id, "number": found.version.number}
    return {**number, **facts, **stands, **more}


def _tag(found: Found) -> str:
    """Of the newest version: what was agreed to is what it says."""
    return f'"{found.version.number}"'
