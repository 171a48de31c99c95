"""The evidence sheet of an audit: what would be frozen now, and what has changed since it was frozen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.audit_charter import framework_of
from se_engine.queries.audit_quality import quality_of
from se_engine.queries.indicators.answers import Counts, count
from se_engine.queries.indicators.evidence import Evidence, Measured, Window
from se_engine.queries.indicators.suggesting import median_says_otherwise, suggested
from se_engine.records.audits import Audit, AuditEvidence
from se_engine.records.people import User
from se_engine.rules.framework import Framework, Item, Measure

COMPARED = ("value", "n", "numerator", "denominator", "suggested_level")
LEFT_OUT = frozenset({"each"})
"""Each specialist's own number is nobody's business in an audit of the unit."""


@dataclass(frozen=True)
class Sheet:
    """Data quality first, then every indicator of the framework: plain data, with cases as numbers of cases."""

    quality: list[dict[str, Any]]
    indicators: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        told = json.dumps([self.quality, self.indicators], sort_keys=True, separators=(",", ":"))
        return sha256(told.encode()).hexdigest()


def sheet_now(session: Session, audit: Audit) -> Sheet:
    """Counted from the records as they are; for callers who have seen to the access."""
    framework = framework_of(audit)
    window = Window((audit.office_id,), audit.from_on, audit.until_on)
    quality = [asdict(line) for line in quality_of(Evidence(session, window))]
    items = [item for item in framework.items if item.measures and in_scope(audit, framework, item)]
    counted = count(session, window, [measure for item in items for measure in item.measures])
    return Sheet(quality, [_row(item, counted) for item in items])


def in_scope(audit: Audit, framework: Framework, item: Item) -> bool:
    """Whether the charter looks at its section; what is shown without being rated belongs to every scope."""
    return not audit.scope or item.section in audit.scope or not framework.section_by_key[item.section].rated


def _row(item: Item, counted: Counts) -> dict[str, Any]:
    measure = item.measures[0]
    measured = counted[measure]
    suggestion = suggested(item, measured)
    rateable = suggestion.level is not None or (suggestion.why == "no_suggestion" and measured.n >= item.min_n)
    return {
        "id": item.key,
        **_of(measure, measured),
        "min_n": item.min_n,
        "suggested_level": suggestion.level,
        "rateable": rateable,
        "why": suggestion.why,
        "flags": ["median_differs"] if median_says_otherwise(item, measured) else [],
        "shown": [_of(one, counted[one]) for one in item.shown],
    }


def _of(measure: Measure, measured: Measured) -> dict[str, Any]:
    return {
        "indicator": measure.key,
        "indicator_version": measure.version,
        "unit": measure.unit,
        "direction": measure.direction,
        "value": None if measured.value is None else float(measured.value),
        "n": measured.n,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "cases": len(measured.cases),
        "lacking": len(measured.lacking),
        "detail": _plain(measured.detail),
    }


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if key not in LEFT_OUT}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def sheets_of(session: Session, audit_id: int) -> Sequence[tuple[AuditEvidence, str | None]]:
    """Every sheet that was frozen, the newest first, each with who computed it."""
    rows = session.execute(
        select(AuditEvidence, User.name)
        .outerjoin(User, User.id == AuditEvidence.recorded_by)
        .where(AuditEvidence.audit_id == audit_id)
        .order_by(AuditEvidence.id.desc())
    )
    return [(row, name) for row, name in rows]


def changed_since(kept: AuditEvidence, now: Sheet) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """What would be another number today: lines of data quality by key, and indicators by item."""
    quality = {one["key"]: one for one in kept.quality or []}
    indicators = {one["id"]: one for one in kept.indicators or []}
    return (
        {one["key"]: one for one in now.quality if quality.get(one["key"]) != one},
        {one["id"]: one for one in now.indicators if not _same(indicators.get(one["id"]), one)},
    )


def _same(kept: dict[str, Any] | None, now: dict[str, Any]) -> bool:
    return kept is not None and all(kept[name] == now[name] for name in COMPARED)
