"""Moves: which are open from here and what the others lack, and taking one."""

from se_engine.actions.cases import advance
from se_engine.queries.access import access_case
from se_engine.queries.case_data import moves_data
from web.api import answers
from web.api.blueprint import CASE, api
from web.api.bodies import NewMove
from web.api.describing import reads, writes
from web.api.problems import language
from web.api.writes import Written, check_seen, once, stands
from web.auth import actor
from web.session import note_read, session


@api.get(f"{CASE}/moves")
@reads(list[answers.Move], 404)
def show_moves(case_id: int) -> list[answers.Move]:
    """Every move from the present step, with each reason why it is not open yet."""
    case = access_case(session(), actor(), case_id)
    note_read(case)
    return [answers.Move(**move) for move in moves_data(session(), actor(), case, language())]


@api.post(f"{CASE}/moves")
@writes(answers.Case, 412, 428)
@once
def take_move(case_id: int, json: NewMove) -> Written:
    """Takes a move; the answer is the case as it stands after it."""
    case = access_case(session(), actor(), case_id)
    seen = check_seen(case)
    advance(
        session(),
        actor(),
        case.id,
        json.trigger,
        seen_version=seen,
        happened_on=json.happened_on,
        note=json.note,
        decided_by=json.decided_by,
        end_reason=json.end_reason,
    )
    return stands(case)
