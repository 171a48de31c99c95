"""Writing once: a key for each POST, and an ETag for each change of what has been seen."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, json, request

from se_engine.actions.idempotency import answer_of, claim, keep_answer
from se_engine.records.cases import Case
from se_engine.records.idempotency import DoneWrite
from se_engine.rules.errors import Reason, Stale
from web.api.answers import Answer
from web.api.problems import Unreadable
from web.api.shaping import Versioned, etag
from web.api.shaping import case as shape_case
from web.auth import actor
from web.session import reading, roll_back, session

Headers = dict[str, str]
Written = tuple[Answer, int, Headers]


def once(view: Callable[..., Written]) -> Callable[..., Written | Response]:
    """The same request under the same key is done once and answered twice. Claimed first: of two at once one waits.

    A refused request gives its key back: it may be sent again when what was missing is there.
    """

    @wraps(view)
    def written(*arguments: Any, **named: Any) -> Written | Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:  # PATCH: If-Match already keeps it from being done twice
            return view(*arguments, **named)
        who, digest = f"client:{actor().client_id}", _digest()
        if done := answer_of(session(), who, key, digest):
            return _again(done)
        try:
            claimed = claim(session(), who, key, digest)
        except Stale:
            roll_back()
            done = answer_of(reading(), who, key, digest)
            if done is None:
                raise
            return _again(done)
        answer, status, headers = view(*arguments, **named)
        body = answer.to_keep().model_dump_json()
        keep_answer(session(), claimed, status=status, location=headers.get("Location"), body=body)
        return answer, status, headers

    return written


def _digest() -> str:
    """What was sent, under a key of ours: a plain digest of a name could be guessed."""
    sent = b"\n".join((request.method.encode(), request.path.encode(), request.get_data()))
    return hmac.new(str(current_app.secret_key).encode(), sent, "sha256").hexdigest()


def _again(done: DoneWrite) -> Response:
    answer = Response(done.body, done.status, mimetype="application/json")
    answer.headers["Idempotency-Replayed"] = "true"
    if done.location:
        answer.headers["Location"] = done.location
    if tag := json.loads(done.body or "{}").get("etag"):
        answer.headers["ETag"] = tag
    return answer


def check_seen(thing: Versioned) -> int:
    """The version to change; refused unless the client says which one it has seen."""
    check_tag(etag(thing))
    return thing.version or 1


def check_tag(tag: str) -> None:
    if "If-Match" not in request.headers:
        raise Unreadable(428, Reason("if_match_needed", where="header:If-Match"))
    if not request.if_match.contains(tag.strip('"')):
        raise Stale()


def stands(case: Case) -> Written:
    """The case as it stands after a change."""
    shown = shape_case(session(), case)
    return shown, 200, {"ETag": shown.etag}
