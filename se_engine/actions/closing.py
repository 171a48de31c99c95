"""The closing talk before follow-up ends, the end itself where it follows at once, and the report to the register."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.cases import advance, check_seen
from se_engine.actions.checks import record_check
from se_engine.actions.contact import met
from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check, ClosingTalk, RegisterReport
from se_engine.rules.closing import PRESENT
from se_engine.rules.errors import Refused
from se_engine.rules.follow_up_answers import NOT_KNOWN
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import CHECK_ANSWERS
from se_engine.rules.vocabulary import check_code

OWN_WORDS = "own_words"


@dataclass(frozen=True)
class Talk:
    """What was said at the closing talk."""

    happened_on: date
    last_answer: str
    language: str
    """In which she has been told whom to call."""
    decision: str
    """Hers, in her words."""
    whom_to_call: str = ""
    """Name and phone of who answers in her language."""
    natural_support: str = ""
    """Who at work helps from now on, and with what."""
    plan: str = ""
    """What she wants next."""
    present: tuple[str, ...] = ()
    ask_later: bool | None = None


def close(
    session: Session,
    actor: Actor,
    case_id: int,
    talk: Talk,
    *,
    seen_version: int | None,
    job_id: int | None = None,
    trigger: str | None = None,
    end_reason: str | None = None,
    kept: bool = False,
) -> ClosingTalk:
    """The talk, her last answer as an answer of that day, and with a `trigger` the end: all of it or nothing."""
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    if case.ended_on is not None:
        raise Refused("case_ended", day=case.ended_on.isoformat())
    made = keep_talk(session, actor, case, talk, kept=kept)
    _answered(session, actor, case, talk, job_id)
    if trigger is not None:
        advance(
            session, actor, case.id, trigger, seen_version=None, happened_on=talk.happened_on,
            decided_by="participant", end_reason=end_reason,
        )  # fmt: skip
    return made


def _answered(session: Session, actor: Actor, case: Case, talk: Talk, job_id: int | None) -> None:
    """Her answer counts at the checkpoints too; where a note of the day has told it already, it stands there."""
    told = select(Check.id).where(
        Check.case_id == case.id, Check.happened_on == talk.happened_on, Check.answer == talk.last_answer, ~Check.voided
    )
    if session.scalar(told) is None:
        evidence = None if talk.last_answer == NOT_KNOWN else OWN_WORDS
        record_check(
            session, actor, case.id, happened_on=talk.happened_on, answer=talk.last_answer, evidence=evidence,
            job_id=job_id,
        )  # fmt: skip


def record_closing_talk(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    happened_on: date,
    last_answer: str,
    whom_to_call_language: str,
    decision: str,
) -> ClosingTalk:
    """The talk alone, as far as the end of follow-up asks for it."""
    case = access_case(session, actor, case_id)
    return keep_talk(session, actor, case, Talk(happened_on, last_answer, whom_to_call_language, decision), kept=True)


def keep_talk(session: Session, actor: Actor, case: Case, talk: Talk, *, kept: bool) -> ClosingTalk:
    _check_talk(session, case, talk, kept=kept)
    person = case.participant
    decision = keep_text(session, person, "decision", talk.decision.strip())
    others = {
        part: keep_note(session, person, part, words)
        for part, words in (
            ("whom_to_call", talk.whom_to_call),
            ("natural_support", talk.natural_support),
            ("plan", talk.plan),
        )
    }
    row = ClosingTalk(
        case_id=case.id,
        happened_on=talk.happened_on,
        last_answer=talk.last_answer,
        whom_to_call_language=talk.language.strip(),
        decision_text_id=decision.id,
        **{f"{part}_text_id": text.id if text else None for part, text in others.items()},
        present=",".join(talk.present) or None,
        ask_later=talk.ask_later,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    met(case, talk.happened_on)
    write_trail(session, actor, "closing_talk", case=case, happened_on=talk.happened_on, text=decision)
    for part, text in others.items():
        if text is not None:
            write_trail(session, actor, "closing_words", case=case, text=text, detail={"talk": row.id, "part": part})
    session.flush()
    return row


def _check_talk(session: Session, case: Case, talk: Talk, *, kept: bool) -> None:
    if talk.last_answer not in CHECK_ANSWERS:
        raise Refused("answer_unknown", allowed=", ".join(CHECK_ANSWERS))
    if talk.happened_on > today(session):
        raise Refused("in_the_future", day=talk.happened_on.isoformat(), today=today(session).isoformat())
    if not talk.decision.strip() or not talk.language.strip():
        raise Refused("closing_incomplete")
    check_language(talk.language.strip())
    for who in talk.present:
        check_code("present", who, PRESENT)
    # Whom to call and who helps at work are people: their names belong there.
    check_words(session, case, kept=kept, decision=talk.decision, plan=talk.plan)


def report_end(session: Session, actor: Actor, case_id: int, *, reported_on: date) -> RegisterReport:
    """That the national register was told of the end; the service itself tells it nothing."""
    case = access_case(session, actor, case_id)
    if case.ended_on is None:
        raise Refused("case_is_running")
    if reported_on > today(session):
        raise Refused("in_the_future", day=reported_on.isoformat(), today=today(session).isoformat())
    if reported_on < case.ended_on:
        raise Refused("reported_before_end", day=reported_on.isoformat(), ended=case.ended_on.isoformat())
    report = RegisterReport(
        case_id=case.id, reported_on=reported_on, recorded_by=actor.user_id, recorded_at=now(session)
    )
    session.add(report)
    write_trail(session, actor, "register_reported", case=case, happened_on=reported_on)
    session.flush()
    return report
