"""The contacts of a case: all of them, one, a call in two taps, and taking one back."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.contact_corrections import void_contact
from se_engine.actions.contacts import log_call
from se_engine.queries.contact_numbers import case_numbers
from se_engine.queries.contacts import ContactLine, Place, contacts_of, one_contact
from se_engine.queries.headings import case_heading
from se_engine.queries.needs import promises_with
from se_engine.rules.errors import NotFound
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.forms.contacts import CallForm, VoidForm
from web.numbers import whole_number
from web.parts import contacts as parts
from web.parts import needs
from web.parts.heading import of_case
from web.session import note_read, session

blueprint = Blueprint("contacts", __name__, url_prefix=CASE)
BOTH = ["GET", "POST"]


@blueprint.get("/contacts")
def show(case_id: int) -> ResponseReturnValue:
    heading = case_heading(session(), actor(), case_id)
    found = contacts_of(session(), actor(), case_id, before=_place(request.args.get("before")))
    note_read(heading.case)
    before = found.before
    return render_template(
        "cases/contacts.html",
        frame=of_case(heading, "contacts"),
        heading=heading,
        numbers=case_numbers(session(), heading.case),
        contacts=[parts.contact(line, heading.process) for line in found.lines],
        older_url=url_for("contacts.show", case_id=case_id, before=f"{before[0].isoformat()}.{before[1]}")
        if before
        else None,
        first_page="before" not in request.args,
    )


def _place(given: str | None) -> Place | None:
    """`before=2026-03-12.17`: the page that ends there."""
    if not given:
        return None
    day, _dot, number = given.partition(".")
    try:
        return date.fromisoformat(day), whole_number(number) or 0
    except ValueError:
        raise NotFound() from None


@blueprint.get(f"/contacts/<{ID}:contact_id>")
def one(case_id: int, contact_id: int) -> ResponseReturnValue:
    heading = case_heading(session(), actor(), case_id)
    found = contact_of(case_id, contact_id)
    if found.planned:
        return redirect(url_for("meetings.show", case_id=case_id, meeting_id=contact_id))
    note_read(heading.case)
    return render_template(
        "cases/contact.html",
        frame=of_case(heading, ""),
        heading=heading,
        found=found,
        contact=parts.contact(found, heading.process),
        interpreter=parts.booking_facts(found.booking) if found.booking else [],
        promises=needs.commitments(
            promises_with(session(), actor(), case_id, found.id, found.partner_id) if found.partner_id else None
        ),
    )


def contact_of(case_id: int, contact_id: int) -> ContactLine:
    found = one_contact(session(), actor(), contact_id)
    if found.case_id != case_id:
        raise NotFound()
    return found


@blueprint.route(f"/contacts/<{ID}:contact_id>/void", methods=BOTH)
def void(case_id: int, contact_id: int) -> ResponseReturnValue:
    found = contact_of(case_id, contact_id) if request.method != "POST" else None
    form = VoidForm(data={"seen": str(found.version) if found else ""})
    return case_form(
        case_id,
        form,
        lambda: void_contact(
            session(),
            actor(),
            contact_of(case_id, contact_id).id,
            why=form.why.data or "",
            seen_version=whole_number(form.seen.data or ""),
            kept=bool(form.kept.data),
        ),
        title=gettext("Take the contact back"),
        lead=gettext("It stays in the list, struck through, with the reason. What it showed as done is open again."),
        submit=gettext("Take it back"),
        danger=True,
        then=lambda _: url_for("contacts.show", case_id=case_id),
        said=gettext("The contact is taken back."),
    )


@blueprint.route("/calls", methods=BOTH)
def call(case_id: int) -> ResponseReturnValue:
    """The buttons stand on the case and above its contacts; this page is for the line that must be looked at again."""
    form = CallForm()
    reached = form.answered.data == "yes"
    return case_form(
        case_id,
        form,
        lambda: log_call(
            session(), actor(), case_id, answered=reached, said=form.said.data or "", kept=bool(form.kept.data)
        ),
        title=gettext("Called the participant"),
        submit=gettext("Record the call"),
        then=lambda _: url_for("contacts.show", case_id=case_id),
        said=gettext("Recorded: reached.") if reached else gettext("Recorded: no answer."),
    )
