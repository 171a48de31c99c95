"""Offices beside each other: the indicators of a framework, coverage and data quality, for readers who open no case."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from se_engine import frameworks
from se_engine.actions.trail import write_trail
from se_engine.audit_words import Words
from se_engine.exchange.audit_files import OUTPUTS, overview_file
from se_engine.measures.funnel import INSIDE, Funnel
from se_engine.printing.drawings import drawing
from se_engine.queries.audit_outcomes import funnel_data
from se_engine.queries.audit_overview import HalfYear, Overview, overview
from se_engine.rules.errors import NotFound
from se_engine.rules.framework import Item
from web.auth import actor
from web.language import language
from web.session import afterwards, reporting
from web.views.report_exports import as_file

blueprint = Blueprint("audit_overview", __name__, url_prefix="/quality/offices")
PATIENCE = 8.0
"""Seconds after which a page shows what has been counted, and says which offices are missing."""


@blueprint.get("")
def index() -> ResponseReturnValue:
    found = _asked(PATIENCE)
    item = next((one for one in found.items if one.key == request.args.get("item")), None)
    if request.args.get("item") and item is None:
        raise NotFound()
    chosen = {"framework": found.framework.name, "half": found.half.key}
    return render_template(
        "audits/overview.html",
        found=found,
        title=_("Offices beside each other"),
        half=_half(found.half),
        frameworks=[
            (name, frameworks.latest(name).title.to(language()), name == found.framework.name) for name in found.names
        ],
        halves=[(one.key, _half(one), one == found.half) for one in found.halves],
        rows=[_row(found, one, chosen) for one in found.items],
        offices=[_office(one) for one in found.offices],
        quality=_quality(found),
        item=_item(found, item) if item else None,
        whole_url=url_for("audit_overview.index", **chosen),
        exports=[(one.upper(), url_for("audit_overview.export", output=one, **chosen)) for one in OUTPUTS],
    )


@blueprint.get(f"/export.<any({', '.join(OUTPUTS)}):output>")
def export(output: str) -> ResponseReturnValue:
    """Exactly what the page shows, with every office counted."""
    who, found = actor(), _asked(None)
    detail = {"framework": found.framework.name, "half": found.half.key, "output": output}
    afterwards(lambda own: write_trail(own, who, "overview_exported", detail=detail))
    name = f"offices-{found.framework.name}-{found.half.key}.{output}"
    return as_file(overview_file(found, output, language()), output, name)


def _asked(seconds: float | None) -> Overview:
    given = request.args
    return overview(
        reporting(), actor(), name=given.get("framework") or None, half=given.get("half") or None, seconds=seconds
    )


def _half(one: HalfYear) -> str:
    return f"{format_date(one.from_on, 'long')} – {format_date(one.to_on, 'long')}"


def _row(found: Overview, item: Item, chosen: dict[str, str]) -> dict[str, Any]:
    offices, n = found.coverage(item)
    url = url_for("audit_overview.index", item=item.key, **chosen)
    return {
        "item": {"text": f"{item.key} {item.title.to(language())}", "url": url},
        "offices": _("%(shown)s of %(all)s", shown=offices, all=len(found.offices)),
        "n": n,
    }


def _office(one: Any) -> dict[str, Any]:
    return {
        "office": one.office,
        "cases": _("hidden") if one.cases is None else one.cases,
        "shown": _("%(shown)s of %(all)s", shown=one.shown, all=len(one.rows)),
    }


def _quality(found: Overview) -> list[dict[str, Any]]:
    """Each line over the offices in which it may be shown."""
    words = Words(language())
    rows = []
    for key in found.offices[0].quality if found.offices else ():
        told = [one.quality[key] for one in found.offices if one.quality[key]["lacking"] is not None]
        shares = [row["lacking"] / row["of"] for row in told]
        rows.append({
            "line": words.of("audit_quality", key),
            "offices": _("%(shown)s of %(all)s", shown=len(told), all=len(found.offices)),
            "lowest": words.per_cent(min(shares, default=None)),
            "highest": words.per_cent(max(shares, default=None)),
        })  # fmt: skip
    return rows


def _item(found: Overview, item: Item) -> dict[str, Any]:
    """One indicator office by office, in the order of their names, and the funnel where there is one."""
    words = Words(language())
    drawn = found.funnel(item)
    rows = [
        {"office": one.office, "value": words.value(row), "n": "" if row["n"] is None else row["n"]}
        for one in found.offices
        for row in [one.rows[item.key]]
    ]
    return {
        "title": f"{item.key} {item.title.to(language())}",
        "assessed": item.assessed.to(language()),
        "rows": rows,
        "said": _said(drawn, words) if drawn else "",
        "drawing": _drawing(drawn, item, words) if drawn else None,
    }


def _said(found: Funnel, words: Words) -> str:
    outside = [one.name for one in found.points if one.place != INSIDE]
    return words("funnel_outside", units=", ".join(outside)) if outside else words("funnel_inside")


def _drawing(found: Funnel, item: Item, words: Words) -> Markup | None:
    data = funnel_data(found)
    made = drawing(
        "funnel",
        {
            "title": item.title.to(language()),
            "description": _said(found, words),
            "x": words("n"),
            "y": words("share"),
            "target": data["target"],
            "limits": data["limits"],
            "points": [{"label": one["name"], "n": one["n"], "share": one["share"]} for one in data["points"]],
        },
        language(),
    )
    return Markup(made) if made else None  # noqa: S704 - drawn here, from numbers and names of offices
