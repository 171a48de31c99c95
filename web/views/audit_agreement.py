"""After the locks: what each gave, how far they agree, and what they write together."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.audit_ratings import confirm_equal, take_as_result
from se_engine.queries.audit_agreement import AgreementPage, agreement_of
from se_engine.queries.audits import audit_head
from web.audit_forms import AUDIT
from web.auth import actor
from web.parts import audit_agreement as parts
from web.parts.audit_ratings import results
from web.parts.audits import of_audit
from web.rating_rows import Sent, answer_row, save_rows
from web.session import session

blueprint = Blueprint("audit_agreement", __name__, url_prefix=f"{AUDIT}/agreement")
STAGE = "consensus"


@blueprint.get("")
def show(audit_id: int) -> ResponseReturnValue:
    return _page(audit_id)


def _page(audit_id: int, sent: Sent | None = None) -> str:
    page = agreement_of(session(), actor(), audit_id)
    rows = parts.rows(page, sent.not_saved if sent else {})
    only_open = request.args.get("only") == "open"
    return render_template(
        "audits/agreement.html",
        frame=of_audit(audit_head(session(), actor(), audit_id), "agreement"),
        page=page,
        rows=[one for one in rows if not only_open or one["open"] or one["said"]],
        only_open=only_open,
        alone=page.agreement is None,
        statistics=parts.statistics(page),
        results=results(page.framework, page.results),
        progress=parts.progress(page),
        same=parts.waiting_for_confirmation(page),
        refused=len(sent.not_saved) if sent else 0,
    )


@blueprint.post("")
def save(audit_id: int) -> ResponseReturnValue:
    page = agreement_of(session(), actor(), audit_id)
    lines = [one.line for one in page.lines if not one.line.left_out]
    sent = save_rows(audit_id, STAGE, {line.key: (line.given, line.row.id if line.row else None) for line in lines})
    if sent.not_saved:
        return _page(audit_id, sent), 200 if sent.saved else 422
    flash(gettext("Saved."), "done")
    return redirect(url_for("audit_agreement.show", audit_id=audit_id, only=request.args.get("only")), 303)


@blueprint.post("/<item>")
def row(audit_id: int, item: str) -> ResponseReturnValue:
    found: dict[str, AgreementPage] = {}

    def page() -> AgreementPage:
        if "now" not in found:
            found["now"] = agreement_of(session(), actor(), audit_id)
        return found["now"]

    def newest() -> tuple[Any, int | None, str | None]:
        line = page().line(item).line
        if line.row is None:
            return line.given, None, None
        return line.given, line.row.id, page().wrote.get(line.row.recorded_by)

    def after() -> dict[str, Any]:
        return {"progress": parts.progress(page()), "results": results(page().framework, page().results)}

    return answer_row(audit_id, STAGE, item, newest=newest, after=after)


@blueprint.post("/take")
def take(audit_id: int) -> ResponseReturnValue:
    """The one auditor of a learning review: an act of its own, and shown as such."""
    take_as_result(session(), actor(), audit_id)
    flash(gettext("Your ratings are the result now."), "done")
    return redirect(url_for("audit_agreement.show", audit_id=audit_id), 303)


@blueprint.post("/confirm-equal")
def confirm(audit_id: int) -> ResponseReturnValue:
    confirm_equal(session(), actor(), audit_id)
    flash(gettext("Confirmed: what both gave stands."), "done")
    return redirect(url_for("audit_agreement.show", audit_id=audit_id), 303)
