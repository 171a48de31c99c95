"""Questions to the supervisor, worded."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from se_engine import wording
from se_engine.actions.requests import NOTICES
from se_engine.queries.cases import CasePage
from se_engine.queries.requests import Request
from se_engine.rules.process import Process
from web.language import language


def request_lines(page: CasePage) -> list[dict[str, Any]]:
    """Those that wait for an answer, and what was answered in this stay."""
    return [
        request_line(found, page.id, may_answer=page.may_supervise, process=page.process)
        for found in page.requests
        if found.is_open or found.visit == page.case.visit
    ]


def request_line(found: Request, case_id: int, *, may_answer: bool, process: Process | None = None) -> dict[str, Any]:
    answered = wording.word("request_answer", found.answer, language()) if found.answer else None
    return {
        "kind": wording.word("request_kind", found.kind, language()),
        "move": _move(found, process),
        "why": found.why,
        "asked_by": found.asked_by,
        "asked_at": found.asked_at,
        "open": found.is_open,
        "notice": found.kind in NOTICES,
        "answer": answered,
        "answer_why": found.answer_why,
        "answered_by": found.answered_by,
        "tone": {"granted": "done", "declined": "look", "seen": "done"}.get(found.answer or "", "act"),
        "waits": gettext("Waits for an answer"),
        "url": url_for("requests.answer", case_id=case_id, request_id=found.id)
        if may_answer and found.is_open
        else None,
    }


def _move(found: Request, process: Process | None) -> str | None:
    if process is None or found.trigger is None:
        return None
    return next((move.title.to(language()) for move in process.moves if move.trigger == found.trigger), None)
