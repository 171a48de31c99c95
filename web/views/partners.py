"""The register of partners: services and organisations the office works with."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.partners import add_partner, change_partner, end_partner
from se_engine.queries.partners import partner_line, partner_register
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK
from web.addresses import ID
from web.auth import actor
from web.form_pages import form_page
from web.forms.needs import PartnerForm
from web.parts import needs as parts
from web.session import reading, session

blueprint = Blueprint("partners", __name__, url_prefix="/partners")
BOTH = ["GET", "POST"]


@blueprint.get("")
def show() -> ResponseReturnValue:
    found = partner_register(session(), actor())
    return render_template(
        "partners.html",
        running=[parts.partner(one) for one in found if one.ended_on is None],
        ended=[parts.partner(one) for one in found if one.ended_on],
    )


@blueprint.route("/new", methods=BOTH)
def add() -> ResponseReturnValue:
    office_id = actor().office_id
    if actor().role not in CASEWORK or office_id is None:
        raise NotPermitted()
    form = PartnerForm()
    return form_page(
        form,
        lambda: add_partner(
            session(),
            actor(),
            office_id,
            name=form.name.data or "",
            kind=form.kind.data,
            phone=form.phone.data or "",
            email=form.email.data or "",
        ),
        said=gettext("The partner is added."),
        back=_back(),
        heading=gettext("Add a partner"),
        lead=gettext("A service or an organisation, not a person. What it may be told is asked of each participant."),
        action=gettext("Add the partner"),
    )


@blueprint.route(f"/<{ID}:partner_id>", methods=BOTH)
def change(partner_id: int) -> ResponseReturnValue:
    known = partner_line(reading(), actor(), partner_id)
    form = PartnerForm(name=known.name, kind=known.kind, phone=known.phone, email=known.email)
    return form_page(
        form,
        lambda: change_partner(
            session(),
            actor(),
            partner_id,
            name=form.name.data or "",
            kind=form.kind.data,
            phone=form.phone.data or "",
            email=form.email.data or "",
        ),
        said=gettext("The partner is changed."),
        back=_back(),
        heading=known.name,
        action=gettext("Save"),
    )


@blueprint.post(f"/<{ID}:partner_id>/end")
def end(partner_id: int) -> ResponseReturnValue:
    end_partner(session(), actor(), partner_id)
    flash(gettext("The partner has left the lists. What was recorded stays."), "done")
    return redirect(url_for("partners.show"), 303)


def _back() -> tuple[str, str]:
    return url_for("partners.show"), gettext("Partners")
