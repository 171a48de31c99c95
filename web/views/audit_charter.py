"""The charter of an audit: what it says, changed by its lead until it is sent, and what is adapted."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.actions.audits import adapt, change_charter
from se_engine.queries.audit_charter import adaptations_of, earlier_audits
from se_engine.queries.audits import AuditHead, audit_head
from se_engine.records.audits import AuditAdaptation
from se_engine.rules.audit_charter import WINDOW
from se_engine.rules.errors import NotPermitted
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audits import AdaptForm, CharterForm
from web.language import language
from web.parts import audits as parts
from web.session import reading, session
from web.views.audits import framework_choices

blueprint = Blueprint("audit_charter", __name__, url_prefix=AUDIT)
CHARTER = "charter"


@blueprint.get("/charter")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    changes = may_change(head)
    standing = adaptations_of(session(), audit_id)
    return render_template(
        "audits/charter.html",
        frame=parts.of_audit(head, CHARTER),
        facts=_facts(head, standing.get(WINDOW)),
        changes=changes,
        adaptations=[_adaptation(head, one) for item, one in standing.items() if item != WINDOW],
    )


def may_change(head: AuditHead) -> bool:
    return head.is_lead and head.audit.step == CHARTER


def _facts(head: AuditHead, longer: AuditAdaptation | None) -> list[dict[str, Any]]:
    audit = head.audit
    return [
        {"label": gettext("Unit"), "text": head.office},
        {"label": gettext("Kind"), "text": parts.kind_title(audit.kind)},
        {"label": gettext("Framework"), "text": parts.framework_title(head), "note": gettext(
            "Sum of its file: %(digest)s", digest=audit.framework_digest[:16])},
        {"label": gettext("Parts looked at"), "text": _scope(head)},
        {"label": gettext("Window of evidence"), "text": parts.window(audit),
         "words": longer.words if longer else None},
        {"label": gettext("Basis"), "text": _coded("legal_basis", audit.legal_basis), "words": audit.legal_words},
        {"label": gettext("How participants were told"), "text": _coded("told_how", audit.told_how),
         "words": audit.told_words},
        {"label": gettext("Names"), "text": gettext("Open to the auditors") if audit.names_open else gettext("Hidden"),
         "words": audit.names_words},
        {"label": gettext("On site"), "text": _visit(head)},
        {"label": gettext("Follows up"), "text": _previous(head),
         "url": url_for("audits.show", audit_id=audit.previous_id) if audit.previous_id else None},
        {"label": gettext("Opened"), "text": format_date(audit.opened_on, "long")},
    ]  # fmt: skip


def _coded(group: str, code: str) -> str:
    return wording.word(group, code, language()) if code else ""


def _scope(head: AuditHead) -> str:
    if not head.audit.scope:
        return gettext("All of it")
    titles = {one.key: one.title.to(language()) for one in (head.framework.sections if head.framework else ())}
    return ", ".join(titles.get(key, key) for key in head.audit.scope)


def _visit(head: AuditHead) -> str:
    audit = head.audit
    if audit.visit_on is None:
        return ""
    days = ngettext("%(num)s day", "%(num)s days", audit.visit_days)
    return gettext("%(day)s, %(days)s", day=format_date(audit.visit_on, "long"), days=days)


def _previous(head: AuditHead) -> str:
    return gettext("An earlier audit of the unit") if head.audit.previous_id else gettext("None")


def _adaptation(head: AuditHead, row: AuditAdaptation) -> dict[str, Any]:
    return {
        "title": f"{row.item} {item_titles(head).get(row.item, '')}".strip(),
        "how": wording.word("audit_adapted", row.how, language()),
        "words": row.words,
    }


def item_titles(head: AuditHead) -> dict[str, str]:
    """What can be adapted, worded: what is rated, and where that is a cell the indicators in it."""
    if head.framework is None:
        return {}
    titles = {one.key: one.title.to(language()) for one in head.framework.rateable}
    return titles | {one.key: one.title.to(language()) for one in head.framework.items}


@blueprint.route("/charter/change", methods=BOTH)
def change(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    audit, form = head.audit, CharterForm()
    longer = adaptations_of(reading(), audit_id).get(WINDOW)
    earlier = earlier_audits(reading(), audit.office_id, but=audit.id)
    form.fit(audit, head.framework, _frameworks(head), earlier, longer.words if longer else "")

    def act() -> object:
        name, version = form.chosen
        return change_charter(
            session(), actor(), audit_id, form.charter(audit), seen_version=form.seen(), framework=name,
            version=version,
        )  # fmt: skip

    return audit_form(
        head,
        form,
        act,
        page=CHARTER,
        title=gettext("Change the charter"),
        lead=gettext("Both sides agree on it before anything is looked at. Every change is kept."),
        submit=gettext("Save the charter"),
        said=gettext("The charter is saved."),
    )


def _frameworks(head: AuditHead) -> list[tuple[str, str]]:
    """Those in force, and the one the audit stands on though there is a newer."""
    choices = dict(framework_choices())
    own = f"{head.audit.framework_name}/{head.audit.framework_version}"
    return list(({own: parts.framework_title(head)} | choices).items())


@blueprint.route("/charter/adapt", methods=BOTH)
def adapt_item(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    form = AdaptForm()
    form.item.offer((key, f"{key} {title}") for key, title in item_titles(head).items())
    return audit_form(
        head,
        form,
        lambda: adapt(
            session(), actor(), audit_id, item=form.item.data, how=form.how.data, words=form.words.data or ""
        ),
        page=CHARTER,
        title=gettext("Adapt an item"),
        lead=gettext("What is not applicable here is not rated; a total with adapted items is not compared."),
        submit=gettext("Keep it in the charter"),
        said=gettext("The charter says so now."),
    )
