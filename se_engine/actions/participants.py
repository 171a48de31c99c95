"""Registering a participant, her name, the facts of her identity, and who may see her when she is protected."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.actions.names import key_name
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_office, access_participant
from se_engine.records.cases import Case
from se_engine.records.offices import Team
from se_engine.records.participants import (
    NamedReader,
    Participant,
)
from se_engine.records.people import User
from se_engine.records.referrals import ReferralDecision
from se_engine.rules import identity
from se_engine.rules.errors import NotPermitted, Refused, Stale
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor

FACTS = (
    "birth_year", "sex", "country", "arrived_year", "highest_education", "interpreter_need", "interpreter_language",
    "referred_on", "referred_by", "decision", "decided_on", "team_id",
)  # fmt: skip


def register(
    session: Session,
    actor: Actor,
    office_id: int,
    *,
    ref: str,
    given_name: str,
    family_name: str,
    protected: bool = False,
    **facts: Any,
) -> Participant:
    """A participant with a name and a reference; everything else may come later."""
    office = access_office(session, actor, office_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    wanted = ref.strip() or next_ref(session, office.id)
    identity.check_ref(wanted)
    if session.scalar(select(Participant.id).where(Participant.office_id == office.id, Participant.ref == wanted)):
        raise Refused("ref_used", ref=wanted)
    if not given_name.strip() and not family_name.strip():
        raise Refused("name_needed")
    facts["team_id"] = facts.get("team_id") or actor.team_id  # who works in a team registers for the team
    _check_facts(session, office.id, facts)
    participant = Participant(
        office_id=office.id,
        ref=wanted,
        sealed_key=session.info["keyring"].new_key(),
        protected=protected,
        recorded_at=now(session),
        **facts,
    )
    _note_interpreter(session, participant)
    session.add(participant)
    session.flush()
    _name(session, participant, given_name, family_name)
    if protected and actor.user_id is not None:
        session.add(_named_reader(session, actor, participant, actor.user_id))
    write_trail(session, actor, "participant_registered", participant=participant)
    session.flush()
    return participant


def next_ref(session: Session, office_id: int) -> str:
    """The office's next reference: P0001, P0002 … after those it has."""
    taken = session.scalar(select(func.count()).select_from(Participant).where(Participant.office_id == office_id)) or 0
    refs = set(session.scalars(select(Participant.ref).where(Participant.office_id == office_id)))
    number = taken + 1
    while f"P{number:04d}" in refs:
        number += 1
    return f"P{number:04d}"


def rename(session: Session, actor: Actor, participant_id: int, *, given_name: str, family_name: str) -> Participant:
    participant = access_participant(session, actor, participant_id)
    if not given_name.strip() and not family_name.strip():
        raise Refused("name_needed")
    _name(session, participant, given_name, family_name)
    write_trail(session, actor, "participant_renamed", participant=participant)
    session.flush()
    return participant


def _name(session: Session, participant: Participant, given_name: str, family_name: str) -> None:
    """One text, a line each; an earlier name stays as the text it was."""
    text = keep_text(session, participant, "name", f"{given_name.strip()}\n{family_name.strip()}")
    participant.name_id = text.id
    key_name(session, participant, f"{given_name} {family_name}")


def change_facts(
    session: Session, actor: Actor, participant_id: int, *, seen_version: int | None, **facts: Any
) -> Participant:
    """Changes facts of identity; the trail keeps what each was and became, as codes."""
    participant = access_participant(session, actor, participant_id)
    if seen_version is not None and participant.version != seen_version:
        raise Stale()
    _check_facts(session, participant.office_id, facts)
    changed = {key: value for key, value in facts.items() if getattr(participant, key) != value}
    if not changed:
        return participant
    detail = {key: f"{_code(getattr(participant, key))}→{_code(value)}" for key, value in changed.items()}
    for key, value in changed.items():
        setattr(participant, key, value)
    _note_interpreter(session, participant)
    if participant.decision and changed.keys() & {"decision", "decided_on"}:
        session.add(_decision(session, actor, participant))
    if "team_id" in changed:
        for case in session.scalars(select(Case).where(Case.participant_id == participant.id)):
            case.team_id = participant.team_id
    write_trail(session, actor, "participant_changed", participant=participant, detail=detail)
    session.flush()
    return participant


def _note_interpreter(session: Session, participant: Participant) -> None:
    """Since when her need is known; another answer later does not make it known later."""
    known = participant.interpreter_need is not None
    participant.interpreter_known_on = (participant.interpreter_known_on or today(session)) if known else None


def _decision(session: Session, actor: Actor, participant: Participant) -> ReferralDecision:
    """A decision told by another system, among those that were made here."""
    return ReferralDecision(
        participant_id=participant.id,
        decision=participant.decision,
        decided_on=participant.decided_on or today(session),
        decided_by="supervisor" if actor.role in SUPERVISION else "specialist",
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )


def _code(value: object) -> str:
    return "–" if value is None else str(value)


def _check_facts(session: Session, office_id: int, facts: Mapping[str, Any]) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refused("field_unknown", field=", ".join(sorted(unknown)))
    identity.check_facts(facts, today(session))
    if facts.get("team_id") is not None:
        team = session.get(Team, facts["team_id"])
        if team is None or team.office_id != office_id:
            raise Refused("no_such_team")


def protect(
    session: Session, actor: Actor, participant_id: int, *, readers: Sequence[int], protected: bool
) -> Participant:
    """Only the named persons see her from now on; a supervisor decides, and is one of them."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    participant.protected = protected
    for case in session.scalars(select(Case).where(Case.participant_id == participant.id)):
        case.protected = protected
    deciding = () if actor.user_id is None else (actor.user_id,)
    wanted = {*readers, *deciding} if protected else set()
    named = {
        row.user_id: row
        for row in session.scalars(select(NamedReader).where(NamedReader.participant_id == participant.id))
    }
    for user_id in named.keys() - wanted:
        session.delete(named[user_id])
    for user_id in sorted(wanted - named.keys()):
        user = session.get(User, user_id)
        if user is None or user.office_id != participant.office_id or user.role_of not in CASEWORK:
            raise Refused("no_such_specialist")
        session.add(_named_reader(session, actor, participant, user.id))
    what = "participant_protected" if protected else "protection_ended"
    write_trail(session, actor, what, participant=participant, detail={"readers": ",".join(map(str, readers)) or None})
    session.flush()
    return participant


def _named_reader(session: Session, actor: Actor, participant: Participant, user_id: int) -> NamedReader:
    return NamedReader(
        participant_id=participant.id, user_id=user_id, recorded_by=actor.user_id, recorded_at=now(session)
    )
