"""What stands on a document when it is printed: what it says, who agreed, and how it was explained to her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.documents import Found, contents_of, open_document
from se_engine.queries.headings import Heading, heading_of
from se_engine.queries.people import people_of
from se_engine.queries.texts import texts_of
from se_engine.queries.training import Ladder, training_page
from se_engine.records.documents import DocumentEvent
from se_engine.records.employers import Employer
from se_engine.records.offices import Office
from se_engine.rules.documents import Content, in_effect
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor

LADDER = "training_plan"


@dataclass(frozen=True)
class Explained:
    """It was gone through with her, in a language, with or without interpreter."""

    on: date
    language: str
    interpreter: bool


@dataclass(frozen=True)
class Comment:
    words: str
    on: date
    on_behalf: bool


@dataclass(frozen=True)
class Printable:
    heading: Heading
    found: Found
    content: Content
    office: str
    specialist: str | None
    employer: str | None
    explained: tuple[Explained, ...]
    """Of this version, the newest last."""
    comment: Comment | None
    ladder: Ladder | None


def printable(session: Session, actor: Actor, case_id: int, document_id: int) -> Printable:
    """Through the door of its case; NotFound for a document of another one. A constant number of statements."""
    found, case = open_document(session, actor, document_id)
    if case.id != case_id:
        raise NotFound()
    employer_id = found.document.employer_id
    employer = session.get(Employer, employer_id) if employer_id else None
    ladder = None
    if found.kind.kind == LADDER and employer_id:
        ladders = training_page(session, actor, case.id).ladders
        ladder = next((one for one in ladders if one.employer_id == employer_id), None)
    events = _of_this_version(session, found)
    said = texts_of(session, case.participant, [event.text_id for event in events if event.text_id])
    comments = [
        Comment(said.get(event.text_id or 0) or "–", event.happened_on, event.on_behalf)
        for event in events
        if event.what == "commented"
    ]
    return Printable(
        heading=heading_of(session, case),
        found=found,
        content=contents_of(session, case.participant, [found.version])[found.version.id],
        office=session.get_one(Office, case.office_id).name,
        specialist=people_of(session, [case.owner_id]).get(case.owner_id) if case.owner_id else None,
        employer=employer.name if employer else None,
        explained=tuple(
            Explained(event.happened_on, event.language, event.interpreter == "yes")
            for event in events
            if event.what == "explained" and event.language
        ),
        comment=comments[-1] if comments else None,
        ladder=ladder,
    )


def _of_this_version(session: Session, found: Found) -> Sequence[DocumentEvent]:
    """What happened to the newest version and was not taken back."""
    stands = [one.id for one in in_effect(found.happenings) if one.number == found.version.number]
    return session.scalars(select(DocumentEvent).where(DocumentEvent.id.in_(stands)).order_by(DocumentEvent.id)).all()
