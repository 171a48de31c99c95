"""A case and its moves as data for programs, and the case that somebody names by number or reference."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import access_case, access_participant, cases_in_scope
from se_engine.queries.facts import facts_of
from se_engine.queries.places import place_path
from se_engine.records.cases import Case
from se_engine.records.offices import Office
from se_engine.records.participants import Participant
from se_engine.rules.errors import NotFound, Reason, Refused
from se_engine.rules.process import Option, Process, may_take
from se_engine.rules.roles import Actor
from se_engine.wording import sentence


def case_named(session: Session, actor: Actor, name: str) -> Case:
    """The case with this number, or the newest of the participant OFFICE/REF."""
    if name.isdecimal():
        return access_case(session, actor, int(name))
    office, _, ref = name.rpartition("/")
    participant_id = session.scalar(
        select(Participant.id)
        .join(Office, Office.id == Participant.office_id)
        .where(Office.name == office, Participant.ref == ref)
    )
    if participant_id is None:
        raise NotFound()
    newest = (
        select(Case.id)
        .where(Case.participant_id == participant_id, cases_in_scope(actor, today(session)))
        .order_by(Case.opened_on.desc(), Case.id.desc())
    )
    case_id = session.scalar(newest.limit(1))
    if case_id is None:
        access_participant(session, actor, participant_id)
        raise Refused("no_case_yet", ref=ref)
    return access_case(session, actor, case_id)


def case_data(session: Session, case: Case) -> dict[str, Any]:
    return {
        "case": case.id,
        "participant_ref": case.participant.ref,
        "office": session.get_one(Office, case.office_id).name,
        "process": case.process_name,
        "version": case.process_version,
        "step": case.step,
        "status": case.status,
        "opened_on": case.opened_on.isoformat(),
        "ended_on": case.ended_on.isoformat() if case.ended_on else None,
    }


def moves_data(session: Session, actor: Actor, case: Case, language: str) -> list[dict[str, Any]]:
    """Every move from where the case stands, with each open requirement: what, who can mend it, where."""
    process = processes.get(case.process_name, case.process_version)
    options = exceptions_last(process.options(case.step, facts_of(session, case, process)))
    return [_move_data(process, actor, case, option, language) for option in options]


def exceptions_last(options: Sequence[Option]) -> list[Option]:
    """In the order of the definition, but an exception comes after the ordinary moves to the same step."""
    ordinary = [option for option in options if option.move.kind != "exception"]
    exceptions = [option for option in options if option.move.kind == "exception"]
    last_to = {option.move.to: option for option in ordinary}
    arranged = []
    for option in ordinary:
        arranged.append(option)
        if last_to[option.move.to] is option:
            arranged += [other for other in exceptions if other.move.to == option.move.to]
    return arranged + [option for option in exceptions if option.move.to not in last_to]


def _move_data(process: Process, actor: Actor, case: Case, option: Option, language: str) -> dict[str, Any]:
    move, reasons = option.move, list(option.reasons)
    if not may_take(actor.role, move):
        values: dict[str, str | int] = {"trigger": move.trigger, "roles": ", ".join(move.roles)}
        reasons.append(Reason("move_not_permitted", values, who=tuple(move.roles)))
    return {
        "trigger": move.trigger,
        "to": move.to,
        "allowed": not reasons,
        "reasons": [reason_data(reason, language, process, case.id, move.trigger) for reason in reasons],
    }


def reason_data(
    reason: Reason, language: str, process: Process | None = None, case_id: int | None = None, trigger: str = ""
) -> dict[str, Any]:
    """A reason in words; `where` is a path when the case is known."""
    return {
        "code": reason.code,
        "task": reason.task,
        "text": sentence(reason, language, process),
        "who": [str(role) for role in reason.who],
        "where": place_path(case_id, reason.where, trigger) if case_id else reason.where,
    }
