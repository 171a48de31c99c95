"""Every report by its name: what answers it, which of its numbers make a table, and which options it has of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from se_engine.measures.effort import DEFINITION_VERSION as EFFORT_VERSION
from se_engine.measures.stays import DEFINITION_VERSION as STAYS_VERSION
from se_engine.queries import (
    caseload,
    effort_report,
    field_work,
    flow,
    going_back,
    outcomes,
    retention,
    time_per_step,
)
from se_engine.queries.report_questions import Question, check_option
from se_engine.rules.errors import Refused
from se_engine.rules.retention import DEFINITION_VERSION as RETENTION_VERSION
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Report:
    name: str
    answer: Callable[..., dict[str, Any]]
    """(session, actor, question, **options)"""
    version: int
    """Of its definition: an answer of another version is not to be compared with it."""
    rows: str
    """The list in the answer, or in each of its groups, of which a table is made."""
    columns: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What it may be asked beside what every report may; where nothing is named, the report says what there is."""
    tabled: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda answer: answer
    """The answer with its rows in one list, where it is made otherwise."""
    leaves: bool = True
    """Whether it has a published form. What tells of single persons stays with those who may open their cases."""


REPORTS: Mapping[str, Report] = {
    one.name: one
    for one in (
        Report(
            "time-per-step", time_per_step.time_per_step, STAYS_VERSION, "steps",
            ("step", "visits", "completed", "open", "median", "quartile_1", "quartile_3", "own_days_mean",
             "waiting_days_mean", "paused_days_mean"),
        ),
        Report(
            "flow", flow.flow, flow.DEFINITION_VERSION, "days", ("day", "steps", "paused", "entered", "ended"),
        ),
        Report(
            "caseload", caseload.caseload, caseload.DEFINITION_VERSION, "specialists",
            ("name", "active", "waiting", "paused", "follow_up", "working", "capacity", "share"),
        ),
        Report(
            "outcomes", outcomes.outcomes, outcomes.DEFINITION_VERSION, "outcomes",
            ("reason", "n", "at_horizon", "low", "high"),
        ),
        Report(
            "retention", retention.retention, RETENTION_VERSION, "checkpoints",
            ("week", "total", "in_work", "not_in_work", "not_known", "late"), {"which": retention.WHICH},
        ),
        Report(
            "effort", effort_report.answered, EFFORT_VERSION, "results", effort_report.COLUMNS, effort_report.OPTIONS,
            effort_report.tabled,
        ),
        Report(
            "going-back", going_back.going_back, going_back.DEFINITION_VERSION, "moves",
            ("from", "to", "move", "decided_by", "many"), leaves=False,
        ),
        Report(
            "field-work", field_work.field_work, field_work.DEFINITION_VERSION, "numbers", ("number", "value"),
            tabled=field_work.tabled, leaves=False,
        ),
    )
}  # fmt: skip


LEAVING: Mapping[str, Report] = {name: one for name, one in REPORTS.items() if one.leaves}
"""Those that may leave the page as files."""


def report_named(name: str) -> Report:
    found = REPORTS.get(name)
    if found is None:
        raise Refused("report_option_unknown", option="report", allowed=", ".join(REPORTS))
    return found


def answer(report: Report, session: Session, actor: Actor, question: Question, **options: str) -> dict[str, Any]:
    """The report as JSON; Refused for an option that it does not have, or where it is not for everybody."""
    for option, value in options.items():
        if report.options.get(option, ()) or option not in report.options:
            check_option(option, value, report.options.get(option, ()))
    if question.publish and not report.leaves:
        raise Refused("report_stays_inside")
    return report.answer(session, actor, question, **options)
