"""Refusals and faults as pages: one table, sentences in the reader's language, nothing done by halves.

What is asked below /api is answered by web/api/problems.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError

from se_engine import processes, wording
from se_engine.rules.errors import NotFound, NotPermitted, Reason, Refused, Stale
from web.auth import NotSignedIn, sign_in_url
from web.filters import with_days
from web.language import language
from web.session import give_up, note_refused, roll_back, write_notes
from web.typed import typed

STATUS: Mapping[type[Refused], int] = {NotSignedIn: 401, NotFound: 404, NotPermitted: 403, Stale: 409}
"""Every other refusal is 422."""
PASSED_ON = (NotFound, NotPermitted)
"""Refusals that no form can put right."""
KEPT = ("Allow", "Retry-After")
"""Headers that tell what may be done instead."""
TROUBLE = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What SQLAlchemy calls a database that is away, locked, full or closed to writing."""
SOON = {"Retry-After": "60"}
Answer = tuple[str, int]


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(CSRFError, show_lost_form)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(InternalServerError, show_fault)
    for trouble in TROUBLE:
        app.register_error_handler(trouble, show_trouble)


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
    if isinstance(refused, NotSignedIn):
        message = _("You are not signed in, so nothing was changed. Sign in, and the form is there again.")
        sign_in = {"label": _("Sign in"), "url": sign_in_url(), "primary": True}
        return _page(_heading(status), message=message, actions=[sign_in]), status
    return _page(_heading(status), reasons=worded(refused)), status


def show_lost_form(error: CSRFError) -> Answer:
    message = _("The form's token did not fit, so nothing was changed. Go back, load the page again and send it anew.")
    roll_back()
    return _page(_("This form can no longer be sent"), message=message), 400


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    page, _status = _plain(status, _heading(status))
    return page, status, [(name, value) for name, value in error.get_headers() if name in KEPT]


def show_fault(error: InternalServerError) -> Answer:
    return _plain(500, _heading(500), _("The fault is ours. Nothing was changed, and it has been written down."))


def show_trouble(fault: Exception) -> ResponseReturnValue:
    """None of our doing, and it may pass."""
    current_app.log_exception((type(fault), fault, fault.__traceback__))
    give_up()
    heading = wording.word("problem", "503", language())
    message = wording.sentence(Reason("database_resting"), language())
    return _page(heading, message=message), 503, SOON


def _plain(status: int, heading: str, message: str | None = None) -> Answer:
    roll_back()
    return _page(heading, message=message), status


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


def _page(heading: str, *, reasons: Sequence[dict[str, Any]] = (), **shown: Any) -> str:
    """The rest is what error.html takes."""
    known = {"error_id": g.get("error_id"), "kept": typed()}
    return render_template("error.html", heading=heading, reasons=list(reasons), **known, **shown)
