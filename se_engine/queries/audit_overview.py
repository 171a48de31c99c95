"""Offices beside each other for those who see numbers and no cases: indicators of a framework, coverage, data quality.

Only half-years that are over, in the published form of each office. What was counted for an office is remembered until
the day is over: many offices are counted once, and a page that does not wait for all says which are missing.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.clock import today
from se_engine.measures.funnel import Funnel, funnel
from se_engine.measures.publication import LEAST_THRESHOLD
from se_engine.queries.access import offices_for_reports
from se_engine.queries.audit_outcomes import LEAST_IN_FUNNEL
from se_engine.queries.audit_public import evidence_as_published, lacking_as_published
from se_engine.queries.audit_quality import quality_of
from se_engine.queries.indicators.computed import COMPUTED
from se_engine.queries.indicators.evidence import Evidence, Window
from se_engine.queries.indicators.sources_cases import ran
from se_engine.records.offices import Office
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.framework import Framework, Item
from se_engine.rules.roles import AGGREGATES, Actor

FIRST = "dimensions"
HALVES = 4
"""So many half-years back can be chosen."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class HalfYear:
    year: int
    half: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def from_on(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def to_on(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)


@dataclass(frozen=True)
class OfficeNumbers:
    """One office in its published form."""

    office: str
    cases: int | None
    """How many ran in the half-year; None where they are few."""
    rows: Mapping[str, Row]
    quality: Mapping[str, Row]

    @property
    def shown(self) -> int:
        return sum(not one["suppressed"] for one in self.rows.values())


@dataclass(frozen=True)
class Overview:
    framework: Framework
    names: tuple[str, ...]
    half: HalfYear
    halves: tuple[HalfYear, ...]
    items: tuple[Item, ...]
    offices: tuple[OfficeNumbers, ...]
    waiting: tuple[str, ...]
    """Offices that are not counted yet."""

    def coverage(self, item: Item) -> tuple[int, int]:
        """Of how many offices a number is shown, and the cases or events these stand on."""
        shown = [one.rows[item.key] for one in self.offices if not one.rows[item.key]["suppressed"]]
        return len(shown), sum(one["n"] for one in shown)

    def funnel(self, item: Item) -> Funnel | None:
        """Of a share; the others have no limits of chance that are the same for all."""
        if item.measure is None or item.measure.unit != "share":
            return None
        rows = [(one.office, one.rows[item.key]) for one in self.offices]
        units = [(name, row["k"], row["of"]) for name, row in rows if row.get("k") is not None]
        return funnel(units, least=LEAST_IN_FUNNEL)


def overview(
    session: Session, actor: Actor, *, name: str | None = None, half: str | None = None, seconds: float | None = None
) -> Overview:
    """NotPermitted for roles that read no overviews; after so many seconds no further office is begun."""
    if actor.role not in AGGREGATES:
        raise NotPermitted()
    offices = offices_for_reports(session, actor)
    framework = _framework(name)
    halves = halves_before(today(session))
    chosen = next((one for one in halves if one.key == half), None) if half else halves[0]
    if chosen is None:
        raise NotFound()
    began, found, waiting = monotonic(), [], []
    for office in offices:
        raw = _remembered(session, framework, office, chosen)
        if raw is None and seconds is not None and monotonic() - began > seconds:
            waiting.append(office.name)
            continue
        found.append(_published(office, raw or _count(session, framework, office, chosen)))
    items = tuple(item for item in framework.items if item.measure is not None)
    return Overview(framework, counted_frameworks(), chosen, halves, items, tuple(found), tuple(waiting))


def counted_frameworks() -> tuple[str, ...]:
    return tuple(name for name in frameworks.names() if frameworks.latest(name).measures)


def halves_before(on: date) -> tuple[HalfYear, ...]:
    """The newest that is over comes first."""
    number = on.year * 2 + (on.month > 6) - 1
    return tuple(HalfYear(one // 2, one % 2 + 1) for one in range(number, number - HALVES, -1))


def _framework(name: str | None) -> Framework:
    if name is not None and name not in counted_frameworks():
        raise NotFound()
    return frameworks.latest(name or FIRST)


@dataclass(frozen=True)
class _Raw:
    cases: int
    rows: Mapping[str, Row]
    quality: tuple[Row, ...]


_Key = tuple[str, int, str, int, str]
_KEPT: MutableMapping[Any, dict[date, dict[_Key, _Raw]]] = WeakKeyDictionary()
"""By database and day: what was recorded late is in it from the next day on."""


def forget() -> None:
    """As if nothing had been counted."""
    _KEPT.clear()


def _of_today(session: Session) -> dict[_Key, _Raw]:
    bind, on = session.get_bind(), today(session)
    engine = getattr(bind, "engine", bind)
    days = _KEPT.setdefault(engine, {})
    for other in [day for day in days if day != on]:
        del days[other]
    return days.setdefault(on, {})


def _key(framework: Framework, office: Office, half: HalfYear) -> _Key:
    name, version = framework.name, framework.version
    return name, version, frameworks.checksum(name, version), office.id, half.key


def _remembered(session: Session, framework: Framework, office: Office, half: HalfYear) -> _Raw | None:
    return _of_today(session).get(_key(framework, office, half))


def _count(session: Session, framework: Framework, office: Office, half: HalfYear) -> _Raw:
    """Each table of the office read once, for the numbers and for how far they can be trusted."""
    evidence = Evidence(session, Window((office.id,), half.from_on, half.to_on))
    counted = {one: COMPUTED[one.key, one.version](evidence) for one in framework.measures}
    rows = {
        item.key: {
            "unit": item.measure.unit, "min_n": item.min_n, "value": one.value, "n": one.n, "cases": len(one.cases),
            "numerator": one.numerator, "denominator": one.denominator,
        }
        for item in framework.items if item.measure is not None
        for one in [counted[item.measure]]
    }  # fmt: skip
    quality = tuple({"key": one.key, "lacking": one.lacking, "of": one.of} for one in quality_of(evidence))
    raw = _Raw(len(evidence.read(ran)), rows, quality)
    _of_today(session)[_key(framework, office, half)] = raw
    return raw


def _published(office: Office, raw: _Raw) -> OfficeNumbers:
    k = max(LEAST_THRESHOLD, office.threshold)
    rows = {key: _row(row, k) for key, row in raw.rows.items()}
    quality = {one["key"]: lacking_as_published(one, k) for one in raw.quality}
    return OfficeNumbers(office.name, raw.cases if raw.cases >= k else None, rows, quality)


def _row(row: Row, threshold: int) -> dict[str, Any]:
    """As it is published; a share that is shown may also stand in a funnel, which needs how many of how many."""
    value = None if row["value"] is None else float(row["value"])
    found = evidence_as_published({**row, "value": value}, threshold)
    told = not found["suppressed"] and row["unit"] == "share"
    return found | {"k": row["numerator"] if told else None, "of": row["denominator"] if told else None}
