"""What an administrator keeps: offices, teams, accounts and systems. She sees no case."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions import people
from se_engine.actions.accounts import close_account, invite
from se_engine.actions.api_clients import SCOPES, add_api_client, revoke_api_client
from se_engine.queries.access import access_office, access_user
from se_engine.queries.accounts import administration, offices_kept
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import ADMINISTRATION
from web.addresses import ID
from web.auth import actor
from web.errors import problems, status_of
from web.form_pages import form_page
from web.forms.accounts import AccountForm, ClientForm, InviteForm, OfficeChangeForm, OfficeForm, TeamForm
from web.language import LANGUAGES
from web.session import session

blueprint = Blueprint("accounts", __name__, url_prefix="/admin")


@blueprint.before_request
def administrators_only() -> None:
    if actor().role not in ADMINISTRATION:
        raise NotPermitted()


@blueprint.get("")
def show() -> ResponseReturnValue:
    return render_template("admin.html", kept=administration(session(), actor()))


@blueprint.route("/offices/new", methods=["GET", "POST"])
def new_office() -> ResponseReturnValue:
    form = OfficeForm()

    def act() -> None:
        people.add_office(
            session(), actor(), form.name.data, template=form.template.data, municipality=form.municipality.data or ""
        )

    return form_page(form, act, heading=_("Add an office"), action=_("Add"), said=_("Added."), back=_back())


@blueprint.route(f"/offices/<{ID}:office_id>", methods=["GET", "POST"])
def change_office(office_id: int) -> ResponseReturnValue:
    office = access_office(session(), actor(), office_id)
    form = OfficeChangeForm(obj=office)

    def act() -> None:
        people.change_office(
            session(), actor(), office_id, template=form.template.data, municipality=form.municipality.data or "",
            threshold=form.threshold.data,
        )  # fmt: skip

    return form_page(form, act, heading=office.name, action=_("Save"), said=_("The office is saved."), back=_back())


@blueprint.route("/teams/new", methods=["GET", "POST"])
def new_team() -> ResponseReturnValue:
    form = TeamForm()
    form.office.choices = dict(offices_kept(session(), actor()))

    def act() -> None:
        people.add_team(session(), actor(), form.office.data, form.name.data)

    return form_page(form, act, heading=_("Add a team"), action=_("Add"), said=_("Added."), back=_back())


@blueprint.route("/accounts/new", methods=["GET", "POST"])
def new_account() -> ResponseReturnValue:
    form = AccountForm()
    form.office.choices = {0: _("All offices (auditors and administrators)"), **dict(offices_kept(session(), actor()))}
    form.language.choices = LANGUAGES

    def act() -> None:
        people.add_user(
            session(), actor(), email=form.email.data, name=form.name.data, role=form.role.data,
            office_id=form.office.data or None, language=form.language.data,
        )  # fmt: skip

    lead = _("The account cannot sign in until you have given it a first password.")
    return form_page(form, act, heading=_("Add an account"), lead=lead, action=_("Add"), said=_("Added."), back=_back())


@blueprint.route(f"/accounts/<{ID}:user_id>/password", methods=["GET", "POST"])
def invite_account(user_id: int) -> ResponseReturnValue:
    user = access_user(session(), actor(), user_id)
    facts = [{"label": _("Name"), "text": user.name}, {"label": _("E-mail"), "text": user.email}]
    form = InviteForm()

    def act() -> None:
        invite(session(), actor(), user_id, password=form.new.data)

    return form_page(
        form, act, heading=_("Give an account a password"), facts=facts, action=_("Give it"),
        said=_("The account can sign in."), back=_back(),
    )  # fmt: skip


@blueprint.post(f"/accounts/<{ID}:user_id>/close")
def close(user_id: int) -> ResponseReturnValue:
    close_account(session(), actor(), user_id)
    flash(_("The account is closed."), "done")
    return redirect(url_for("accounts.show"), 303)


@blueprint.route("/clients/new", methods=["GET", "POST"])
def new_client() -> ResponseReturnValue:
    """The token stands in the answer and nowhere else: it is not kept, so there is nothing to redirect to."""
    form = ClientForm()
    form.user.choices = {one.id: one.name for one in administration(session(), actor()).accounts if one.active}
    form.scopes.choices = {scope: {"read": _("Read"), "write": _("Write")}[scope] for scope in SCOPES}
    shown, status = [], 200
    if form.validate_on_submit():
        try:
            token = add_api_client(
                session(), actor(), name=form.name.data, user_id=form.user.data, scopes=form.scopes.data
            )
            return render_template("admin_token.html", token=token, name=form.name.data)
        except Refused as refused:
            shown, status = problems(refused), status_of(refused)
    elif request.method == "POST":
        status = 422
    url, text = _back()
    page = {"heading": _("Add a system"), "action": _("Add"), "back": {"url": url, "text": text}}
    return render_template("form_page.html", form=form, problems=shown, **page), status


@blueprint.post(f"/clients/<{ID}:client_id>/revoke")
def revoke_client(client_id: int) -> ResponseReturnValue:
    revoke_api_client(session(), actor(), client_id)
    flash(_("The system is shut out."), "done")
    return redirect(url_for("accounts.show"), 303)


def _back() -> tuple[str, str]:
    return url_for("accounts.show"), _("Administration")
