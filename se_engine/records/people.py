"""Accounts, and the facts about staff that caseload and quality indicators need."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link
from se_engine.rules.roles import Role


class User(Base):
    """An account. Without `password_hash` it has been added but not invited, and cannot sign in."""

    __tablename__ = "users"

    id: Mapped[int] = identity()
    email: Mapped[str] = mapped_column(unique=True)
    """In lower case."""
    name: Mapped[str]
    role: Mapped[str]
    office_id: Mapped[int | None] = link("offices.id", index=True)
    team_id: Mapped[int | None] = link("teams.id")
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="nb")
    phone: Mapped[str | None]
    """At work: stands on the sheets of her participants."""
    digest: Mapped[str] = mapped_column(default="daily", server_default="daily")
    """How often an e-mail says what is due: daily, weekly or never."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration

    @property
    def role_of(self) -> Role:
        return Role(self.role)


class UserPhoto(Base):
    """A picture of the specialist, so that a participant who does not read knows whom to ask for."""

    __tablename__ = "user_photos"
    __table_args__ = (UniqueConstraint("user_id"),)

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id")
    media_type: Mapped[str]
    picture: Mapped[bytes]
    recorded_at: Mapped[datetime]


class CalendarFeed(Base):
    """An address that a calendar program reads without signing in; only the digest of its secret is kept."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id", index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SentDigest(Base):
    """The e-mail of one day to one person: written before it is sent, so that it is never sent twice."""

    __tablename__ = "sent_digests"
    __table_args__ = (UniqueConstraint("user_id", "on_day"),)

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id")
    on_day: Mapped[date]
    due: Mapped[int]
    claimed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class StaffShare(Base):
    """How much of full time someone works, and how much of that with SE, from–to."""

    __tablename__ = "staff_shares"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100 AND se_percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="order"),
    )

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id", index=True)
    percent: Mapped[int]
    se_percent: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Absence(Base):
    """When someone is away, and who stands in. The reason is nobody's business."""

    __tablename__ = "absences"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="order"),)

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id", index=True)
    substitute_id: Mapped[int | None] = link("users.id", index=True)
    proposed_id: Mapped[int | None] = mapped_column(BigInteger)
    """Whom the one who is away would like to stand in: opens nothing before a supervisor has agreed."""
    from_on: Mapped[date]
    until_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class GroupSupervision(Base):
    __tablename__ = "group_supervisions"

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id", index=True)
    held_on: Mapped[date]
    minutes: Mapped[int]
    led_by: Mapped[int | None] = link("users.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class SupervisionAttendance(Base):
    __tablename__ = "supervision_attendance"
    __table_args__ = (UniqueConstraint("group_supervision_id", "user_id"),)

    id: Mapped[int] = identity()
    group_supervision_id: Mapped[int] = link("group_supervisions.id")
    user_id: Mapped[int] = link("users.id")
