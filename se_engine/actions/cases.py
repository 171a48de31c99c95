"""Opening a case, moving it, and carrying it on after it has ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.actions.capacity import check_room
from se_engine.actions.history import history_columns, period_columns, process_of, record_event, standing
from se_engine.actions.meetings_ahead import hand_over_meetings
from se_engine.actions.requests import notify_supervisor
from se_engine.actions.texts import keep_note
from se_engine.actions.track_following import name_track
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_participant, is_named
from se_engine.queries.facts import facts_of
from se_engine.queries.track_facts import of_track
from se_engine.records.base import write_row
from se_engine.records.cases import Case, CaseOwner, StepPeriod
from se_engine.records.history import HistoryEvent
from se_engine.records.offices import Office
from se_engine.records.people import User
from se_engine.rules.deciders import DECIDERS as DECIDERS
from se_engine.rules.deciders import decider
from se_engine.rules.errors import NotPermitted, Reason, Refused, Stale
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor, Role
from se_engine.rules.timeline import Event, EventKind, replay
from se_engine.rules.tracks import track_named

CONTINUE_WITHIN = timedelta(days=365)


def open_case(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    opened_on: date,
    owner_id: int | None = None,
    template: str | None = None,
    previous: Case | None = None,
    source: str = "app",
    recorded_on: date | None = None,
    why_owner: str = "",
) -> Case:
    """A new case in the first step of the newest process; Refused while she has one that runs."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    if opened_on > today(session):
        raise Refused("in_the_future", day=opened_on.isoformat(), today=today(session).isoformat())
    check_none_runs(session, participant.id)
    last = session.scalar(select(func.max(Case.ended_on)).where(Case.participant_id == participant.id))
    if last is not None and opened_on < last:
        raise Refused("before_the_last_event", day=opened_on.isoformat(), last=last.isoformat())
    process = processes.latest()
    office = session.get_one(Office, participant.office_id)
    rhythm = template or office.template
    if process.templates and rhythm not in process.template_keys:
        raise Refused("template_unknown", allowed=", ".join(process.template_keys))
    event = Event(EventKind.OPENED, opened_on, step=process.first_step.key)
    timeline = replay([event], [step.key for step in process.steps])
    case = Case(
        participant_id=participant.id,
        participant=participant,
        office_id=participant.office_id,
        team_id=participant.team_id,
        owner_id=None,
        process_name=process.name,
        process_version=process.version,
        template=rhythm,
        previous_id=previous.id if previous else None,
        protected=participant.protected,
        opened_on=opened_on,
        visit=1,
        **standing(timeline),
    )
    session.add(case)
    session.flush()
    write_row(session, StepPeriod, **period_columns(case, 1, timeline.current))
    told = history_columns(session, actor, case, event, source=source, recorded_on=recorded_on)
    write_row(session, HistoryEvent, **told)
    write_trail(session, actor, "opened", case=case, happened_on=opened_on, detail={"process": process.version})
    if owner_id is not None or actor.role is Role.JOB_SPECIALIST:
        give_case(session, actor, case, owner_id or actor.user_id, from_on=opened_on, note=why_owner)
    session.flush()
    return case


def check_none_runs(session: Session, participant_id: int) -> None:
    if session.scalar(select(Case.id).where(Case.participant_id == participant_id, Case.status != "ended")):
        raise Refused("case_is_running")


def give_case(
    session: Session, actor: Actor, case: Case, owner_id: int | None, *, from_on: date, note: str = ""
) -> None:
    """Makes somebody the case's owner; the list of owners keeps the earlier ones."""
    if owner_id is not None:
        owner = session.get(User, owner_id)
        if owner is None or not may_own(owner, case.office_id):
            raise Refused("no_such_specialist")
        if case.protected and not is_named(session, owner_id, case.participant_id):
            raise Refused("owner_must_be_named")
    text = keep_note(session, case.participant, "reason", note)
    if case.owner_id is not None and owner_id is not None:
        hand_over_meetings(session, case.id, case.owner_id, owner_id)
    case.owner_id = owner_id
    session.add(
        CaseOwner(
            case_id=case.id,
            user_id=owner_id,
            from_on=from_on,
            text_id=text.id if text else None,
            recorded_by=actor.user_id,
            recorded_at=now(session),
        )
    )
    write_trail(session, actor, "owner_changed", case=case, happened_on=from_on, text=text, detail={"owner": owner_id})
    session.flush()


def may_own(user: User, office_id: int | None) -> bool:
    """Whether cases of the office may be given to somebody, for good or while the owner is away."""
    return user.office_id == office_id and user.role_of in CASEWORK and user.active


def hand_over(session: Session, actor: Actor, case_id: int, owner_id: int, *, seen_version: int, note: str) -> Case:
    """A supervisor gives a case to another specialist."""
    case = access_case(session, actor, case_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    check_seen(case, seen_version)
    check_room(session, owner_id, note)
    give_case(session, actor, case, owner_id, from_on=today(session), note=note)
    return case


def check_seen(case: Case, seen_version: int | None) -> None:
    """Stale when somebody changed the case after this person opened it; None where nothing was shown before."""
    if seen_version is not None and case.version != seen_version:
        raise Stale()


def advance(
    session: Session,
    actor: Actor,
    case_id: int,
    trigger: str,
    *,
    seen_version: int | None,
    happened_on: date,
    note: str = "",
    decided_by: str | None = None,
    end_reason: str | None = None,
    track_id: int | None = None,
) -> Case:
    """Takes a move; NoSuchMove, NotPermitted, Blocked with every reason, Stale, or Refused for what was typed.

    `track_id` names the employer track it goes on with; only what is recorded with that employer then counts.
    """
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    if case.ended_on is not None:
        raise Refused("case_ended", day=case.ended_on.isoformat())
    process = process_of(case)
    # How old scores and levels were is asked of the day of the move: late registration must not make them stale.
    on = min(happened_on, today(session))
    facts = replace(facts_of(session, case, process), today=on, reason_given=bool(note.strip()))
    if track_id is not None:
        facts = of_track(session, actor, case, facts, track_id)
    move = process.decide(case.step, trigger, actor.role, facts)
    track = track_named(process, move, facts)
    check_day(session, case, happened_on)
    if move.needs_reason and not note.strip():
        raise Refused("reason_needed")
    opened = trigger in facts.granted | facts.cells_excused
    waived = process.waived(move, facts) if opened or move.kind in ("exception", "found") else ()
    text = keep_note(session, case.participant, "reason", note)
    final = process.step_by_key[move.to].final
    kind = EventKind.ENDED if final else EventKind.ENTERED
    event = Event(kind, happened_on, None if final else move.to, end_reason if final else None)
    origin = case.step
    number = record_event(
        session,
        actor,
        case,
        event,
        text=text,
        trail={"from": origin, "to": move.to, "trigger": trigger},
        trigger=trigger,
        from_step=origin,
        decided_by=decider(actor.role, decided_by),
        open_requirements=_codes(waived) or None,
        remarks=list(process.remarks(facts)) or None,
    )
    if track is not None:
        name_track(session, actor, track, trigger, happened_on=happened_on, history_id=number)
    if move.kind == "exception" and actor.role is Role.JOB_SPECIALIST:
        notify_supervisor(session, actor, case, "notice", trigger=trigger, text=text)
    session.flush()
    return case


def check_day(session: Session, case: Case, happened_on: date) -> None:
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if happened_on < case.entered_on:
        raise Refused("before_step", day=happened_on.isoformat(), entered=case.entered_on.isoformat())


def _codes(reasons: Sequence[Reason]) -> list[str]:
    return [f"{reason.code}:{reason.task or reason.values.get('dimension', '')}".rstrip(":") for reason in reasons]


def sort_first(session: Session, actor: Actor, case_id: int, *, seen_version: int | None, on: date) -> Case:
    """Putting life in order first is work in step 1: the clock runs, the guide time does not."""
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    if case.step != process_of(case).first_step.key:
        raise Refused("only_in_first_step")
    record_event(session, actor, case, Event(EventKind.SORT_FIRST_STARTED, on))
    return case


def end_sort_first(session: Session, actor: Actor, case_id: int, *, seen_version: int | None, on: date) -> Case:
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    record_event(session, actor, case, Event(EventKind.SORT_FIRST_ENDED, on))
    return case


def continue_case(session: Session, actor: Actor, case_id: int, *, opened_on: date) -> Case:
    """A new case linked to one that ended within twelve months; consents and profile are the participant's own."""
    ended = access_case(session, actor, case_id)
    if ended.ended_on is None:
        raise Refused("case_is_running")
    if opened_on - ended.ended_on > CONTINUE_WITHIN:
        raise Refused("too_late_to_continue", ended=ended.ended_on.isoformat())
    owner = session.get(User, ended.owner_id) if ended.owner_id else None
    return open_case(
        session,
        actor,
        ended.participant_id,
        opened_on=opened_on,
        owner_id=owner.id if owner and may_own(owner, ended.office_id) else None,
        template=ended.template,
        previous=ended,
    )
