"""Reports that leave the page as files: the published form, whoever takes them, and the trail says who did."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from se_engine.actions.trail import write_trail
from se_engine.exchange.report_files import OUTPUTS, file_name, report_file
from se_engine.queries.access import team_led
from se_engine.queries.published_reports import published_answer
from se_engine.queries.reports import REPORTS
from se_engine.rules.errors import NotFound
from web.auth import actor
from web.language import language
from web.reports.choices import ReportForm, choices_from, options_from
from web.session import afterwards, reporting

blueprint = Blueprint("report_exports", __name__, url_prefix="/reports")


@blueprint.get(f"/<report>/export.<any({', '.join(OUTPUTS)}):output>")
def table(report: str, output: str) -> ResponseReturnValue:
    """The same arguments as the report's page, and every table of it in one file."""
    who = actor()
    if report not in REPORTS:
        raise NotFound()
    form = ReportForm(request.args)
    if not form.validate():
        raise NotFound()
    chosen = choices_from(request.args, form, own_team=team_led(reporting(), who))
    options = options_from(request.args, REPORTS[report])
    found = published_answer(reporting(), who, REPORTS[report], chosen.question, **options)
    detail = {
        "report": report, "output": output, "as_of": found["as_of"], "office": chosen.office, "by": chosen.by,
        "from": chosen.from_on.isoformat() if chosen.from_on else None,
        "to": chosen.to_on.isoformat() if chosen.to_on else None,
    }  # fmt: skip
    afterwards(lambda own: write_trail(own, who, "report_exported", detail=detail))
    return as_file(report_file(REPORTS[report], found, output, language()), output, file_name(found, output))


def as_file(content: bytes, output: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=OUTPUTS[output], headers=headers)
