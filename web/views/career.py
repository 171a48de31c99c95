"""Language and career of a case on one page; levels and steps are told here."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from se_engine.actions.career import record_step, void_step
from se_engine.actions.languages import record_levels
from se_engine.queries.access import access_case
from se_engine.queries.career import career_page
from se_engine.queries.economy import economy_talk
from se_engine.queries.jobs import jobs_of
from se_engine.queries.levels import newest_levels
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.career import StepForm
from web.forms.days import this_day
from web.forms.participants import LevelsForm
from web.forms.plan import VoidForm
from web.parts import career as parts
from web.parts.heading import of_case
from web.parts.jobs import job_choices
from web.session import note_read, reading, session

blueprint = Blueprint("career", __name__, url_prefix=f"{CASE}/career")
BOTH = ["GET", "POST"]


@blueprint.app_template_global()
def economy_line(case_id: int) -> dict[str, str] | None:
    """Whether the talk about money has been held, for pages about a job or the plan."""
    return parts.economy(economy_talk(reading(), actor(), case_id), this_day())


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = career_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/career.html",
        frame=of_case(page, "plan"),
        page=page,
        charts=parts.charts(page),
        levels=parts.level_rows(page),
        goals=parts.goals(page, page.running_goals),
        ended_goals=parts.goals(page, page.ended_goals),
        tests=parts.tests(page),
        steps=parts.steps(page),
        educations=parts.educations(page),
        qualifications=parts.qualifications(page),
        economy=parts.economy(page.economy, page.today),
        economy_words=page.words.get(page.economy.text_id or 0) if page.economy else None,
    )


@blueprint.route("/levels", methods=BOTH)
def levels(case_id: int) -> ResponseReturnValue:
    case = access_case(reading(), actor(), case_id)
    known = newest_levels(reading(), case.participant_id)
    form = LevelsForm(**{skill: level or "" for skill, level in known.items()})
    return career_form(
        case_id,
        form,
        lambda: record_levels(
            session(),
            actor(),
            case.participant_id,
            levels=form.levels(),
            source=form.source.data,
            happened_on=form.happened_on.data,
        ),
        title=gettext("Norwegian, skill by skill"),
        lead=gettext("The participant’s own estimate is enough. No level closes a door to a job."),
        submit=gettext("Record the levels"),
        said=gettext("The levels are recorded."),
        part="language",
    )


@blueprint.route("/steps/new", methods=BOTH)
@drafted(_("A step forward"))
def new_step(case_id: int) -> ResponseReturnValue:
    form = StepForm()
    form.fit(job_choices(jobs_of(reading(), access_case(reading(), actor(), case_id).id)))
    return career_form(
        case_id,
        form,
        lambda: record_step(
            session(),
            actor(),
            case_id,
            kind=form.kind.data,
            happened_on=form.happened_on.data,
            number=form.number.data,
            words=form.words.data or "",
            job_id=form.job_id,
            kept=form.kept.data,
        ),
        title=gettext("A step forward"),
        lead=gettext("More hours, a new contract or another occupation are recorded with the job."),
        submit=gettext("Save the step"),
        said=gettext("The step is saved."),
        part="steps",
    )


@blueprint.route(f"/steps/<{ID}:step_id>/void", methods=BOTH)
def take_back(case_id: int, step_id: int) -> ResponseReturnValue:
    form = VoidForm()
    return void_form(case_id, form, lambda: void_step(session(), actor(), case_id, step_id, why=form.why.data), "steps")


def career_form(case_id: int, form: Any, act: Callable[[], Any], *, part: str, **more: Any) -> ResponseReturnValue:
    """A form about one part of the page: back to it, done or not."""
    back = url_for("career.show", case_id=case_id, _anchor=part)
    return case_form(case_id, form, act, then=lambda _done: back, cancel_url=back, **more)


def void_form(case_id: int, form: Any, act: Callable[[], Any], part: str) -> ResponseReturnValue:
    return career_form(
        case_id,
        form,
        act,
        title=gettext("Take it back"),
        lead=gettext("It is kept in the log, with your reason, and counts no more."),
        submit=gettext("Take it back"),
        said=gettext("It is taken back."),
        part=part,
        danger=True,
    )
