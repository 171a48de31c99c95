"""The action plan of an audit, what becomes of its lines, and errors in earlier audits."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from se_engine.actions.audit_corrections import tell_correction
from se_engine.actions.audit_plans import add_action, may_plan, record_event
from se_engine.queries.audit_comparison import closed_audits, corrections_found_in, corrections_of
from se_engine.queries.audit_plans import PlanLine, access_action, plan_for, possible_owners
from se_engine.queries.audit_results import framework_of
from se_engine.queries.audits import AuditHead, audit_head
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.framework import Framework
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audit_plan import ActionEventForm, ActionForm, CorrectionForm
from web.numbers import whole_number
from web.parts import audit_plans as parts
from web.parts.audits import of_audit
from web.session import session

blueprint = Blueprint("audit_plan", __name__, url_prefix=AUDIT)


@blueprint.get("/plan")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    audit, lines = plan_for(session(), actor(), audit_id)
    return render_template(
        "audits/plan.html",
        frame=of_audit(head, "plan"),
        lines=[_line(head, one) for one in lines],
        new_url=url_for("audit_plan.new", audit_id=audit_id) if may_plan(session(), actor(), audit) else None,
        found=corrections_found_in(session(), audit.id),
        told=corrections_of(session(), audit.id),
        correct_url=url_for("audit_plan.correct", audit_id=audit_id) if _may_correct(head) else None,
    )


def _may_correct(head: AuditHead) -> bool:
    return head.part in RATERS and bool(closed_audits(session(), head.audit))


def _line(head: AuditHead, line: PlanLine) -> dict[str, Any]:
    url = None
    if may_plan(session(), actor(), head.audit):
        url = url_for("audit_plan.event", audit_id=head.id, action_id=line.action.id)
    return parts.plan_line(head.framework, line, head.today) | {"url": url}


@blueprint.route("/plan/new", methods=BOTH)
def new(audit_id: int) -> ResponseReturnValue:
    """One line: what, who, when, which level, and what will show it."""
    head = audit_head(session(), actor(), audit_id)
    if not may_plan(session(), actor(), head.audit):
        raise NotPermitted("not_your_part")
    framework = framework_of(head.audit)
    form = ActionForm()
    form.fit(
        [(one.key, parts.titled(framework, one.key)) for one in framework.rateable],
        [(str(one.id), one.name) for one in possible_owners(session(), head.audit)],
        range(framework.scale.lowest, framework.scale.highest + 1),
        _measures(framework),
    )
    return audit_form(
        head,
        form,
        lambda: add_action(
            session(), actor(), audit_id, item=form.item.data, words=form.words.data or "",
            owner_id=form.owner.number or 0, due_on=form.due_on.data,
            expected_level=whole_number(form.expected_level.data or ""), evidence=form.evidence.data or "",
            evidence_words=form.evidence_words.data or "",
        ),
        page="plan",
        title=_("A new action"),
        submit=_("Add"),
        said=_("The action is added."),
    )  # fmt: skip


@blueprint.route(f"/plan/<{ID}:action_id>", methods=BOTH)
def event(audit_id: int, action_id: int) -> ResponseReturnValue:
    """What has become of a line."""
    head = audit_head(session(), actor(), audit_id)
    audit, line = access_action(session(), actor(), audit_id, action_id)
    if not may_plan(session(), actor(), audit):
        raise NotPermitted("not_your_part")
    form = ActionEventForm()
    return audit_form(
        head,
        form,
        lambda: record_event(
            session(), actor(), audit_id, action_id, what=form.what.data, happened_on=form.happened_on.data,
            due_on=form.due_on.data, words=form.words.data or "",
        ),
        page="plan",
        title=parts.titled(head.framework, line.action.item),
        lead=line.action.words,
        submit=_("Save"),
        said=_("Saved."),
    )  # fmt: skip


@blueprint.route("/corrections/new", methods=BOTH)
def correct(audit_id: int) -> ResponseReturnValue:
    """An error in an earlier audit, which stays as it was."""
    head = audit_head(session(), actor(), audit_id)
    if head.part not in RATERS:
        raise NotPermitted("not_your_part")
    form = CorrectionForm()
    framework = framework_of(head.audit)
    earlier = [(str(one.id), f"{one.id}: {format_date(one.until_on)}") for one in closed_audits(session(), head.audit)]
    form.fit(earlier, [(one.key, parts.titled(framework, one.key)) for one in framework.rateable])
    return audit_form(
        head,
        form,
        lambda: tell_correction(
            session(), actor(), audit_id, earlier_id=form.earlier.number or 0, item=form.item.data,
            words=form.words.data or "",
        ),
        page="plan",
        title=_("An error in an earlier audit"),
        lead=_("The earlier audit stays as it was. Both tell of the error from now on."),
        submit=_("Save"),
        said=_("The correction is saved."),
    )  # fmt: skip


def _measures(framework: Framework) -> Sequence[tuple[str, str]]:
    return [(one.key, parts.measure_title(one.key)) for one in {one.key: one for one in framework.measures}.values()]
