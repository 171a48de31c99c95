"""Whether a contact with others told more of her than she has allowed: refused, or recorded with the reason."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.disclosures import check_may_tell
from se_engine.actions.partners import check_may_share, partner_of_office
from se_engine.records.cases import Case
from se_engine.records.participants import Consent
from se_engine.rules.contacts import HELD, WITH_EMPLOYER, Meeting, Note, is_success
from se_engine.rules.errors import Refused

TOO_MUCH = ("disclosure_needed", "told_not_allowed", "consent_needed", "partner_consent_needed")
CONSENT = {"family": "share_family_practical"}
"""Whom we speak with about her only when she has said so, and the line of consent that says it."""


def check_telling(session: Session, case: Case | None, note: Note) -> bool:
    """True where it was told all the same: what has happened is recorded with its reason, and the supervisor hears."""
    if case is None:
        return False
    try:
        _check(session, case, note)
    except Refused as refused:
        if refused.reason.code not in TOO_MUCH or not note.told_because.strip():
            raise
        return True
    return False


def check_partner(session: Session, case: Case | None, meeting: Meeting) -> bool:
    """The same of a meeting ahead with a partner: True where she has not said yes and a reason is given."""
    if case is None or meeting.partner_id is None:
        return False
    partner_of_office(session, case, meeting.partner_id)
    try:
        check_may_share(session, case, meeting.partner_id, "meetings", on=meeting.happened_on)
    except Refused:
        if not meeting.told_because.strip():
            raise
        return True
    return False


def _check(session: Session, case: Case, note: Note) -> None:
    there = is_success(note.status, note.participant_present)
    if note.kind in WITH_EMPLOYER and note.employer_id is not None:
        named = note.named or bool(note.told) or (note.kind == "three_way" and there)
        check_may_tell(session, case, note.employer_id, note.told, named=named, on=note.happened_on)
    if note.partner_id is not None:
        partner_of_office(session, case, note.partner_id)
        if note.status == HELD:
            check_may_share(session, case, note.partner_id, "meetings", on=note.happened_on)
    line = CONSENT.get(note.kind)
    if line and note.status == HELD and not there and not _has_said_yes(session, case, line, note):
        raise Refused("consent_needed")


def _has_said_yes(session: Session, case: Case, line: str, note: Note) -> bool:
    newest = (
        select(Consent.answer, Consent.valid_until)
        .where(
            Consent.participant_id == case.participant_id,
            Consent.line == line,
            Consent.happened_on <= note.happened_on,
        )
        .order_by(Consent.happened_on.desc(), Consent.id.desc())
    )
    row = session.execute(newest.limit(1)).first()
    return row is not None and row.answer == "yes" and (row.valid_until is None or row.valid_until >= note.happened_on)
