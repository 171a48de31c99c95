"""The programme theory of an office: what is thought to lead to what, with the present numbers, and wording it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.theory import reword
from se_engine.queries.report_questions import Question
from se_engine.queries.theory import OfficeTheory, office_theory
from se_engine.queries.theory_numbers import behind_number, theory_numbers
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import SUPERVISION
from web.addresses import ID
from web.auth import actor
from web.form_pages import form_page
from web.forms.days import this_day
from web.forms.theory import TheoryForm
from web.language import language
from web.parts import theory as shown
from web.reports.behind import behind
from web.session import reading, reporting, session
from web.worklists import number_from, step_title

blueprint = Blueprint("theory", __name__, url_prefix="/theory")


@blueprint.get("")
def show() -> ResponseReturnValue:
    found = _theory(number_from(request.args.get("office")))
    whole, numbers = theory_numbers(reporting(), actor(), _question(found.office.id), found.measures)
    return render_template(
        "theory.html",
        found=found,
        whole=whole,
        lines=shown.lines(found, numbers, opens=whole),
        parts=shown.PARTS,
        offices=[(one.id, one.name) for one in found.offices],
        first_words={line[0].line: line[0].words for line in found.lines},
    )


@blueprint.route(f"/<{ID}:office_id>/<theory_line>/<theory_part>", methods=["GET", "POST"])
def change(office_id: int, theory_line: str, theory_part: str) -> ResponseReturnValue:
    found = _theory(office_id)
    if not found.may_change:
        raise NotPermitted()
    now = found.part(theory_line, theory_part)
    form = TheoryForm(words=now.words, measure=now.measure or "")
    form.fit(shown.measure_titles(), measurable=now.measurable, own=now.own)
    return form_page(
        form,
        lambda: reword(
            session(), actor(), office_id, theory_line, theory_part, words=form.new_words, measure=form.tied_to
        ),
        said=_("The programme theory is changed."),
        back=(url_for("theory.show", office=office_id), _("Programme theory")),
        heading=_("Reword: %(part)s", part=shown.PARTS[theory_part]),
        lead=_(
            "What you write holds for your office. Nothing about a participant belongs here. "
            "The template stays, and every change can be read."
        ),
        facts=[{"label": _("Template"), "text": now.template}],
        action=_("Change"),
    )


@blueprint.get(f"/<{ID}:office_id>/cases")
def cases(office_id: int) -> ResponseReturnValue:
    who = actor()
    if who.role not in SUPERVISION:
        raise NotFound()
    measure, part = request.args.get("measure", ""), request.args.get("part", "total")
    ids = behind_number(reporting(), who, _question(office_id), measure, part)
    return render_template(
        "theory_cases.html", found=behind(ids), office=office_id, measure=shown.measure_titles()[measure],
        parts=[(key, url_for("theory.cases", office_id=office_id, measure=measure, part=key)) for key in shown.ANSWERS],
        part=part, answers=shown.ANSWERS, step_title=step_title,
    )  # fmt: skip


def _theory(office: int | None) -> OfficeTheory:
    return office_theory(reading(), actor(), office or actor().office_id, language())


def _question(office: int) -> Question:
    return Question(as_of=this_day(), office=office, threshold=0)
