"""Jobs of a case: start, end, and the answers at checks."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.checks import record_check
from se_engine.actions.jobs import end_job, start_job
from se_engine.queries.access import access_case
from se_engine.queries.jobs import case_employers, jobs_page
from se_engine.queries.track_choices import running_tracks
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.forms.jobs import CheckForm, JobEndForm, JobForm
from web.numbers import whole_number
from web.parts.heading import of_case
from web.parts.jobs import check_lines, job_choices, job_lines
from web.session import note_read, reading, session

blueprint = Blueprint("jobs", __name__, url_prefix=CASE)
BOTH = ["GET", "POST"]


@blueprint.get("/jobs")
def show(case_id: int) -> ResponseReturnValue:
    page = jobs_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/jobs.html",
        frame=of_case(page, "jobs"),
        page=page,
        jobs=job_lines(page.jobs),
        checks=check_lines(page),
    )


@blueprint.route("/jobs/new", methods=BOTH)
def start(case_id: int) -> ResponseReturnValue:
    form = JobForm()
    access_case(reading(), actor(), case_id)
    form.fit(running_tracks(reading(), case_id), whole_number(request.args.get("track", "")))
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
            hours_per_week=form.hours_per_week.data,
            contract=form.contract.data,
            paid=form.paid.truth,
            subsidy=form.subsidy.truth,
            track_id=form.track_id,
        ),
        title=gettext("Register a job"),
        lead=gettext("Paid work or a placement. What is not known yet can be left open."),
        submit=gettext("Register the job"),
        said=gettext("The job is registered."),
        employers=case_employers(reading(), actor(), case_id),
    )


@blueprint.route(f"/jobs/<{ID}:job_id>/end", methods=BOTH)
def end(case_id: int, job_id: int) -> ResponseReturnValue:
    form = JobEndForm()
    return case_form(
        case_id,
        form,
        lambda: end_job(session(), actor(), case_id, job_id, ended_on=form.ended_on.data, reason=form.reason.data),
        title=gettext("The job has ended"),
        submit=gettext("Record the end"),
        said=gettext("The end of the job is recorded."),
    )


@blueprint.route("/checks/new", methods=BOTH)
def answered(case_id: int) -> ResponseReturnValue:
    form = CheckForm()
    jobs = jobs_page(reading(), actor(), case_id).jobs
    form.fit(job_choices(jobs))
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
