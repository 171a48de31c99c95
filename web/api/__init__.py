"""What systems may call: participants, cases, tasks and moves as JSON."""

from flask import Flask

from web.api import cases, document, moves, participants, process, tasks, waiting  # noqa: F401 - they add the views
from web.api.blueprint import api


def init_app(app: Flask) -> None:
    app.register_blueprint(api)
