"""The notes of an audit for those who rate: what counts, what was put right or taken back, and who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.access_audits import access_as
from se_engine.queries.audit_charter import framework_of
from se_engine.queries.audit_samples import standing_cases
from se_engine.queries.people import people_of
from se_engine.queries.texts import open_text
from se_engine.records.audit_ratings import AuditNote, AuditNoteItem
from se_engine.records.audits import Audit, AuditCase
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class NoteLine:
    note: AuditNote
    words: str | None
    """None where they were taken away with everything else of hers."""
    items: tuple[str, ...]
    number: int | None
    """Of the sampled case it is about."""
    who: str
    earlier: int
    """How many versions it took the place of."""

    @property
    def id(self) -> int:
        return self.note.id


@dataclass(frozen=True)
class NotesPage:
    audit: Audit
    framework: Framework
    notes: tuple[NoteLine, ...]
    """Those that count, the newest first."""
    voided: tuple[NoteLine, ...]
    """Those that were taken back, with the reason in the place of the words."""
    read: tuple[tuple[Case, int], ...]
    """The cases of which something was opened, each with its number: a look at them."""

    def note(self, note_id: int) -> NoteLine:
        for line in self.notes:
            if line.id == note_id:
                return line
        raise NotFound()


def notes_page(
    session: Session, actor: Actor, audit_id: int, *, item: str | None = None, number: int | None = None
) -> NotesPage:
    """Every note, or those tagged with one item, or about one case."""
    audit = access_as(session, actor, audit_id, *RATERS)
    rows = list(session.scalars(select(AuditNote).where(AuditNote.audit_id == audit.id).order_by(AuditNote.id)))
    items = _items_of(session, audit.id)
    numbers = _numbers_of(session, audit.id)
    replaced = {row.follows_id for row in rows if row.follows_id}
    depths: dict[int, int] = {}
    for row in rows:
        depths[row.id] = depths[row.follows_id] + 1 if row.follows_id else 0
    standing = [row for row in rows if row.id not in replaced and _asked(row, items, numbers, item, number)]
    words = _sealed_words(session, [row.text_id for row in standing if row.text_id])
    names = people_of(session, {row.recorded_by for row in standing if row.recorded_by})
    lines = [
        NoteLine(
            note=row,
            words=words.get(row.text_id) if row.text_id else row.words,
            items=items.get(row.id, ()),
            number=numbers.get(row.audit_case_id or 0),
            who=names.get(row.recorded_by or 0, ""),
            earlier=depths[row.id],
        )
        for row in reversed(standing)
    ]
    return NotesPage(
        audit=audit,
        framework=framework_of(audit),
        notes=tuple(line for line in lines if not line.note.voided),
        voided=tuple(line for line in lines if line.note.voided),
        read=_cases_read(session, [line for line in lines if line.note.text_id]),
    )


def _asked(
    row: AuditNote,
    items: dict[int, tuple[str, ...]],
    numbers: dict[int, int],
    item: str | None,
    number: int | None,
) -> bool:
    if item is not None and item not in items.get(row.id, ()):
        return False
    return number is None or numbers.get(row.audit_case_id or 0) == number


def _items_of(session: Session, audit_id: int) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(AuditNoteItem.note_id, AuditNoteItem.item)
        .join(AuditNote, AuditNote.id == AuditNoteItem.note_id)
        .where(AuditNote.audit_id == audit_id)
        .order_by(AuditNoteItem.id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.note_id, []).append(row.item)
    return {number: tuple(items) for number, items in found.items()}


def _numbers_of(session: Session, audit_id: int) -> dict[int, int]:
    rows = session.execute(select(AuditCase.id, AuditCase.number).where(AuditCase.audit_id == audit_id))
    return {row.id: row.number for row in rows}


def _sealed_words(session: Session, ids: Sequence[int]) -> dict[int, str | None]:
    """Each opened with the key of the participant it is about."""
    if not ids:
        return {}
    rows = session.execute(
        select(ParticipantText.id, ParticipantText.kind, ParticipantText.sealed, Participant.sealed_key)
        .join(Participant, Participant.id == ParticipantText.participant_id)
        .where(ParticipantText.id.in_(ids))
    )
    return {row.id: open_text(session, row.sealed_key, row.kind, row.sealed) for row in rows}


def _cases_read(session: Session, lines: Sequence[NoteLine]) -> tuple[tuple[Case, int], ...]:
    numbers = {line.note.audit_case_id: line.number for line in lines}
    if not numbers:
        return ()
    rows = session.execute(
        select(AuditCase.id, Case).join(Case, Case.id == AuditCase.case_id).where(AuditCase.id.in_(numbers))
    )
    return tuple((row[1], numbers[row[0]] or 0) for row in rows)


def sampled_numbers(session: Session, actor: Actor, audit_id: int) -> list[int]:
    """The numbers of the cases that a note or an appointment may be about."""
    audit = access_as(session, actor, audit_id, *RATERS)
    return [row.number for row in standing_cases(session, audit.id)]
