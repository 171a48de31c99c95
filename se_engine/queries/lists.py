"""What systems ask for in lists: in the order of their ids, from a cursor on, changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope, participants_in_scope
from se_engine.records.cases import Case
from se_engine.records.history import HistoryEvent
from se_engine.records.offices import Office
from se_engine.records.participants import Participant
from se_engine.records.trail import TrailEntry
from se_engine.rules.roles import Actor

LOOKS = ("case_read", "participant_read", "audit_case_read", "refused")
"""Entries of the trail that changed nothing."""


@dataclass(frozen=True)
class Page:
    """Which part of a list: the ids after `cursor`."""

    cursor: int
    limit: int
    updated_since: datetime | None


def participants(session: Session, actor: Actor, page: Page, *, ref: str | None) -> Sequence[Participant]:
    """One more than the page holds, to see whether there is a next one."""
    return session.scalars(
        select(Participant)
        .where(
            participants_in_scope(actor, today(session)),
            Participant.id > page.cursor,
            Participant.ref == ref if ref is not None else true(),
            _changed(TrailEntry.participant_id, Participant.id, page.updated_since),
        )
        .order_by(Participant.id)
        .limit(page.limit + 1)
    ).all()


def cases(
    session: Session, actor: Actor, page: Page, *, participant_id: int | None, status: str | None
) -> Sequence[Case]:
    """The same for cases, with their participants."""
    return session.scalars(
        select(Case)
        .options(joinedload(Case.participant, innerjoin=True))
        .where(
            cases_in_scope(actor, today(session)),
            Case.id > page.cursor,
            Case.participant_id == participant_id if participant_id is not None else true(),
            Case.status == status if status is not None else true(),
            _changed(TrailEntry.case_id, Case.id, page.updated_since),
        )
        .order_by(Case.id)
        .limit(page.limit + 1)
    ).all()


def _changed(
    about: InstrumentedAttribute[int | None], id_: InstrumentedAttribute[int], since: datetime | None
) -> ColumnElement[bool]:
    """The trail is the one place that knows every change; its moments are ISO text in UTC, which sorts as they do."""
    if since is None:
        return true()
    moment = since.astimezone(UTC).isoformat(timespec="microseconds")
    return exists().where(about == id_, TrailEntry.recorded_at >= moment, TrailEntry.what.not_in(LOOKS))


def cursor_after(found: Sequence[Participant] | Sequence[Case], limit: int) -> str | None:
    """Where the next page begins; None on the last one."""
    return str(found[limit - 1].id) if len(found) > limit else None


def office_names(session: Session, ids: set[int]) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(select(Office.id, Office.name).where(Office.id.in_(ids)))}


def events(session: Session, case_id: int) -> Sequence[HistoryEvent]:
    """Everything ever recorded of a case, what was taken back included, in the order in which it happened."""
    found = select(HistoryEvent).where(HistoryEvent.case_id == case_id)
    return session.scalars(found.order_by(HistoryEvent.happened_on, HistoryEvent.id)).all()
