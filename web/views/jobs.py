"""Jobs of a case: start, end, and the answers at checks."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.checks import record_check
from se_engine.actions.jobs import end_job, start_job
from se_engine.queries.access import access_case
from se_engine.queries.job_pages import jobs_page, placements_of
from se_engine.queries.jobs import case_employers, jobs_of
from se_engine.queries.track_choices import running_tracks
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.jobs import CheckForm, JobEndForm, JobForm
from web.forms.occupations import occupation_choices
from web.numbers import whole_number
from web.parts.heading import of_case
from web.parts.job_labels import label_lines
from web.parts.job_pages import card
from web.parts.jobs import check_lines, job_choices, job_name
from web.session import note_read, reading, session
from web.views.job import job_url
from web.views.job_after import after_url

blueprint = Blueprint("jobs", __name__, url_prefix=CASE)
BOTH = ["GET", "POST"]


@blueprint.app_template_global()
def offered_occupations() -> list[str]:
    """What a field for an occupation offers while one writes."""
    return occupation_choices()


@blueprint.get("/jobs")
def show(case_id: int) -> ResponseReturnValue:
    page = jobs_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/jobs.html",
        frame=of_case(page, "jobs"),
        page=page,
        jobs=[card(page, story) for story in page.jobs],
        labels=label_lines(page.labels) if page.jobs else [],
        checks=check_lines(page.checks, {story.job.id: job_name(story.line) for story in page.jobs}),
    )


@blueprint.route("/jobs/new", methods=BOTH)
def start(case_id: int) -> ResponseReturnValue:
    form = JobForm()
    access_case(reading(), actor(), case_id)
    chosen = whole_number(request.args.get("track", ""))
    form.fit(running_tracks(reading(), case_id), chosen, placements_of(reading(), case_id))
    return case_form(
        case_id,
        form,
        lambda: start_job(
            session(),
            actor(),
            case_id,
            started_on=form.started_on.data,
            employer=form.employer.data or "",
            occupation=form.occupation.data or None,
            occupation_code=form.occupation_code.data,
            hours_per_week=form.hours_per_week.data,
            contract=form.contract.data,
            paid=form.paid.truth,
            subsidy=form.subsidy.truth,
            ahead=form.ahead,
            track_id=form.track_id,
            follows_id=form.follows_id,
            kept=form.kept,
        ),
        title=gettext("Register a job"),
        lead=gettext("Paid work or a placement. What is not known yet can be left open."),
        submit=gettext("Register the job"),
        said=gettext("The job is registered."),
        then=lambda job: job_url(case_id, job.id),
        cancel_url=url_for("jobs.show", case_id=case_id),
        template="cases/job_form.html",
        employers=case_employers(reading(), actor(), case_id),
    )


@blueprint.route(f"/jobs/<{ID}:job_id>/end", methods=BOTH)
@drafted(_l("The end of a job"))
def end(case_id: int, job_id: int) -> ResponseReturnValue:
    form = JobEndForm()
    jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: end_job(
            session(), actor(), case_id, job_id, ended_on=form.ended_on.data, reason=form.reason.data,
            cause=form.cause.data, words=form.words, kept=form.kept.data,
        ),
        title=gettext("The job has ended"),
        lead=gettext("The words can be written now or after the talk. Of sickness nothing more is told."),
        submit=gettext("Record the end"),
        said=gettext("The end of the job is recorded."),
        then=lambda job: after_url(case_id, job.id),
        cancel_url=job_url(case_id, job_id),
    )  # fmt: skip


@blueprint.route("/checks/new", methods=BOTH)
def answered(case_id: int) -> ResponseReturnValue:
    form = CheckForm()
    form.fit(job_choices(jobs_of(reading(), access_case(reading(), actor(), case_id).id)))
    return case_form(
        case_id,
        form,
        lambda: record_check(
            session(),
            actor(),
            case_id,
            happened_on=form.happened_on.data,
            answer=form.answer.data,
            evidence=form.evidence.data,
            job_id=form.job_id(),
        ),
        title=gettext("Answer at follow-up"),
        submit=gettext("Record the answer"),
        said=gettext("The answer is recorded."),
    )
