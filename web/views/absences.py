"""Somebody's own absence, with whom she proposes; and the supervisor's word on it."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from se_engine.actions.absences import agree_substitute, record_absence
from se_engine.queries.absences import absence_of
from se_engine.queries.accounts import caseworkers
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION
from web.addresses import ID
from web.auth import actor
from web.form_pages import form_page
from web.forms.team import AbsenceForm, OwnAbsenceForm, SubstituteForm
from web.session import reading, session

blueprint = Blueprint("absences", __name__)


@blueprint.route("/absences/new", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    who = actor()
    if who.role not in CASEWORK or who.user_id is None:
        raise NotPermitted()
    form = OwnAbsenceForm()
    form.substitute.choices = _others(who.user_id)
    lead = _("Only from when until when. The supervisor agrees to who stands in before anybody can open your cases.")
    return _record(form, who.user_id, lead, (url_for("account.show"), _("Your account")))


@blueprint.route("/team/absences/new", methods=["GET", "POST"])
def another() -> ResponseReturnValue:
    if actor().role not in SUPERVISION:
        raise NotPermitted()
    form = AbsenceForm()
    form.user.choices = dict(caseworkers(reading(), actor()))
    form.substitute.choices = _others(None)
    lead = _("Only from when until when, and who stands in. Why somebody is away is not recorded.")
    return _record(form, None, lead, _team())


@blueprint.route(f"/team/absences/<{ID}:absence_id>/substitute", methods=["GET", "POST"])
def substitute(absence_id: int) -> ResponseReturnValue:
    found = absence_of(reading(), actor(), absence_id)
    form = SubstituteForm()
    form.substitute.choices = _others(found.user_id)
    if request.method != "POST":
        form.substitute.data = found.proposed_id or found.substitute_id or 0
    days = f"{format_date(found.from_on, 'medium')} – {format_date(found.until_on, 'medium')}"
    return form_page(
        form,
        lambda: agree_substitute(session(), actor(), absence_id, form.substitute.data or None),
        heading=_("Who stands in?"),
        facts=[
            {"label": _("Away"), "text": f"{found.name}, {days}"},
            {"label": _("Proposed"), "text": found.proposed or _("Nobody")},
        ],
        action=_("Decide"),
        said=_("Recorded."),
        back=_team(),
    )


def _record(form: Any, user_id: int | None, lead: str, back: tuple[str, str]) -> ResponseReturnValue:
    return form_page(
        form,
        lambda: record_absence(
            session(), actor(), user_id or form.user.data, from_on=form.from_on.data, until_on=form.until_on.data,
            substitute_id=form.substitute.data or None,
        ),
        heading=_("Record an absence"),
        lead=lead,
        action=_("Record"),
        said=_("Recorded."),
        back=back,
    )  # fmt: skip


def _others(user_id: int | None) -> dict[int, str]:
    return {0: _("Nobody"), **{number: name for number, name in caseworkers(reading(), actor()) if number != user_id}}


def _team() -> tuple[str, str]:
    return url_for("team.show"), _("Team")
