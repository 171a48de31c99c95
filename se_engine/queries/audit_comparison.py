"""An audit beside the earlier ones of its unit: what each gave, and whether the two may be set against each other."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.queries.audit_results import Result, percent_of
from se_engine.queries.indicators.answers import measured_for
from se_engine.queries.indicators.evidence import Window
from se_engine.records.audit_results import AuditCorrection, AuditReport
from se_engine.records.audits import Audit
from se_engine.rules.audit_results import same_days_before
from se_engine.rules.framework import Framework

MONTHS_BACK = (6, 12)


def earlier_audits(session: Session, audit: Audit) -> list[dict[str, Any]]:
    """What the final reports of earlier audits of the unit say, with the same framework; the newest first.

    Taken from the reports as they were made: an audit keeps the scoring it was made with. `same` says whether it was
    the same version with the same scope, without adaptations: only then is one number less the other a number.
    """
    finals = select(func.max(AuditReport.id)).where(AuditReport.kind == "final").group_by(AuditReport.audit_id)
    rows = session.execute(
        select(Audit, AuditReport.content)
        .join(AuditReport, AuditReport.audit_id == Audit.id)
        .where(AuditReport.id.in_(finals), Audit.office_id == audit.office_id, Audit.id != audit.id)
        .where(Audit.framework_name == audit.framework_name, Audit.opened_on <= audit.opened_on)
        .order_by(Audit.until_on.desc(), Audit.id.desc())
    )
    return [_earlier(audit, other, content) for other, content in rows]


def _earlier(audit: Audit, other: Audit, content: Mapping[str, Any]) -> dict[str, Any]:
    same_framework = (other.framework_version, other.framework_digest) == (
        audit.framework_version,
        audit.framework_digest,
    )
    return {
        "audit": other.id,
        "linked": other.id == audit.previous_id,
        "kind": other.kind,
        "framework_version": other.framework_version,
        "from": other.from_on.isoformat(),
        "until": other.until_on.isoformat(),
        "comparable": content["comparable"],
        "same": same_framework and (other.scope or []) == (audit.scope or []) and content["comparable"],
        "sections": {one["key"]: one["percent"] for one in content["sections"]},
        "items": {one["key"]: {"level": one["level"], "code": one["code"]} for one in content["items"]},
        "total": content["total"],
    }


def changes_since(result: Result, earlier: Mapping[str, Any]) -> dict[str, Any]:
    """What changed since an audit that may be compared: levels item by item, and points where both are whole."""
    levels = {key: one["level"] for key, one in earlier["items"].items() if one["level"] is not None}
    now = result.levels
    moved = {key: [levels[key], now[key]] for key in now if key in levels and levels[key] != now[key]}
    sections = {}
    for key, total in result.results.sections.items():
        was, became = earlier["sections"].get(key), percent_of(total)
        if was and became and was[0] == was[1] and became[0] == became[1]:
            sections[key] = round(became[0] - was[0], 1)
    return {
        "audit": earlier["audit"],
        "better": sorted(key for key, (was, became) in moved.items() if became > was),
        "lower": sorted(key for key, (was, became) in moved.items() if became < was),
        "items": moved,
        "sections": sections,
    }


def own_past(session: Session, audit: Audit, framework: Framework) -> list[dict[str, Any]]:
    """The unit's own indicators half a year and a year before, over as many months."""
    return [_window(session, audit, framework, months) for months in MONTHS_BACK]


def _window(session: Session, audit: Audit, framework: Framework, months: int) -> dict[str, Any]:
    from_on, until_on = same_days_before(audit.from_on, audit.until_on, months)
    return {
        "months": months,
        "from": from_on.isoformat(),
        "until": until_on.isoformat(),
        "indicators": indicator_rows(session, framework, Window((audit.office_id,), from_on, until_on)),
    }


def indicator_rows(session: Session, framework: Framework, window: Window) -> list[dict[str, Any]]:
    """Every number of a framework as JSON keeps it, with how many cases stand behind each and never which."""
    measured = measured_for(session, framework, window)
    return [
        {
            "id": item.key,
            "indicator": item.measure.key,
            "indicator_version": item.measure.version,
            "unit": item.measure.unit,
            "direction": item.measure.direction,
            "min_n": item.min_n,
            "value": None if one.value is None else float(one.value),
            "n": one.n,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "cases": len(one.cases),
        }
        for item in framework.items
        if item.measure is not None
        for one in [measured[item.key]]
    ]


def closed_audits(session: Session, audit: Audit) -> list[Audit]:
    """Earlier audits of the unit whose reports have been handed over; the newest first."""
    rows = select(Audit).where(
        Audit.office_id == audit.office_id, Audit.id < audit.id, Audit.step.in_(("action_plan", "follow_up", "ended"))
    )
    return list(session.scalars(rows.order_by(Audit.id.desc())))


def corrections_of(session: Session, audit_id: int) -> list[AuditCorrection]:
    """Errors of this audit that a later one has told."""
    rows = select(AuditCorrection).where(AuditCorrection.audit_id == audit_id).order_by(AuditCorrection.id)
    return list(session.scalars(rows))


def corrections_found_in(session: Session, audit_id: int) -> list[AuditCorrection]:
    """Errors of earlier audits that this one tells."""
    rows = select(AuditCorrection).where(AuditCorrection.found_in_id == audit_id).order_by(AuditCorrection.id)
    return list(session.scalars(rows))
