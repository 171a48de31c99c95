"""What a track learns from elsewhere: contacts with its employer, jobs there, moves of the case, and their undoing."""

from contextlib import suppress
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from se_engine.actions.track_corrections import take_back
from se_engine.actions.track_rows import begin_track, end_track, take_move, write_event
from se_engine.clock import today
from se_engine.queries.access import access_track
from se_engine.queries.track_events import events_of, live
from se_engine.queries.track_facts import process_of_track, running_track, track_facts
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.records.texts import KeptText
from se_engine.records.tracks import Track, TrackEvent
from se_engine.rules.deciders import decider
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.facts import TrackStand
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import MEETING, WORK

CONTACTED = "contacted"


def follow_contact(
    session: Session,
    actor: Actor,
    case: Case,
    employer_id: int,
    *,
    happened_on: date,
    about: str | None = None,
    contact_id: int | None = None,
) -> Track | None:
    """A contact about her moves the track on by itself; a held meeting about a concrete job shows that both said yes.

    `about` is job or placement for such a meeting; it opens the track when there is none yet.
    """
    track = running_track(session, case.id, employer_id)
    if track is None:
        if about is None:
            return None
        track = begin_track(session, actor, case, employer_id, opened_on=happened_on, contact_id=contact_id)
    if about is not None and track.kind != about:
        track.kind = about
        session.flush()
    to = CONTACTED if about is None else MEETING
    _move_on(session, actor, case, track, to, happened_on, contact_id)
    return track


def _move_on(
    session: Session, actor: Actor, case: Case, track: Track, to: str, happened_on: date, contact_id: int | None
) -> None:
    """The forward move to a step, if there is one from where the track stands."""
    process, on = process_of_track(track), max(happened_on, track.entered_on)
    if not any(move.to == to for move in process.moves_from(track.step)):
        return  # as at every visit once the work has begun: nothing has to be known for that
    for option in process.options(track.step, track_facts(session, case, track)):
        if option.move.to == to and option.move.kind == "forward" and option.allowed:
            take_move(
                session, actor, case, track, option.move, happened_on=on, decided_by=_who(actor), contact_id=contact_id
            )
            return


def track_of_job(
    session: Session, actor: Actor, case: Case, track_id: int | None, employer_id: int | None
) -> Track | None:
    """The track a job belongs to: the one that was named, or the one that runs with the job's employer."""
    if track_id is None:
        return running_track(session, case.id, employer_id) if employer_id else None
    track = access_track(session, actor, track_id)
    if track.case_id != case.id:
        raise NotFound()
    if track.ended_on is not None:
        raise Refused("track_has_ended", day=track.ended_on.isoformat())
    if employer_id is not None and employer_id != track.employer_id:
        raise Refused("job_elsewhere_than_track")
    return track


def follow_job_start(session: Session, actor: Actor, case: Case, track: Track, job: Job, history_id: int) -> None:
    """Whatever came before, the work there has begun."""
    process, facts = process_of_track(track), track_facts(session, case, track)
    ways = [move for move in process.moves_from(track.step) if move.to == WORK]
    if ways:
        waived = process.waived(ways[0], facts) if ways[0].kind == "found" else ()
        take_move(
            session, actor, case, track, ways[0], happened_on=max(job.started_on, track.entered_on),
            decided_by=_who(actor), history_id=history_id, open_requirements=[reason.code for reason in waived] or None,
        )  # fmt: skip
    track.job_id = job.id
    session.flush()


def follow_job_end(session: Session, actor: Actor, case: Case, job: Job, history_id: int) -> None:
    """The track of a job that has ended; the closing talk with the place is due."""
    track = session.scalars(select(Track).where(Track.job_id == job.id, Track.ended_on.is_(None))).first()
    if track is None or job.ended_on is None:
        return
    end_track(
        session, actor, case, track, happened_on=max(job.ended_on, track.entered_on), reason="job_ended",
        decided_by=_who(actor), history_id=history_id,
    )  # fmt: skip


def follow_void(session: Session, actor: Actor, case: Case, history_id: int, text: KeptText) -> None:
    """What a history entry did to tracks is taken back with it."""
    for track, events in _done_by(session, TrackEvent.history_id == history_id):
        take_back(session, actor, case, track, events, text)


def follow_void_contact(session: Session, actor: Actor, case: Case, contact_id: int, text: KeptText) -> None:
    """What a contact did to tracks is taken back with it, unless more has come since: then the track stays there."""
    for track, events in _done_by(session, TrackEvent.contact_id == contact_id):
        if any(event.trigger is None for event in events):
            if len(live(events_of(session, [track.id])[track.id])) == len(events):
                on = max(track.entered_on, today(session))
                end_track(session, actor, case, track, happened_on=on, reason="opened_by_mistake", text=text)
            continue
        with suppress(Refused):
            take_back(session, actor, case, track, events, text)


def _done_by(session: Session, cause: ColumnElement[bool]) -> list[tuple[Track, list[TrackEvent]]]:
    """The events with this cause that still stand, by their tracks."""
    caused = session.scalars(select(TrackEvent.track_id).where(cause, TrackEvent.voids_id.is_(None)).distinct()).all()
    events = events_of(session, caused)
    every = set(session.scalars(select(TrackEvent.id).where(cause)))
    found = [(session.get_one(Track, number), live(events[number])) for number in caused]
    return [(track, hers) for track, standing in found if (hers := [one for one in standing if one.id in every])]


def name_track(
    session: Session, actor: Actor, stand: TrackStand, trigger: str, *, happened_on: date, history_id: int
) -> None:
    """The move of the case tells which track it goes on with: one row, on the path of every such move."""
    write_event(
        session, actor, stand.id, trigger=trigger, from_step=stand.step, step=stand.step, happened_on=happened_on,
        history_id=history_id,
    )  # fmt: skip


def _who(actor: Actor) -> str:
    return decider(actor.role, None)
