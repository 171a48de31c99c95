"""Refusals and faults as problem details (RFC 9457), worded in the language the client asks for."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, g, json, request
from werkzeug.exceptions import HTTPException, InternalServerError

from se_engine import processes, wording
from se_engine.queries.case_data import reason_data
from se_engine.queries.names import Likely
from se_engine.rules.errors import NotFound, NotPermitted, Reason, Refused, Stale
from web.auth import NotSignedIn, person
from web.errors import KEPT, SOON
from web.language import asked_for
from web.session import give_up, note_refused, roll_back, write_notes

MIMETYPE = "application/problem+json"
REALM = 'Bearer realm="se-engine"'
WORDED = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 500, 503)
"""The statuses that have a title of their own; what else HTTP may say is called as 400 is."""


ELSEWHERE = Reason("").where
"""Where a reason is mended that names no place."""
LOOKS_KNOWN = ("looks_registered", "employer_looks_known")
"""Refusals of what may be there already, until the client says that it is another."""


class Unreadable(Refused):
    """A request that is wrong in its form: no record was asked for yet, so the trail has nothing to tell."""

    def __init__(self, status: int, summary: Reason, reasons: tuple[Reason, ...] = ()) -> None:
        super().__init__(summary.code)
        self.status, self.reason = status, summary
        self._reasons = reasons or (summary,)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self._reasons


class LooksRegistered(Refused):
    """She may be registered already: each registration that is within reach, and how many more there are."""

    def __init__(self, likely: Likely) -> None:
        super().__init__()
        self.reason, self._likely = Reason("looks_registered"), likely

    @property
    def reasons(self) -> tuple[Reason, ...]:
        shown = [
            Reason("looks_like", {"ref": one.ref}, where=f"/api/v1/participants/{one.participant_id}")
            for one in self._likely.shown
        ]
        hidden = [Reason("looks_like_hidden", {"count": self._likely.hidden})] if self._likely.hidden else []
        return (*shown, *hidden)


def language() -> str:
    """What the client asks for, else the account's own."""
    who = person()
    return asked_for() or (who.actor.language if who else "nb")


def refuse(refused: Refused) -> Response:
    """Takes the write back, tells the trail what was refused, and says every reason."""
    roll_back()
    if not isinstance(refused, Unreadable | NotSignedIn):
        note_refused(refused)
        write_notes()
    reasons = [_shown(reason, *_place(refused)) for reason in refused.reasons]
    return _problem(_status(refused), refused.reason, reasons, headers=_challenge(refused))


def _place(refused: Refused) -> tuple[int | None, str]:
    """The case and move that reasons point into, where they are this reader's to see."""
    if isinstance(refused, Unreadable | NotSignedIn | NotFound):
        return None, ""
    body = request.get_json(silent=True) if request.is_json else None
    trigger = body.get("trigger", "") if isinstance(body, dict) else ""
    return (request.view_args or {}).get("case_id"), str(trigger)


def refuse_http(error: HTTPException) -> Response:
    """What HTTP itself does not allow; a 405 keeps its `Allow`."""
    roll_back()
    status = error.code or 500
    kept = {name: value for name, value in error.get_headers() if name in KEPT}
    reason = _of_http(status)
    return _problem(status, reason, [_shown(reason)], headers=kept)


def _of_http(status: int) -> Reason:
    if status == 404:
        return Reason("not_found", where="request")
    if status == 405:
        return Reason("method_not_allowed", where="request")
    return Reason("body_not_readable", where="body")


def show_fault(error: InternalServerError) -> Response:
    """A fault of ours; its number is the one in the log."""
    roll_back()
    reason = Reason("fault", {"number": str(g.get("error_id", "–"))}, where="request")
    return _problem(500, reason, [_shown(reason)])


def show_trouble(fault: Exception) -> Response:
    """The database cannot be used: nothing of ours, and it may pass."""
    current_app.log_exception((type(fault), fault, fault.__traceback__))
    give_up()
    reason = Reason("database_resting", where="request")
    return _problem(503, reason, [_shown(reason)], headers=SOON)


def _shown(reason: Reason, case_id: int | None = None, trigger: str = "") -> dict[str, Any]:
    shown = reason_data(reason, language(), processes.latest(), case_id, trigger)
    field = reason.values.get("field")
    if isinstance(field, str) and reason.where == ELSEWHERE and _was_sent(field):
        shown["where"] = f"field:{field}"
    return shown


def _was_sent(field: str) -> bool:
    body = request.get_json(silent=True) if request.is_json else None
    return isinstance(body, dict) and field in body


def _status(refused: Refused) -> int:
    if isinstance(refused, Unreadable):
        return refused.status
    if isinstance(refused, Stale):
        return 412 if "If-Match" in request.headers else 409
    if refused.reason.code in LOOKS_KNOWN:
        return 409
    known = {NotSignedIn: 401, NotFound: 404, NotPermitted: 403}
    return next((status for kind, status in known.items() if isinstance(refused, kind)), 422)


def _challenge(refused: Refused) -> dict[str, str]:
    """RFC 6750: what the token lacks."""
    if isinstance(refused, NotSignedIn):
        fault = ', error="invalid_token"' if "Authorization" in request.headers else ""
        return {"WWW-Authenticate": REALM + fault}
    if refused.reason.code == "scope_needed":
        scope = refused.reason.values["scope"]
        return {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'}
    return {}


def _problem(
    status: int, summary: Reason, reasons: list[dict[str, Any]], *, headers: Mapping[str, str] | None = None
) -> Response:
    titled = 422 if summary.code in LOOKS_KNOWN else status if status in WORDED else 400
    body = {
        "type": "about:blank",
        "title": wording.word("problem", str(titled), language()),
        "status": status,
        "code": summary.code,
        "detail": wording.sentence(summary, language(), processes.latest()),
        "reasons": reasons,
    }
    answer = Response(json.dumps(body), status, mimetype=MIMETYPE)
    answer.headers.extend(headers or {})
    answer.content_language.add(language())
    answer.vary.add("Accept-Language")
    return answer
