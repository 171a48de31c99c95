"""What systems may call: participants, cases, employers and everything about them as JSON."""

from flask import Flask

from web.api import (  # noqa: F401 - they add the views
    agenda,
    cases,
    contacts,
    disclosures,
    document,
    employer_relations,
    employers,
    interpreters,
    moves,
    needs,
    participants,
    partners,
    plan,
    process,
    records,
    referrals,
    schemes,
    tasks,
    tracks,
    waiting,
    worklist,
)
from web.api.blueprint import api


def init_app(app: Flask) -> None:
    app.register_blueprint(api)
