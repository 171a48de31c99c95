"""The rows behind what happens to an employer track: its event, where it stands, the entry in the trail."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.track_facts import process_of_track
from se_engine.records.base import write_row
from se_engine.records.cases import Case
from se_engine.records.texts import KeptText
from se_engine.records.tracks import Track, TrackEvent
from se_engine.rules.process import Move
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import CLOSE, PROCESS, talk_after


def begin_track(
    session: Session,
    actor: Actor,
    case: Case,
    employer_id: int,
    *,
    opened_on: date,
    contact_id: int | None = None,
    **known: Any,
) -> Track:
    """The rows of a track that has been checked."""
    process = processes.latest(PROCESS)
    first = process.first_step.key
    track = Track(
        case_id=case.id,
        employer_id=employer_id,
        process_name=process.name,
        process_version=process.version,
        step=first,
        opened_on=opened_on,
        entered_on=opened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
        **known,
    )
    session.add(track)
    session.flush()
    write_event(
        session, actor, track.id, trigger=None, from_step=None, step=first, happened_on=opened_on, contact_id=contact_id
    )
    detail: dict[str, str | int | None] = {"track": track.id, "employer": employer_id, "wish": known.get("wish")}
    write_trail(session, actor, "track_opened", case=case, happened_on=opened_on, detail=detail)
    return track


def take_move(
    session: Session,
    actor: Actor,
    case: Case,
    track: Track,
    move: Move,
    *,
    happened_on: date,
    text: KeptText | None = None,
    **particulars: Any,
) -> None:
    """The rows of a move that has been decided: the event, where the track stands, the trail."""
    origin = track.step
    write_event(
        session, actor, track.id, trigger=move.trigger, from_step=origin, step=move.to, happened_on=happened_on,
        text_id=text.id if text else None, **particulars,
    )  # fmt: skip
    track.step, track.entered_on = move.to, happened_on
    session.flush()
    detail: dict[str, str | int | None] = {
        "track": track.id,
        "employer": track.employer_id,
        "from": origin,
        "to": move.to,
        "trigger": move.trigger,
    }
    write_trail(session, actor, "track_moved", case=case, happened_on=happened_on, text=text, detail=detail)


def end_track(
    session: Session,
    actor: Actor,
    case: Case,
    track: Track,
    *,
    happened_on: date,
    reason: str,
    skill: str | None = None,
    text: KeptText | None = None,
    closing_talk_on: date | None = None,
    **particulars: Any,
) -> None:
    """The rows of an end that has been checked."""
    origin, process = track.step, process_of_track(track)
    final = process.move(origin, CLOSE).to
    write_event(
        session, actor, track.id, trigger=CLOSE, from_step=origin, step=final, happened_on=happened_on, reason=reason,
        text_id=text.id if text else None, **particulars,
    )  # fmt: skip
    track.step, track.entered_on, track.ended_on = final, happened_on, happened_on
    track.close_reason, track.close_skill = reason, skill
    track.close_text_id = text.id if text else None
    track.closing_talk = talk_after(reason, origin, held=closing_talk_on is not None)
    track.closing_talk_on = closing_talk_on
    session.flush()
    detail: dict[str, str | int | None] = {
        "track": track.id,
        "employer": track.employer_id,
        "reason": reason,
        "skill": skill,
    }
    write_trail(session, actor, "track_closed", case=case, happened_on=happened_on, text=text, detail=detail)


def write_event(session: Session, actor: Actor, track_id: int, **told: Any) -> int:
    """One row of the track's history, beside who recorded it and when."""
    return write_row(
        session, TrackEvent, track_id=track_id, recorded_by=actor.user_id, recorded_at=now(session),
        role=actor.role.value, **told,
    )  # fmt: skip
