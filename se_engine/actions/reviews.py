"""Until when consents and levels are fresh: kept with the participant, so that lists need not gather them."""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all, update
from sqlalchemy.orm import Session, aliased

from se_engine.queries.day_sql import earliest, plus_days
from se_engine.records.cases import Case
from se_engine.records.needs import PartnerConsent
from se_engine.records.participants import Consent, LanguageLevel, Participant
from se_engine.rules.reviews import CONSENT_DAYS, LEVEL_DAYS


def recount_reviews(session: Session, whose: ColumnElement[bool]) -> None:
    """Counts the day anew for those meant by a condition on Participant; after every new consent or level."""
    session.flush()
    session.execute(_RECOUNT.where(whose), execution_options={"synchronize_session": False})


def recount_review(session: Session, participant_id: int) -> None:
    recount_reviews(session, Participant.id == participant_id)


_newer, _newer_partner = aliased(Consent), aliased(PartnerConsent)
_levels = (
    select(plus_days(func.max(LanguageLevel.happened_on), LEVEL_DAYS).label("due_on"))
    .where(LanguageLevel.participant_id == Participant.id)
    .group_by(LanguageLevel.skill)
    .correlate(Participant)
)
_consents = (
    select(earliest(plus_days(Consent.happened_on, CONSENT_DAYS), Consent.valid_until))
    .where(Consent.participant_id == Participant.id, Consent.answer == "yes")
    .where(
        ~exists().where(
            _newer.participant_id == Consent.participant_id,
            _newer.line == Consent.line,
            or_(
                _newer.happened_on > Consent.happened_on,
                and_(_newer.happened_on == Consent.happened_on, _newer.id > Consent.id),
            ),
        )
    )
    .correlate(Participant)
)
_partners = (
    select(earliest(plus_days(PartnerConsent.happened_on, CONSENT_DAYS), PartnerConsent.valid_until))
    .join(Case, Case.id == PartnerConsent.case_id)
    .where(Case.participant_id == Participant.id, Case.status != "ended", PartnerConsent.answer == "yes")
    .where(
        ~exists().where(
            _newer_partner.case_id == PartnerConsent.case_id,
            _newer_partner.partner_id == PartnerConsent.partner_id,
            _newer_partner.topic == PartnerConsent.topic,
            or_(
                _newer_partner.happened_on > PartnerConsent.happened_on,
                and_(_newer_partner.happened_on == PartnerConsent.happened_on, _newer_partner.id > PartnerConsent.id),
            ),
        )
    )
    .correlate(Participant)
)
_dues = union_all(_levels, _consents, _partners).subquery("dues")
_RECOUNT = update(Participant).values(review_on=select(func.min(_dues.c.due_on)).scalar_subquery())
