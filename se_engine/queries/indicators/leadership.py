"""Indicator of the leadership: whether data lead to action – what earlier audits asked for, and reviews of results."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from se_engine.clock import NORWAY
from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.stretches import holding, stretches
from se_engine.records.audit_results import AuditAction, AuditActionEvent
from se_engine.records.audits import Audit
from se_engine.records.supervision import SavedReport

QUARTER, YEAR = 91, 365
MOVED, DONE = "moved", "done"
OF_RESULTS = ("outcomes", "retention")
NOBODY = 0


class ActionRow(NamedTuple):
    id: int
    due_on: date
    """As it was last moved."""
    closed: bool


def actions(evidence: Evidence) -> Sequence[ActionRow]:
    """The actions after the offices' audits as they stood at the end of the window."""
    window = evidence.window
    told: dict[int, list[tuple[str, date | None]]] = defaultdict(list)
    for row in evidence.rows(
        select(AuditActionEvent.action_id, AuditActionEvent.what, AuditActionEvent.due_on)
        .join(AuditAction, AuditAction.id == AuditActionEvent.action_id)
        .join(Audit, Audit.id == AuditAction.audit_id)
        .where(Audit.office_id.in_(window.offices), AuditActionEvent.happened_on <= window.to_on)
        .order_by(AuditActionEvent.happened_on, AuditActionEvent.id)
    ):
        told[row.action_id].append((row.what, row.due_on))
    rows = evidence.rows(
        select(AuditAction.id, AuditAction.due_on)
        .join(Audit, Audit.id == AuditAction.audit_id)
        .where(Audit.office_id.in_(window.offices), Audit.opened_on <= window.to_on)
        .order_by(AuditAction.id)
    )
    return [_standing(row.id, row.due_on, told[row.id]) for row in rows]


def _standing(number: int, due_on: date, told: Sequence[tuple[str, date | None]]) -> ActionRow:
    moved = [day for what, day in told if what == MOVED and day is not None]
    steps = [what for what, _ in told if what != MOVED]
    return ActionRow(number, moved[-1] if moved else due_on, steps[-1:] == [DONE])


def reviews(evidence: Evidence) -> Sequence[date]:
    """The days on which a report of results was kept for the offices."""
    rows = evidence.rows(
        select(SavedReport.saved_at).where(
            SavedReport.office_id.in_(evidence.window.offices), SavedReport.report.in_(OF_RESULTS)
        )
    )
    return sorted(row.saved_at.astimezone(NORWAY).date() for row in rows)


def audits(evidence: Evidence) -> Sequence[date]:
    rows = evidence.rows(select(Audit.opened_on).where(Audit.office_id.in_(evidence.window.offices)))
    return [row.opened_on for row in rows if row.opened_on <= evidence.window.to_on]


def audit_actions_closed(evidence: Evidence) -> Measured:
    """Actions after the audits that were due in the window and are done; and what else shows that data are used."""
    window = evidence.window
    due = [one for one in evidence.read(actions) if window.holds(one.due_on)]
    measured = share((NOBODY, one.closed) for one in due)
    quarters = stretches(window, QUARTER)
    since = window.to_on - timedelta(days=YEAR)
    return Measured(
        measured.value,
        measured.n,
        measured.numerator,
        measured.denominator,
        detail={
            "quarters_with_results_kept": [holding(quarters, evidence.read(reviews)), len(quarters)],
            "audits_of_last_year": sum(day > since for day in evidence.read(audits)),
            "actions": len(evidence.read(actions)),
        },
    )


COUNTS: Mapping[str, Count] = {"audit_actions_closed": audit_actions_closed}
