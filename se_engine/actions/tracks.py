"""Employer tracks of a case: opened, moved, and ended with a reason and a closing talk."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.employers import find_employer
from se_engine.actions.requests import notify_supervisor
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note
from se_engine.actions.track_rows import begin_track, end_track, take_move, write_event
from se_engine.actions.trail import write_trail
from se_engine.clock import today
from se_engine.queries.access import access_case, access_employer, access_track
from se_engine.queries.track_facts import process_of_track, running_track, track_facts
from se_engine.records.cases import Case
from se_engine.records.tracks import Track
from se_engine.rules.deciders import decider
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor, Role
from se_engine.rules.tracks import CLOSE, CLOSE_REASONS, CLOSING_TALK, check_closing, check_track


def open_track(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    opened_on: date,
    employer_id: int | None = None,
    employer: str = "",
    wish: int | None = None,
    occupation: str = "",
    kind: str | None = None,
) -> Track:
    """A new track with an employer of the office, by its id or its name; Refused while one runs with it."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, opened_on)
    check_track(wish=wish, kind=kind)
    if employer_id is not None:
        place = access_employer(session, actor, employer_id)
    elif employer.strip():
        place = find_employer(session, case.office_id, employer)
    else:
        raise Refused("track_needs_employer")
    if place.office_id != case.office_id:
        raise NotFound()
    if running_track(session, case.id, place.id):
        raise Refused("track_is_open")
    return begin_track(
        session, actor, case, place.id, opened_on=opened_on, wish=wish, occupation=occupation.strip() or None, kind=kind
    )


def move_track(
    session: Session,
    actor: Actor,
    track_id: int,
    trigger: str,
    *,
    seen_version: int | None,
    happened_on: date,
    note: str = "",
    decided_by: str | None = None,
    kept: bool = False,
) -> Track:
    """Takes a move of the track's own process; NoSuchMove, NotPermitted, Blocked, Stale or Refused as a case's do."""
    track, case = _running(session, actor, track_id, seen_version)
    check_working_day(session, case, happened_on)
    if trigger == CLOSE:
        raise Refused("close_reason_unknown", allowed=", ".join(CLOSE_REASONS))
    process, facts = process_of_track(track), track_facts(session, case, track)
    move = process.decide(track.step, trigger, actor.role, facts)
    check_track_day(session, track, happened_on)
    if move.needs_reason and not note.strip():
        raise Refused("reason_needed")
    check_words(session, case, kept=kept, note=note)
    text = keep_note(session, case.participant, "reason", note)
    waived = process.waived(move, facts) if move.kind in ("exception", "found") else ()
    take_move(
        session, actor, case, track, move, happened_on=happened_on, decided_by=decider(actor.role, decided_by),
        text=text, open_requirements=[reason.code for reason in waived] or None,
    )  # fmt: skip
    if move.kind == "exception" and actor.role is Role.JOB_SPECIALIST:
        notify_supervisor(session, actor, case, "notice", text=text)
    return track


def close_track(
    session: Session,
    actor: Actor,
    track_id: int,
    *,
    seen_version: int | None,
    happened_on: date,
    reason: str,
    skill: str | None = None,
    words: str = "",
    decided_by: str | None = None,
    closing_talk_on: date | None = None,
    kept: bool = False,
) -> Track:
    """Ends it with a reason; for language with the task it failed at and the skill. Without a day the talk is due."""
    track, case = _running(session, actor, track_id, seen_version)
    check_closing(reason, skill=skill, words=words)
    check_track_day(session, track, happened_on)
    if closing_talk_on is not None:
        _check_talk_day(session, track, closing_talk_on)
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "reason", words)
    end_track(
        session, actor, case, track, happened_on=happened_on, reason=reason, skill=skill, text=text,
        decided_by=decider(actor.role, decided_by), closing_talk_on=closing_talk_on,
    )  # fmt: skip
    return track


def hold_closing_talk(
    session: Session, actor: Actor, track_id: int, *, happened_on: date, words: str = "", kept: bool = False
) -> Track:
    """The talk with the place after the end has been held: the relation is kept."""
    track = access_track(session, actor, track_id)
    case = access_case(session, actor, track.case_id)
    if track.ended_on is None:
        raise Refused("track_runs")
    if track.closing_talk == "held":
        raise Refused("closing_talk_was_held", day=str(track.closing_talk_on))
    _check_talk_day(session, track, happened_on)
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "reason", words)
    write_event(
        session, actor, track.id, trigger=CLOSING_TALK, from_step=track.step, step=track.step, happened_on=happened_on,
        text_id=text.id if text else None,
    )  # fmt: skip
    track.closing_talk, track.closing_talk_on = "held", happened_on
    session.flush()
    detail: dict[str, str | int | None] = {"track": track.id, "employer": track.employer_id}
    write_trail(session, actor, "track_closing_talk", case=case, happened_on=happened_on, text=text, detail=detail)
    return track


def _running(session: Session, actor: Actor, track_id: int, seen_version: int | None) -> tuple[Track, Case]:
    track = access_track(session, actor, track_id)
    if seen_version is not None and track.version != seen_version:
        raise Stale()
    if track.ended_on is not None:
        raise Refused("track_has_ended", day=track.ended_on.isoformat())
    return track, access_case(session, actor, track.case_id)


def check_track_day(session: Session, track: Track, happened_on: date) -> None:
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if happened_on < track.entered_on:
        raise Refused("before_track_step", day=happened_on.isoformat(), entered=track.entered_on.isoformat())


def _check_talk_day(session: Session, track: Track, held_on: date) -> None:
    if held_on > today(session):
        raise Refused("in_the_future", day=held_on.isoformat(), today=today(session).isoformat())
    if held_on < track.opened_on:
        raise Refused("before_track_step", day=held_on.isoformat(), entered=track.opened_on.isoformat())
