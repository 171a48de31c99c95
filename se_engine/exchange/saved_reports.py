"""What a saved report would answer today: the same, other numbers, or why it cannot be asked once more."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from se_engine.exchange.report_changes import Change, changes
from se_engine.queries.reports import REPORTS
from se_engine.queries.saved_reports import as_today, moved_on, sees_changes
from se_engine.records.supervision import SavedReport
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor

SAME, OTHERS = "same", "others"
MOVED_ON = "moved_on"
"""Its definition is another today, so that two answers would not be about the same."""
NOT_TOLD = "not_told"
"""Two answers to one question tell what came late: not told to whoever may not open every case."""
NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Since:
    code: str
    changes: tuple[Change, ...] = ()
    """With the version it was saved by, the answer is another only where facts were recorded or corrected later."""
    refused: Refused | None = None


def since_saved(session: Session, actor: Actor, saved: SavedReport) -> Since:
    report = REPORTS.get(saved.report)
    if report is None:
        return Since(NOT_ASKED)
    if moved_on(saved) is not None:
        return Since(MOVED_ON)
    if not sees_changes(actor, saved):
        return Since(NOT_TOLD)
    today = as_today(session, actor, saved)
    if today.answer is None:
        return Since(NOT_ASKED, refused=today.refused)
    found = tuple(changes(report, saved.answer, today.answer))
    return Since(OTHERS, found) if found else Since(SAME)


def saved_data(saved: SavedReport, since: Since | None = None) -> dict[str, Any]:
    """As JSON: the question and the answer as they were, and what is known of today where that was asked."""
    kept = {
        "saved_id": saved.id, "name": saved.name, "report": saved.report, "as_of": saved.as_of.isoformat(),
        "definition_version": saved.definition_version, "definition_today": _version_today(saved),
        "saved_at": saved.saved_at.isoformat(),
        "withdrawn_at": saved.withdrawn_at.isoformat() if saved.withdrawn_at else None,
        "question": saved.question, "answer": saved.answer,
    }  # fmt: skip
    return kept | ({"today": _since_data(since)} if since else {})


def _version_today(saved: SavedReport) -> int | None:
    report = REPORTS.get(saved.report)
    return report.version if report else None


def _since_data(since: Since) -> dict[str, Any]:
    return {
        "code": since.code,
        "others": len(since.changes),
        "refused": since.refused.reason.code if since.refused else None,
    }
