"""Sources: the employers that are tried for somebody, what each asks of Norwegian, and what each may be told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.cases import Case
from se_engine.records.tracks import Disclosure, Match, MatchSkill, Track, TrackEvent
from se_engine.rules.languages import SKILLS

TRIAL = "trial"
Place = tuple[int, int]
"""A case and an employer."""


class TrackRow(NamedTuple):
    id: int
    case_id: int
    employer_id: int
    opened_on: date
    wish: int | None
    job_id: int | None

    @property
    def place(self) -> Place:
        return self.case_id, self.employer_id


class MatchRow(NamedTuple):
    """One look at how she and a place fit: how many language skills it says a demand of, and what makes up."""

    happened_on: date
    demands: int
    remedies: frozenset[str]


def tracks(evidence: Evidence) -> Mapping[int, TrackRow]:
    """The employer tracks that were opened by the end of the window, by number."""
    window = evidence.window
    rows = evidence.session.execute(
        select(Track.id, Track.case_id, Track.employer_id, Track.opened_on, Track.wish, Track.job_id)
        .join(Case, Case.id == Track.case_id)
        .where(Case.office_id.in_(window.offices), Track.opened_on <= window.to_on)
        .order_by(Track.opened_on, Track.id)
    )
    return {row.id: TrackRow(*row) for row in rows}


def by_place(evidence: Evidence) -> Mapping[Place, Sequence[TrackRow]]:
    found: dict[Place, list[TrackRow]] = defaultdict(list)
    for row in evidence.read(tracks).values():
        found[row.place].append(row)
    return found


def by_job(evidence: Evidence) -> Mapping[int, TrackRow]:
    return {row.job_id: row for row in evidence.read(tracks).values() if row.job_id is not None}


def matches(evidence: Evidence) -> Mapping[int, Sequence[MatchRow]]:
    """Track → its matches, the oldest first."""
    window = evidence.window
    rows = evidence.session.execute(
        select(Match.id, Match.track_id, Match.happened_on, MatchSkill.skill, MatchSkill.required, MatchSkill.remedy)
        .join(Track, Track.id == Match.track_id)
        .join(Case, Case.id == Track.case_id)
        .outerjoin(MatchSkill, MatchSkill.match_id == Match.id)
        .where(Case.office_id.in_(window.offices), Match.happened_on <= window.to_on)
        .order_by(Match.happened_on, Match.id)
    )
    seen: dict[int, tuple[int, date]] = {}
    demands: dict[int, int] = defaultdict(int)
    remedies: dict[int, set[str]] = defaultdict(set)
    for number, track_id, day, skill, required, remedy in rows:
        seen[number] = (track_id, day)
        if skill in SKILLS:
            demands[number] += required is not None
            remedies[number] |= {remedy} if remedy else set()
    found: dict[int, list[MatchRow]] = defaultdict(list)
    for number, (track_id, day) in seen.items():
        found[track_id].append(MatchRow(day, demands[number], frozenset(remedies[number])))
    return found


def disclosures(evidence: Evidence) -> Mapping[Place, Sequence[date]]:
    """Case and employer → the days on which she chose what is told there."""
    window = evidence.window
    rows = evidence.session.execute(
        select(Disclosure.case_id, Disclosure.employer_id, Disclosure.happened_on)
        .join(Case, Case.id == Disclosure.case_id)
        .where(Case.office_id.in_(window.offices), Disclosure.happened_on <= window.to_on)
        .order_by(Disclosure.happened_on, Disclosure.id)
    )
    found: dict[Place, list[date]] = defaultdict(list)
    for case_id, employer_id, day in rows:
        found[case_id, employer_id].append(day)
    return found


def trials(evidence: Evidence) -> frozenset[int]:
    """The tracks in which she has tried the work before anything was agreed."""
    window = evidence.window
    rows = evidence.session.execute(
        select(TrackEvent.id, TrackEvent.track_id, TrackEvent.step, TrackEvent.voids_id)
        .join(Track, Track.id == TrackEvent.track_id)
        .join(Case, Case.id == Track.case_id)
        .where(Case.office_id.in_(window.offices), TrackEvent.happened_on <= window.to_on)
    ).all()
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    return frozenset(
        row.track_id for row in rows if row.step == TRIAL and row.voids_id is None and row.id not in voided
    )
