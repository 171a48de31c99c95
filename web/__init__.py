"""The Flask application: HTTP in, HTTP out. Here it is only put together."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from se_engine.database import for_reports, from_settings
from se_engine.settings import Settings
from web import (
    api,
    auth,
    drafts,
    errors,
    filters,
    form_tokens,
    headers,
    language,
    navigation,
    session,
    static_files,
    views,
)
from web.application import Application


def create_app(settings: Settings) -> Flask:
    app = Application("web", static_folder="static", template_folder="templates")
    app.config.update(
        SE_SETTINGS=settings,
        SECRET_KEY=settings.signing_secret,
        SESSION_COOKIE_NAME="se_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
    )
    if settings.trusted_proxies:
        # Else the throttle of sign-in would count every reader as the one server in front.
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    # The router would lead from two slashes to one by way of whatever host the request names.
    app.url_map.merge_slashes = False
    app.extensions["se_database"] = from_settings(settings)
    app.extensions["se_report_database"] = for_reports(settings)
    # Order matters: who is asking is settled before any form token is looked at.
    for part in (
        session, language, filters, drafts, auth, form_tokens, navigation, errors, headers, static_files, views, api,
    ):  # fmt: skip
        part.init_app(app)
    return app
