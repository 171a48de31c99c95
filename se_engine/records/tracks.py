"""Employer tracks of a case, what may be told there, and the match between her and the place."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Track(Base):
    """One employer relation of one case, with its own small process (workflows/employer_track)."""

    __tablename__ = "tracks"
    __table_args__ = (
        CheckConstraint("entered_on >= opened_on", name="order"),
        Index("ix_tracks_case", "case_id", "ended_on"),
        Index(
            "uq_tracks_open", "case_id", "employer_id", unique=True,
            sqlite_where=text("ended_on IS NULL"), postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_tracks_employer", "employer_id"),
    )  # fmt: skip

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    employer_id: Mapped[int] = link("employers.id")
    process_name: Mapped[str]
    process_version: Mapped[int]
    step: Mapped[str]
    opened_on: Mapped[date]
    entered_on: Mapped[date]
    ended_on: Mapped[date | None]
    wish: Mapped[int | None]
    """Which of her ranked wishes it serves: 1, 2 or 3."""
    occupation: Mapped[str | None]
    kind: Mapped[str | None]
    """job or placement: what it is about, once that is known."""
    starts_on: Mapped[date | None]
    """The first day at work that everybody has agreed to, until the job is registered."""
    close_reason: Mapped[str | None]
    close_skill: Mapped[str | None]
    """For a closing because of language: listening, reading, speaking or writing."""
    close_text_id: Mapped[int | None] = link("participant_texts.id")
    """Which task it failed at, and what was learned."""
    closing_talk: Mapped[str | None]
    """The talk with the place after the end, so that the relation is kept: to_be_held, held or not_needed."""
    closing_talk_on: Mapped[date | None]
    job_id: Mapped[int | None] = link("jobs.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class TrackEvent(Base):
    """A track's way through its steps. Append-only, like a case's history."""

    __tablename__ = "track_events"

    id: Mapped[int] = identity()
    track_id: Mapped[int] = link("tracks.id", index=True)
    trigger: Mapped[str | None]
    """Empty: the track was opened."""
    from_step: Mapped[str | None]
    step: Mapped[str]
    happened_on: Mapped[date]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
    text_id: Mapped[int | None] = link("participant_texts.id")
    open_requirements: Mapped[list[Any] | None]
    history_id: Mapped[int | None] = link("history.id", index=True)
    """The move of the case that names this track, or the job that moved it."""
    contact_id: Mapped[int | None] = link("contacts.id", index=True)
    """The contact that moved it."""
    voids_id: Mapped[int | None] = link("track_events.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    role: Mapped[str]


class Disclosure(Base):
    """What one employer may be told about her, in her words. Append-only: the newest per employer counts."""

    __tablename__ = "disclosures"
    __table_args__ = (Index("ix_disclosures_case", "case_id", "employer_id"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    employer_id: Mapped[int] = link("employers.id")
    decision: Mapped[str]
    """told, team_told or not_told."""
    may_tell: Mapped[str]
    """Topics as codes with commas between; may be empty."""
    by_whom: Mapped[str]
    """participant, together or specialist: who tells."""
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    """Her words: what may be told."""
    not_told_text_id: Mapped[int | None] = link("participant_texts.id")
    """Her words: what must not be told."""
    language: Mapped[str | None]
    interpreter: Mapped[str | None]
    happened_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Match(Base):
    """How well she and a place fit, and her own score. Append-only: the newest per track counts."""

    __tablename__ = "matches"

    id: Mapped[int] = identity()
    track_id: Mapped[int] = link("tracks.id", index=True)
    happened_on: Mapped[date]
    own_score: Mapped[int | None]
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class MatchSkill(Base):
    """One skill of a match: what the place asks, what she has, and what makes up for the gap."""

    __tablename__ = "match_skills"

    id: Mapped[int] = identity()
    match_id: Mapped[int] = link("matches.id", index=True)
    skill: Mapped[str]
    """listening, reading, speaking, writing, or tasks, hours, health_and_safety, transport, digital."""
    required: Mapped[str | None]
    has: Mapped[str | None]
    remedy: Mapped[str | None]
    """A code: language_mentor, buddy, course, pictures, changed_task, other_hours, tool, none_needed …"""
    text_id: Mapped[int | None] = link("participant_texts.id")
