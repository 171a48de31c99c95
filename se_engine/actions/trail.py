"""Writing the trail: one entry per thing done, read or refused, in the transaction of the thing itself."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from se_engine.clock import now
from se_engine.records.base import write_row
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.texts import KeptText
from se_engine.records.trail import TrailEntry
from se_engine.rules.chain import FIELDS, entry_digest
from se_engine.rules.roles import Actor, Role

Detail = Mapping[str, str | int | None]
"""Codes and ids by name."""


def write_trail(
    session: Session,
    actor: Actor,
    what: str,
    *,
    case: Case | None = None,
    participant: Participant | None = None,
    happened_on: date | None = None,
    text: KeptText | None = None,
    detail: Detail | None = None,
) -> None:
    """One entry. `detail` holds codes and ids only: names and words belong in a participant's text."""
    entry = _entry(
        session, actor, what, case=case, participant=participant, happened_on=happened_on, text=text, detail=detail
    )
    write_row(session, TrailEntry, **entry)


def write_trail_of_each(session: Session, actor: Actor, what: str, cases: Sequence[Case]) -> None:
    """An entry for each case of a list, all in one statement."""
    if cases:
        session.execute(insert(TrailEntry), [_entry(session, actor, what, case=case) for case in cases])


def _entry(
    session: Session,
    actor: Actor,
    what: str,
    *,
    case: Case | None = None,
    participant: Participant | None = None,
    happened_on: date | None = None,
    text: KeptText | None = None,
    detail: Detail | None = None,
) -> dict[str, str | int | None]:
    told = {**(detail or {}), "client": actor.client_id}
    about = case or participant
    participant_id = case.participant_id if case else participant.id if participant else None
    values: dict[str, str | int | None] = {
        "recorded_at": now(session).isoformat(timespec="microseconds"),
        "user_id": actor.user_id,
        "role": actor.role.value,
        "on_behalf_of": _absent_owner(actor, case),
        "office_id": about.office_id if about else actor.office_id,
        "participant_id": participant_id,
        "case_id": case.id if case else None,
        "what": what,
        "detail": " ".join(f"{key}={value}" for key, value in told.items() if value is not None) or None,
        "happened_on": happened_on.isoformat() if happened_on else None,
        "text_id": text.id if text else None,
        "text_digest": text.digest if text else None,
    }
    return {**values, "digest": entry_digest([raw(values[field]) for field in FIELDS])}


def raw(value: str | int | None) -> bytes | None:
    """A column as the bytes that its digest covers."""
    return None if value is None else str(value).encode()


def _absent_owner(actor: Actor, case: Case | None) -> int | None:
    """Whom a specialist stood in for: the owner of the case, when that is somebody else."""
    if case is None or actor.role is not Role.JOB_SPECIALIST or case.owner_id == actor.user_id:
        return None
    return case.owner_id
