"""Meetings before they happen: planned, moved, called off, and the invitation to them."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from se_engine.actions.contact_rows import (
    About,
    about,
    case_of,
    check_time_is_free,
    follows,
    keep_part,
    keep_parts,
    planned,
    whose,
)
from se_engine.actions.interpreters import check_ordering, order_anew, write_wish
from se_engine.actions.requests import notify_supervisor
from se_engine.actions.safe_text import check_nobody_named, check_words
from se_engine.actions.telling import check_partner
from se_engine.actions.trail import Detail, write_trail
from se_engine.clock import now, today
from se_engine.queries.contact_texts import newest_parts
from se_engine.queries.interpreters import must_decide
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.texts import KeptText
from se_engine.rules.contacts import CANCELLERS, PLANNED, Meeting, check_meeting
from se_engine.rules.errors import Refused
from se_engine.rules.interpreters import InterpreterWish
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

WITH_HER = ("participant", "three_way")
"""Meetings at which she is expected."""


def plan_meeting(
    session: Session,
    actor: Actor,
    case_id: int | None,
    meeting: Meeting,
    *,
    interpreter: InterpreterWish | None = None,
    collision_known: bool = False,
    kept: bool = False,
) -> Contact:
    """A meeting ahead, with its interpreter; without a case one with an employer alone."""
    place = about(session, actor, case_id, meeting.employer_id, meeting.track_id)
    _check(session, place, meeting, interpreter, kept=kept)
    if place.case is not None and place.case.status == "ended":
        raise Refused("case_ended", day=str(place.case.ended_on))
    if interpreter is None and _must_decide(session, place.case, meeting):
        raise Refused("interpreter_decision_needed")
    without_consent = check_partner(session, place.case, meeting)
    user_id = whose(session, actor, place.office_id, meeting.user_id)
    if not collision_known:
        day, time, minutes = meeting.happened_on, meeting.starts_at, meeting.minutes
        check_time_is_free(session, day, time, minutes, user_id=user_id, case_id=case_id)
    contact = Contact(
        office_id=place.office_id,
        case_id=case_id,
        user_id=user_id,
        status=PLANNED,
        shared=True,
        source="app",
        chain_id=follows(session, place.case, place.employer_id, meeting.kind, meeting.happened_on),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    _fill(contact, place, meeting)
    session.add(contact)
    session.flush()
    texts = keep_parts(session, actor, place.case, contact, _words(meeting, without_consent))
    write_trail(
        session, actor, "contact_planned", case=place.case, happened_on=meeting.happened_on,
        text=texts.get("agenda"), detail={
            "contact": contact.id, "kind": contact.kind, "at": contact.starts_at, "partner": contact.partner_id,
        },
    )  # fmt: skip
    if without_consent and place.case is not None:
        _tell_supervisor(session, actor, place.case, contact, texts.get("told_because"))
    if interpreter is not None and place.case is not None:
        write_wish(session, actor, place.case, contact, interpreter)
    session.flush()
    return contact


def change_meeting(
    session: Session,
    actor: Actor,
    contact_id: int,
    meeting: Meeting,
    *,
    seen_version: int | None = None,
    interpreter: InterpreterWish | None = None,
    collision_known: bool = False,
    kept: bool = False,
) -> Contact:
    """Another time, place or anything else of a meeting ahead; an interpreter ordered for the old time is not for this.

    `meeting` is the whole of it as it shall be now.
    """
    contact = planned(session, actor, contact_id, seen_version)
    place = about(session, actor, contact.case_id, meeting.employer_id, meeting.track_id)
    _check(session, place, meeting, interpreter, kept=kept)
    user_id = contact.user_id
    if meeting.user_id not in (None, user_id):
        user_id = whose(session, actor, place.office_id, meeting.user_id)
    if not collision_known:
        day, time, minutes = meeting.happened_on, meeting.starts_at, meeting.minutes
        check_time_is_free(session, day, time, minutes, user_id=user_id, case_id=contact.case_id, other_than=contact.id)
    without_consent = check_partner(session, place.case, meeting)
    told_before = contact.partner_id == meeting.partner_id and newest_parts(session, contact.id).get("told_because")
    before = (contact.happened_on, contact.starts_at)
    contact.user_id = user_id
    _fill(contact, place, meeting)
    session.flush()
    moved = before != (contact.happened_on, contact.starts_at)
    texts = _keep_changed_parts(session, actor, place.case, contact, _words(meeting, without_consent))
    if without_consent and place.case is not None and not told_before:
        _tell_supervisor(session, actor, place.case, contact, texts.get("told_because"))
    detail: Detail = {
        "contact": contact.id, "partner": contact.partner_id, "from": f"{before[0]}T{before[1] or '-'}",
        "to": f"{contact.happened_on}T{contact.starts_at or '-'}",
    }  # fmt: skip
    write_trail(session, actor, "contact_moved", case=place.case, happened_on=contact.happened_on, detail=detail)
    if place.case is not None:
        if interpreter is not None:
            write_wish(session, actor, place.case, contact, interpreter)
        elif moved:
            order_anew(session, actor, place.case, contact)
    session.flush()
    return contact


def cancel_meeting(
    session: Session,
    actor: Actor,
    contact_id: int,
    *,
    by: str,
    why: str,
    seen_version: int | None = None,
    kept: bool = False,
) -> Contact:
    """Called off before it began: by whom, and why. It stays, and counts as no contact."""
    contact = planned(session, actor, contact_id, seen_version)
    check_code("cancelled_by", by, CANCELLERS)
    if not why.strip():
        raise Refused("reason_needed")
    case = case_of(session, actor, contact)
    texts = {}
    if case is not None:
        check_words(session, case, kept=kept, why=why)
        texts = keep_parts(session, actor, case, contact, {"cancelled_because": why})
    else:
        check_nobody_named(session, contact.office_id, confirmed=True, why=why)
        contact.reason = why.strip()
    contact.status, contact.cancelled_by, contact.completed_at = "cancelled", by, now(session)
    write_trail(
        session, actor, "contact_cancelled", case=case, happened_on=contact.happened_on,
        text=texts.get("cancelled_because"), detail={"contact": contact.id, "by": by},
    )  # fmt: skip
    session.flush()
    return contact


def keep_invitation(session: Session, actor: Actor, contact_id: int, text: str) -> Contact:
    """The invitation as it was sent."""
    contact = planned(session, actor, contact_id, None)
    case = case_of(session, actor, contact)
    if case is None:
        raise Refused("case_needed_for_contact")
    check_words(session, case, kept=True, invitation=text)
    kept = keep_parts(session, actor, case, contact, {"invitation": text})
    write_trail(
        session, actor, "invitation_kept", case=case, text=kept.get("invitation"), detail={"contact": contact.id}
    )
    return contact


def _check(
    session: Session, place: About, meeting: Meeting, interpreter: InterpreterWish | None, *, kept: bool
) -> None:
    """Shape and words; the workplace a track brings counts as named."""
    named = replace(meeting, employer_id=place.employer_id)
    check_meeting(named, today(session), with_case=place.case is not None)
    if place.case is not None:
        words = {"agenda": meeting.agenda, "place": meeting.place, "told_because": meeting.told_because}
        check_words(session, place.case, kept=kept, **words)
        if interpreter is not None:
            check_ordering(session, place.case, interpreter, kept=kept)


def _must_decide(session: Session, case: Case | None, meeting: Meeting) -> bool:
    if case is None:
        return False
    return must_decide(session, case.participant, meeting.channel, there=meeting.kind in WITH_HER)


def _fill(contact: Contact, place: About, meeting: Meeting) -> None:
    contact.employer_id, contact.track_id = place.employer_id, place.track_id
    contact.kind, contact.channel, contact.purpose = meeting.kind, meeting.channel, meeting.purpose or None
    contact.happened_on, contact.starts_at, contact.minutes = meeting.happened_on, meeting.starts_at, meeting.minutes
    contact.in_field, contact.partner_id = meeting.in_field, meeting.partner_id


def _words(meeting: Meeting, without_consent: bool) -> dict[str, str]:
    because = meeting.told_because.strip() if without_consent else ""
    return {"agenda": meeting.agenda.strip(), "place": meeting.place.strip(), "told_because": because}


def _keep_changed_parts(
    session: Session, actor: Actor, case: Case | None, contact: Contact, wanted: Mapping[str, str]
) -> dict[str, KeptText]:
    if case is None:
        return {}
    known = newest_parts(session, contact.id)
    changed = {part: words for part, words in wanted.items() if words != (known.get(part) or "")}
    return {part: keep_part(session, actor, case, contact, part, words) for part, words in changed.items()}


def _tell_supervisor(session: Session, actor: Actor, case: Case, contact: Contact, why: KeptText | None) -> None:
    """A partner is met without her consent: with the reason."""
    notify_supervisor(session, actor, case, "partner_without_consent", text=why, contact_id=contact.id)
