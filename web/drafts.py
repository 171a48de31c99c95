"""Drafts of long forms: what was typed is kept on the server until the form is sent, and stands in it again.

A view says `@drafted(_("Note"))`, and everything follows: its form is filled in again, a form that comes back is
kept, one that was sent is done with, and what arrives after the session has ended is kept for whoever wrote it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, flash, g, jsonify, redirect, request, url_for
from flask_babel import format_datetime, format_time
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import validate_csrf
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound as NoRoute
from werkzeug.wrappers import Response
from wtforms import ValidationError

from se_engine.actions.drafts import finish_draft, keep_draft
from se_engine.actions.sign_in import user_of_ended
from se_engine.clock import NORWAY, now, today
from se_engine.queries.access import actor_of
from se_engine.queries.drafts import DraftLine, KeptDraft, draft_of, own_drafts
from se_engine.rules.errors import Refused
from se_engine.rules.roles import CASEWORK, Actor
from web.auth import COOKIE, actor, person, settings, sign_in_url
from web.language import language
from web.session import SAFE_METHODS, afterwards, database, reading, session
from web.typed import KEEP_DRAFT, NOT_TYPED

View = TypeVar("View", bound=Callable[..., Any])
TITLE = "draft_title"
BY_ITSELF = "auto"
"""What the script sends beside the form; a press of the button sends something else."""


def init_app(app: Flask) -> None:
    """Before it is settled who asks: what comes too late is kept first, and then asked to sign in."""
    app.before_request(keep_of_ended_session)
    app.jinja_env.globals.update(kept_at=kept_at, drafting=drafting, draft_found=draft_found, unfinished=unfinished)


def drafted(title: str) -> Callable[[View], View]:
    """Marks a view whose form is kept while it is written; the title is what the list of drafts calls it."""

    def mark(view: View) -> View:
        setattr(view, TITLE, title)
        return view

    return mark


def title_of(endpoint: str | None) -> str | None:
    found = getattr(current_app.view_functions.get(endpoint or ""), TITLE, None)
    return str(found) if found is not None else None


def drafting() -> bool:
    """Whether the page asked for keeps drafts of its form."""
    return title_of(request.endpoint) is not None and person() is not None


def draft_found() -> KeptDraft | None:
    """What the reader left in this form; looked up once, and only where the form is opened."""
    if request.method not in SAFE_METHODS or not drafting():
        return None
    if "draft" not in g:
        g.draft = draft_of(reading(), actor(), request.path)
    found: KeptDraft | None = g.draft
    return found


def written_on() -> date | None:
    """The day on which the draft in this form was written: what «yesterday» in it counts from."""
    found = draft_found()
    return found.updated_at.astimezone(NORWAY).date() if found else None


def as_typed() -> MultiDict[str, str] | None:
    """The draft as if it had just been sent: how a form takes it up."""
    found = draft_found()
    return MultiDict(found.typed) if found else None


def asked_for() -> bool:
    """Whether the form was sent to be kept, not to be acted on."""
    return KEEP_DRAFT in request.form and drafting()


def keep_and_leave() -> Response:
    """The button «Save as draft», and the script's own saving."""
    _keep(session(), actor())
    if request.form[KEEP_DRAFT] == BY_ITSELF:
        return jsonify(said=_("Draft saved at %(time)s", time=format_time(now(reading()), "short")))
    until = now(reading()) + timedelta(hours=settings().draft_hours)
    flash(_("Saved as a draft. It is kept until %(day)s, for you alone.", day=_moment(until)), "planned")
    case_id = (request.view_args or {}).get("case_id")
    if case_id:
        return redirect(url_for("cases.show", case_id=case_id), 303)
    # An auditor has no list of drafts: hers stands in the form she was at.
    return redirect(url_for("drafts.show") if actor().role in CASEWORK else request.path, 303)


def keep_aside() -> None:
    """A form that comes back with messages is kept too: whoever closes the page has lost nothing."""
    if drafting():
        who = actor()
        afterwards(lambda own: _try_to_keep(own, who))


def done() -> None:
    """The form was sent and acted on."""
    if drafting():
        finish_draft(session(), actor(), request.path)


def keep_of_ended_session() -> Response | None:
    """A form sent after its session ran out is kept for the person whose session it was, and nobody else's."""
    if request.method in SAFE_METHODS or title_of(request.endpoint) is None or current_user.is_authenticated:
        return None
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return None  # no page of ours sent it
    with database().session() as own:
        user = user_of_ended(own, request.cookies.get(COOKIE, ""))
        if user is None or not _try_to_keep(own, actor_of(user)):
            return None
    said = _("You have been signed out. What you wrote is kept: sign in, and it stands in the form.")
    if request.form.get(KEEP_DRAFT) == BY_ITSELF:
        response = jsonify(said=said)
        response.status_code = 401
        return response
    flash(said, "look")
    return redirect(sign_in_url(), 303)


def _try_to_keep(own: Session, who: Actor) -> bool:
    try:
        _keep(own, who)
    except Refused:  # the case is not hers any more, or the text is longer than anything we keep
        return False
    return True


def _keep(own: Session, who: Actor) -> None:
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    case_id = (request.view_args or {}).get("case_id")
    keep_draft(own, who, request.path, typed, hours=settings().draft_hours, case_id=case_id)


def unfinished() -> list[dict[str, Any]]:
    """The reader's drafts, for the first page and the page of drafts."""
    who = person()
    return [_line(draft) for draft in own_drafts(reading(), actor())] if who and who.actor.role in CASEWORK else []


def _line(draft: DraftLine) -> dict[str, Any]:
    return {
        "title": _title_at(draft.form) or _("Form"),
        "name": draft.name,
        "url": draft.form if draft.open else None,
        "saved": kept_at(draft.updated_at),
        "until": _moment(draft.expires_at),
        "throw_url": url_for("drafts.throw", draft_id=draft.id),
    }


def _title_at(path: str) -> str | None:
    try:
        endpoint, _values = current_app.url_map.bind("").match(path)
    except NoRoute:
        return None
    return title_of(endpoint)


def kept_at(value: datetime) -> str:
    """The time alone for today's drafts."""
    local = value.astimezone(NORWAY)
    return format_time(value, "short") if local.date() == today(reading()) else _moment(value)


def _moment(value: datetime) -> str:
    return format_datetime(value, "EEEE d. MMMM HH:mm" if language() != "en" else "EEEE d MMMM HH:mm")
