"""Sources: what a place asks of Norwegian beside what she has, places where she tried the work, training ladders."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, select

from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.indicators.sources_work import TrackRow, tracks
from se_engine.records.cases import Case
from se_engine.records.documents import Rung
from se_engine.records.tracks import Match, MatchSkill, Track, TrackEvent
from se_engine.rules.languages import SKILLS

TRIAL = "trial"


class SkillRow(NamedTuple):
    """One skill of a match: whether the place asks something of it, and what makes up for a gap."""

    track_id: int
    match_id: int
    happened_on: date
    asked: int
    remedy: str | None


def language_skills(evidence: Evidence) -> Mapping[int, Sequence[SkillRow]]:
    """Track → the language skills of its matches, the oldest match first."""
    window = evidence.window
    asked = case((MatchSkill.required.is_(None), 0), else_=1)
    rows = evidence.rows(
        select(Match.track_id, Match.id, Match.happened_on, asked, MatchSkill.remedy)
        .join(MatchSkill, MatchSkill.match_id == Match.id)
        .join(Track, Track.id == Match.track_id)
        .join(Case, Case.id == Track.case_id)
        .where(Case.office_id.in_(window.offices), Match.happened_on <= window.to_on, MatchSkill.skill.in_(SKILLS))
        .order_by(Match.happened_on, Match.id, MatchSkill.id)
    )
    found: dict[int, list[SkillRow]] = defaultdict(list)
    for row in rows:
        found[row.track_id].append(SkillRow(*row))
    return found


def trials(evidence: Evidence) -> frozenset[int]:
    """The tracks in which she has tried the work before anything was agreed."""
    window = evidence.window
    rows = evidence.rows(
        select(TrackEvent.id, TrackEvent.track_id, TrackEvent.step, TrackEvent.happened_on, TrackEvent.voids_id)
        .join(Track, Track.id == TrackEvent.track_id)
        .join(Case, Case.id == Track.case_id)
        .where(Case.office_id.in_(window.offices))
    )
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    standing = [row for row in rows if row.voids_id is None and row.id not in voided]
    return frozenset(row.track_id for row in standing if row.step == TRIAL and row.happened_on <= window.to_on)


def ladders(evidence: Evidence) -> frozenset[tuple[int, int]]:
    """(case, employer) where the training ladder at the workplace has a task on it."""
    window = evidence.window
    rows = evidence.rows(
        select(Rung.case_id, Rung.employer_id, Rung.added_on, Rung.removed_on)
        .join(Case, Case.id == Rung.case_id)
        .where(Case.office_id.in_(window.offices), Rung.added_on <= window.to_on)
    )
    return frozenset(
        (row.case_id, row.employer_id) for row in rows if row.removed_on is None or row.removed_on > window.to_on
    )


def by_job(evidence: Evidence) -> Mapping[int, TrackRow]:
    """Job → the track that led to it."""
    return {track.job_id: track for track in evidence.read(tracks).values() if track.job_id is not None}
