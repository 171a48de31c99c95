"""The charter of an audit worded: what it says, what is adapted, and the audits it may follow up."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.audits import AuditHead
from se_engine.records.audits import Audit, AuditAdaptation
from web.language import language
from web.parts import audits as parts


def facts(head: AuditHead, longer: AuditAdaptation | None) -> list[dict[str, Any]]:
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


def adaptation(head: AuditHead, row: AuditAdaptation) -> dict[str, Any]:
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


def earlier_title(audit: Audit) -> str:
    kind = parts.kind_title(audit.kind)
    return f"{kind}, {audit.framework_name} {audit.framework_version}, {format_date(audit.opened_on, 'medium')}"
