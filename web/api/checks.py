"""What every request must bring before its view is asked: a scope, a readable body, and a key for each POST."""

import re
from typing import Any

from flask import request
from pydantic import ValidationError

from se_engine.rules.errors import NotPermitted, Reason
from web.api.problems import Unreadable
from web.auth import person
from web.session import SAFE_METHODS

BODIES = {"POST": ("application/json",), "PATCH": ("application/json", "application/merge-patch+json")}
KEY = re.compile(r"[\x21-\x7e]{1,100}")
FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")


def check_request() -> None:
    """Before each view; who asks has been settled by then."""
    who = person()
    if who is None:
        return
    scope = "read" if request.method in SAFE_METHODS else "write"
    if scope not in who.scopes:
        raise NotPermitted("scope_needed", scope=scope)
    if request.method in BODIES:
        _check_body(BODIES[request.method])
    if request.method == "POST":
        _check_key()


def _check_body(allowed: tuple[str, ...]) -> None:
    if request.mimetype not in allowed:
        raise Unreadable(415, Reason("media_type_not_allowed", {"allowed": ", ".join(allowed)}, where="body"))
    try:
        body: Any = request.json
    except RecursionError:
        raise Unreadable(400, Reason("body_not_readable", where="body")) from None
    if not isinstance(body, dict):
        raise Unreadable(422, Reason("body_not_an_object", where="body"))


def _check_key() -> None:
    if not KEY.fullmatch(request.headers.get("Idempotency-Key", "")):
        raise Unreadable(400, Reason("key_needed", where="header:Idempotency-Key"))


def refuse_invalid(asked: Any, answer: Any, fault: ValidationError | None, *_: Any) -> None:
    """Called by spectree once it has compared a request with its models; what was sent is never repeated."""
    if fault is None:
        return
    place = "query" if fault.title.endswith("Query") else "field"
    errors = fault.errors(include_url=False, include_input=False)
    raise Unreadable(422, Reason("request_not_valid", where="request"), tuple(_reason(place, e) for e in errors))


def _reason(place: str, error: Any) -> Reason:
    field = ".".join(_name(part) for part in error["loc"]) or "–"
    where, given = f"{place}:{field}", error.get("ctx", {})
    match error["type"]:
        case "missing":
            return Reason("field_needed", {"field": field}, where=where)
        case "extra_forbidden":
            return Reason("field_unknown", {"field": field}, where=where)
        case "literal_error":
            return Reason("value_unknown", {"field": field, "allowed": _allowed(given["expected"])}, where=where)
        case "string_too_long":
            return Reason("field_too_long", {"field": field, "longest": given["max_length"]}, where=where)
        case "date_needed":
            return Reason("field_date", {"field": field}, where=where)
        case _:
            return Reason("field_wrong", {"field": field}, where=where)


def _allowed(expected: str) -> str:
    """«'a', 'b' or 'c'» → «a, b, c», in any language."""
    return ", ".join(re.findall(r"'([^']*)'", expected))


def _name(part: str | int) -> str:
    """A field's name; what cannot be one may be anything, even a person's name."""
    return str(part) if isinstance(part, int) or FIELD.fullmatch(part) else "…"
