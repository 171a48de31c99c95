"""What the frame of every page shows: the person, the pages open to her role, and the links of her account."""

from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _

from se_engine import wording
from se_engine.clock import today
from se_engine.queries.audits import has_audits
from se_engine.rules.roles import CASEWORK, Role
from web.auth import Person, person, settings
from web.idempotency import new_key
from web.language import language
from web.session import reading


def init_app(app: Flask) -> None:
    app.context_processor(frame)
    app.jinja_env.globals["new_key"] = new_key


def frame() -> dict[str, Any]:
    who = person()
    return {
        "actor": _shown(who) if who else None,
        "is_demo": settings().demo,
        "today": today(reading()),
        "navigation": _main_pages(who) if who else [],
        "account_links": _account_links(who) if who else [],
    }


def _shown(who: Person) -> dict[str, str]:
    return {
        "name": who.actor.name,
        "role_title": wording.word("role", who.actor.role, language()),
        "office_name": who.office or _("All offices"),
    }


def _main_pages(who: Person) -> list[dict[str, Any]]:
    worklist = ("worklist.show", _("Worklist"))
    day = ("today.show", _("Today"))
    employers = ("employers.index", _("Employers"))
    team = ("team.show", _("Team"))
    reports = ("reports.index", _("Numbers"))
    quality = ("quality.show", _("Quality"))
    referrals = ("referrals.show", _("Referrals"))
    audits = ("audits.index", _("Audits"))
    pages = {
        Role.JOB_SPECIALIST: (worklist, day, referrals, employers, reports, quality),
        Role.SUPERVISOR: (worklist, day, referrals, employers, team, reports, quality, audits),
        Role.AUDITOR: (audits, reports, ("audit_overview.index", _("Offices"))),
        Role.MANAGER: (reports, quality, *([audits] if _takes_part(who) else [])),
        Role.ADMINISTRATOR: (("accounts.show", _("Administration")),),
    }[who.actor.role]
    return [_page(endpoint, label) for endpoint, label in pages]


def _takes_part(who: Person) -> bool:
    """Whether a manager is in an audit; nobody else is asked, so that the first pages cost nothing more."""
    return who.actor.role is Role.MANAGER and has_audits(reading(), who.actor)


def _page(endpoint: str, label: str) -> dict[str, Any]:
    url = url_for(endpoint)
    return {"label": label, "url": url, "current": request.path == url}


def _account_links(who: Person) -> list[dict[str, str]]:
    partners = {"label": _("Partners"), "url": url_for("partners.show")}
    return [
        *([partners] if who.actor.role in CASEWORK else []),
        {"label": _("Your account"), "url": url_for("account.show")},
        {"label": _("About SE Engine"), "url": url_for("about.show")},
    ]
