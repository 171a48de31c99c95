"""What is printed of a case: the participant's sheet, to look at and as PDF, and her documents as PDF."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine import her_language
from se_engine.actions.document_events import note_printed
from se_engine.actions.sheet import hand_over_sheet, note_sheet_printed
from se_engine.printing.documents import document_pdf
from se_engine.printing.pairs import Beside
from se_engine.printing.picture_sheet import picture_sheet_pdf
from se_engine.printing.sheet import sheet_pdf
from se_engine.printing.survey_form import SurveyForm, survey_form_pdf
from se_engine.queries.document_print import printable
from se_engine.queries.schedules import survey_plan
from se_engine.queries.sheet import Sheet, sheet_of
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_language
from se_engine.rules.languages import NORWEGIAN
from web.addresses import CASE, ID
from web.answering import Problem, answer, linked
from web.auth import actor
from web.forms.sheet import HandedOverForm
from web.language import language
from web.names import language_name
from web.parts.heading import of_case
from web.parts.sheet import shown
from web.session import afterwards, note_read, reading, session

blueprint = Blueprint("printing", __name__, url_prefix=CASE)
PDF = "application/pdf"
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What the browser's own PDF viewer needs; the file has no scripts and asks for nothing."""


@blueprint.route("/sheet", methods=["GET", "POST"])
def sheet(case_id: int) -> ResponseReturnValue:
    page = sheet_of(reading(), actor(), case_id)
    chosen = _chosen(page)
    form = HandedOverForm()
    form.fit(chosen)

    def show(problems: list[Problem], stale: bool) -> str:
        return _sheet_page(sheet_of(session(), actor(), case_id), chosen, form, problems)

    if request.method != "POST":
        note_read(page.page.case)
        return show([], False)
    return answer(
        form,
        lambda: hand_over_sheet(
            session(), actor(), case_id, language=form.language.data or "", happened_on=form.happened_on.data
        ),
        then=lambda _: url_for("printing.sheet", case_id=case_id, language=form.language.data),
        show=show,
        said=gettext("It is noted that the sheet was handed over."),
    )


@blueprint.get("/sheet.pdf")
def sheet_file(case_id: int) -> ResponseReturnValue:
    page, who = sheet_of(reading(), actor(), case_id), actor()
    chosen = _chosen(page)
    made = sheet_pdf(page, Beside.of(chosen, _norwegian()))
    afterwards(lambda own: note_sheet_printed(own, who, case_id, language=chosen))
    return _file(made, "sheet")


@blueprint.get(f"/documents/<{ID}:document_id>.pdf")
def document(case_id: int, document_id: int) -> ResponseReturnValue:
    """In Norwegian, to sign; in another language, a copy with it beside."""
    chosen, who = request.args.get("language") or _norwegian(), actor()
    check_language(chosen)
    found = printable(reading(), who, case_id, document_id)
    on = found.heading.today
    both = Beside.of(chosen, chosen if chosen in NORWEGIAN else _norwegian())
    made = document_pdf(found, both, language=chosen)
    afterwards(lambda own: note_printed(own, who, document_id, language=chosen, happened_on=on))
    return _file(made, "document")


@blueprint.get("/picture-sheet.pdf")
def pictures(case_id: int) -> ResponseReturnValue:
    """To point at when reading is hard. Nothing about her stands on it."""
    page = sheet_of(reading(), actor(), case_id)
    made = picture_sheet_pdf(Beside.of(_chosen(page), _norwegian()), page.page.today)
    return _file(made, "pictures")


@blueprint.get("/follow-up/survey.pdf")
def survey(case_id: int) -> ResponseReturnValue:
    """The survey of one week to answer on paper; the questions are those of the job's own plan."""
    page = sheet_of(reading(), actor(), case_id)
    plan = survey_plan(reading(), actor(), case_id, request.args.get("job", type=int), page.page.today)
    week = request.args.get("week", plan.survey_weeks[0], type=int)
    if week not in plan.survey_weeks:
        raise Refused("survey_week", allowed=", ".join(map(str, plan.survey_weeks)))
    form = SurveyForm(case_id, week, plan, page.page.today)
    return _file(survey_form_pdf(form, Beside.of(_chosen(page), _norwegian())), "survey")


def _norwegian() -> str:
    return "nn" if language() == "nn" else her_language.OURS


def _chosen(page: Sheet) -> str:
    """What was asked for, where the words are written in it; else the first of hers, else Norwegian."""
    asked = request.args.get("language")
    if asked in her_language.languages():
        return str(asked)
    return page.language if page.language not in NORWEGIAN else _norwegian()


def _file(made: bytes, name: str) -> Response:
    """Shown by the browser; its name tells nobody whose it is."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Content-Security-Policy": VIEWER}
    return Response(made, mimetype=PDF, headers=headers)


def _sheet_page(page: Sheet, chosen: str, form: HandedOverForm, problems: list[Problem]) -> str:
    return render_template(
        "cases/sheet.html",
        frame=of_case(page.page, "sheet"),
        page=page,
        sheet=shown(page, Beside.of(chosen, _norwegian())),
        chosen=chosen,
        choices=[(code, language_name(code)) for code in her_language.languages()],
        unwritten=[language_name(code) for code in page.languages if code not in her_language.languages()],
        pdf_url=url_for("printing.sheet_file", case_id=page.page.id, language=chosen),
        form=form,
        problems=linked(problems, page.page.id),
    )
