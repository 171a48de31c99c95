"""Writing agreements, plans and reports: begun, changed – which drops what was agreed – and closed."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import document_kinds
from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_employer
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.documents import circumstances_of, contents_of, open_document
from se_engine.records.cases import Case
from se_engine.records.documents import Document, DocumentVersion
from se_engine.records.jobs import Job
from se_engine.rules.document_kinds import DocumentKind
from se_engine.rules.documents import Content, cleaned, missing, words_in
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor


def start_document(
    session: Session,
    actor: Actor,
    case_id: int,
    kind: str,
    content: Mapping[str, Any],
    *,
    happened_on: date,
    employer_id: int | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    kept: bool = False,
) -> Document:
    """A new document with its first version. An agreement names the employer, a report its period."""
    case = access_case(session, actor, case_id)
    definition = document_kinds.latest(kind)
    check_day(session, case, definition, happened_on)
    about = _employer(session, actor, case, definition, employer_id)
    _check_period(definition, from_on, until_on)
    if definition.about != "period":
        _check_only_one(session, case, kind, about)
    made = cleaned(definition, content)
    check_words(session, case, kept=kept, **words_in(definition, made))
    document = Document(
        case_id=case.id,
        kind=kind,
        employer_id=about,
        job_id=_running_job(session, case.id, about) if about else None,
        from_on=from_on if definition.about == "period" else None,
        until_on=until_on if definition.about == "period" else None,
        opened_on=happened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(document)
    session.flush()
    _write_version(session, actor, case, document, made, 1, happened_on)
    return document


def save_version(
    session: Session,
    actor: Actor,
    document_id: int,
    content: Mapping[str, Any],
    *,
    seen_version: int | None,
    happened_on: date,
    kept: bool = False,
) -> DocumentVersion:
    """The content as it is from now on. Where it says something else, every approval falls with the old version.

    `seen_version` is the number of the version the writer saw.
    """
    found, case = open_document(session, actor, document_id, lock=True)
    if seen_version is not None and found.version.number != seen_version:
        raise Stale()
    definition = document_kinds.latest(found.document.kind)
    check_day(session, case, definition, happened_on)
    check_open(found.document)
    if happened_on < found.version.happened_on:
        raise Refused("before_last_version", day=happened_on.isoformat(), written=found.version.happened_on.isoformat())
    made = cleaned(definition, content)
    complete = not missing(definition, made, told=found.circumstances.told)
    same = made == contents_of(session, case.participant, [found.version])[found.version.id]
    # Nothing changed, so nothing falls – unless her decision about the workplace has changed what is asked for.
    if same and (complete == found.version.complete or found.standing.agreed):
        return found.version
    check_words(session, case, kept=kept, **words_in(definition, made))
    return _write_version(session, actor, case, found.document, made, found.version.number + 1, happened_on)


def close_document(
    session: Session, actor: Actor, document_id: int, *, seen_version: int | None, closed_on: date
) -> Document:
    """No longer in force: replaced, or its time is over. It stays readable."""
    found, case = open_document(session, actor, document_id, lock=True)
    if seen_version is not None and found.version.number != seen_version:
        raise Stale()
    check_day(session, case, found.kind, closed_on)
    check_open(found.document)
    if closed_on < found.document.opened_on:
        raise Refused("before_last_version", day=closed_on.isoformat(), written=found.document.opened_on.isoformat())
    found.document.closed_on = closed_on
    session.flush()
    write_trail(
        session, actor, "document_closed", case=case, happened_on=closed_on,
        detail={"document": document_id, "kind": found.document.kind},
    )  # fmt: skip
    return found.document


def check_day(session: Session, case: Case, kind: DocumentKind, on: date) -> None:
    """A day the case has had; only a report may still be written after the end."""
    if case.status == "ended" and not kind.after_end:
        raise Refused("case_ended", day=str(case.ended_on))
    if on > today(session):
        raise Refused("in_the_future", day=on.isoformat(), today=today(session).isoformat())
    if on < case.opened_on:
        raise Refused("before_opening", day=on.isoformat(), opened=case.opened_on.isoformat())


def check_open(document: Document) -> None:
    if document.closed_on is not None:
        raise Refused("document_closed", day=document.closed_on.isoformat())


def _write_version(
    session: Session, actor: Actor, case: Case, document: Document, content: Content, number: int, happened_on: date
) -> DocumentVersion:
    kind = document_kinds.latest(document.kind)
    decided = newest_disclosure(session, case.id, document.employer_id) if document.employer_id else None
    around = circumstances_of(case.participant, document.employer_id, decided, today(session))
    text = keep_text(session, case.participant, "document", json.dumps(content, ensure_ascii=False))
    version = DocumentVersion(
        document_id=document.id,
        number=number,
        definition_version=kind.version,
        text_id=text.id,
        complete=not missing(kind, content, told=around.told),
        happened_on=happened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(version)
    session.flush()
    write_trail(
        session, actor, "document_started" if number == 1 else "document_changed", case=case,
        happened_on=happened_on, text=text,
        detail={"document": document.id, "kind": document.kind, "version": number, "employer": document.employer_id},
    )  # fmt: skip
    return version


def _employer(session: Session, actor: Actor, case: Case, kind: DocumentKind, employer_id: int | None) -> int | None:
    """Before she has decided what a workplace may know, nothing is agreed with it."""
    if kind.about != "employer":
        return None
    if employer_id is None:
        raise Refused("document_needs_employer", field="employer")
    employer = access_employer(session, actor, employer_id)
    if employer.office_id != case.office_id:
        raise NotFound()
    if newest_disclosure(session, case.id, employer.id) is None:
        raise Refused("disclosure_needed")
    return employer.id


def _check_period(kind: DocumentKind, from_on: date | None, until_on: date | None) -> None:
    if kind.about != "period":
        return
    if from_on is None or until_on is None:
        raise Refused("document_needs_period", field="from_on")
    if until_on < from_on:
        raise Refused("document_period_order", field="until_on")


def _check_only_one(session: Session, case: Case, kind: str, employer_id: int | None) -> None:
    """What is agreed anew is a new version of what there is. Two who begin at once wait for each other here."""
    session.execute(select(Case.id).where(Case.id == case.id).with_for_update(key_share=True))
    same = select(Document.id).where(
        Document.case_id == case.id,
        Document.kind == kind,
        Document.employer_id == employer_id if employer_id else Document.employer_id.is_(None),
        Document.closed_on.is_(None),
    )
    if session.scalar(same.limit(1)) is not None:
        raise Refused("document_exists")


def _running_job(session: Session, case_id: int, employer_id: int) -> int | None:
    return session.scalar(
        select(Job.id)
        .where(Job.case_id == case_id, Job.employer_id == employer_id, Job.ended_on.is_(None), ~Job.voided)
        .order_by(Job.started_on.desc(), Job.id.desc())
        .limit(1)
    )
