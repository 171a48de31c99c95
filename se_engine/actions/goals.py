"""Her goals, which follow each other and are never rewritten; her numbers for motivation; her dream, wishes, plans."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.plan_evidence import write_plan_evidence
from se_engine.actions.record import record_answers, record_field
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_goal
from se_engine.records.cases import Case
from se_engine.records.choices import Goal
from se_engine.records.participants import FieldValue
from se_engine.records.texts import KeptText, ParticipantText
from se_engine.rules.choices import GOAL_KINDS, OUTCOMES, WHOSE, check_scores
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def set_goal(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    kind: str,
    words: str,
    set_on: date,
    whose: str = "own",
    language: str | None = None,
    follows_id: int | None = None,
    tasks: Sequence[str] = (),
    kept: bool = False,
) -> Goal:
    """A goal of her own; one that follows another ends it as changed on the same day."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, set_on)
    check_code("kind", kind, GOAL_KINDS)
    check_code("whose", whose, WHOSE)
    if not words.strip():
        raise Refused("say_the_goal")
    if language:
        check_language(language)
    check_words(session, case, kept=kept, words=words)
    if follows_id is not None:
        end_goal(session, actor, follows_id, outcome="changed", ended_on=set_on, case_id=case.id)
    text = keep_text(session, case.participant, "goal", words.strip())
    goal = Goal(
        case_id=case.id,
        kind=kind,
        whose=whose,
        text_id=text.id,
        set_on=set_on,
        follows_id=follows_id,
        language=language or None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(goal)
    session.flush()
    write_trail(
        session, actor, "goal_set", case=case, happened_on=set_on, text=text,
        detail={"goal": goal.id, "kind": kind, "follows": follows_id},
    )  # fmt: skip
    write_plan_evidence(session, actor, case, tasks, words=words, text=text, happened_on=set_on)
    return goal


def end_goal(
    session: Session, actor: Actor, goal_id: int, *, outcome: str, ended_on: date, case_id: int | None = None
) -> Goal:
    """The goal is reached, changed or dropped; what it was stays as she said it."""
    goal, case = access_goal(session, actor, goal_id, lock=True)
    if case_id is not None and goal.case_id != case_id:
        raise NotFound()
    check_code("outcome", outcome, OUTCOMES)
    check_working_day(session, case, ended_on)
    if goal.ended_on is not None:
        raise Refused("goal_has_ended", day=goal.ended_on.isoformat())
    if ended_on < goal.set_on:
        raise Refused("ended_before_set", day=ended_on.isoformat(), set=goal.set_on.isoformat())
    goal.ended_on, goal.outcome = ended_on, outcome
    write_trail(
        session, actor, "goal_ended", case=case, happened_on=ended_on,
        detail={"goal": goal.id, "outcome": outcome},
    )  # fmt: skip
    session.flush()
    return goal


def record_scores(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    motivation: int | None,
    confidence: int | None,
    happened_on: date,
) -> list[FieldValue]:
    """How much she wants to work and how sure she is, nought to ten; the same number again is worth keeping too."""
    case = _open(session, actor, case_id, happened_on)
    check_scores(motivation, confidence)
    given = {"motivation": motivation, "confidence": confidence}
    return [
        record_field(session, actor, case.participant_id, key, str(score), happened_on=happened_on)
        for key, score in given.items()
        if score is not None
    ]


def record_wishes(
    session: Session,
    actor: Actor,
    case_id: int,
    answers: Mapping[tuple[str, int], str],
    *,
    happened_on: date,
    tasks: Sequence[str] = (),
    kept: bool = False,
) -> list[FieldValue]:
    """Dream, wishes and plans: fields of her record, looked at before they are kept."""
    case = _open(session, actor, case_id, happened_on)
    named = {f"{key}__{entry}": words for (key, entry), words in answers.items()}
    check_words(session, case, kept=kept, **named)
    recorded = record_answers(session, actor, case.participant_id, answers, happened_on=happened_on)
    said = next((value for value in recorded if value.text_id is not None), None)
    words = answers[said.field, said.entry] if said else ""
    text = _kept(session, said.text_id) if said and said.text_id else None
    write_plan_evidence(session, actor, case, tasks, words=words, text=text, happened_on=happened_on)
    return recorded


def _kept(session: Session, text_id: int) -> KeptText:
    return KeptText(text_id, session.get_one(ParticipantText, text_id).digest)


def _open(session: Session, actor: Actor, case_id: int, on: date) -> Case:
    case = access_case(session, actor, case_id)
    check_working_day(session, case, on)
    return case
