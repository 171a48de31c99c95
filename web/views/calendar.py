"""One's calendar: a file to fetch, an address for calendar programs, and how often an e-mail says what is due."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.accounts import own_account
from se_engine.actions.calendar_feeds import count_wrong_secret, make_feed, owner_of_feed, revoke_feed
from se_engine.actions.digests import choose_digest
from se_engine.clock import now
from se_engine.exchange.calendar import calendar_file
from se_engine.queries.calendar import calendar_of, feed_since
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor
from web.auth import actor, settings
from web.form_pages import form_page
from web.forms.reminders import DigestForm
from web.session import afterwards, reading, session

blueprint = Blueprint("calendar", __name__)
TYPE = "text/calendar; charset=utf-8"


@blueprint.route("/calendar", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """With POST a new address is made: it stands in this answer and nowhere else."""
    if actor().role not in CASEWORK:
        raise NotPermitted()
    secret = make_feed(session(), actor()) if request.method == "POST" else None
    return render_template(
        "calendar.html",
        address=_address(secret) if secret else None,
        since=feed_since(session(), actor()),
        digest=own_account(session(), actor()).digest,
        sends=bool(settings().smtp_url),
    )


@blueprint.post("/calendar/revoke")
def revoke() -> ResponseReturnValue:
    revoke_feed(session(), actor())
    flash(_("The calendar address no longer works."), "done")
    return redirect(url_for("calendar.show"), 303)


@blueprint.get("/calendar.ics")
def fetch() -> ResponseReturnValue:
    answer = _file(actor())
    answer.headers["Content-Disposition"] = 'attachment; filename="se-engine.ics"'
    return answer


@blueprint.get("/calendar/<secret>.ics")
def feed(secret: str) -> ResponseReturnValue:
    """For a calendar program, which signs in nowhere. A wrong secret is counted, and told of in plain words."""
    address = request.remote_addr or ""
    try:
        return _file(owner_of_feed(reading(), secret, address=address))
    except NotFound:
        afterwards(lambda own: count_wrong_secret(own, address=address))
        return Response("There is no calendar here.\n", 404, mimetype="text/plain")
    except Refused:
        return Response("Too many attempts.\n", 429, mimetype="text/plain", headers={"Retry-After": "900"})


@blueprint.route("/account/digest", methods=["GET", "POST"])
def digest() -> ResponseReturnValue:
    if actor().role not in CASEWORK:
        raise NotPermitted()
    form = DigestForm()
    if not form.is_submitted():
        form.choice.data = own_account(session(), actor()).digest
    return form_page(
        form, lambda: choose_digest(session(), actor(), form.choice.data), heading=_("E-mail about what is due"),
        lead=_("It says how many follow-ups are due, never about whom. When nothing is due, none is sent."),
        action=_("Save"), said=_("Your choice is saved."), back=(url_for("calendar.show"), _("Calendar and e-mail")),
    )  # fmt: skip


def _file(who: Actor) -> Response:
    made = calendar_file(
        calendar_of(reading(), who),
        language=who.language,
        made_at=now(reading()),
        secret=settings().signing_secret,
        base_url=_root(),
    )
    return make_response((made, 200, {"Content-Type": TYPE}))


def _address(secret: str) -> str:
    return f"{_root()}{url_for('calendar.feed', secret=secret)}"


def _root() -> str:
    """The pages' address as the settings have it, else as it was asked for."""
    return settings().base_url or request.url_root.rstrip("/")
