"""Which level she aims at in one skill, for the job she wishes: a new goal follows the one before it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_of_case
from se_engine.queries.wishes import wishes_of
from se_engine.records.career import LanguageGoal
from se_engine.records.cases import Case
from se_engine.rules.choices import OUTCOMES
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.languages import LEVELS, SKILLS
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def set_language_goal(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    skill: str,
    level: str,
    set_on: date,
    by_on: date | None = None,
    wish: int | None = None,
    words: str = "",
    kept: bool = False,
) -> LanguageGoal:
    """One at a time for each skill: the one that runs ends as changed on the same day."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, set_on)
    check_code("skill", skill, SKILLS)
    check_code("level", level, LEVELS)
    if by_on is not None and by_on < set_on:
        raise Refused("goal_before_set", field="by_on", day=by_on.isoformat(), set=set_on.isoformat())
    if wish is not None and wish not in wishes_of(session, case.participant_id):
        raise Refused("wish_not_there", field="wish")
    check_words(session, case, kept=kept, words=words)
    before = _running(session, case, skill)
    if before is not None:
        _end(session, actor, case, before, outcome="changed", ended_on=set_on)
    text = keep_note(session, case.participant, "language_goal", words)
    goal = LanguageGoal(
        case_id=case.id,
        skill=skill,
        level=level,
        by_on=by_on,
        wish=wish,
        words_text_id=text.id if text else None,
        set_on=set_on,
        follows_id=before.id if before else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(goal)
    session.flush()
    write_trail(
        session, actor, "language_goal_set", case=case, happened_on=set_on, text=text,
        detail={"goal": goal.id, "skill": skill, "level": level, "wish": wish, "follows": goal.follows_id},
    )  # fmt: skip
    return goal


def end_language_goal(
    session: Session, actor: Actor, case_id: int, goal_id: int, *, outcome: str, ended_on: date
) -> LanguageGoal:
    """Reached or put aside."""
    goal, case = access_of_case(session, actor, LanguageGoal, goal_id, lock=True)
    if case.id != case_id:
        raise NotFound()
    check_code("outcome", outcome, OUTCOMES)
    check_working_day(session, case, ended_on)
    if goal.ended_on is not None:
        raise Refused("goal_has_ended", day=goal.ended_on.isoformat())
    _end(session, actor, case, goal, outcome=outcome, ended_on=ended_on)
    session.flush()
    return goal


def _running(session: Session, case: Case, skill: str) -> LanguageGoal | None:
    """Held until the end of the transaction, so that two who write at once do not leave two running."""
    session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    return session.scalar(
        select(LanguageGoal).where(
            LanguageGoal.case_id == case.id, LanguageGoal.skill == skill, LanguageGoal.ended_on.is_(None)
        )
    )


def _end(session: Session, actor: Actor, case: Case, goal: LanguageGoal, *, outcome: str, ended_on: date) -> None:
    if ended_on < goal.set_on:
        raise Refused("ended_before_set", day=ended_on.isoformat(), set=goal.set_on.isoformat())
    goal.ended_on, goal.outcome = ended_on, outcome
    write_trail(
        session, actor, "language_goal_ended", case=case, happened_on=ended_on,
        detail={"goal": goal.id, "outcome": outcome},
    )  # fmt: skip
