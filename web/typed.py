"""A form that came to nothing: what was written in it, and where it stands – for a person who would lose her words."""

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

SECRET = ("password", "old", "new", "again")
KEEP_DRAFT = "keep_draft"
"""The button that keeps a form instead of acting on it."""
NOT_TYPED = ("csrf_token", "idempotency_key", "version", KEEP_DRAFT, *SECRET)
"""What a form carries beside what a person wrote in it."""
WORTH_KEEPING = 20
"""Characters: what is shorter is soon written again."""


def typed() -> list[str]:
    """The longer texts of the form, as they were sent; none of one that is too large to be read."""
    try:
        form = request.form
    except RequestEntityTooLarge:
        return []
    sent = (text.strip() for name, text in form.items(multi=True) if name not in SECRET)
    return [text for text in sent if len(text) > WORTH_KEEPING and " " in text]


def form_address() -> str | None:
    """The page of the form: the address it was sent to, or the page of ours it came from."""
    if request.url_rule and "GET" in (request.url_rule.methods or ()):
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host else None
