"""One's own reminders at cases, and one's own lists."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.desk import drop_filter, drop_sticky, keep_sticky, save_filter
from se_engine.queries.desk import sticky_of
from se_engine.rules.errors import Refused
from web import worklists
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form, case_url
from web.errors import problems, status_of
from web.forms.desk import StickyForm
from web.session import reading, session

blueprint = Blueprint("desk", __name__)


@blueprint.route(f"{CASE}/reminder", methods=["GET", "POST"])
def sticky(case_id: int) -> ResponseReturnValue:
    found = sticky_of(reading(), actor(), case_id)
    form = StickyForm()
    if request.method != "POST" and found:
        form.text.data, form.due_on.data = found.text, found.due_on
    return case_form(
        case_id,
        form,
        lambda: keep_sticky(
            session(), actor(), case_id, text=form.text.data or "", due_on=form.due_on.data, kept=form.kept.data
        ),
        title=_("Your reminder"),
        lead=_("It stands on your list, and nobody else sees it. On its day it is among what needs you."),
        submit=_("Keep"),
        said=_("The reminder is kept."),
        template="cases/reminder.html",
        found=found,
    )


@blueprint.post(f"{CASE}/reminder/away")
def away(case_id: int) -> ResponseReturnValue:
    drop_sticky(session(), actor(), case_id)
    flash(_("The reminder is gone."), "done")
    return redirect(case_url(case_id), 303)


@blueprint.post("/lists")
def save() -> ResponseReturnValue:
    """The list that is shown, under a name; what a search has found is no list to come back to."""
    chosen = worklists.filters_from(request.form)
    query = worklists.saved_query(chosen)
    try:
        save_filter(session(), actor(), request.form.get("name", ""), query)
    except Refused as refused:
        return render_template(
            "list_name.html",
            problems=problems(refused),
            query=worklists.query_of(chosen),
            typed=request.form.get("name", ""),
            back=worklists.url_of(chosen),
        ), status_of(refused)
    flash(_("The list is kept."), "done")
    return redirect(f"{url_for('worklist.show')}?{query}" if query else url_for("worklist.show"), 303)


@blueprint.post(f"/lists/<{ID}:filter_id>/away")
def forget(filter_id: int) -> ResponseReturnValue:
    drop_filter(session(), actor(), filter_id)
    flash(_("The list is taken away. The people on it are where they were."), "done")
    return redirect(url_for("worklist.show"), 303)
