"""Reports: how long people stay in each step, and the cases behind a number for those who may open them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from se_engine.queries import time_per_step as numbers
from se_engine.queries.access import offices_for_reports
from se_engine.queries.case_lists import cases_by_number
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import CASEWORK
from web import reports
from web.auth import actor
from web.session import session
from web.worklists import step_title

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
SHOWN = 200
"""Cases behind one number on one page; the rest is found by narrowing the report."""


@blueprint.get("/time-per-step")
def time_per_step() -> ResponseReturnValue:
    who = actor()
    offices = offices_for_reports(session(), who)
    chosen = reports.choices_from(request.args)
    report = numbers.time_per_step(session(), who, chosen.question)
    return render_template(
        "time_per_step.html",
        report=report,
        chosen=chosen,
        offices=offices,
        columns=reports.columns(),
        rows=reports.rows(report["steps"], chosen, opens=who.role in CASEWORK),
        curves=reports.curves(report["steps"]),
        clocks=reports.CLOCKS,
        visits=reports.VISITS,
    )


@blueprint.get("/time-per-step/cases")
def cases() -> ResponseReturnValue:
    who = actor()
    if who.role not in CASEWORK:
        raise NotFound()
    chosen = reports.choices_from(request.args)
    step, part = request.args.get("step", ""), request.args.get("part", "visits")
    ids = numbers.cases_behind(session(), who, chosen.question, step, part=part)
    found = cases_by_number(session(), who, ids[:SHOWN])
    return render_template(
        "report_cases.html", found=found, many=len(ids), step=step, chosen=chosen, step_title=step_title
    )
