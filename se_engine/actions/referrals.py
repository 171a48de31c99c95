"""Taking people in: registered, put in the inbox or started at once; decided about, given to somebody, referred again.

Every decision stays as it was made; the newest stands on the participant too.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.capacity import check_room
from se_engine.actions.cases import check_none_runs, may_own, open_case
from se_engine.actions.languages import set_languages
from se_engine.actions.participants import register
from se_engine.actions.safe_text import check_words
from se_engine.actions.same_persons import say_same
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_participant, is_named
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.referrals import ReferralDecision
from se_engine.rules.errors import NotPermitted, Refused, Stale
from se_engine.rules.referrals import ACCEPTED, DECLINED, WAITING, check_decision
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor, Role


def take_in(
    session: Session,
    actor: Actor,
    office_id: int,
    *,
    ref: str,
    given_name: str,
    family_name: str,
    languages: Sequence[str],
    same_as: int | None = None,
    not_the_same: Sequence[int] = (),
    specialist_id: int | None = None,
    why_owner: str = "",
    kept: bool = False,
    protected: bool = False,
    **facts: Any,
) -> Participant:
    """Registers somebody; a name and a language are enough, and stand in the inbox until something is decided.

    `same_as` is a registration that is said to be hers too; `not_the_same` those that were looked at and are not.
    """
    if not languages:
        raise Refused("language_needed")
    participant = register(
        session,
        actor,
        office_id,
        ref=ref,
        given_name=given_name,
        family_name=family_name,
        protected=protected,
        **facts,
    )
    set_languages(session, actor, participant.id, languages)
    if specialist_id is not None:
        assign(session, actor, participant.id, specialist_id, seen_version=None, why=why_owner, kept=kept)
    if same_as is not None:
        say_same(session, actor, participant.id, same_as, same=True)
    for other in not_the_same:
        say_same(session, actor, participant.id, other, same=False)
    return participant


def start(
    session: Session,
    actor: Actor,
    participant: Participant,
    *,
    opened_on: date,
    owner_id: int | None = None,
    template: str | None = None,
    why_owner: str = "",
    kept: bool = False,
) -> Case:
    """The case of somebody who begins the day she is taken in: nothing was there to be decided about."""
    owner = owner_id or (actor.user_id if actor.role is Role.JOB_SPECIALIST else None)
    _check_owner(session, participant, owner, why_owner)
    check_words(session, participant, why_owner=why_owner, kept=kept)
    case = open_case(
        session, actor, participant.id, opened_on=opened_on, owner_id=owner, template=template, why_owner=why_owner
    )
    _keep_decision(session, actor, participant, ACCEPTED, decided_on=opened_on, decided_by=_own_word(actor))
    return case


def _own_word(actor: Actor) -> str:
    return "supervisor" if actor.role in SUPERVISION else "specialist"


def accept(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    seen_version: int | None,
    decided_on: date,
    decided_by: str,
    opened_on: date,
    owner_id: int | None = None,
    template: str | None = None,
    why_owner: str = "",
    kept: bool = False,
) -> Case:
    """Opens her case. A specialist takes it herself; a supervisor gives it to whom she chooses."""
    participant = _undecided(session, actor, participant_id, seen_version)
    _check(session, participant, ACCEPTED, decided_on=decided_on, decided_by=decided_by)
    if participant.referred_on is not None and opened_on < participant.referred_on:
        raise Refused("before_referral", day=opened_on.isoformat(), referred=participant.referred_on.isoformat())
    owner = actor.user_id if actor.role is Role.JOB_SPECIALIST else owner_id or participant.specialist_id
    check_words(session, participant, why_owner=why_owner, kept=kept)
    _check_owner(session, participant, owner, why_owner)
    case = open_case(
        session, actor, participant.id, opened_on=opened_on, owner_id=owner, template=template, why_owner=why_owner
    )
    _keep_decision(session, actor, participant, ACCEPTED, decided_on=decided_on, decided_by=decided_by)
    participant.specialist_id = owner
    session.flush()
    return case


def let_wait(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    seen_version: int | None,
    reason: str | None,
    look_again_on: date | None,
    decided_on: date,
    decided_by: str,
    note: str = "",
    kept: bool = False,
) -> ReferralDecision:
    """Not yet: with a reason, and the day on which somebody looks again."""
    participant = _undecided(session, actor, participant_id, seen_version)
    _check(session, participant, WAITING, decided_on=decided_on, decided_by=decided_by, reason=reason)
    if look_again_on is None:
        raise Refused("look_again_needed")
    if look_again_on < today(session):
        raise Refused("look_again_in_the_past", day=look_again_on.isoformat())
    check_words(session, participant, note=note, kept=kept)
    return _keep_decision(
        session,
        actor,
        participant,
        WAITING,
        decided_on=decided_on,
        decided_by=decided_by,
        reason=reason,
        look_again_on=look_again_on,
        note=note,
    )


def decline(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    seen_version: int | None,
    reason: str | None,
    may_return: bool,
    decided_on: date,
    decided_by: str,
    note: str = "",
    kept: bool = False,
) -> ReferralDecision:
    """No, with a reason; `may_return` without anybody referring her anew."""
    participant = _undecided(session, actor, participant_id, seen_version)
    _check(session, participant, DECLINED, decided_on=decided_on, decided_by=decided_by, reason=reason)
    check_words(session, participant, note=note, kept=kept)
    return _keep_decision(
        session,
        actor,
        participant,
        DECLINED,
        decided_on=decided_on,
        decided_by=decided_by,
        reason=reason,
        may_return="yes" if may_return else "no",
        note=note,
    )


def _undecided(session: Session, actor: Actor, participant_id: int, seen_version: int | None) -> Participant:
    """Who has no running case, and is nobody else's to decide about."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    if seen_version is not None and participant.version != seen_version:
        raise Stale()
    if actor.role not in SUPERVISION and participant.specialist_id not in (None, actor.user_id):
        raise NotPermitted("ask_supervisor")
    check_none_runs(session, participant.id)
    return participant


def _check(
    session: Session,
    participant: Participant,
    decision: str,
    *,
    decided_on: date,
    decided_by: str,
    reason: str | None = None,
) -> None:
    check_decision(
        decision,
        reason=reason,
        decided_by=decided_by,
        decided_on=decided_on,
        today=today(session),
        referred_on=participant.referred_on,
        last_decided_on=participant.decided_on,
    )


def _keep_decision(
    session: Session,
    actor: Actor,
    participant: Participant,
    decision: str,
    *,
    decided_on: date,
    decided_by: str,
    reason: str | None = None,
    may_return: str | None = None,
    look_again_on: date | None = None,
    note: str = "",
) -> ReferralDecision:
    text = keep_note(session, participant, "reason", note)
    kept = ReferralDecision(
        participant_id=participant.id,
        decision=decision,
        reason=reason,
        decided_on=decided_on,
        decided_by=decided_by,
        may_return=may_return,
        look_again_on=look_again_on,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(kept)
    participant.decision, participant.decided_on = decision, decided_on
    write_trail(
        session,
        actor,
        "referral_decided",
        participant=participant,
        happened_on=decided_on,
        text=text,
        detail={"decision": decision, "reason": reason, "by": decided_by},
    )
    session.flush()
    return kept


def assign(
    session: Session,
    actor: Actor,
    participant_id: int,
    specialist_id: int | None,
    *,
    seen_version: int | None,
    why: str = "",
    kept: bool = False,
) -> Participant:
    """Says whose referral it is before anything is decided; the supervisor's to say."""
    if actor.role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    participant = _undecided(session, actor, participant_id, seen_version)
    _check_owner(session, participant, specialist_id, why)
    check_words(session, participant, why=why, kept=kept)
    text = keep_note(session, participant, "reason", why)
    participant.specialist_id = specialist_id
    detail = {"specialist": specialist_id}
    write_trail(session, actor, "referral_assigned", participant=participant, text=text, detail=detail)
    session.flush()
    return participant


def _check_owner(session: Session, participant: Participant, owner_id: int | None, why: str) -> None:
    """Somebody of the office who works with cases, named where she is protected, and a reason where hands are full."""
    if owner_id is None:
        return
    owner = session.get(User, owner_id)
    if owner is None or not may_own(owner, participant.office_id):
        raise Refused("no_such_specialist")
    if participant.protected and not is_named(session, owner_id, participant.id):
        raise Refused("owner_must_be_named")
    check_room(session, owner_id, why)


def refer_again(
    session: Session, actor: Actor, participant_id: int, *, referred_on: date, referred_by: str | None
) -> Participant:
    """Somebody who was here before, or was declined, stands in the inbox once more; what was decided then stays."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    check_none_runs(session, participant.id)
    if referred_on > today(session):
        raise Refused("in_the_future", day=referred_on.isoformat(), today=today(session).isoformat())
    if participant.decided_on is not None and referred_on < participant.decided_on:
        last = participant.decided_on.isoformat()
        raise Refused("before_last_decision", day=referred_on.isoformat(), last=last)
    participant.referred_on, participant.referred_by = referred_on, referred_by
    participant.decision = participant.decided_on = participant.specialist_id = None
    detail = {"by": referred_by}
    write_trail(session, actor, "referred_again", participant=participant, happened_on=referred_on, detail=detail)
    session.flush()
    return participant
