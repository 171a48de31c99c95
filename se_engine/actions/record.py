"""Answers to the fields of the participant record."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from se_engine import record_fields
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_participant
from se_engine.queries.participants import OPEN, field_access
from se_engine.queries.qualifications import is_source_of
from se_engine.records.participants import (
    FieldValue,
)
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import Actor


def record_field(
    session: Session,
    actor: Actor,
    participant_id: int,
    key: str,
    answer: str,
    *,
    happened_on: date,
    entry: int = 1,
    by_its_record: bool = False,
) -> FieldValue:
    """One answer to one field of the record; an empty answer takes it back. Sealed where it may reveal something.

    What follows from records of its own is written by them alone, once there are any (`by_its_record`).
    """
    participant = access_participant(session, actor, participant_id)
    field = record_fields.get(key)
    if not field.may_be_read_by_casework:
        raise NotPermitted()
    if not by_its_record and is_source_of(session, participant.id, key):
        raise Refused("field_has_its_record", field=key)
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    given = field.checked(answer)
    sealed = keep_text(session, participant, f"field:{key}", given) if given and field.sealed else None
    value = FieldValue(
        participant_id=participant.id,
        field=key,
        entry=entry,
        code=given if given and not field.sealed else None,
        text_id=sealed.id if sealed else None,
        happened_on=happened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(value)
    write_trail(
        session, actor, "field_recorded", participant=participant, happened_on=happened_on, text=sealed,
        detail={"field": key},
    )  # fmt: skip
    session.flush()
    return value


def record_answers(
    session: Session,
    actor: Actor,
    participant_id: int,
    answers: Mapping[tuple[str, int], str],
    *,
    happened_on: date,
) -> list[FieldValue]:
    """The answers that were given or changed, by field and entry. Who may not read an answer may not overwrite it."""
    for key in dict.fromkeys(key for key, _ in answers):
        if field_access(session, actor, participant_id, key) != OPEN:
            raise NotPermitted()
    return [
        record_field(session, actor, participant_id, key, answer, happened_on=happened_on, entry=entry)
        for (key, entry), answer in answers.items()
    ]
