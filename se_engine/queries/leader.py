"""The leader's page: one quarter of an office in the published form of the reports, beside the quarter before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.caseload import caseload
from se_engine.queries.contact_numbers import field_and_all_minutes
from se_engine.queries.outcomes import outcomes
from se_engine.queries.publishing import strictest
from se_engine.queries.report_questions import Asked, Question, ask
from se_engine.queries.retention import retention
from se_engine.queries.time_per_step import time_per_step
from se_engine.records.contacts import Contact
from se_engine.rules.contacts import TOLD
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import Actor, Role
from se_engine.rules.supervision import Quarter

READERS = (Role.MANAGER, Role.SUPERVISOR, Role.OPERATOR)
REPORTS = {"outcomes": outcomes, "time-per-step": time_per_step, "caseload": caseload, "retention": retention}
LEAST_PEOPLE = 3
"""Field time of fewer colleagues would be somebody's own."""
Report = Mapping[str, Any]


@dataclass(frozen=True)
class FieldTime:
    """What the office did outside the office in a quarter; None where that would be told of one or two people."""

    hours: int
    share: float
    """Of the hours with people, travel included."""


@dataclass(frozen=True)
class LeaderPage:
    quarter: Quarter
    office: str | None
    """None: all offices that the reader may see."""
    threshold: int
    now: Mapping[str, Report]
    """Each report as of the quarter's last day."""
    before: Mapping[str, Report]
    field: FieldTime | None
    field_before: FieldTime | None
    has_next: bool

    def since(self, report: str) -> tuple[date, date] | None:
        """From where to where a report has changed; None where the newer table was passed over."""
        first, last = _stands_on(self.before[report]), _stands_on(self.now[report])
        return (first, last) if first < last else None


def leader_page(session: Session, actor: Actor, quarter: Quarter | None = None) -> LeaderPage:
    """Refused for a quarter that is not over; without one the last that is."""
    if actor.role not in READERS:
        raise NotPermitted()
    on = today(session)
    chosen = quarter or Quarter.last_finished(on)
    chosen.check_finished(on)
    asked = ask(session, actor, Question(as_of=chosen.last, office=actor.office_id, publish=True))
    return LeaderPage(
        quarter=chosen,
        office=asked.office,
        threshold=strictest(asked),
        now=_reports(session, actor, chosen.last),
        before=_reports(session, actor, chosen.before.last),
        field=_field_time(session, asked, chosen),
        field_before=_field_time(session, asked, chosen.before),
        has_next=chosen.after.last < on,
    )


def _reports(session: Session, actor: Actor, as_of: date) -> dict[str, Report]:
    """Published whoever asks: the page leaves the building."""
    question = Question(as_of=as_of, office=actor.office_id, publish=True)
    return {name: answer(session, actor, question) for name, answer in REPORTS.items()}


def _stands_on(report: Report) -> date:
    return date.fromisoformat(report["as_of"])


def new_and_ended(page: LeaderPage) -> tuple[int | None, dict[str, int | None]]:
    """How many cases have come, and gone by reason, since the table before; None for what is not published.

    A published count has changed by nothing or by no fewer than the threshold, so the difference may be told.
    """
    now, before = page.now["outcomes"], page.before["outcomes"]
    if page.since("outcomes") is None or now["suppressed"]:
        return None, {}
    earlier = {one["reason"]: one["n"] for one in before.get("outcomes", ())}
    hidden = before["suppressed"]
    ended = {
        one["reason"]: None if hidden else _difference(one["n"], earlier.get(one["reason"], 0))
        for one in now["outcomes"]
    }
    return None if hidden else _difference(now["total"], before["total"]), ended


def _difference(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def _field_time(session: Session, asked: Asked, quarter: Quarter) -> FieldTime | None:
    """Of the whole office, never of a person: whole hours, and nothing where fewer than three worked."""
    field, minutes = field_and_all_minutes()
    row = session.execute(
        select(
            field.label("field"), minutes.label("minutes"), func.count(distinct(Contact.user_id)).label("people"),
            func.count(distinct(Contact.case_id)).label("cases"),
        )
        .where(Contact.office_id.in_(asked.office_ids), Contact.happened_on.between(quarter.first, quarter.last))
        .where(Contact.status.in_(TOLD))
    ).one()  # fmt: skip
    if row.people < LEAST_PEOPLE or row.cases < strictest(asked) or not row.minutes:
        return None
    return FieldTime(round(row.minutes / 60), row.field / row.minutes)
