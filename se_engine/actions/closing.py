"""The closing talk, before follow-up ends."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.contact import met
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.records.follow_up import ClosingTalk
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import CHECK_ANSWERS


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
    """The talk that ends follow-up, with her own decision in her words."""
    case = access_case(session, actor, case_id)
    if last_answer not in CHECK_ANSWERS:
        raise Refused("answer_unknown", allowed=", ".join(CHECK_ANSWERS))
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if not decision.strip() or not whom_to_call_language.strip():
        raise Refused("closing_incomplete")
    check_language(whom_to_call_language.strip())
    text = keep_text(session, case.participant, "decision", decision.strip())
    talk = ClosingTalk(
        case_id=case.id,
        happened_on=happened_on,
        last_answer=last_answer,
        whom_to_call_language=whom_to_call_language.strip(),
        decision_text_id=text.id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(talk)
    met(case, happened_on)
    write_trail(session, actor, "closing_talk", case=case, happened_on=happened_on, text=text)
    session.flush()
    return talk
