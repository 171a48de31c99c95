"""The partners of an office, and what each may be told about one participant: a grid of partner and topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_partner
from se_engine.records.needs import Partner, PartnerConsent
from se_engine.rules.errors import NotPermitted
from se_engine.rules.needs import TOPICS, consent_state, may_share
from se_engine.rules.roles import CASEWORK, Actor


@dataclass(frozen=True)
class PartnerLine:
    id: int
    name: str
    kind: str
    phone: str | None
    email: str | None
    ended_on: date | None
    cases: int
    """In how many cases something may be shared with it or was asked; a number, no names."""


@dataclass(frozen=True)
class TopicAnswer:
    """Her newest answer on a topic; `state` as rules/needs.py has it."""

    topic: str
    state: str
    happened_on: date | None
    valid_until: date | None
    language: str | None
    shared: bool


@dataclass(frozen=True)
class ConsentRow:
    partner_id: int
    partner: str
    kind: str
    topics: tuple[TopicAnswer, ...]

    @property
    def open_topics(self) -> tuple[str, ...]:
        return tuple(answer.topic for answer in self.topics if answer.shared)


def partner_register(session: Session, actor: Actor) -> list[PartnerLine]:
    """The partners of the reader's office, those it still works with first."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    asked = (
        select(PartnerConsent.partner_id, func.count(PartnerConsent.case_id.distinct()).label("cases"))
        .group_by(PartnerConsent.partner_id)
        .subquery()
    )
    rows = session.execute(
        select(Partner, func.coalesce(asked.c.cases, 0))
        .outerjoin(asked, asked.c.partner_id == Partner.id)
        .where(Partner.office_id == actor.office_id)
        .order_by(Partner.ended_on.is_not(None), Partner.name, Partner.id)
    )
    return [_line(partner, cases) for partner, cases in rows]


def partner_line(session: Session, actor: Actor, partner_id: int) -> PartnerLine:
    return _line(access_partner(session, actor, partner_id), 0)


def _line(partner: Partner, cases: int) -> PartnerLine:
    return PartnerLine(partner.id, partner.name, partner.kind, partner.phone, partner.email, partner.ended_on, cases)


def partners_to_choose(session: Session, office_id: int) -> dict[int, str]:
    """Id → name of the partners the office works with now."""
    rows = session.execute(
        select(Partner.id, Partner.name)
        .where(Partner.office_id == office_id, Partner.ended_on.is_(None))
        .order_by(Partner.name, Partner.id)
    )
    return {row.id: row.name for row in rows}


def newest_consent(session: Session, case_id: int, partner_id: int, topic: str) -> PartnerConsent | None:
    """The answer that counts: of the latest day, and of that day the one written last."""
    return session.scalar(
        select(PartnerConsent)
        .where(
            PartnerConsent.case_id == case_id, PartnerConsent.partner_id == partner_id, PartnerConsent.topic == topic
        )
        .order_by(PartnerConsent.happened_on.desc(), PartnerConsent.id.desc())
        .limit(1)
    )


def consent_grid(session: Session, case_id: int, on: date) -> tuple[ConsentRow, ...]:
    """Every partner she was asked about, with her newest answer on each topic: one statement."""
    rows = session.execute(
        select(PartnerConsent, Partner)
        .join(Partner, Partner.id == PartnerConsent.partner_id)
        .where(PartnerConsent.case_id == case_id)
        .order_by(PartnerConsent.happened_on, PartnerConsent.id)
    ).all()
    partners = {partner.id: partner for _, partner in rows}
    newest = {(consent.partner_id, consent.topic): consent for consent, _ in rows}
    by_name: Sequence[Partner] = sorted(partners.values(), key=lambda partner: (partner.name.casefold(), partner.id))
    return tuple(
        ConsentRow(partner.id, partner.name, partner.kind, _topics(partner.id, newest, on)) for partner in by_name
    )


def _topics(partner_id: int, newest: Mapping[tuple[int, str], PartnerConsent], on: date) -> tuple[TopicAnswer, ...]:
    return tuple(_topic(topic, newest.get((partner_id, topic)), on) for topic in TOPICS)


def _topic(topic: str, consent: PartnerConsent | None, on: date) -> TopicAnswer:
    if consent is None:
        return TopicAnswer(topic, "not_asked", None, None, None, shared=False)
    return TopicAnswer(
        topic,
        consent_state(consent.answer, consent.valid_until, consent.happened_on, on),
        consent.happened_on,
        consent.valid_until,
        consent.language,
        shared=may_share(consent.answer, consent.valid_until, on),
    )
