"""The schemes she takes part in, what the rules say of it, and a supervisor's approval where they say no."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_participant
from se_engine.queries.scheme_facts import asked_of
from se_engine.records.participants import (
    SchemeMembership,
)
from se_engine.rules import identity
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor
from se_engine.rules.schemes import Check, Verdict


def join_scheme(
    session: Session,
    actor: Actor,
    participant_id: int,
    scheme: str,
    *,
    from_on: date | None,
    until_on: date | None = None,
    check_result: str = "not_checked",
) -> SchemeMembership:
    participant = access_participant(session, actor, participant_id)
    if scheme not in identity.SCHEMES:
        raise Refused("scheme_unknown", allowed=", ".join(identity.SCHEMES))
    if check_result not in identity.CHECK_RESULTS:
        raise Refused("check_result_unknown", allowed=", ".join(identity.CHECK_RESULTS))
    if check_result == "approved" and actor.role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    if from_on and until_on and until_on < from_on:
        raise Refused("ends_before_it_starts", started=from_on.isoformat())
    membership = SchemeMembership(
        participant_id=participant.id,
        scheme=scheme,
        from_on=from_on,
        until_on=until_on,
        check_result=check_result,
        checked_on=None if check_result == "not_checked" else today(session),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(membership)
    detail = {"scheme": scheme, "check": check_result}
    write_trail(session, actor, "scheme_joined", participant=participant, happened_on=from_on, detail=detail)
    session.flush()
    return membership


def check_scheme(
    session: Session, actor: Actor, participant_id: int, membership_id: int, *, answers: Mapping[str, str]
) -> Check:
    """What the rules of the day she began say. Kept are result, version and day; the answers are not.

    What the record knows is not taken from the answers. An approval stands until the conditions are met.
    """
    participant = access_participant(session, actor, participant_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    asked = asked_of(session, actor, participant_id, membership_id)
    given = {question.key: question.fact(answers.get(question.key, "")) for question in asked.questions}
    check = asked.rules.check({**asked.known, **given})
    membership = asked.membership
    if membership.check_result != "approved" or check.result is Verdict.MET:
        membership.check_result = check.result.value
    membership.rule_version, membership.checked_on = check.rules, today(session)
    detail = {"scheme": membership.scheme, "check": check.result.value, "rules": check.rules}
    write_trail(session, actor, "scheme_checked", participant=participant, detail=detail)
    session.flush()
    return check


def approve_scheme(session: Session, actor: Actor, participant_id: int, membership_id: int, *, why: str) -> None:
    """A supervisor lets her take part although the rule check said no."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    membership = session.get(SchemeMembership, membership_id)
    if membership is None or membership.participant_id != participant.id:
        raise NotFound()
    if not why.strip():
        raise Refused("reason_needed")
    text = keep_text(session, participant, "reason", why.strip())
    membership.check_result, membership.checked_on = "approved", today(session)
    write_trail(session, actor, "scheme_approved", participant=participant, text=text)
    session.flush()
