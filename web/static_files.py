"""Static files: served by WhiteNoise, kept for a year, found anew when their content changes."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from web.headers import EVERYWHERE

FOLDER = Path(__file__).parent / "static"
YEAR = 365 * 24 * 60 * 60
ASKED_FROM_STYLES = (".woff2",)
"""A style sheet asks for these without a digest; a preload with one would fetch them twice."""


def init_app(app: Flask) -> None:
    app.wsgi_app = WhiteNoise(
        app.wsgi_app, root=FOLDER, prefix="static/", max_age=YEAR, add_headers_function=_add_headers
    )
    app.url_defaults(_add_digest)


def _add_headers(headers: Headers, path: str, url: str) -> None:
    for name, value in EVERYWHERE.items():
        headers[name] = value


def _add_digest(endpoint: str, values: dict[str, Any]) -> None:
    name = values.get("filename", "")
    if endpoint == "static" and not name.endswith(ASKED_FROM_STYLES):
        values["v"] = _digest(name)


@lru_cache
def _digest(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:10]
