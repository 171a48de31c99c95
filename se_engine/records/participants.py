"""The participant and what we know of her: languages, schemes, consents, guardian, record fields.

Privacy class, purpose and legal basis stand with each field: for the columns here in `info`, for the rest
of the record in workflows/participant_record/.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, BigId, identity, link


def _info(privacy: str, purpose: str, basis: str = "GDPR 6(1)(e)") -> dict[str, Any]:
    return {"privacy": privacy, "purpose": purpose, "legal_basis": basis, "mark": "K"}


class Participant(Base):
    """The person the service is for. Her name is a text under her own key; no address is stored here."""

    __tablename__ = "participants"
    __table_args__ = (
        UniqueConstraint("office_id", "ref"),
        CheckConstraint("interpreter_need IN ('yes', 'no')", name="interpreter_need"),
        Index("ix_participants_protected", "office_id", "protected"),
    )

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    team_id: Mapped[int | None] = link("teams.id")
    ref: Mapped[str]
    sealed_key: Mapped[bytes | None] = mapped_column(info=_info("key", "opens her texts; gone when erased"))
    name_id: Mapped[int | None] = mapped_column(
        BigId,
        # Texts belong to participants and a participant points to her newest name: a circle, closed last.
        ForeignKey("participant_texts.id", use_alter=True),
        info=_info("ordinary", "to address and recognise her"),
    )
    birth_year: Mapped[int | None] = mapped_column(info=_info("ordinary", "eligibility by age"))
    sex: Mapped[str | None] = mapped_column(info=_info("ordinary", "eligibility and statistics"))
    country: Mapped[str | None] = mapped_column(info=_info("may_reveal", "eligibility and statistics"))
    arrived_year: Mapped[int | None] = mapped_column(info=_info("ordinary", "time in Norway, statistics"))
    highest_education: Mapped[str | None] = mapped_column(info=_info("ordinary", "plan and statistics"))
    interpreter_need: Mapped[str | None] = mapped_column(
        info=_info("may_reveal", "to order an interpreter", "tolkeloven § 6")
    )
    """yes, no, or empty: not yet known."""
    interpreter_known_on: Mapped[date | None] = mapped_column(
        info=_info("ordinary", "to see that it was known before the first meeting")
    )
    """Since when the need, with the language for talks, is known."""
    interpreter_language: Mapped[str | None] = mapped_column(
        info=_info("may_reveal", "to order an interpreter", "tolkeloven § 5")
    )
    protected: Mapped[bool] = mapped_column(default=False, info=_info("safety", "only named persons may see her"))
    specialist_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("users.id"), info=_info("ordinary", "who is to have her case")
    )
    """Whom the referral named; who owns a case stands with the case."""
    referred_on: Mapped[date | None] = mapped_column(info=_info("ordinary", "waiting time"))
    referred_by: Mapped[str | None] = mapped_column(info=_info("ordinary", "intake, statistics"))
    """A code for who referred her: a service, a person near her, herself."""
    decision: Mapped[str | None] = mapped_column(info=_info("ordinary", "intake"))
    decided_on: Mapped[date | None] = mapped_column(info=_info("ordinary", "intake"))
    review_on: Mapped[date | None] = mapped_column(info=_info("ordinary", "to look at consents and levels again"))
    """Until when everything she has agreed to, and every level, is fresh (actions/reviews.py)."""
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class ParticipantLanguage(Base):
    """A language she uses."""

    __tablename__ = "participant_languages"
    __table_args__ = (UniqueConstraint("participant_id", "language"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    language: Mapped[str] = mapped_column(info=_info("may_reveal", "languages as a resource"))
    ordinal: Mapped[int] = mapped_column(default=0)


class LanguageLevel(Base):
    """Her level of Norwegian in one skill on one day, and who says so. Append-only: the newest counts."""

    __tablename__ = "language_levels"
    __table_args__ = (Index("ix_language_levels_skill", "participant_id", "skill", "happened_on"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    skill: Mapped[str] = mapped_column(info=_info("ordinary", "plan, match and progress"))
    level: Mapped[str | None]
    """A1–C2, or empty: asked and not known."""
    source: Mapped[str]
    """test, teacher, own_estimate or import."""
    happened_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class SchemeMembership(Base):
    """A scheme she takes part in, from–to, and what which version of the rules said of it."""

    __tablename__ = "scheme_memberships"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="order"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id", index=True)
    scheme: Mapped[str]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    check_result: Mapped[str] = mapped_column(default="not_checked")
    """not_checked, met, not_met, unknown, or approved (by a supervisor although not met)."""
    rule_version: Mapped[str | None]
    checked_on: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Consent(Base):
    """Her answer to one question of consent on one day. Append-only: the newest per line counts."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_participant_line", "participant_id", "line"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    line: Mapped[str] = mapped_column(info=_info("ordinary", "what may be shared with whom", "GDPR 6(1)(a)"))
    """One of the standard lines, or `other` with the party named in the text."""
    answer: Mapped[str]
    """yes, no or withdrawn."""
    form: Mapped[str]
    """written, oral or interpreter."""
    language: Mapped[str | None]
    happened_on: Mapped[date]
    valid_until: Mapped[date | None]
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Guardian(Base):
    """For a participant under 18: that a guardian has consented, when, and the name apart as a text."""

    __tablename__ = "guardians"

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id", index=True)
    name_id: Mapped[int | None] = link("participant_texts.id")
    consented_on: Mapped[date] = mapped_column(info=_info("third_party", "consent for a minor"))
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class FieldValue(Base):
    """One answer to one field of the record (workflows/participant_record). Append-only: the newest per entry counts.

    Codes of ordinary fields stand in `code`; words, and every answer that may reveal something, are sealed.
    """

    __tablename__ = "field_values"
    __table_args__ = (Index("ix_field_values_participant_field", "participant_id", "field"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    field: Mapped[str]
    entry: Mapped[int] = mapped_column(default=1)
    code: Mapped[str | None]
    text_id: Mapped[int | None] = link("participant_texts.id")
    """Both empty: the answer was taken back."""
    happened_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class NamedReader(Base):
    """Who may see a protected participant: these persons, and nobody by role."""

    __tablename__ = "named_readers"
    __table_args__ = (UniqueConstraint("participant_id", "user_id"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    user_id: Mapped[int] = link("users.id", index=True)
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
