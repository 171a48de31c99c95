"""The documents of a case on a page, and one of them with its versions and everything that happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import document_kinds
from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.documents import Found, contents_of, documents_of, last_period, open_document
from se_engine.queries.headings import Heading, heading_of, process_of
from se_engine.queries.people import people_of
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.documents import DocumentEvent, DocumentVersion
from se_engine.records.employers import Employer
from se_engine.records.tracks import Disclosure
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.document_kinds import DocumentKind
from se_engine.rules.documents import (
    Content,
    Difference,
    differences,
    in_effect,
    missing,
    next_period,
    remind_on,
)
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Period:
    """What the next report would cover, and when somebody is reminded of it."""

    from_on: date
    until_on: date
    remind_on: date | None


@dataclass(frozen=True)
class DocumentsPage(Heading):
    documents: tuple[Found, ...]
    kinds: tuple[DocumentKind, ...]
    employers: Mapping[int, str]
    """Those that documents name, and those with whom she has decided what they may know."""
    decided: frozenset[int]
    """The employers with a decision: an agreement may be made with them."""
    report: Period

    def of_kind(self, kind: str) -> list[Found]:
        return [found for found in self.documents if found.document.kind == kind]

    def may_begin(self, kind: DocumentKind) -> bool:
        """Whether there can be one more of it now."""
        if self.ended and not kind.after_end:
            return False
        running = [found for found in self.of_kind(kind.kind) if found.document.closed_on is None]
        if kind.about == "employer":
            return bool(self.decided - {found.document.employer_id for found in running})
        return kind.about == "period" or not running


@dataclass(frozen=True)
class EventLine:
    """Something that happened to a version; `taken_back` says it counts no more."""

    event: DocumentEvent
    number: int
    words: str | None
    by: str | None
    taken_back: bool


@dataclass(frozen=True)
class VersionLine:
    version: DocumentVersion
    by: str | None
    changed: tuple[Difference, ...]
    """Against the version before it."""


@dataclass(frozen=True)
class DocumentPage(Heading):
    found: Found
    content: Content
    missing: tuple[str, ...]
    """What signing waits for."""
    employer: str | None
    versions: tuple[VersionLine, ...]
    """The newest first."""
    events: tuple[EventLine, ...]
    """The newest first."""


def documents_page(session: Session, actor: Actor, case_id: int) -> DocumentsPage:
    """Eight statements, however many documents there are."""
    heading = heading_of(session, access_case(session, actor, case_id))
    found = documents_of(session, heading.case)
    decided = _decided(session, case_id)
    named = sorted({one.document.employer_id for one in found if one.document.employer_id} | decided)
    return DocumentsPage(
        case=heading.case,
        process=heading.process,
        name=heading.name,
        today=heading.today,
        documents=tuple(found),
        kinds=tuple(document_kinds.every()),
        employers=employer_names(session, named),
        decided=frozenset(decided),
        report=report_period(session, heading, "interim_report"),
    )


def report_period(session: Session, heading: Heading, kind: str) -> Period:
    """For the interim report the next ninety days, or up to today where they have passed; else the whole case."""
    opened = heading.case.opened_on
    if kind != "interim_report":
        return Period(opened, heading.case.ended_on or heading.today, None)
    last = last_period(session, heading.id)
    begins, ends = next_period(opened, last)
    return Period(begins, max(begins, min(heading.today, ends) if ends > heading.today else heading.today),
                  remind_on(opened, last))  # fmt: skip


def employer_choices(session: Session, actor: Actor, case_id: int, kind: str) -> dict[int, str]:
    """Employers an agreement may be made with: she has decided about them, and none of this kind is running."""
    case = access_case(session, actor, case_id)
    running = {
        found.document.employer_id
        for found in documents_of(session, case, kinds=[kind])
        if found.document.closed_on is None
    }
    return employer_names(session, sorted(_decided(session, case_id) - running))


def running_documents(session: Session, actor: Actor, case_id: int, kind: str) -> dict[int, str]:
    """The documents of a kind that were not closed, the newest first, by what employer they are about."""
    case = access_case(session, actor, case_id)
    found = [one for one in documents_of(session, case, kinds=[kind]) if one.document.closed_on is None]
    names = employer_names(session, [one.document.employer_id for one in found if one.document.employer_id])
    return {one.id: names.get(one.document.employer_id or 0, "") for one in found}


def employer_is_told(session: Session, case_id: int, employer_id: int) -> bool:
    rows = session.scalars(
        select(Disclosure.decision)
        .where(Disclosure.case_id == case_id, Disclosure.employer_id == employer_id)
        .order_by(Disclosure.happened_on.desc(), Disclosure.id.desc())
        .limit(1)
    )
    return rows.first() not in (None, NOT_TOLD)


def document_page(session: Session, actor: Actor, case_id: int, document_id: int) -> DocumentPage:
    """One document of this case; NotFound for another's."""
    found, case = open_document(session, actor, document_id)
    if case.id != case_id:
        raise NotFound()
    versions = list(
        session.scalars(
            select(DocumentVersion)
            .where(DocumentVersion.document_id == document_id)
            .order_by(DocumentVersion.number.desc())
        )
    )
    events = list(
        session.scalars(
            select(DocumentEvent).where(DocumentEvent.document_id == document_id).order_by(DocumentEvent.id.desc())
        )
    )
    contents = contents_of(session, case.participant, versions)
    name_id = case.participant.name_id
    wanted = [*(event.text_id for event in events), name_id]
    words = texts_of(session, case.participant, [text_id for text_id in wanted if text_id])
    recorded = {version.recorded_by for version in versions} | {event.recorded_by for event in events}
    people = people_of(session, sorted(user_id for user_id in recorded if user_id))
    content = contents[found.version.id]
    employer_id = found.document.employer_id
    return DocumentPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(name_id or 0)),
        today=today(session),
        found=found,
        content=content,
        missing=missing(found.kind, content, told=found.circumstances.told),
        employer=employer_names(session, [employer_id]).get(employer_id) if employer_id else None,
        versions=_version_lines(found.kind, versions, contents, people),
        events=_event_lines(found, events, versions, words, people),
    )


def employer_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = session.execute(select(Employer.id, Employer.name).where(Employer.id.in_(ids)).order_by(Employer.name))
    return {row.id: row.name for row in rows}


def _decided(session: Session, case_id: int) -> set[int]:
    return set(session.scalars(select(Disclosure.employer_id).where(Disclosure.case_id == case_id).distinct()))


def _version_lines(
    kind: DocumentKind,
    versions: Sequence[DocumentVersion],
    contents: Mapping[int, Content],
    people: Mapping[int, str],
) -> tuple[VersionLine, ...]:
    before = [*(contents[version.id] for version in versions[1:]), None]
    return tuple(
        VersionLine(
            version,
            people.get(version.recorded_by or 0),
            differences(kind, earlier, contents[version.id]) if earlier is not None else (),
        )
        for version, earlier in zip(versions, before, strict=True)
    )


def _event_lines(
    found: Found,
    events: Sequence[DocumentEvent],
    versions: Sequence[DocumentVersion],
    words: Mapping[int, str | None],
    people: Mapping[int, str],
) -> tuple[EventLine, ...]:
    numbers = {version.id: version.number for version in versions}
    standing = {one.id for one in in_effect(found.happenings)}
    return tuple(
        EventLine(
            event,
            numbers[event.version_id],
            words.get(event.text_id or 0),
            people.get(event.recorded_by or 0),
            event.id not in standing and event.what != "withdrawn",
        )
        for event in events
    )


def proposed_deadline(kind: DocumentKind, shared_on: date) -> date:
    """When she may have commented, as the kind of document has it."""
    return shared_on + timedelta(days=kind.comment_days or 14)
