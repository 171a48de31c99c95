"""One's telephone at work and picture, as one's participants see them; and the pictures of colleagues."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.accounts import own_account
from se_engine.actions.contact_details import change_own_phone, remove_own_photo, set_own_photo
from se_engine.queries.photos import has_photo, photo_of
from web.addresses import ID
from web.answering import answer, summed_up
from web.auth import actor
from web.form_pages import form_page
from web.forms.accounts import PhoneForm, PhotoForm
from web.session import reading, session

blueprint = Blueprint("contact_details", __name__)
BOTH = ["GET", "POST"]


@blueprint.route("/account/phone", methods=BOTH)
def phone() -> ResponseReturnValue:
    form = PhoneForm(phone=own_account(reading(), actor()).phone)
    return form_page(
        form, lambda: change_own_phone(session(), actor(), form.phone.data or ""),
        heading=_("Phone at work"), action=_("Save"), said=_("Your phone number is saved."),
        lead=_("It stands on the sheets of your participants, so that they know whom to ring."),
        back=(url_for("account.show"), _("Your account")),
    )  # fmt: skip


@blueprint.route("/account/photo", methods=BOTH)
def photo() -> ResponseReturnValue:
    form = PhotoForm()

    def show(problems: list[dict[str, object]], _stale: bool) -> str:
        mine = actor().user_id
        there = has_photo(reading(), mine)
        problems = summed_up(problems)
        return render_template("account_photo.html", form=form, problems=problems, has_photo=there, person_id=mine)

    if request.method != "POST":
        return show([], False)
    back = url_for("account.show", _anchor="details")
    sent = form.photo.data
    return answer(
        form,
        lambda: set_own_photo(session(), actor(), sent.read() if sent else b""),
        then=lambda _done: back,
        show=show,
        said=_("Your picture is saved."),
    )


@blueprint.post("/account/photo/remove")
def remove_photo() -> ResponseReturnValue:
    remove_own_photo(session(), actor())
    flash(_("Your picture is removed."), "done")
    return redirect(url_for("account.show", _anchor="details"), 303)


@blueprint.get(f"/photos/<{ID}:colleague_id>")
def picture(colleague_id: int) -> ResponseReturnValue:
    """Its type was settled by its content when it was kept, and no browser may guess another."""
    found = photo_of(reading(), actor(), colleague_id)
    response = send_file(BytesIO(found.picture), mimetype=found.media_type, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response
