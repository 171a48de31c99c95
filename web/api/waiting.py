"""Waiting for somebody, pausing and resuming."""

from se_engine.actions import waiting
from se_engine.queries.access import access_case
from web.api import answers
from web.api.blueprint import CASE, api
from web.api.bodies import NewPause, NewWaiting, OnDay
from web.api.describing import writes
from web.api.writes import Written, check_seen, once, stands
from web.auth import actor
from web.session import session


@api.post(f"{CASE}/waiting")
@writes(answers.Case, 412, 428)
@once
def start_waiting(case_id: int, json: NewWaiting) -> Written:
    """We wait for somebody or something, and look again on a day."""
    case = access_case(session(), actor(), case_id)
    waiting.start_waiting(
        session(),
        actor(),
        case.id,
        seen_version=check_seen(case),
        waiting_for=json.waiting_for,
        on=json.happened_on,
        next_on=json.next_on,
        note=json.note,
    )
    return stands(case)


@api.post(f"{CASE}/waiting/end")
@writes(answers.Case, 412, 428)
@once
def end_waiting(case_id: int, json: OnDay) -> Written:
    """What we waited for has come."""
    case = access_case(session(), actor(), case_id)
    waiting.end_waiting(session(), actor(), case.id, seen_version=check_seen(case), on=json.happened_on)
    return stands(case)


@api.post(f"{CASE}/pause")
@writes(answers.Case, 412, 428)
@once
def pause(case_id: int, json: NewPause) -> Written:
    """She wants no contact for a while: the clock stops."""
    case = access_case(session(), actor(), case_id)
    waiting.pause(
        session(),
        actor(),
        case.id,
        seen_version=check_seen(case),
        reason=json.reason,
        on=json.happened_on,
        contact_on=json.contact_on,
        note=json.note,
    )
    return stands(case)


@api.post(f"{CASE}/resume")
@writes(answers.Case, 412, 428)
@once
def resume(case_id: int, json: OnDay) -> Written:
    """She is back."""
    case = access_case(session(), actor(), case_id)
    waiting.resume(session(), actor(), case.id, seen_version=check_seen(case), on=json.happened_on)
    return stands(case)
