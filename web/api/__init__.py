"""What systems may call: participants, cases, employers and everything about them as JSON."""

from flask import Flask

from web.api import (  # noqa: F401 - they add the views
    agenda,
    career,
    cases,
    closing,
    contacts,
    disclosures,
    document,
    document_events,
    document_kinds,
    documents,
    education,
    employer_relations,
    employers,
    follow_up,
    follow_up_checks,
    follow_up_choices,
    indicators,
    interpreters,
    job_changes,
    jobs,
    language_goals,
    moves,
    needs,
    participants,
    partners,
    plan,
    printing,
    process,
    records,
    referrals,
    reminders,
    reports,
    saved_reports,
    schemes,
    subsidies,
    tasks,
    tracks,
    training,
    waiting,
    work_absences,
    worklist,
)
from web.api.blueprint import api


def init_app(app: Flask) -> None:
    app.register_blueprint(api)
