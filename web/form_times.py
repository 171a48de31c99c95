"""How long the page of a form stood open before it was sent: from the moment its token was made."""

from datetime import datetime

from flask import Flask, Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from se_engine.actions.form_times import note_form_time
from se_engine.clock import now
from se_engine.rules.roles import CASEWORK
from web.auth import person
from web.session import afterwards
from web.typed import KEEP_DRAFT

SALT = "wtf-csrf-token"
"""The one Flask-WTF makes the token of a form with."""
LEFT_OUT = frozenset({"moves.take", "preferences.choose_language", "auth.sign_in", "auth.sign_out"})
"""What is no writing; and the move of a case, which is sent as few statements as it can be."""
DONE = 303


def note(response: Response) -> None:
    """For a form that was acted on, of somebody who works with cases; in a transaction of its own afterwards."""
    endpoint = request.endpoint
    if request.method != "POST" or response.status_code != DONE or endpoint is None or endpoint in LEFT_OUT:
        return
    if KEEP_DRAFT in request.form:  # it is not sent yet
        return
    who = person()
    office_id = who.actor.office_id if who and who.actor.role in CASEWORK else None
    shown_at = _shown_at(current_app)
    if office_id is not None and shown_at is not None:
        afterwards(lambda own: note_form_time(own, office_id, endpoint, now(own) - shown_at))


def _shown_at(app: Flask) -> datetime | None:
    """When the page was shown; None where no page of ours sent it."""
    try:
        _, shown_at = URLSafeTimedSerializer(app.secret_key or "", salt=SALT).loads(
            request.form.get("csrf_token", ""), return_timestamp=True
        )
    except BadData:
        return None
    moment: datetime = shown_at
    return moment
