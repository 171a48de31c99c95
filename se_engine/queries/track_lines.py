"""Tracks as cards show them: where each stands and since when, its next day, and why not yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.disclosures import disclosures_of
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import process_of
from se_engine.queries.options import OpenReason
from se_engine.queries.track_events import events_of, happening, live
from se_engine.queries.track_facts import holds_with, process_of_track, seen
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job
from se_engine.records.tracks import Disclosure, Match, Track, TrackEvent
from se_engine.rules.contacts import HELD, PLANNED
from se_engine.rules.facts import CaseFacts, EmployerFacts
from se_engine.rules.process import Move, Process, Step, may_take
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import CLOSE, SAID_YES, Stay, replay


@dataclass(frozen=True)
class TrackOption:
    """A move of the track from here, and what it still lacks."""

    move: Move
    to: Step
    reasons: tuple[OpenReason, ...]
    permitted: bool

    @property
    def takeable(self) -> bool:
        return self.permitted and not self.reasons


@dataclass(frozen=True)
class TrackStand:
    """One step of the bar: whether she has been there, and for how many days."""

    step: Step
    state: str
    visits: int
    days: int
    since: date | None


@dataclass(frozen=True)
class TrackLine:
    """One track as a card shows it."""

    track: Track
    process: Process
    employer: str
    stays: tuple[Stay, ...]
    stands: tuple[TrackStand, ...]
    options: tuple[TrackOption, ...]
    disclosure: Disclosure | None
    score: int | None
    next_on: date | None
    wish: str | None
    """The words of the wish it serves, where she has said them."""
    today: date

    @property
    def id(self) -> int:
        return self.track.id

    @property
    def ended(self) -> bool:
        return self.track.ended_on is not None

    @property
    def step(self) -> Step:
        return self.process.step_by_key[self.track.step]

    @property
    def days(self) -> int:
        """From the day it was opened to the day it ended, or today."""
        return ((self.track.ended_on or self.today) - self.track.opened_on).days

    @property
    def days_per_step(self) -> dict[str, int]:
        return {stand.step.key: stand.days for stand in self.stands if stand.visits}

    @property
    def said_yes(self) -> bool:
        return self.track.step in SAID_YES

    @property
    def talk_is_due(self) -> bool:
        return self.track.closing_talk == "to_be_held"

    @property
    def next_move(self) -> TrackOption | None:
        """The ordinary way on: the one to which «why not yet» belongs."""
        forward = [option for option in self.options if option.move.kind == "forward" and option.permitted]
        return next((option for option in forward if option.takeable), next(iter(forward), None))


def tracks_of(
    session: Session,
    actor: Actor,
    case: Case,
    *,
    told: Mapping[int, Sequence[Disclosure]] | None = None,
    wishes: Mapping[int, str | None] | None = None,
) -> tuple[TrackLine, ...]:
    """The tracks of a case that has been opened: those that run first, the newest first. Seven statements."""
    rows = session.execute(
        select(Track, Employer.name)
        .join(Employer, Employer.id == Track.employer_id)
        .where(Track.case_id == case.id)
        .order_by(Track.ended_on.is_not(None), Track.opened_on.desc(), Track.id.desc())
    ).all()
    if not rows:
        return ()
    tracks = [track for track, _ in rows]
    known = _Known(
        actor,
        case,
        today(session),
        process_of(case),
        facts_of(session, case, process_of(case)),
        disclosures_of(session, case.id) if told is None else told,
        wishes or {},
        events_of(session, [track.id for track in tracks]),
        _scores(session, tracks),
        _next_days(session, case, today(session)),
        _working(session, case),
    )
    return tuple(_line(known, track, employer) for track, employer in rows)


@dataclass(frozen=True)
class _Known:
    """What has been read for all tracks of a case together."""

    actor: Actor
    case: Case
    today: date
    process: Process
    facts: CaseFacts
    told: Mapping[int, Sequence[Disclosure]]
    wishes: Mapping[int, str | None]
    events: Mapping[int, Sequence[TrackEvent]]
    scores: Mapping[int, int]
    next_days: Mapping[int, date]
    working: frozenset[int]


def _line(known: _Known, track: Track, employer: str) -> TrackLine:
    process, place = process_of_track(track), track.employer_id
    stays = replay(process, [happening(event) for event in live(known.events[track.id])])
    score = known.scores.get(track.id)
    holds = holds_with(
        known.process,
        known.facts.employers.get(employer, EmployerFacts()),
        track,
        disclosed=place in known.told,
        scored=score is not None,
        job=place in known.working,
    )
    return TrackLine(
        track=track,
        process=process,
        employer=employer,
        stays=stays,
        stands=_stands(process, stays, known.today),
        options=_options(process, track, seen(track, known.today, holds), known.actor, known.case.id),
        disclosure=next(iter(known.told.get(place, ())), None),
        score=score,
        next_on=known.next_days.get(place) if track.ended_on is None else None,
        wish=known.wishes.get(track.wish or 0),
        today=known.today,
    )


def _stands(process: Process, stays: Sequence[Stay], on: date) -> tuple[TrackStand, ...]:
    """The steps but the last, each with its days: calendar days from entering to leaving it."""
    order = [step.key for step in process.steps if not step.final]
    reached = [order.index(stay.step) for stay in stays if stay.step in order]
    furthest, here = max(reached, default=0), stays[-1].step
    stands = []
    for place, key in enumerate(order):
        hers = [stay for stay in stays if stay.step == key]
        state = "now" if key == here else "done" if hers else "skipped" if place < furthest else "remaining"
        days = sum(((stay.left_on or on) - stay.entered_on).days for stay in hers)
        since = hers[-1].entered_on if key == here else None
        stands.append(TrackStand(process.step_by_key[key], state, len(hers), days, since))
    return tuple(stands)


def _options(process: Process, track: Track, facts: CaseFacts, actor: Actor, case_id: int) -> tuple[TrackOption, ...]:
    return tuple(
        TrackOption(
            option.move,
            process.step_by_key[option.move.to],
            tuple(OpenReason(reason, track_path(case_id, track.id, reason.where)) for reason in option.reasons),
            may_take(actor.role, option.move),
        )
        for option in process.options(track.step, facts)
        if option.move.trigger != CLOSE
    )


def track_path(case_id: int, track_id: int, where: str = "") -> str:
    """The page of a track, or the form on which something that it lacks is recorded."""
    if where == "jobs":
        return f"/cases/{case_id}/jobs/new?track={track_id}"
    return f"/cases/{case_id}/employers/{track_id}" + (f"/{where}" if where else "")


def _scores(session: Session, tracks: Sequence[Track]) -> dict[int, int]:
    """Her newest score of each track."""
    scored = select(Match.track_id, Match.own_score).where(
        Match.track_id.in_([track.id for track in tracks]), Match.own_score.is_not(None)
    )
    return {row.track_id: row.own_score for row in session.execute(scored.order_by(Match.happened_on, Match.id))}


def _next_days(session: Session, case: Case, on: date) -> dict[int, date]:
    """The next day with each employer: a meeting that is planned, else what the newest contact agreed on."""
    rows = session.execute(
        select(Contact.employer_id, Contact.status, Contact.happened_on, Contact.next_on)
        .where(Contact.case_id == case.id, Contact.employer_id.is_not(None), Contact.status.in_((PLANNED, HELD)))
        .order_by(Contact.happened_on, Contact.id)
    ).all()
    agreed = {row.employer_id: row.next_on for row in rows if row.status == HELD}
    planned: dict[int, date] = {}
    for row in rows:
        if row.status == PLANNED and row.happened_on >= on:
            planned.setdefault(row.employer_id, row.happened_on)
    return {employer: day for employer, day in {**agreed, **planned}.items() if day is not None}


def _working(session: Session, case: Case) -> frozenset[int]:
    """The employers where she has a job now."""
    running = select(Job.employer_id).where(Job.case_id == case.id, ~Job.voided, Job.ended_on.is_(None))
    return frozenset(session.scalars(running.where(Job.employer_id.is_not(None))))
