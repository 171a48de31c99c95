"""Education beside or instead of work, and competence from abroad with its recognition."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from se_engine.actions.education import add_education, change_education, void_education
from se_engine.actions.qualifications import (
    add_qualification,
    qualification_of,
    record_recognition,
    void_qualification,
)
from se_engine.queries.access import access_case
from se_engine.queries.career import EducationLine, one_education
from se_engine.queries.texts import texts_of
from web.addresses import CASE, ID
from web.auth import actor
from web.drafts import drafted
from web.forms.career import EducationChangeForm, EducationForm, QualificationForm, RecognitionForm
from web.forms.plan import VoidForm
from web.session import reading, session
from web.views.career import BOTH, career_form, void_form

blueprint = Blueprint("career_learning", __name__, url_prefix=f"{CASE}/career")


@blueprint.route("/education/new", methods=BOTH)
@drafted(_("Education"))
def new(case_id: int) -> ResponseReturnValue:
    form = EducationForm()
    return career_form(
        case_id,
        form,
        lambda: add_education(
            session(),
            actor(),
            case_id,
            level=form.level.data,
            place=form.place.data or "",
            subject=form.subject.data or "",
            started_on=form.started_on.data,
            planned_until=form.planned_until.data,
            support=form.support.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Education"),
        lead=gettext("Norwegian courses are tests and levels, and stand under language."),
        submit=gettext("Save the education"),
        said=gettext("The education is saved."),
        part="education",
    )


@blueprint.route(f"/education/<{ID}:education_id>", methods=BOTH)
@drafted(_("Education"))
def change(case_id: int, education_id: int) -> ResponseReturnValue:
    known = _education(case_id, education_id)
    form = EducationChangeForm(**_told(known, case_id)) if request.method != "POST" else EducationChangeForm()
    form.current = known.version
    return career_form(
        case_id,
        form,
        lambda: change_education(
            session(),
            actor(),
            case_id,
            education_id,
            seen_version=form.seen(),
            planned_until=form.planned_until.data,
            support=form.support.data or "",
            learned=form.learned.data or "",
            ended_on=form.ended_on.data,
            outcome=form.outcome.data,
            kept=form.kept.data,
        ),
        title=gettext("How the education goes"),
        submit=gettext("Save"),
        said=gettext("Saved."),
        part="education",
    )


@blueprint.route(f"/education/<{ID}:education_id>/void", methods=BOTH)
def void(case_id: int, education_id: int) -> ResponseReturnValue:
    _education(case_id, education_id)
    form = VoidForm()
    return void_form(
        case_id, form, lambda: void_education(session(), actor(), case_id, education_id, why=form.why.data), "education"
    )


@blueprint.route("/qualifications/new", methods=BOTH)
@drafted(_("Competence from abroad"))
def new_abroad(case_id: int) -> ResponseReturnValue:
    form = QualificationForm()
    return career_form(
        case_id,
        form,
        lambda: add_qualification(
            session(),
            actor(),
            case_id,
            words=form.words.data or "",
            country=form.country.data,
            level=form.level.data,
            years=form.years.data,
            documented=form.documented.data,
            status=form.status.data,
            happened_on=form.happened_on.data,
            kept=form.kept.data,
        ),
        title=gettext("Competence from abroad"),
        submit=gettext("Save"),
        said=gettext("Saved."),
        part="abroad",
        countries_offered=True,
    )


@blueprint.route(f"/qualifications/<{ID}:qualification_id>/recognition", methods=BOTH)
def recognition(case_id: int, qualification_id: int) -> ResponseReturnValue:
    case = access_case(reading(), actor(), case_id)
    known = qualification_of(reading(), case, qualification_id)
    form = RecognitionForm()
    return career_form(
        case_id,
        form,
        lambda: record_recognition(
            session(),
            actor(),
            case_id,
            qualification_id,
            status=form.status.data,
            happened_on=form.happened_on.data,
            words=form.words.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Where recognition stands"),
        lead=texts_of(reading(), case.participant, [known.text_id]).get(known.text_id),
        submit=gettext("Save"),
        said=gettext("Saved."),
        part="abroad",
    )


@blueprint.route(f"/qualifications/<{ID}:qualification_id>/void", methods=BOTH)
def void_abroad(case_id: int, qualification_id: int) -> ResponseReturnValue:
    qualification_of(reading(), access_case(reading(), actor(), case_id), qualification_id)
    form = VoidForm()
    return void_form(
        case_id,
        form,
        lambda: void_qualification(session(), actor(), case_id, qualification_id, why=form.why.data),
        "abroad",
    )


def _education(case_id: int, education_id: int) -> EducationLine:
    return one_education(reading(), actor(), case_id, education_id)


def _told(known: EducationLine, case_id: int) -> dict[str, object]:
    """What the form shows first: what stands there."""
    case = access_case(reading(), actor(), case_id)
    ids = {"support": known.support_text_id, "learned": known.learned_text_id}
    words = texts_of(reading(), case.participant, [number for number in ids.values() if number])
    told: dict[str, object] = {name: words.get(number or 0) for name, number in ids.items()}
    return {**told, "planned_until": known.planned_until, "ended_on": known.ended_on, "outcome": known.outcome}
