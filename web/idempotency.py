"""A write sent twice under one key is done once; the second gets the first one's answer. The one place for it."""

import hashlib
import json
import secrets
from collections.abc import Callable

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from se_engine.actions.idempotency import answer_of, claim, keep_answer
from se_engine.rules.errors import Refused, Stale
from web.auth import actor, is_api, person
from web.session import SAFE_METHODS, reading, roll_back, session
from web.typed import KEEP_DRAFT

FIELD = "idempotency_key"
LONGEST_KEY = 100
NOT_THE_WRITE_ITSELF = (FIELD, "csrf_token")


def new_key() -> str:
    """A key for each form that is shown; `WriteForm` carries it, templates may call it too."""
    return secrets.token_urlsafe(16)


def once(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Runs the view unless this person has sent the same before. Claimed first: of two at once one waits."""
    key = request.form.get(FIELD)
    if request.method in SAFE_METHODS or is_api() or not key or person() is None or KEEP_DRAFT in request.form:
        return view()  # a draft may be kept as often as one likes
    if len(key) > LONGEST_KEY:
        raise Refused("key_too_long", longest=LONGEST_KEY)
    who, digest = f"user:{actor().user_id}", request_digest()
    if answer := answer_of(session(), who, key, digest):
        return redirect(answer.location or request.path, 303)
    try:
        claimed = claim(session(), who, key, digest)
    except Stale:
        roll_back()
        answer = answer_of(reading(), who, key, digest)
        return redirect((answer and answer.location) or request.path, 303)
    response = view()
    if isinstance(response, Response) and response.status_code < 400:
        keep_answer(session(), claimed, status=response.status_code, location=response.location)
    return response


def request_digest() -> str:
    """What was sent, without what differs between two clicks."""
    sent = sorted((name, value) for name, value in request.form.items(multi=True) if name not in NOT_THE_WRITE_ITSELF)
    return hashlib.sha256(json.dumps([request.method, request.path, sent]).encode()).hexdigest()
