"""Ends that lack something: a reason nobody gave, or the report to the national register, with the days left."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.closing_dues import end_event, flag, unreported, without_reason
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.rules.closing import register_day
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, Actor

MOST = 500


@dataclass(frozen=True)
class EndLine:
    case_id: int
    name: str
    owner: str | None
    ended_on: date
    end_reason: str | None
    without_reason: bool
    event_id: int | None
    """The end in history, which is corrected when the reason is known."""
    report_by: date | None
    """The register's last day, while it has not been told."""
    days_left: int | None


@dataclass(frozen=True)
class Ends:
    lines: tuple[EndLine, ...]
    more: bool


def ends_lacking(session: Session, actor: Actor) -> Ends:
    """One statement; those whose register days run out first stand first, then the longest without a reason."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    on = today(session)
    event = end_event()
    query = (
        select(
            Case, Participant.sealed_key, ParticipantText.sealed, User.name, event.label("event_id"),
            flag(without_reason()).label("no_reason"), flag(unreported()).label("unreported"),
        )
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(cases_in_scope(actor, on), or_(without_reason(), unreported()))
        .order_by(Case.ended_on.desc(), Case.id)
        .limit(MOST + 1)
    )  # fmt: skip
    rows = session.execute(query).all()
    lines = sorted((_line(session, row, on) for row in rows[:MOST]), key=_order)
    return Ends(tuple(lines), len(rows) > MOST)


def _line(session: Session, row: Any, on: date) -> EndLine:
    case, key, sealed, owner, event_id, no_reason, not_reported = row
    last = register_day(case.ended_on) if not_reported else None
    return EndLine(
        case_id=case.id,
        name=full_name(open_text(session, key, "name", sealed)),
        owner=owner,
        ended_on=case.ended_on,
        end_reason=case.end_reason,
        without_reason=bool(no_reason),
        event_id=event_id,
        report_by=last,
        days_left=(last - on).days if last else None,
    )


def _order(line: EndLine) -> tuple[bool, date, int]:
    return line.report_by is None, line.report_by or line.ended_on, line.case_id
