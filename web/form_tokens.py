"""What is looked at before a form is read: that a page of ours sent it, and that a database could keep it."""

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import BadRequest

from web.auth import is_api

csrf = CSRFProtect()
NUL = "\x00"
"""PostgreSQL keeps none in a text, and no keyboard writes one."""


def init_app(app: Flask) -> None:
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # long texts take long to write
    csrf.init_app(app)
    app.before_request(check)


def check() -> None:
    """Systems come with a token of their own, which no browser sends by itself; what is no page has its own answer."""
    if is_api() or request.routing_exception is not None:
        return
    if any(NUL in text for sent in (request.args, request.form) for pair in sent.items(multi=True) for text in pair):
        raise BadRequest()
    csrf.protect()
