"""After the end of a job: talk with her, what worked and what did not, a new search, and back on the way."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.job_loss import offer_new_search
from se_engine.actions.job_words import record_job_words
from se_engine.queries.job_pages import job_story, jobs_page
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.job_changes import LookBackForm, SearchForm
from web.parts import job_pages as parts
from web.parts.heading import of_case
from web.parts.job_after import after
from web.parts.jobs import job_name
from web.session import note_read, reading, session
from web.views.job import job_url

blueprint = Blueprint("job_after", __name__, url_prefix=f"{CASE}/jobs/<{ID}:job_id>")
BOTH = ["GET", "POST"]


@blueprint.get("/after")
def show(case_id: int, job_id: int) -> ResponseReturnValue:
    page, story = job_story(session(), actor(), case_id, job_id)
    if story.job.ended_on is None:
        return redirect(job_url(case_id, job_id), 303)
    note_read(page.case)
    return render_template("cases/job_after.html", frame=of_case(page, "jobs"), page=page, job=after(page, story))


@blueprint.route("/look-back", methods=BOTH)
@drafted(_l("What worked and what did not"))
def look_back(case_id: int, job_id: int) -> ResponseReturnValue:
    form = LookBackForm()
    page = jobs_page(reading(), actor(), case_id)
    story = page.story(job_id)
    form.say(parts.told(page, story))
    return case_form(
        case_id,
        form,
        lambda: record_job_words(session(), actor(), job_id, form.words, kept=form.kept.data),
        title=gettext("What worked and what did not"),
        lead=gettext("%(job)s. Ask both sides; what nobody has said is left out.", job=job_name(story.line)),
        submit=gettext("Save"),
        said=gettext("It is saved."),
        then=lambda _: after_url(case_id, job_id),
        cancel_url=after_url(case_id, job_id),
    )


@blueprint.route("/new-search", methods=BOTH)
@drafted(_l("Offer of a new search"))
def new_search(case_id: int, job_id: int) -> ResponseReturnValue:
    form = SearchForm()
    story = jobs_page(reading(), actor(), case_id).story(job_id)
    return case_form(
        case_id,
        form,
        lambda: offer_new_search(
            session(),
            actor(),
            job_id,
            offered_on=form.offered_on.data,
            answer=form.answer.data,
            words=form.words.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Offer a new search"),
        lead=job_name(story.line),
        submit=gettext("Save the answer"),
        said=gettext("The answer is saved."),
        then=lambda _: after_url(case_id, job_id),
        cancel_url=after_url(case_id, job_id),
    )


def after_url(case_id: int, job_id: int) -> str:
    return str(url_for("job_after.show", case_id=case_id, job_id=job_id))
