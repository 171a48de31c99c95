"""Taking back what was recorded wrongly of an employer track: its other events then say where it stands."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from se_engine.actions.texts import keep_text
from se_engine.actions.track_rows import write_event
from se_engine.actions.trail import write_trail
from se_engine.clock import today
from se_engine.queries.access import access_case, access_track
from se_engine.queries.track_events import events_of, happening, live
from se_engine.queries.track_facts import process_of_track, running_track
from se_engine.records.cases import Case
from se_engine.records.texts import KeptText
from se_engine.records.tracks import Track, TrackEvent
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import CLOSING_TALK, WORK, replay


def void_track_event(session: Session, actor: Actor, track_id: int, event_id: int, *, why: str) -> Track:
    """Takes a wrong move back; the track then stands where its other events lead."""
    track = access_track(session, actor, track_id)
    case = access_case(session, actor, track.case_id)
    events = live(events_of(session, [track.id])[track.id])
    voided = next((event for event in events if event.id == event_id), None)
    if voided is None:
        raise NotFound()
    if voided is events[0]:
        raise Refused("opening_cannot_be_voided")
    if not why.strip():
        raise Refused("reason_needed")
    take_back(session, actor, case, track, [voided], keep_text(session, case.participant, "reason", why.strip()))
    return track


def take_back(
    session: Session, actor: Actor, case: Case, track: Track, voided: Sequence[TrackEvent], text: KeptText
) -> None:
    """Voids events of a track and replays the others; Refused when these do not fit without them."""
    events = live(events_of(session, [track.id])[track.id])
    gone = {event.id for event in voided}
    stays = replay(process_of_track(track), [happening(event) for event in events if event.id not in gone])
    stands, ended = stays[-1], process_of_track(track).step_by_key[stays[-1].step].final
    if not ended and track.ended_on is not None and running_track(session, case.id, track.employer_id):
        raise Refused("track_is_open")
    for event in voided:
        write_event(
            session, actor, track.id, trigger=event.trigger, from_step=stands.step, step=stands.step,
            happened_on=today(session), text_id=text.id, voids_id=event.id,
        )  # fmt: skip
    track.step, track.entered_on = stands.step, stands.entered_on
    if not ended:
        track.ended_on = track.close_reason = track.close_skill = track.close_text_id = None
        track.closing_talk = track.closing_talk_on = None
    elif any(event.trigger == CLOSING_TALK for event in voided):
        track.closing_talk, track.closing_talk_on = "to_be_held", None
    if not ended and any(event.step == WORK for event in voided):
        track.job_id = None
    session.flush()
    detail: dict[str, str | int | None] = {
        "track": track.id,
        "employer": track.employer_id,
        "events": ",".join(map(str, sorted(gone))),
    }
    write_trail(session, actor, "track_event_voided", case=case, text=text, detail=detail)
