"""What documents ask for: the next interim report, her comment when the day has come, approvals that are waited for."""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from se_engine.queries.documents import circumstances_of, happening, kind_of
from se_engine.records.cases import Case
from se_engine.records.documents import Document, DocumentEvent, DocumentVersion
from se_engine.records.participants import Participant
from se_engine.records.tracks import Disclosure
from se_engine.rules.documents import Happening, remind_on, standing
from se_engine.rules.reminders import Due

APPROVAL_DAYS = 7
"""So long a complete document may lie before somebody is reminded of it."""


def dues(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    """Four statements, however many cases there are."""
    return [*_reports(session, cases, on), *_of_open_documents(session, cases, on)]


def _reports(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    last = (
        select(Document.case_id, func.max(Document.until_on).label("until_on"))
        .where(Document.kind == "interim_report")
        .group_by(Document.case_id)
        .subquery()
    )
    rows = session.execute(
        select(Case.id, Case.opened_on, last.c.until_on)
        .outerjoin(last, last.c.case_id == Case.id)
        .where(cases, Case.status == "active")
    )
    days = ((row.id, remind_on(row.opened_on, row.until_on)) for row in rows)
    return [Due(case_id, "interim_report", day, "documents/new/interim_report") for case_id, day in days if day <= on]


def _of_open_documents(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    newest = (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number).label("number"))
        .group_by(DocumentVersion.document_id)
        .subquery()
    )
    rows = session.execute(
        select(Document, DocumentVersion, Participant, Case.status)
        .join(Case, Case.id == Document.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .join(newest, newest.c.document_id == Document.id)
        .join(
            DocumentVersion,
            (DocumentVersion.document_id == Document.id) & (DocumentVersion.number == newest.c.number),
        )
        .where(cases, Document.closed_on.is_(None), DocumentVersion.complete)
        .order_by(Document.id)
    ).all()
    happened, decided = _happenings(session, cases), _decided(session, cases)
    found = []
    for document, version, person, status in rows:
        around = circumstances_of(
            person, document.employer_id, decided.get((document.case_id, document.employer_id)), on
        )
        stands = standing(
            kind_of(version, document), around, happened[document.id], number=version.number, complete=True,
            closed=False, on=on,
        )  # fmt: skip
        waited_for = version.happened_on + timedelta(days=APPROVAL_DAYS)
        if stands.waiting_for and status != "ended" and waited_for <= on:
            found.append(Due(document.case_id, "approval_waiting", waited_for, f"documents/{document.id}"))
        if stands.comment_by and stands.comment_by <= on:
            found.append(
                Due(document.case_id, "comment_deadline", stands.comment_by, f"documents/{document.id}/comment")
            )
    return found


def _happenings(session: Session, cases: ColumnElement[bool]) -> dict[int, list[Happening]]:
    rows = session.execute(
        select(DocumentEvent, DocumentVersion.number)
        .join(DocumentVersion, DocumentVersion.id == DocumentEvent.version_id)
        .join(Document, Document.id == DocumentEvent.document_id)
        .join(Case, Case.id == Document.case_id)
        .where(cases, Document.closed_on.is_(None))
        .order_by(DocumentEvent.id)
    )
    found: dict[int, list[Happening]] = defaultdict(list)
    for event, number in rows:
        found[event.document_id].append(happening(event, number))
    return found


def _decided(session: Session, cases: ColumnElement[bool]) -> dict[tuple[int, int | None], Disclosure]:
    """What each employer may be told, by case and employer; the newest decision comes last."""
    rows = session.scalars(
        select(Disclosure)
        .join(Case, Case.id == Disclosure.case_id)
        .where(cases)
        .order_by(Disclosure.happened_on, Disclosure.id)
    )
    return {(row.case_id, row.employer_id): row for row in rows}
