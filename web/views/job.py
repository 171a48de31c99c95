"""One job on a page of its own: terms over time, changes, and the plan for support."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine import wording
from se_engine.actions.job_changes import change_job, void_change
from se_engine.actions.job_words import record_job_words
from se_engine.queries.job_pages import job_story, jobs_page
from se_engine.rules.errors import NotFound
from se_engine.rules.jobs import CHANGES, PLACEMENTS
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.job_changes import ChangeForm, PlanForm, WhyForm
from web.language import language
from web.parts import job_pages as parts
from web.parts.heading import of_case
from web.parts.job_timeline import change_told
from web.parts.jobs import job_name
from web.session import note_read, reading, session

blueprint = Blueprint("job", __name__, url_prefix=f"{CASE}/jobs/<{ID}:job_id>")
BOTH = ["GET", "POST"]


@blueprint.get("")
def show(case_id: int, job_id: int) -> ResponseReturnValue:
    page, story = job_story(session(), actor(), case_id, job_id)
    note_read(page.case)
    return render_template("cases/job.html", frame=of_case(page, "jobs"), page=page, job=parts.one_job(page, story))


@blueprint.get("/changes/new")
def choose(case_id: int, job_id: int) -> ResponseReturnValue:
    """What has changed, as links: each leads to the one field that belongs to it."""
    page = jobs_page(reading(), actor(), case_id)
    job = parts.one_job(page, page.story(job_id))
    return render_template("cases/job_change.html", frame=of_case(page, "jobs"), page=page, job=job)


@blueprint.route("/changes/new/<what>", methods=BOTH)
@drafted(_l("A change of a job"))
def change(case_id: int, job_id: int, what: str) -> ResponseReturnValue:
    page = jobs_page(reading(), actor(), case_id)
    story = page.story(job_id)
    if what not in CHANGES:
        raise NotFound()
    form = ChangeForm()
    form.fit(what, placement=story.terms(page.today).contract in PLACEMENTS)
    title = wording.word("job_change", what, language())
    return case_form(
        case_id,
        form,
        lambda: change_job(
            session(), actor(), job_id, what=what, happened_on=form.happened_on.data, words=form.words.data or "",
            words_kept=form.kept.data, kept=form.kept_ticks, **form.value,
        ),
        title=title,
        lead=job_name(story.line),
        submit=gettext("Save the change"),
        said=gettext("The change is saved."),
        then=lambda _: job_url(case_id, job_id),
        cancel_url=job_url(case_id, job_id),
        template="cases/job_form.html",
        order=("number", "code", "occupation", "day", "words", "happened_on", "overlap", "length", "kept"),
    )  # fmt: skip


@blueprint.route(f"/changes/<{ID}:change_id>/void", methods=BOTH)
def take_back(case_id: int, job_id: int, change_id: int) -> ResponseReturnValue:
    form = WhyForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: void_change(session(), actor(), job_id, change_id, why=form.why.data or ""),
        title=gettext("Take a change back"),
        lead=change_told(story, change_id),
        submit=gettext("Take it back"),
        said=gettext("The change is taken back."),
        then=lambda _: job_url(case_id, job_id),
        cancel_url=job_url(case_id, job_id),
        danger=True,
    )


@blueprint.route("/support-plan", methods=BOTH)
@drafted(_l("Plan for support"))
def support_plan(case_id: int, job_id: int) -> ResponseReturnValue:
    page = jobs_page(reading(), actor(), case_id)
    story = page.story(job_id)
    form = PlanForm(support_plan=parts.told(page, story).get("support_plan"))
    return case_form(
        case_id,
        form,
        lambda: record_job_words(
            session(), actor(), job_id, {"support_plan": form.support_plan.data or ""}, kept=form.kept.data
        ),
        title=gettext("Plan for support at work"),
        lead=job_name(story.line),
        submit=gettext("Save the plan"),
        said=gettext("The plan is saved."),
        then=lambda _: job_url(case_id, job_id),
        cancel_url=job_url(case_id, job_id),
    )


def job_url(case_id: int, job_id: int) -> str:
    return str(url_for("job.show", case_id=case_id, job_id=job_id))


def of_job(case_id: int, job_id: int) -> dict[str, Any]:
    """Where every form about a job goes back to."""
    there = job_url(case_id, job_id)
    return {"then": lambda _: there, "cancel_url": there, "template": "cases/job_form.html"}
