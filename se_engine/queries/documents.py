"""Documents of a case: what each says, who has agreed, and where it stands."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine import document_kinds
from se_engine.clock import today
from se_engine.queries.access import access_of_case
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.participants import ADULT
from se_engine.queries.texts import texts_of
from se_engine.records.cases import Case
from se_engine.records.documents import Document, DocumentEvent, DocumentVersion
from se_engine.records.participants import Participant
from se_engine.records.tracks import Disclosure
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.document_kinds import DocumentKind
from se_engine.rules.documents import Circumstances, Content, Happening, Standing, standing
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Found:
    """One document with its newest version, what happened to it, and where it stands."""

    document: Document
    version: DocumentVersion
    kind: DocumentKind
    """As the newest version was written in it."""
    circumstances: Circumstances
    happenings: tuple[Happening, ...]
    standing: Standing

    @property
    def id(self) -> int:
        return self.document.id


def contents_of(session: Session, participant: Participant, versions: Iterable[DocumentVersion]) -> dict[int, Content]:
    """What versions of one participant say, by version id: field → words, or a list of rows; empty once taken away."""
    wanted = list(versions)
    texts = texts_of(session, participant, [version.text_id for version in wanted])
    return {version.id: json.loads(texts.get(version.text_id) or "{}") for version in wanted}


def kind_of(version: DocumentVersion, document: Document) -> DocumentKind:
    return document_kinds.get(document.kind, version.definition_version)


def newest_version(session: Session, document_id: int) -> DocumentVersion:
    found = session.scalars(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document_id)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound()
    return found


def open_document(session: Session, actor: Actor, document_id: int, *, lock: bool = False) -> tuple[Found, Case]:
    """A document through the door of its case."""
    document, case = access_of_case(session, actor, Document, document_id, lock)
    return found_of(session, case, document), case


def found_of(session: Session, case: Case, document: Document) -> Found:
    version = newest_version(session, document.id)
    decided = newest_disclosure(session, case.id, document.employer_id) if document.employer_id else None
    around = circumstances_of(case.participant, document.employer_id, decided, today(session))
    happened = happenings_of(session, [document.id])[document.id]
    return _found(document, version, around, happened, today(session))


def _found(
    document: Document, version: DocumentVersion, around: Circumstances, happened: Sequence[Happening], on: date
) -> Found:
    kind = kind_of(version, document)
    stands = standing(
        kind, around, happened, number=version.number, complete=version.complete,
        closed=document.closed_on is not None, on=on,
    )  # fmt: skip
    return Found(document, version, kind, around, tuple(happened), stands)


def circumstances_of(
    participant: Participant, employer_id: int | None, decided: Disclosure | None, on: date
) -> Circumstances:
    """An employer is told where she has decided so; what is about no employer asks none."""
    year = participant.birth_year
    minor = year is not None and on.year - year < ADULT
    told = employer_id is None or (decided is not None and decided.decision != NOT_TOLD)
    return Circumstances(minor, told)


def happenings_of(session: Session, document_ids: Iterable[int]) -> dict[int, list[Happening]]:
    """By document, in the order in which they were recorded; one statement."""
    rows = session.execute(
        select(DocumentEvent, DocumentVersion.number)
        .join(DocumentVersion, DocumentVersion.id == DocumentEvent.version_id)
        .where(DocumentEvent.document_id.in_(list(document_ids)))
        .order_by(DocumentEvent.id)
    )
    found: dict[int, list[Happening]] = defaultdict(list)
    for event, number in rows:
        found[event.document_id].append(happening(event, number))
    return found


def happening(event: DocumentEvent, number: int) -> Happening:
    return Happening(
        event.id, number, event.what, event.party, event.happened_on, event.deadline_on, event.teach_back,
        event.on_behalf, event.voids_id,
    )  # fmt: skip


def documents_of(session: Session, case: Case, *, kinds: Sequence[str] = ()) -> list[Found]:
    """Every document of a case, the newest first; four statements, however many there are."""
    wanted = select(Document).where(Document.case_id == case.id).order_by(Document.opened_on.desc(), Document.id.desc())
    documents = list(session.scalars(wanted.where(Document.kind.in_(kinds)) if kinds else wanted))
    if not documents:
        return []
    versions = newest_versions(session, [document.id for document in documents])
    happened = happenings_of(session, [document.id for document in documents])
    decided = _decided(session, case.id) if any(document.employer_id for document in documents) else {}
    on = today(session)
    return [
        _found(
            document,
            versions[document.id],
            circumstances_of(case.participant, document.employer_id, decided.get(document.employer_id or 0), on),
            happened.get(document.id, []),
            on,
        )
        for document in documents
    ]


def newest_versions(session: Session, document_ids: Sequence[int]) -> dict[int, DocumentVersion]:
    last = (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number).label("number"))
        .where(DocumentVersion.document_id.in_(document_ids))
        .group_by(DocumentVersion.document_id)
        .subquery()
    )
    rows = session.scalars(
        select(DocumentVersion).join(
            last,
            (last.c.document_id == DocumentVersion.document_id) & (last.c.number == DocumentVersion.number),
        )
    )
    return {version.document_id: version for version in rows}


def _decided(session: Session, case_id: int) -> Mapping[int, Disclosure]:
    """The decision that counts, by employer."""
    rows = session.scalars(
        select(Disclosure).where(Disclosure.case_id == case_id).order_by(Disclosure.happened_on, Disclosure.id)
    )
    return {row.employer_id: row for row in rows}


def last_period(session: Session, case_id: int) -> date | None:
    """The last day that an interim report of the case covers."""
    return session.scalar(
        select(func.max(Document.until_on)).where(Document.case_id == case_id, Document.kind == "interim_report")
    )
