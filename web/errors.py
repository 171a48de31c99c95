"""Refusals and faults as answers: one table, sentences in the reader's language, nothing done by halves."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, jsonify, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from se_engine import processes, wording
from se_engine.rules.errors import NotFound, NotPermitted, Reason, Refused, Stale
from web.auth import NotSignedIn, is_api
from web.filters import with_days
from web.language import language
from web.session import note_refused, roll_back, write_notes

STATUS: Mapping[type[Refused], int] = {NotSignedIn: 401, NotFound: 404, NotPermitted: 403, Stale: 409}
"""Every other refusal is 422."""
PASSED_ON = (NotFound, NotPermitted)
"""Refusals that no form can put right."""
Answer = tuple[Response | str, int]


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(CSRFError, show_lost_form)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(InternalServerError, show_fault)


def status_of(refused: Refused) -> int:
    return next((status for kind, status in STATUS.items() if isinstance(refused, kind)), 422)


def problems(refused: Refused) -> list[dict[str, Any]]:
    """For a view that shows its form again with what was typed: takes the write back, notes the refusal, and gives
    every reason as {text, who, where, code, task}. What no form can put right is raised again."""
    roll_back()
    if isinstance(refused, PASSED_ON):
        raise refused
    note_refused(refused)
    return worded(refused)


def worded(refused: Refused) -> list[dict[str, Any]]:
    return [_worded(reason) for reason in refused.reasons]


def _worded(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "task": reason.task,
        "text": with_days(wording.sentence(reason, language(), processes.latest())),
        "who": [wording.word("role", role, language()) for role in reason.who],
        "where": reason.where,
    }


def show_refusal(refused: Refused) -> Answer:
    roll_back()
    note_refused(refused)
    write_notes()
    status = status_of(refused)
    reasons = worded(refused)
    if is_api():
        return _problem(status, _heading(status), reasons)
    return _page(status, _heading(status), reasons=reasons), status


def show_lost_form(error: CSRFError) -> Answer:
    message = _("The form's token did not fit, so nothing was changed. Go back, load the page again and send it anew.")
    return _plain(400, _("This form can no longer be sent"), message)


def show_http_error(error: HTTPException) -> Answer | Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()  # a redirect of the router
    return _plain(status, _heading(status))


def show_fault(error: InternalServerError) -> Answer:
    return _plain(500, _heading(500), _("The fault is ours. Nothing was changed, and it has been written down."))


def _plain(status: int, heading: str, message: str | None = None) -> Answer:
    roll_back()
    if is_api():
        return _problem(status, heading, [])
    return _page(status, heading, message=message), status


def _heading(status: int) -> str:
    return {
        401: _("Sign in first"),
        403: _("This is not for you to do"),
        404: _("There is no such page for you"),
        405: _("This page cannot be used that way"),
        409: _("Somebody has changed this in the meantime"),
        413: _("This is too large to send"),
        422: _("This cannot be done as it stands"),
        500: _("Something went wrong"),
    }.get(status) or _("This could not be understood")


def _page(status: int, heading: str, *, message: str | None = None, reasons: Sequence[dict[str, Any]] = ()) -> str:
    error_id = g.get("error_id") if status == 500 else None
    return render_template("error.html", heading=heading, message=message, reasons=list(reasons), error_id=error_id)


def _problem(status: int, title: str, reasons: list[dict[str, Any]]) -> tuple[Response, int]:
    """RFC 9457: what went wrong, for systems."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "reasons": reasons}
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        body["error_id"] = g.get("error_id")
    answer = jsonify(body)
    answer.mimetype = "application/problem+json"
    return answer, status
