"""Needs outside work: which service is responsible, when the appointment is, and what must be sorted out first."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from se_engine.actions.partners import partner_of_office
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_need
from se_engine.records.cases import Case
from se_engine.records.needs import Need
from se_engine.records.texts import KeptText
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.needs import AREAS, ENDED, LONGEST_NEED, STATUSES
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def note_need(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    area: str,
    noted_on: date,
    words: str = "",
    partner_id: int | None = None,
    appointment_on: date | None = None,
    sort_first: bool = False,
    kept: bool = False,
) -> Need:
    """Something that must be in place outside work. With a day it is an appointment, without one it is open."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, noted_on)
    check_code("area", area, AREAS)
    partner = partner_of_office(session, case, partner_id)
    text = _short_text(session, case, words, kept=kept)
    need = Need(
        case_id=case.id,
        area=area,
        partner_id=partner.id if partner else None,
        sort_first=sort_first,
        rank=_last_rank(session, case.id) + 1 if sort_first else None,
        status="appointed" if appointment_on else "open",
        appointment_on=appointment_on,
        noted_on=noted_on,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(need)
    session.flush()
    write_trail(session, actor, "need_noted", case=case, happened_on=noted_on, text=text, detail=_codes(need))
    return need


def change_need(
    session: Session,
    actor: Actor,
    need_id: int,
    *,
    seen_version: int | None,
    status: str,
    on: date,
    words: str = "",
    partner_id: int | None = None,
    appointment_on: date | None = None,
    sort_first: bool = False,
    kept: bool = False,
) -> Need:
    """Where it stands now. Words that are left out stay as they were; in place or not needed ends it."""
    need, case = access_need(session, actor, need_id)
    if seen_version is not None and need.version != seen_version:
        raise Stale()
    check_working_day(session, case, on)
    check_code("status", status, STATUSES)
    if status == "appointed" and appointment_on is None:
        raise Refused("appointment_needs_a_day")
    if on < need.noted_on:
        raise Refused("before_noted", day=on.isoformat(), noted=need.noted_on.isoformat())
    partner = partner_of_office(session, case, partner_id)
    text = _short_text(session, case, words, kept=kept)
    first = sort_first and status not in ENDED
    need.partner_id, need.appointment_on = partner.id if partner else None, appointment_on
    need.status, need.ended_on = status, on if status in ENDED else None
    need.rank = (need.rank or _last_rank(session, case.id) + 1) if first else None
    need.sort_first = sort_first
    need.text_id = text.id if text else need.text_id
    write_trail(session, actor, "need_changed", case=case, happened_on=on, text=text, detail=_codes(need))
    session.flush()
    return need


def sort_earlier(session: Session, actor: Actor, need_id: int) -> Need:
    """One place up in what is sorted out first; she says the order."""
    need, case = access_need(session, actor, need_id)
    first = list(session.scalars(_sorted_first(case.id)))
    place = first.index(need) if need in first else 0
    if place:
        first[place - 1], first[place] = need, first[place - 1]
        for rank, one in enumerate(first, 1):
            one.rank = rank
        write_trail(session, actor, "need_sorted", case=case, detail=_codes(need))
        session.flush()
    return need


def _sorted_first(case_id: int) -> Select[Need]:
    return (
        select(Need)
        .where(Need.case_id == case_id, Need.sort_first, Need.status.not_in(ENDED))
        .order_by(Need.rank, Need.id)
    )


def _last_rank(session: Session, case_id: int) -> int:
    return max((need.rank or 0 for need in session.scalars(_sorted_first(case_id))), default=0)


def _short_text(session: Session, case: Case, words: str, *, kept: bool) -> KeptText | None:
    if len(words.strip()) > LONGEST_NEED:
        raise Refused("need_too_long", longest=LONGEST_NEED)
    check_words(session, case, kept=kept, words=words)
    return keep_note(session, case.participant, "need", words)


def _codes(need: Need) -> dict[str, str | int | None]:
    return {"need": need.id, "area": need.area, "status": need.status, "rank": need.rank, "partner": need.partner_id}
