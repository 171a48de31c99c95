"""The problem log: something went wrong for her or between services; it is answered by a day, and closed with how."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_problem
from se_engine.records.needs import Problem
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.needs import BROUGHT_BY, TAGS, answer_by
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def open_problem(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    tag: str,
    brought_by: str,
    words: str,
    opened_on: date,
    answer_on: date | None = None,
    track_id: int | None = None,
    kept: bool = False,
) -> Problem:
    """Told in a few words; an employer's is answered on the next working day unless another day was agreed."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, opened_on)
    check_code("tag", tag, TAGS)
    check_code("brought_by", brought_by, BROUGHT_BY)
    if not words.strip():
        raise Refused("say_what_went_wrong")
    if answer_on is not None and answer_on < opened_on:
        raise Refused("answer_before_opened", day=answer_on.isoformat(), opened=opened_on.isoformat())
    track = session.get(Track, track_id) if track_id else None
    if track_id and (track is None or track.case_id != case.id):
        raise NotFound()
    check_words(session, case, kept=kept, words=words)
    text = keep_text(session, case.participant, "problem", words.strip())
    problem = Problem(
        case_id=case.id,
        track_id=track_id,
        tag=tag,
        brought_by=brought_by,
        opened_on=opened_on,
        answer_by=answer_on or answer_by(brought_by, opened_on),
        text_id=text.id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(problem)
    session.flush()
    write_trail(
        session, actor, "problem_opened", case=case, happened_on=opened_on, text=text,
        detail={"problem": problem.id, "tag": tag, "brought_by": brought_by, "track": track_id},
    )  # fmt: skip
    return problem


def close_problem(
    session: Session, actor: Actor, problem_id: int, *, solution: str, closed_on: date, kept: bool = False
) -> Problem:
    """What solved it, for the next time; also that it went away by itself is a solution worth writing."""
    problem, case = access_problem(session, actor, problem_id, lock=True)
    if problem.closed_on is not None:
        raise Refused("problem_is_closed", day=problem.closed_on.isoformat())
    check_working_day(session, case, closed_on)
    if closed_on < problem.opened_on:
        raise Refused("closed_before_opened", day=closed_on.isoformat(), opened=problem.opened_on.isoformat())
    if not solution.strip():
        raise Refused("say_what_solved_it")
    check_words(session, case, kept=kept, solution=solution)
    text = keep_text(session, case.participant, "problem", solution.strip())
    problem.closed_on, problem.solution_text_id = closed_on, text.id
    write_trail(
        session, actor, "problem_closed", case=case, happened_on=closed_on, text=text,
        detail={"problem": problem.id},
    )  # fmt: skip
    session.flush()
    return problem
