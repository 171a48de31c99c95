"""A document in one act: written, or changed, and agreed to by those who are present – as it happens in a talk."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.document_events import approve_document, sign_document
from se_engine.actions.documents import save_version, start_document
from se_engine.queries.access import access_case
from se_engine.queries.documents import open_document
from se_engine.records.documents import Document
from se_engine.rules.documents import parties_of
from se_engine.rules.roles import Actor


def agree_on(
    session: Session,
    actor: Actor,
    case_id: int,
    kind: str,
    content: Mapping[str, Any],
    *,
    happened_on: date,
    parties: Collection[str] | None = None,
    form: str = "oral",
    language: str | None = None,
    interpreter: str | None = None,
    employer_id: int | None = None,
    kept: bool = False,
) -> Document:
    """Written down and agreed to on one day; `parties` None is everybody whose agreement it asks for.

    A document of this kind that is open gets a new version, where the content says something else.
    """
    case = access_case(session, actor, case_id)
    document = _open_one(session, case.id, kind, employer_id)
    if document is None:
        document = start_document(
            session, actor, case.id, kind, content, happened_on=happened_on, employer_id=employer_id, kept=kept
        )
    else:
        save_version(session, actor, document.id, content, seen_version=None, happened_on=happened_on, kept=kept)
    agree(
        session, actor, document.id, parties=parties, happened_on=happened_on, form=form, language=language,
        interpreter=interpreter,
    )  # fmt: skip
    return document


def agree(
    session: Session,
    actor: Actor,
    document_id: int,
    *,
    happened_on: date,
    parties: Collection[str] | None = None,
    form: str = "oral",
    language: str | None = None,
    interpreter: str | None = None,
) -> None:
    """These agree to the newest version at once; whoever has done so already is left out."""
    found, _case = open_document(session, actor, document_id)
    # What is not complete waits for nobody yet: the first who is asked is told what is missing.
    waiting = found.standing.waiting_for if found.version.complete else parties_of(found.kind, found.circumstances)
    agreeing = [party for party in waiting if parties is None or party in parties]
    if not agreeing:
        return
    seen = found.version.number
    if form == "paper":
        sign_document(
            session, actor, document_id, seen_version=seen, parties=agreeing, happened_on=happened_on,
            language=language, interpreter=interpreter,
        )  # fmt: skip
        return
    for party in agreeing:
        approve_document(
            session, actor, document_id, seen_version=seen, party=party, happened_on=happened_on, form=form,
            language=language, interpreter=interpreter,
        )  # fmt: skip


def _open_one(session: Session, case_id: int, kind: str, employer_id: int | None) -> Document | None:
    same = select(Document).where(Document.case_id == case_id, Document.kind == kind, Document.closed_on.is_(None))
    about = Document.employer_id == employer_id if employer_id else Document.employer_id.is_(None)
    return session.scalars(same.where(about).order_by(Document.id.desc()).limit(1)).first()
