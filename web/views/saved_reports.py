"""Saved reports: kept from a report's page, opened as they were, taken out as files, withdrawn."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from se_engine.actions import saved_reports as actions
from se_engine.actions.trail import write_trail
from se_engine.exchange.report_files import OUTPUTS, file_name, report_file
from se_engine.exchange.saved_reports import MOVED_ON, NOT_ASKED, NOT_TOLD, since_saved
from se_engine.queries import saved_reports as queries
from se_engine.queries.access import team_led
from se_engine.queries.reports import REPORTS, Report
from se_engine.queries.saved_reports import SavedLine
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import AGGREGATES
from web.addresses import ID
from web.auth import actor
from web.errors import problems
from web.form_pages import form_page
from web.forms.reports import SaveReportForm
from web.language import language
from web.reports import saved as words
from web.reports.choices import Choices, ReportForm, choices_from, options_from
from web.session import afterwards, reading, reporting, session
from web.views.report_exports import as_file

blueprint = Blueprint("saved_reports", __name__, url_prefix="/reports/saved")
ONE = f"/<{ID}:saved_id>"


@blueprint.get("")
def index() -> ResponseReturnValue:
    lines = queries.saved_reports(reading(), actor())
    return render_template(
        "reports/saved_list.html",
        kept=[_line(one) for one in lines if one.withdrawn_at is None],
        withdrawn=[_line(one) for one in lines if one.withdrawn_at is not None],
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A name for what stands on the report's page; the answer is asked for once more and kept."""
    if actor().role not in AGGREGATES:
        raise NotPermitted()
    form = SaveReportForm()
    if request.method != "POST":
        form.report.data = request.args.get("report", "")
        form.asked.data = urlencode([pair for pair in request.args.items(multi=True) if pair[0] != "report"])
    report, chosen, options = _asked(form)
    return form_page(
        form,
        lambda: actions.save_report(
            session(), actor(), form.name.data or "", report, chosen.question, reads=reporting(), **options
        ),
        said=_("The report is saved."),
        back=(url_for(".index"), _("Saved reports")),
        heading=_("Save the report"),
        lead=_lead(report, chosen),
        action=_("Save"),
    )


@blueprint.get(ONE)
def one(saved_id: int) -> ResponseReturnValue:
    """As it was answered; for those who may open every case also what is another number today."""
    saved = queries.access_saved(reading(), actor(), saved_id)
    report = REPORTS.get(saved.report)
    newer = queries.moved_on(saved)
    return render_template(
        "reports/saved.html",
        saved=_line(queries.saved_line(reading(), saved)),
        about=words.about(saved.answer),
        tables=list(words.shown(report, saved.answer)) if report else [],
        today=_today(saved),
        version=saved.definition_version,
        moved_on=newer,
        exports=[(kind.upper(), url_for(".file", saved_id=saved.id, output=kind)) for kind in OUTPUTS],
        may_withdraw=queries.may_withdraw(actor(), saved),
    )


@blueprint.get(f"{ONE}/file.<any({', '.join(OUTPUTS)}):output>")
def file(saved_id: int, output: str) -> ResponseReturnValue:
    """The answer that was kept: the same file next year."""
    who = actor()
    saved = queries.access_saved(reading(), who, saved_id)
    report = REPORTS.get(saved.report)
    if report is None:
        raise NotFound()
    detail = {"report": saved.report, "output": output, "saved": saved.id}
    afterwards(lambda own: write_trail(own, who, "report_exported", detail=detail))
    return as_file(report_file(report, saved.answer, output, language()), output, file_name(saved.answer, output))


@blueprint.post(f"{ONE}/withdraw")
def withdraw(saved_id: int) -> ResponseReturnValue:
    actions.withdraw_report(session(), actor(), saved_id)
    flash(_("The report is withdrawn. It can still be read."), "done")
    return redirect(url_for(".index"), 303)


def _lead(report: Report, chosen: Choices) -> str:
    return _(
        "%(report)s, as of %(day)s, in the form that all who read the reports may see. It stays as it is, whatever is "
        "recorded later.",
        report=words.report_title(report.name),
        day=format_date(chosen.as_of, "long"),
    )


def _asked(form: SaveReportForm) -> tuple[Report, Choices, dict[str, str]]:
    """What stood in the address of the report's page; NotFound for what is none of ours."""
    report = REPORTS.get(form.report.data or "")
    given = MultiDict(parse_qsl(form.asked.data or "", keep_blank_values=True))
    asked = ReportForm(given)
    if report is None or not asked.validate():
        raise NotFound()
    chosen = choices_from(given, asked, own_team=team_led(reporting(), actor()))
    return report, chosen, options_from(given, report)


def _today(saved: Any) -> dict[str, Any] | None:
    """What is told of today; None where nothing is."""
    found = since_saved(reporting(), actor(), saved)
    if found.code in (MOVED_ON, NOT_TOLD):
        return None
    if found.code == NOT_ASKED:
        return {"problems": problems(found.refused), "changes": None} if found.refused else None
    return {"problems": [], "changes": words.changed(saved.answer, found.changes)}


def _line(one: SavedLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "url": url_for(".one", saved_id=one.id),
        "report": words.report_title(one.report),
        "as_of": one.as_of,
        "saved": _who_when(one.saved_by, one.saved_at),
        "withdrawn": _who_when(one.withdrawn_by, one.withdrawn_at) if one.withdrawn_at else None,
    }


def _who_when(who: str | None, when: Any) -> str:
    day = format_date(when, "medium")
    return f"{who}, {day}" if who else day
