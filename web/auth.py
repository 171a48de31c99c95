"""Who is asking: closed by default, with a session on the server and its token in a cookie."""

from dataclasses import dataclass, replace
from datetime import timedelta

from flask import Flask, Request, Response, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response as AnyResponse

from se_engine.actions.api_clients import client_of_token
from se_engine.actions.sign_in import touch_session, user_of_token
from se_engine.clock import now
from se_engine.queries.access import actor_of
from se_engine.queries.accounts import office_name
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor
from se_engine.settings import Settings
from web.session import SAFE_METHODS, afterwards, reading
from web.typed import form_address, typed

COOKIE = "se_session"
PUBLIC = {
    "auth.sign_in", "static", "health.healthz", "health.readyz", "preferences.choose_language", "api.openapi",
    "calendar.feed",
}  # fmt: skip
"""Every other endpoint needs a signed-in person, or on /api a client's token."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly idling is measured: a page must not cost a write each time."""

login_manager = LoginManager()


@dataclass(frozen=True)
class Person(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """The signed-in account as pages need it; plain values, so that they outlive the session they came from."""

    actor: Actor
    office: str | None
    session_id: int | None
    """None for a system that came with a token."""
    scopes: frozenset[str] = frozenset({"read", "write"})

    def get_id(self) -> str:
        return str(self.actor.user_id)


def init_app(app: Flask) -> None:
    login_manager.session_protection = None  # our sessions stand on the server and are checked there
    login_manager.init_app(app)
    app.before_request(require_sign_in)


def actor() -> Actor:
    """The one who acts in this request."""
    who: Actor = current_user.actor
    return who


def person() -> Person | None:
    """The signed-in person; None on public pages before sign-in."""
    return current_user._get_current_object() if current_user and current_user.is_authenticated else None


def settings() -> Settings:
    found: Settings = current_app.config["SE_SETTINGS"]
    return found


def is_api() -> bool:
    return request.path.startswith("/api/")


@login_manager.request_loader
def _load(asked: Request) -> Person | None:
    if g.get("without_database"):
        return None  # the page that says so is for nobody in particular
    try:
        if is_api():
            return _client(asked)
        return _signed_in(asked)
    except Refused:
        return None


def _signed_in(asked: Request) -> Person | None:
    token = asked.cookies.get(COOKIE)
    if not token:
        return None
    limits = settings()
    idle, absolute = timedelta(minutes=limits.idle_minutes), timedelta(hours=limits.session_hours)
    user, kept = user_of_token(reading(), token, idle=idle, absolute=absolute)
    session_id = kept.id
    if now(reading()) - kept.seen_at > SEEN_EVERY:
        afterwards(lambda own: touch_session(own, session_id))
    return Person(actor_of(user), office_name(reading(), user.office_id), session_id)


def _client(asked: Request) -> Person | None:
    given = asked.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    client, user = client_of_token(reading(), given.token)
    actor = replace(actor_of(user), client_id=client.id)
    return Person(actor, office_name(reading(), user.office_id), None, frozenset(client.scopes.split()))


def require_sign_in() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint in PUBLIC or current_user.is_authenticated:
        return None
    if is_api():
        raise NotSignedIn()
    if request.method not in SAFE_METHODS:
        if typed():
            raise NotSignedIn()
        flash(_("You are not signed in, so nothing was changed. Sign in, and the form is there again."), "look")
    return redirect(sign_in_url(), 303)


def sign_in_url() -> str:
    """Leads back to what was asked for, or to the page of the form that was sent."""
    there = form_address()
    return url_for("auth.sign_in", next=there if there != "/" else None)


class NotSignedIn(Refused):
    """An API request without a valid token, or a form whose sender has been signed out since she opened it."""

    code = "token_unknown"


def remember(response: Response, token: str) -> None:
    """Puts the token into the browser; a cookie without an age goes when the browser closes."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings().secure_cookies)


def forget(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=settings().secure_cookies)
