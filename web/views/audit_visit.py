"""The days on site: the plan, what is missing before leaving, and the talk at the end, without scores."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.audit_missing import add_missing, settle_missing
from se_engine.actions.audit_visit import (
    cancel_appointment,
    change_appointment,
    give_oral_feedback,
    hold_appointment,
    plan_appointment,
)
from se_engine.actions.audits import set_visit
from se_engine.queries.audit_notes import sampled_numbers
from se_engine.queries.audit_visit import feedback_page, missing_page, visit_page
from se_engine.queries.audits import audit_head
from se_engine.rules.errors import NotPermitted
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audit_visit import AppointmentForm, DaysForm, FeedbackForm, MissingForm, SettleForm
from web.forms.base import WriteForm
from web.parts import audit_visit as parts
from web.parts.audits import of_audit
from web.session import reading, session
from web.views.audit_notes import item_choices

blueprint = Blueprint("audit_visit", __name__, url_prefix=f"{AUDIT}/visit")
ONE = f"/<{ID}:appointment_id>"


@blueprint.get("")
def show(audit_id: int) -> ResponseReturnValue:
    page, head = visit_page(session(), actor(), audit_id), audit_head(session(), actor(), audit_id)
    return render_template(
        "audits/visit.html",
        frame=of_audit(head, "visit"),
        leads=head.is_lead,
        page=page,
        days=parts.days(page),
        feedback=parts.appointment(page, page.feedback) if page.feedback else None,
        open=page.open_points,
    )


@blueprint.route("/days", methods=BOTH)
def choose_days(audit_id: int) -> ResponseReturnValue:
    """The charter may leave them open, and they may move: the plan and every deadline follow."""
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    form = DaysForm(visit_on=head.audit.visit_on, visit_days=head.audit.visit_days)
    return audit_form(
        head,
        form,
        lambda: set_visit(
            session(), actor(), audit_id, seen_version=form.seen(), visit_on=form.visit_on.data,
            visit_days=form.visit_days.data,
        ),
        page="visit",
        title=gettext("Choose the days on site"),
        submit=gettext("Save the days"),
        said=gettext("The days are saved."),
    )  # fmt: skip


@blueprint.route("/new", methods=BOTH)
def new(audit_id: int) -> ResponseReturnValue:
    page = visit_page(reading(), actor(), audit_id)
    form = AppointmentForm(on_day=page.audit.visit_on)
    form.fit(page.auditors, sampled_numbers(reading(), actor(), audit_id))
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: plan_appointment(
            session(), actor(), audit_id, form.plan(), case_number=form.case.number, user_id=form.user.number
        ),
        page="visit",
        title=gettext("Plan an appointment"),
        submit=gettext("Put it in the plan"),
        said=gettext("It stands in the plan."),
        template="audits/note.html",
    )


@blueprint.route(f"{ONE}/change", methods=BOTH)
def change(audit_id: int, appointment_id: int) -> ResponseReturnValue:
    page = visit_page(reading(), actor(), audit_id)
    line = page.line(appointment_id)
    form = AppointmentForm(**parts.typed(line))
    form.fit(page.auditors, sampled_numbers(reading(), actor(), audit_id))
    form.current = line.appointment.version
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: change_appointment(
            session(), actor(), audit_id, appointment_id, form.plan(), seen_version=form.seen(),
            case_number=form.case.number, user_id=form.user.number,
        ),
        page="visit",
        title=gettext("Change the appointment"),
        submit=gettext("Save the change"),
        said=gettext("The plan is changed."),
        template="audits/note.html",
    )  # fmt: skip


@blueprint.post(f"{ONE}/cancel")
def cancel(audit_id: int, appointment_id: int) -> ResponseReturnValue:
    cancel_appointment(session(), actor(), audit_id, appointment_id, seen_version=None)
    return _back(audit_id, gettext("Cancelled. The line stays in the plan."))


@blueprint.post(f"{ONE}/held")
def held(audit_id: int, appointment_id: int) -> ResponseReturnValue:
    hold_appointment(session(), actor(), audit_id, appointment_id, seen_version=None)
    return _back(audit_id, gettext("Recorded as held."))


def _back(audit_id: int, said: str) -> ResponseReturnValue:
    flash(said, "done")
    return redirect(url_for("audit_visit.show", audit_id=audit_id), 303)


@blueprint.route("/missing", methods=BOTH)
def missing(audit_id: int) -> ResponseReturnValue:
    """The list, and the form that settles what is chosen on it."""
    page = missing_page(reading(), actor(), audit_id)
    form = SettleForm()
    form.fit(parts.open_choices(page))
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: settle_missing(session(), actor(), audit_id, form.lines.data or (), words=form.words.data or ""),
        page="visit",
        title=gettext("What is missing"),
        submit=gettext("Settle the chosen points"),
        said=gettext("Settled."),
        then=lambda _: url_for("audit_visit.missing", audit_id=audit_id),
        template="audits/missing.html",
        missing=parts.missing(page),
    )


@blueprint.route("/missing/new", methods=BOTH)
def add(audit_id: int) -> ResponseReturnValue:
    page = missing_page(reading(), actor(), audit_id)
    form = MissingForm()
    form.fit(item_choices(page.framework))
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: add_missing(session(), actor(), audit_id, words=form.words.data or "", item=form.item.data or None),
        page="visit",
        title=gettext("Put something on the list"),
        submit=gettext("Put it on the list"),
        said=gettext("It stands on the list."),
        then=lambda _: url_for("audit_visit.missing", audit_id=audit_id),
    )


@blueprint.route("/feedback", methods=BOTH)
def feedback(audit_id: int) -> ResponseReturnValue:
    """What may be told before leaving, on one page, and that it was told."""
    page = feedback_page(session(), actor(), audit_id)
    form: WriteForm = FeedbackForm()
    return audit_form(
        audit_head(session(), actor(), audit_id),
        form,
        lambda: _give(audit_id, form),
        page="visit",
        title=gettext("Oral feedback"),
        lead=gettext("What was seen, item by item, without scores and without anything from a single case."),
        submit=gettext("It has been given"),
        said=gettext("Recorded: the unit has been told."),
        template="audits/feedback.html",
        findings=parts.findings(page),
        given=parts.appointment(page.visit, page.visit.feedback) if page.visit.feedback else None,
    )


def _give(audit_id: int, form: Any) -> object:
    return give_oral_feedback(session(), actor(), audit_id, held_on=form.held_on.data, words=form.words.data or "")
