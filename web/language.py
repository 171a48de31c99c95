"""Which language a page speaks: the person's own, else the browser's cookie, else what the browser asks for."""

from datetime import timedelta

from flask import Flask, Response, g, request
from flask_babel import Babel

from se_engine.rules.errors import Refused
from web.auth import person, settings

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
SPOKEN = {**{code: code for code in LANGUAGES}, "no": "nb"}
LOCALES = {"nb": "nb", "nn": "nn", "en": "en_GB"}
"""British dates for English: 12 Mar 2026."""
COOKIE = "se_language"


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "nb"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Oslo"
    Babel(app, locale_selector=lambda: LOCALES[language()])
    app.context_processor(lambda: {"language": language(), "languages": list(LANGUAGES.items()), "direction": "ltr"})


def language() -> str:
    """nb, nn or en; found once for a request, since every word asks."""
    if "language" not in g:
        who = person()
        chosen = who.actor.language if who else request.cookies.get(COOKIE)
        g.language = chosen if chosen in LANGUAGES else asked_for() or "nb"
    found: str = g.language
    return found


def asked_for() -> str | None:
    """The first that we speak of those the browser names: en-GB is English, and `no` does not say which Norwegian."""
    tags = (tag.lower().partition("-")[0] for tag, quality in request.accept_languages if quality)
    return next((SPOKEN[tag] for tag in tags if tag in SPOKEN), None)


def checked_language(given: str | None) -> str:
    if given not in LANGUAGES:
        raise Refused("language_unknown", allowed=", ".join(LANGUAGES))
    return given


def remember_language(response: Response, chosen: str) -> None:
    response.set_cookie(
        COOKIE, chosen, max_age=timedelta(days=365), httponly=True, samesite="Lax", secure=settings().secure_cookies
    )
