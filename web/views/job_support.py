"""What comes and goes while a job runs: subsidies that NAV decides, and times away from work."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.subsidies import add_step, apply_for_subsidy, decide_subsidy, end_subsidy, void_subsidy
from se_engine.actions.work_absences import end_work_absence, record_work_absence, void_work_absence
from se_engine.queries.job_pages import jobs_page
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.forms.job_changes import AbsenceForm, BackForm, DecisionForm, StepForm, SubsidyForm, UntilForm, WhyForm
from web.parts import job_support as parts
from web.parts.jobs import job_name
from web.session import reading, session
from web.views.job import of_job

blueprint = Blueprint("job_support", __name__, url_prefix=f"{CASE}/jobs/<{ID}:job_id>")
BOTH = ["GET", "POST"]
SUBSIDY = f"/subsidies/<{ID}:subsidy_id>"
ABSENCE = f"/absences/<{ID}:away_id>"


@blueprint.route("/subsidies/new", methods=BOTH)
def apply(case_id: int, job_id: int) -> ResponseReturnValue:
    form = SubsidyForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: apply_for_subsidy(session(), actor(), job_id, kind=form.kind.data, applied_on=form.applied_on.data),
        title=gettext("A subsidy was applied for"),
        lead=gettext("%(job)s. NAV alone decides. The answer is recorded when it has come.", job=job_name(story.line)),
        submit=gettext("Record the application"),
        said=gettext("The application is recorded."),
        **of_job(case_id, job_id),
    )


@blueprint.route(f"{SUBSIDY}/decision", methods=BOTH)
def decide(case_id: int, job_id: int, subsidy_id: int) -> ResponseReturnValue:
    form = DecisionForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: decide_subsidy(
            session(),
            actor(),
            parts.subsidy_of(story, subsidy_id).id,
            decision=form.decision.data,
            decided_on=form.decided_on.data,
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            steps=form.steps,
        ),
        title=gettext("NAV’s decision"),
        lead=parts.subsidy_told(story, subsidy_id),
        submit=gettext("Record the decision"),
        said=gettext("The decision is recorded."),
        **of_job(case_id, job_id),
    )


@blueprint.route(f"{SUBSIDY}/steps/new", methods=BOTH)
def step(case_id: int, job_id: int, subsidy_id: int) -> ResponseReturnValue:
    form = StepForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: add_step(
            session(), actor(), parts.subsidy_of(story, subsidy_id).id,
            from_on=form.step_on.data, percent=form.percent.data,
        ),
        title=gettext("A step of the subsidy"),
        lead=parts.subsidy_told(story, subsidy_id),
        submit=gettext("Save the step"),
        said=gettext("The step is saved."),
        **of_job(case_id, job_id),
    )  # fmt: skip


@blueprint.route(f"{SUBSIDY}/until", methods=BOTH)
def until(case_id: int, job_id: int, subsidy_id: int) -> ResponseReturnValue:
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    form = UntilForm(until_on=parts.subsidy_of(story, subsidy_id).until_on)
    return case_form(
        case_id,
        form,
        lambda: end_subsidy(session(), actor(), parts.subsidy_of(story, subsidy_id).id, until_on=form.until_on.data),
        title=gettext("Another last day of the subsidy"),
        lead=parts.subsidy_told(story, subsidy_id),
        submit=gettext("Save the day"),
        said=gettext("The last day is changed."),
        **of_job(case_id, job_id),
    )


@blueprint.route(f"{SUBSIDY}/void", methods=BOTH)
def void(case_id: int, job_id: int, subsidy_id: int) -> ResponseReturnValue:
    form = WhyForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: void_subsidy(session(), actor(), parts.subsidy_of(story, subsidy_id).id, why=form.why.data or ""),
        title=gettext("Take the subsidy back"),
        lead=parts.subsidy_told(story, subsidy_id),
        submit=gettext("Take it back"),
        said=gettext("The subsidy is taken back."),
        danger=True,
        **of_job(case_id, job_id),
    )


@blueprint.route("/absences/new", methods=BOTH)
def away(case_id: int, job_id: int) -> ResponseReturnValue:
    form = AbsenceForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: record_work_absence(
            session(), actor(), job_id, kind=form.kind.data, from_on=form.from_on.data, until_on=form.until_on.data
        ),
        title=gettext("Away from work"),
        lead=gettext("%(job)s. Only the days are kept, and never a word of why.", job=job_name(story.line)),
        submit=gettext("Save the days"),
        said=gettext("The days away are saved."),
        **of_job(case_id, job_id),
    )


@blueprint.route(f"{ABSENCE}/end", methods=BOTH)
def back(case_id: int, job_id: int, away_id: int) -> ResponseReturnValue:
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    form = BackForm(until_on=parts.absence_of(story, away_id).until_on)
    return case_form(
        case_id,
        form,
        lambda: end_work_absence(session(), actor(), parts.absence_of(story, away_id).id, until_on=form.until_on.data),
        title=gettext("Back at work"),
        lead=parts.absence_told(story, away_id),
        submit=gettext("Save the day"),
        said=gettext("The last day away is saved."),
        **of_job(case_id, job_id),
    )


@blueprint.route(f"{ABSENCE}/void", methods=BOTH)
def not_away(case_id: int, job_id: int, away_id: int) -> ResponseReturnValue:
    form = WhyForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: void_work_absence(session(), actor(), parts.absence_of(story, away_id).id, why=form.why.data or ""),
        title=gettext("Take the absence back"),
        lead=parts.absence_told(story, away_id),
        submit=gettext("Take it back"),
        said=gettext("The absence is taken back."),
        danger=True,
        **of_job(case_id, job_id),
    )
