"""Form tokens: every form of a page carries one, so that no other site can send it in a person's name."""

from flask import Flask
from flask_wtf import CSRFProtect

from web.auth import is_api

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # long texts take long to write
    csrf.init_app(app)
    app.before_request(check)


def check() -> None:
    """Systems come with a token of their own, which no browser sends by itself."""
    if not is_api():
        csrf.protect()
