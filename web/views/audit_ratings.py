"""The page on which an auditor rates, alone and unseen; and the unit's own assessment on a page like it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.audit_missing import handle_cap
from se_engine.actions.audit_ratings import lock
from se_engine.queries.audit_rating_sheet import RatingSheet, rating_sheet
from se_engine.queries.audits import audit_head
from web.audit_forms import AUDIT, audit_form
from web.auth import actor
from web.forms.audit_visit import CapForm
from web.parts import audit_ratings as parts
from web.parts.audits import of_audit
from web.rating_rows import Sent, answer_row, save_rows
from web.session import reading, session

blueprint = Blueprint("audit_ratings", __name__, url_prefix=AUDIT)
PAGE_OF = {"own": ("ratings", "audit_ratings"), "self": ("self", "audit_self")}
"""Stage → the page of the audit, and the blueprint that has it."""


@blueprint.get("/ratings")
def show(audit_id: int) -> ResponseReturnValue:
    return sheet_page(audit_id, "own")


@blueprint.post("/ratings")
def save(audit_id: int) -> ResponseReturnValue:
    return save_sheet(audit_id, "own")


@blueprint.post("/ratings/<item>")
def row(audit_id: int, item: str) -> ResponseReturnValue:
    return save_one(audit_id, "own", item)


@blueprint.post("/ratings/lock")
def lock_own(audit_id: int) -> ResponseReturnValue:
    return lock_sheet(audit_id, "own")


@blueprint.route("/ratings/caps/<item>", methods=["GET", "POST"])
def cap(audit_id: int, item: str) -> ResponseReturnValue:
    form = CapForm()
    sheet = rating_sheet(reading(), actor(), audit_id, "own")
    held = [parts.cap_line(sheet.framework, one) for one in sheet.caps if one.item == item]
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: handle_cap(session(), actor(), audit_id, item, words=form.words.data or ""),
        page="ratings",
        title=gettext("How it was handled"),
        lead=held[0]["text"] if held else None,
        submit=gettext("It has been handled"),
        said=gettext("Recorded: the level is no longer held down."),
    )


def sheet_page(audit_id: int, stage: str, sent: Sent | None = None) -> str:
    sheet = rating_sheet(session(), actor(), audit_id, stage)
    page, name = PAGE_OF[stage]
    rows = parts.rows_of(sheet.framework, audit_id, sheet.lines, sent.not_saved if sent else {})
    only_open = request.args.get("only") == "open"
    return render_template(
        "audits/ratings.html",
        frame=of_audit(audit_head(session(), actor(), audit_id), page),
        sheet=sheet,
        stage=stage,
        name=name,
        rows=[one for one in rows if not only_open or not one["finished"] or one["said"]],
        only_open=only_open,
        sections={one.key: one.title for one in sheet.framework.sections},
        progress=parts.progress(sheet.lines),
        results=parts.results(sheet.framework, sheet.results),
        caps=[parts.cap_line(sheet.framework, one) for one in sheet.caps],
        handled=_handled(sheet),
        refused=len(sent.not_saved) if sent else 0,
    )


def _handled(sheet: RatingSheet) -> list[dict[str, Any]]:
    titles = sheet.framework.item_by_key
    return [{"title": titles[item].title, "words": words} for item, words in sheet.handled.items()]


def save_sheet(audit_id: int, stage: str) -> ResponseReturnValue:
    """Without the script: one button for all rows. What can be saved is, and the rest comes back with the reason."""
    sheet = rating_sheet(session(), actor(), audit_id, stage)
    before = {line.key: (line.given, line.row.id if line.row else None) for line in sheet.lines if not line.left_out}
    sent = save_rows(audit_id, stage, before)
    if sent.not_saved:
        return sheet_page(audit_id, stage, sent), 200 if sent.saved else 422
    flash(gettext("Saved."), "done")
    return redirect(url_for(f"{PAGE_OF[stage][1]}.show", audit_id=audit_id, only=request.args.get("only")), 303)


def save_one(audit_id: int, stage: str, item: str) -> ResponseReturnValue:
    found: dict[str, RatingSheet] = {}

    def sheet() -> RatingSheet:
        return found.setdefault("now", rating_sheet(session(), actor(), audit_id, stage))

    def newest() -> tuple[Any, int | None, None]:
        line = sheet().line(item)
        return line.given, line.row.id if line.row else None, None

    def after() -> dict[str, Any]:
        return {
            "progress": parts.progress(sheet().lines),
            "results": parts.results(sheet().framework, sheet().results),
        }

    return answer_row(audit_id, stage, item, newest=newest, after=after)


def lock_sheet(audit_id: int, stage: str) -> ResponseReturnValue:
    lock(session(), actor(), audit_id, stage)
    flash(gettext("Locked. The ratings stand as they are."), "done")
    return redirect(url_for(f"{PAGE_OF[stage][1]}.show", audit_id=audit_id), 303)
