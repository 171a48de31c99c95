"""The quarterly follow-up of an audit: what the indicators say since, beside what they said in it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from se_engine.audit_words import Words
from se_engine.queries.audit_follow_ups import FollowUp, Trend, follow_up_for, next_follow_up
from se_engine.queries.audits import audit_head
from web.audit_forms import AUDIT
from web.auth import actor
from web.language import language
from web.parts.audits import of_audit
from web.session import session

blueprint = Blueprint("audit_follow_up", __name__, url_prefix=AUDIT)


@blueprint.get("/follow-up")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    found = follow_up_for(session(), actor(), audit_id)
    return render_template(
        "audits/follow_up.html",
        frame=of_audit(head, "follow_up"),
        columns=_columns(found),
        rows=[_row(found, one) for one in found.trends],
        days=found.days,
        next_day=next_follow_up(session(), found.audit),
    )


def _columns(found: FollowUp) -> list[dict[str, Any]]:
    since = [
        {"key": day.isoformat(), "title": format_date(day, "medium"), "numeric": True} for day in found.days
    ]
    return [
        {"key": "item", "title": _("Indicator")},
        {"key": "audit", "title": _("In the audit"), "numeric": True},
        *since,
    ]  # fmt: skip


def _row(found: FollowUp, trend: Trend) -> dict[str, Any]:
    title = f"{trend.item.key} {trend.item.title.to(language())}"
    since = {day.isoformat(): _cell(value) for day, value in zip(found.days, trend.since, strict=True)}
    return {"item": title, "audit": _cell(trend.in_audit), **since}


def _cell(row: Mapping[str, Any] | None) -> dict[str, str] | None:
    """The value with how many it stands on."""
    if row is None or row.get("value") is None:
        return None
    return {"text": Words(language()).value(row), "note": f"n {row.get('n') or 0}"}
