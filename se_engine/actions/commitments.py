"""Who does what by when, as it was promised at a cooperation meeting: kept, done, or dropped with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from se_engine.actions.partners import check_may_share, partner_of_office
from se_engine.actions.requests import notify_supervisor
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_commitment
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.needs import Commitment
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.needs import WHO
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


class Promise(NamedTuple):
    """One line of the meeting; `partner_id` where a partner promised."""

    who: str
    partner_id: int | None
    text: str
    due_on: date | None


def record_commitments(
    session: Session,
    actor: Actor,
    case_id: int,
    contact_id: int | None,
    promises: Sequence[Promise | tuple[str, int | None, str, date | None]],
    *,
    made_on: date | None = None,
    because: str = "",
    kept: bool = False,
) -> list[Commitment]:
    """All lines or none. A partner takes part with her consent to meetings; what has happened without it is
    recorded with a reason, and the supervisor is told."""
    case = access_case(session, actor, case_id)
    contact = session.get(Contact, contact_id) if contact_id else None
    if contact_id and (contact is None or contact.case_id != case.id):
        raise NotFound()
    day = made_on or (contact.happened_on if contact else today(session))
    check_working_day(session, case, day)
    lines = [Promise(*promise) for promise in promises]
    for line in lines:
        _check(session, case, line, day, kept=kept)
    _check_partners(session, actor, case, {line.partner_id for line in lines if line.partner_id}, day, because)
    return [_keep(session, actor, case, contact_id, line, day) for line in lines]


def _check(session: Session, case: Case, line: Promise, day: date, *, kept: bool) -> None:
    check_code("who", line.who, WHO)
    if not line.text.strip():
        raise Refused("say_what_is_promised")
    if line.due_on is not None and line.due_on < day:
        raise Refused("due_before_promised", day=line.due_on.isoformat(), made=day.isoformat())
    if (line.who == "partner") != (line.partner_id is not None):
        raise Refused("which_partner")
    partner_of_office(session, case, line.partner_id)
    check_words(session, case, kept=kept, text=line.text)


def _check_partners(session: Session, actor: Actor, case: Case, partners: set[int], day: date, because: str) -> None:
    for partner_id in sorted(partners):
        try:
            check_may_share(session, case, partner_id, "meetings", on=day)
        except Refused:
            if not because.strip():
                raise
            text = keep_text(session, case.participant, "request", because.strip())
            notify_supervisor(session, actor, case, "partner_without_consent", text=text)
            return


def _keep(session: Session, actor: Actor, case: Case, contact_id: int | None, line: Promise, day: date) -> Commitment:
    text = keep_text(session, case.participant, "commitment", line.text.strip())
    made = Commitment(
        case_id=case.id,
        contact_id=contact_id,
        who=line.who,
        partner_id=line.partner_id,
        text_id=text.id,
        made_on=day,
        due_on=line.due_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    write_trail(
        session, actor, "commitment_made", case=case, happened_on=day, text=text,
        detail={"commitment": made.id, "who": line.who, "partner": line.partner_id, "contact": contact_id},
    )  # fmt: skip
    return made


def complete_commitment(session: Session, actor: Actor, commitment_id: int, *, done_on: date) -> Commitment:
    """It was done."""
    made, case = _open(session, actor, commitment_id)
    _check_after(session, case, made, done_on)
    made.done_on = done_on
    write_trail(
        session, actor, "commitment_done", case=case, happened_on=done_on,
        detail={"commitment": made.id},
    )  # fmt: skip
    session.flush()
    return made


def drop_commitment(
    session: Session, actor: Actor, commitment_id: int, *, why: str, dropped_on: date, kept: bool = False
) -> Commitment:
    """It will not be done, or is not needed any more; the reason stays with it."""
    made, case = _open(session, actor, commitment_id)
    _check_after(session, case, made, dropped_on)
    if not why.strip():
        raise Refused("reason_needed")
    check_words(session, case, kept=kept, why=why)
    text = keep_note(session, case.participant, "commitment", why)
    made.dropped_on, made.end_text_id = dropped_on, text.id if text else None
    write_trail(
        session, actor, "commitment_dropped", case=case, happened_on=dropped_on, text=text,
        detail={"commitment": made.id},
    )  # fmt: skip
    session.flush()
    return made


def _open(session: Session, actor: Actor, commitment_id: int) -> tuple[Commitment, Case]:
    made, case = access_commitment(session, actor, commitment_id, lock=True)
    if made.done_on or made.dropped_on:
        raise Refused("commitment_is_over")
    return made, case


def _check_after(session: Session, case: Case, made: Commitment, on: date) -> None:
    check_working_day(session, case, on)
    if on < made.made_on:
        raise Refused("before_promised", day=on.isoformat(), made=made.made_on.isoformat())
