"""Agreement worded: both ratings of an item side by side, the statistics, and what is still to be settled."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal, format_percent, gettext, ngettext

from se_engine.queries.audit_agreement import AgreementLine, AgreementPage
from se_engine.rules.audit_ratings import Given
from web.parts.audit_ratings import NotSaved, row


def rows(page: AgreementPage, not_saved: Mapping[str, NotSaved]) -> list[dict[str, Any]]:
    return [_row(page, one, not_saved.get(one.line.key)) for one in page.lines]


def _row(page: AgreementPage, one: AgreementLine, failed: NotSaved | None) -> dict[str, Any]:
    shown = row(page.framework, page.audit.id, one.line, failed)
    wrote = page.wrote.get(one.line.row.recorded_by) if one.line.row and one.line.row.recorded_by else None
    if shown["theirs"]:
        shown["theirs"] |= {"who": wrote}
    return {
        **shown,
        "own": [given(name, what) for name, what in zip(page.names, one.own, strict=True)],
        "unit": given(gettext("The unit"), one.unit) if one.unit else None,
        "must_talk": one.must_talk,
        "needed": one.needed,
        "open": one.open,
        "status": status(one),
        "wrote": wrote,
    }


def given(name: str, what: Given) -> dict[str, Any]:
    return {
        "name": name,
        "level": "–" if what.rating is None else str(what.rating),
        "rationale": what.rationale,
        "recommendation": what.recommendation,
    }


def status(one: AgreementLine) -> dict[str, str]:
    if one.line.left_out:
        return {"text": gettext("left out by the charter"), "tone": "not_yet"}
    if one.must_talk and one.open:
        return {"text": gettext("Talk about it, and write why"), "tone": "act"}
    if one.open:
        return {"text": gettext("To be agreed"), "tone": "look"}
    if one.line.given.is_rated:
        return {"text": gettext("Agreed"), "tone": "done"}
    return {"text": gettext("Both gave the same"), "tone": "done"}


def progress(page: AgreementPage) -> str:
    left = sum(one.open for one in page.lines)
    if not left:
        return gettext("Everything that has to be agreed is agreed.")
    return ngettext("%(num)s item still to be agreed", "%(num)s items still to be agreed", left)


def waiting_for_confirmation(page: AgreementPage) -> int:
    """Items that both gave alike and that have to be talked through all the same."""
    if page.agreement is None or not page.agreement.forced_by_totals:
        return 0
    alike = {one.key for one in page.agreement.items if one.same}
    return sum(one.line.key in alike and one.line.row is None for one in page.lines)


def statistics(page: AgreementPage) -> list[dict[str, str]]:
    """With a dash where a number is not defined, which kappa is not where both use one level."""
    found = page.agreement
    if found is None:
        return []
    told = []
    for pair in found.pairs:
        told += [
            {"label": gettext("Items that both gave a level"), "text": str(pair.n)},
            {"label": gettext("Exactly the same"), "text": _share(pair.exact)},
            {"label": gettext("Within one level"), "text": _share(pair.within_one)},
            {"label": gettext("Kappa"), "text": _number(pair.kappa)},
            {"label": gettext("Kappa, linear weights"), "text": _number(pair.linear)},
            {"label": gettext("Kappa, quadratic weights"), "text": _number(pair.quadratic)},
        ]
    return [*told, {"label": gettext("Intraclass correlation, ICC(2,1)"), "text": _number(found.icc)}]


def _share(value: float | None) -> str:
    return "–" if value is None else str(format_percent(value, "#,##0 %"))


def _number(value: float | None) -> str:
    return "–" if value is None else str(format_decimal(round(value, 2), "0.00"))
