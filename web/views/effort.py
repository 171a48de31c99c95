"""Effort and result as a page, and the cases behind a number for those who may open them."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.measures.effort import WINDOWS
from se_engine.queries import effort as numbers
from se_engine.queries.access import offices_for_reports
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import SUPERVISION
from web.auth import actor
from web.parts import effort as shown
from web.reports.behind import behind
from web.reports.choices import choices_from
from web.reports.sheets import EXPORTS
from web.session import reporting
from web.worklists import step_title

blueprint = Blueprint("effort", __name__, url_prefix="/reports/effort")


@blueprint.get("")
def show() -> ResponseReturnValue:
    who, asked = actor(), shown.asked_from(request.args, choices_from(request.args))
    report = numbers.effort(reporting(), who, asked.report.question, asked.effort)
    return render_template(
        "effort.html",
        report=report,
        asked=asked,
        offices=[(one.id, one.name) for one in offices_for_reports(reporting(), who)],
        effort_as_of=shown.day_of(report["effort"]["as_of"]),
        parts=shown.part_titles(),
        windows=WINDOWS,
        bands=shown.BANDS,
        unmeasured=shown.unmeasured(report),
        effort_columns=shown.effort_columns,
        effort_rows=shown.effort_rows,
        tables=shown.tables(report, asked, opens=not report["published"]),
        exports=[(kind.upper(), shown.export(asked, kind)) for kind in EXPORTS],
        save=url_for("saved_reports.new", report="effort", **asked.fixed),
    )


@blueprint.get("/cases")
def cases() -> ResponseReturnValue:
    who = actor()
    if who.role not in SUPERVISION:
        raise NotFound()
    asked = shown.asked_from(request.args, choices_from(request.args))
    ids = numbers.cases_behind(
        reporting(), who, asked.report.question, asked.effort,
        result=request.args.get("result", "cases"), part=request.args.get("part", ""),
        group=request.args.get("group", ""),
    )  # fmt: skip
    return render_template("effort_cases.html", found=behind(ids), asked=asked, step_title=step_title)
