"""The services the office works with, and what each may be told about her, topic by topic."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.reviews import recount_review
from se_engine.actions.tasks import check_working_day
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_office, access_partner
from se_engine.queries.partners import newest_consent
from se_engine.records.cases import Case
from se_engine.records.needs import Partner, PartnerConsent
from se_engine.rules import consents
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.identity import check_language
from se_engine.rules.needs import PARTNER_KINDS, TOPICS, may_share
from se_engine.rules.roles import CASEWORK, Actor
from se_engine.rules.safe_text import has_national_number
from se_engine.rules.vocabulary import check_code


def add_partner(
    session: Session, actor: Actor, office_id: int, *, name: str, kind: str, phone: str = "", email: str = ""
) -> Partner:
    """A service or organisation the office works with; never a person, and never twice."""
    office = access_office(session, actor, office_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    wanted = _checked(name, kind, phone, email)
    _check_new(session, office.id, wanted)
    partner = Partner(
        office_id=office.id,
        name=wanted,
        kind=kind,
        phone=phone.strip() or None,
        email=email.strip() or None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(partner)
    session.flush()
    write_trail(session, actor, "partner_added", detail={"partner": partner.id, "kind": kind})
    return partner


def change_partner(
    session: Session, actor: Actor, partner_id: int, *, name: str, kind: str, phone: str = "", email: str = ""
) -> Partner:
    """Another name, number or address of the same service."""
    partner = access_partner(session, actor, partner_id)
    wanted = _checked(name, kind, phone, email)
    if wanted != partner.name:
        _check_new(session, partner.office_id, wanted)
    partner.name, partner.kind = wanted, kind
    partner.phone, partner.email = phone.strip() or None, email.strip() or None
    write_trail(session, actor, "partner_changed", detail={"partner": partner.id, "kind": kind})
    session.flush()
    return partner


def end_partner(session: Session, actor: Actor, partner_id: int) -> Partner:
    """The office works with it no more: it leaves the lists to choose from, and what was recorded stays."""
    partner = access_partner(session, actor, partner_id)
    if partner.ended_on is None:
        partner.ended_on = today(session)
        write_trail(session, actor, "partner_ended", detail={"partner": partner.id})
        session.flush()
    return partner


def _checked(name: str, kind: str, phone: str, email: str) -> str:
    check_code("kind", kind, PARTNER_KINDS)
    wanted = " ".join(name.split())
    if not wanted:
        raise Refused("partner_name_needed")
    if any(has_national_number(text) for text in (name, phone, email)):
        raise Refused("national_number_in_text", field="name")
    return wanted


def _check_new(session: Session, office_id: int, name: str) -> None:
    if session.scalar(select(Partner.id).where(Partner.office_id == office_id, Partner.name == name)):
        raise Refused("partner_known", name=name)


def partner_of_office(session: Session, case: Case, partner_id: int | None) -> Partner | None:
    """The partner a thing about this case names; one of another office is not there."""
    if partner_id is None:
        return None
    partner = session.get(Partner, partner_id)
    if partner is None or partner.office_id != case.office_id:
        raise NotFound()
    return partner


def record_partner_consents(
    session: Session,
    actor: Actor,
    case_id: int,
    partner_id: int,
    *,
    answers: Mapping[str, str],
    happened_on: date,
    valid_until: date | None = None,
    language: str | None = None,
) -> list[PartnerConsent]:
    """Her answers on one partner, a topic each. A yes may run out on a day; no and withdrawn count at once."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, happened_on)
    partner = partner_of_office(session, case, partner_id)
    if partner is None:
        raise NotFound()
    if not answers:
        raise Refused("no_answer_given")
    for topic, answer in answers.items():
        check_code("topic", topic, TOPICS)
        check_code("answer", answer, consents.ANSWERS)
    if valid_until is not None and valid_until < happened_on:
        raise Refused("runs_out_before", day=valid_until.isoformat(), given=happened_on.isoformat())
    if language:
        check_language(language)
    recorded = [
        PartnerConsent(
            case_id=case.id,
            partner_id=partner.id,
            topic=topic,
            answer=answer,
            language=language or None,
            happened_on=happened_on,
            valid_until=valid_until if answer == "yes" else None,
            recorded_by=actor.user_id,
            recorded_at=now(session),
        )
        for topic, answer in answers.items()
    ]
    session.add_all(recorded)
    session.flush()
    told = ",".join(f"{topic}:{answer}" for topic, answer in answers.items())
    write_trail(
        session, actor, "partner_consent_recorded", case=case, happened_on=happened_on,
        detail={"partner": partner.id, "answers": told},
    )  # fmt: skip
    recount_review(session, case.participant_id)
    return recorded


def check_may_share(session: Session, case: Case, partner_id: int, topic: str, *, on: date | None = None) -> None:
    """Refused unless she has said yes to this partner and topic, and the yes still holds on the day."""
    check_code("topic", topic, TOPICS)
    partner = partner_of_office(session, case, partner_id)
    newest = newest_consent(session, case.id, partner_id, topic)
    day = on or today(session)
    if not may_share(newest.answer if newest else None, newest.valid_until if newest else None, day):
        raise Refused("partner_consent_needed", partner=partner.name if partner else "–", topic=topic)
