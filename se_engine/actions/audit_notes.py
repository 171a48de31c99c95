"""What auditors note from cases, talks and observations: written, corrected, and taken back with a reason.

A note about a sampled case is about a participant, so its words are sealed under her key like every other text of hers.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import LONGEST, keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access_audits import access_as, access_audit_case, case_of
from se_engine.queries.audit_charter import framework_of
from se_engine.records.audit_ratings import AuditAppointment, AuditNote, AuditNoteItem
from se_engine.records.audits import Audit, AuditCase
from se_engine.records.base import write_row
from se_engine.records.cases import Case
from se_engine.rules.audit_notes import NOTED_IN, Note, check_note, without_doubles
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from se_engine.rules.roles import Actor


def write_note(
    session: Session,
    actor: Actor,
    audit_id: int,
    note: Note,
    *,
    case_number: int | None = None,
    appointment_id: int | None = None,
    kept: bool = False,
) -> AuditNote:
    """What one source said or showed, tagged with the items it tells of."""
    audit = _open(session, actor, audit_id)
    if appointment_id is not None:
        _check_appointment(session, audit, appointment_id)
    about = _sampled(session, actor, audit, case_number)
    row = _write(session, actor, audit, note, about, kept=kept, appointment_id=appointment_id)
    _tell(session, actor, "audit_noted", row, about)
    return row


def correct_note(
    session: Session, actor: Actor, audit_id: int, note_id: int, note: Note, *, kept: bool = False
) -> AuditNote:
    """The same note, put right: a new row in its place, about the same case. Only by whoever wrote it."""
    audit = _open(session, actor, audit_id)
    old = _own_note(session, actor, audit, note_id)
    about = _case_of(session, old)
    row = _write(
        session, actor, audit, replace(note, source=old.source), about, kept=kept, follows_id=old.id,
        appointment_id=old.appointment_id,
    )  # fmt: skip
    _tell(session, actor, "audit_note_corrected", row, about)
    return row


def void_note(session: Session, actor: Actor, audit_id: int, note_id: int, *, why: str) -> AuditNote:
    """Taken back with a reason; what stood there stays in the history."""
    audit = _open(session, actor, audit_id)
    old = _own_note(session, actor, audit, note_id)
    if not why.strip():
        raise Refused("reason_needed")
    about = _case_of(session, old)
    check_audit_words(session, audit, her=about[1].participant if about else None, why=why)
    kept = _kept_words(session, about, why)
    number = write_row(
        session, AuditNote, audit_id=audit.id, follows_id=old.id, voided=True, source=old.source,
        appointment_id=old.appointment_id, audit_case_id=old.audit_case_id, happened_on=old.happened_on,
        recorded_by=actor.user_id, recorded_at=now(session), **kept,
    )  # fmt: skip
    row = session.get_one(AuditNote, number)
    _tell(session, actor, "audit_note_voided", row, about)
    return row


About = tuple[AuditCase, Case]


def _open(session: Session, actor: Actor, audit_id: int) -> Audit:
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step not in NOTED_IN:
        raise Refused("not_noted_now")
    return audit


def _sampled(session: Session, actor: Actor, audit: Audit, number: int | None) -> About | None:
    """The case it is about, through the door of the sample."""
    if number is None:
        return None
    _, chosen, case = access_audit_case(session, actor, audit.id, number)
    return chosen, case


def _case_of(session: Session, note: AuditNote) -> About | None:
    if note.audit_case_id is None:
        return None
    chosen = session.get_one(AuditCase, note.audit_case_id)
    return chosen, case_of(session, chosen.case_id)


def _check_appointment(session: Session, audit: Audit, appointment_id: int) -> None:
    found = session.get(AuditAppointment, appointment_id)
    if found is None or found.audit_id != audit.id:
        raise NotFound()


def _own_note(session: Session, actor: Actor, audit: Audit, note_id: int) -> AuditNote:
    note = session.get(AuditNote, note_id)
    if note is None or note.audit_id != audit.id:
        raise NotFound()
    if note.recorded_by != actor.user_id:
        raise NotPermitted("note_of_another")
    if note.voided or session.scalar(select(exists().where(AuditNote.follows_id == note.id))):
        raise Stale()
    return note


def _write(
    session: Session,
    actor: Actor,
    audit: Audit,
    note: Note,
    about: About | None,
    *,
    kept: bool,
    appointment_id: int | None,
    follows_id: int | None = None,
) -> AuditNote:
    framework = framework_of(audit)
    known = {*framework.rateable_by_key, *framework.item_by_key}
    check_note(note, about_case=about is not None, known=sorted(known), on=today(session))
    her = about[1].participant if about else None
    check_audit_words(session, audit, her=her, words=note.words)
    if about:
        check_words(session, about[1], kept=kept, words=note.words)
    number = write_row(
        session, AuditNote, audit_id=audit.id, follows_id=follows_id, source=note.source,
        appointment_id=appointment_id, audit_case_id=about[0].id if about else None, happened_on=note.happened_on,
        language=note.language or None, interpreter=note.interpreter, may_quote=note.may_quote, score=note.score,
        recorded_by=actor.user_id, recorded_at=now(session), **_kept_words(session, about, note.words),
    )  # fmt: skip
    for item in without_doubles(note.items):
        write_row(session, AuditNoteItem, note_id=number, item=item)
    return session.get_one(AuditNote, number)


def _kept_words(session: Session, about: About | None, words: str) -> dict[str, Any]:
    """Sealed where they are about a participant, else plain."""
    if len(words) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    if about is None:
        return {"words": words.strip() or None}
    text = keep_note(session, about[1].participant, "audit_note", words)
    return {"text_id": text.id if text else None}


def _tell(session: Session, actor: Actor, what: str, row: AuditNote, about: About | None) -> None:
    detail: dict[str, str | int | None] = {"audit": row.audit_id, "note": row.id, "source": row.source}
    write_trail(session, actor, what, case=about[1] if about else None, happened_on=row.happened_on, detail=detail)
