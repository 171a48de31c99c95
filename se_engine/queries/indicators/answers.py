"""`audit indicators`: every number of a framework for one office and period, as its reader may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.clock import today
from se_engine.measures.publication import hidden
from se_engine.queries.access import cases_in_scope, may_open_every_case, offices_for_reports
from se_engine.queries.access_audits import audits_in_scope
from se_engine.queries.indicators.computed import COMPUTED
from se_engine.queries.indicators.evidence import Evidence, Measured, Window
from se_engine.queries.indicators.suggesting import median_says_otherwise, suggested, suggested_for
from se_engine.queries.time_per_step import uncollected
from se_engine.records.audits import Audit
from se_engine.records.cases import Case
from se_engine.records.offices import Office
from se_engine.records.participants import Participant
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.framework import Framework, Item, Measure
from se_engine.rules.roles import Actor, Role

NO_SUGGESTION, SUPPRESSED = "no_suggestion", "suppressed"
LEAST_THRESHOLD = 3
HALF_YEARS = (((1, 1), (6, 30)), ((7, 1), (12, 31)))
MEDIAN_DIFFERS = "median_differs"
Counts = Mapping[Measure, Measured]


@dataclass(frozen=True)
class Asked:
    """What is asked of whom, and whether the reader sees whole numbers."""

    framework: Framework
    office: Office
    window: Window
    whole: bool


def count(session: Session, window: Window, measures: Sequence[Measure]) -> Counts:
    """The numbers themselves, each table read once; for callers who have seen to the access."""
    with uncollected():
        return _counted(Evidence(session, window), measures)


def _counted(evidence: Evidence, measures: Sequence[Measure]) -> Counts:
    """The rows are gone again when this is done, before anybody looks for rubbish among them."""
    return {one: COMPUTED[one.key, one.version](evidence) for one in dict.fromkeys(measures)}


def measured_for(session: Session, framework: Framework, window: Window) -> dict[str, Measured]:
    """Item → what was measured for it, of those that have a number; no access is checked here either."""
    counted = count(session, window, framework.measures)
    return {item.key: counted[item.measure] for item in framework.items if item.measure is not None}


def indicators(
    session: Session,
    actor: Actor,
    *,
    framework: str,
    version: int | None = None,
    office: int,
    from_on: date,
    to_on: date,
) -> dict[str, Any]:
    """Whole for the supervisor of the office, an auditor in an audit of it, and the operator; else suppressed."""
    asked = ask(session, actor, framework=framework, version=version, office=office, from_on=from_on, to_on=to_on)
    counted = count(session, asked.window, asked.framework.measures)
    references = _references(session, actor, asked, counted)
    items = [item for item in asked.framework.items if item.measures]
    answer = {
        "framework": asked.framework.name,
        "version": asked.framework.version,
        "office": asked.office.name,
        "from": from_on.isoformat(),
        "to": to_on.isoformat(),
        "published": not asked.whole,
        "indicators": [_row(asked, item, counted, references) for item in items],
    }
    if asked.framework.rated == "section":
        of_item = {item.key: counted[item.measure] for item in items if item.measure is not None}
        answer["cells"] = _cells(asked, of_item) if asked.whole else []
    return answer


def ask(
    session: Session, actor: Actor, *, framework: str, version: int | None, office: int, from_on: date, to_on: date
) -> Asked:
    """Refused for a framework or period that cannot be; NotFound for an office whose numbers are not this reader's."""
    found = frameworks.latest(framework) if version is None else frameworks.get(framework, version)
    if to_on < from_on:
        raise Refused("ends_before_it_starts", started=from_on.isoformat())
    one = next((one for one in offices_for_reports(session, actor) if one.id == office), None)
    if one is None:
        raise NotFound()
    whole = may_open_every_case(actor, office) or _audits_it(session, actor, office)
    if not whole and not _is_half_year(from_on, to_on, today(session)):
        raise Refused("indicators_half_years_only")
    return Asked(found, one, Window((office,), from_on, to_on), whole)


def _audits_it(session: Session, actor: Actor, office: int) -> bool:
    """Whether she is in an audit of the office whose charter the unit has got, and which is not over."""
    running = select(Audit.id).where(
        audits_in_scope(actor), Audit.office_id == office, Audit.step != "charter", Audit.ended_on.is_(None)
    )
    return actor.role is Role.AUDITOR and session.scalar(running.limit(1)) is not None


def _is_half_year(from_on: date, to_on: date, on: date) -> bool:
    """A half-year that is over: of periods that overlap, small numbers could be worked out."""
    ends = ((from_on.month, from_on.day), (to_on.month, to_on.day))
    return from_on.year == to_on.year and ends in HALF_YEARS and to_on < on


def cases_behind(session: Session, actor: Actor, asked: Asked, item: str, *, lacking: bool = False) -> list[int]:
    """The cases behind one item's number, for those who may open them; `lacking` those that hold it down."""
    found = asked.framework.item_by_key.get(item)
    if found is None or found.measure is None:
        raise NotFound()
    measured = count(session, asked.window, [found.measure])[found.measure]
    numbers = measured.lacking if lacking else measured.cases
    open_to_her = _open_to_her(session, actor, asked.office.id)
    return [number for number in numbers if number in open_to_her]


def _references(session: Session, actor: Actor, asked: Asked, counted: Counts) -> Mapping[int, str]:
    """The cases that the reader may open, with what she calls them."""
    behind = {number for one in counted.values() for number in one.cases}
    open_to_her = _open_to_her(session, actor, asked.office.id) if behind else {}
    return {number: open_to_her[number] for number in sorted(behind) if number in open_to_her}


def _open_to_her(session: Session, actor: Actor, office: int) -> dict[int, str]:
    rows: Any = session.execute(
        select(Case.id, Participant.ref)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.office_id == office, cases_in_scope(actor, today(session)))
    )
    return dict(rows.all())


def _row(asked: Asked, item: Item, counted: Counts, references: Mapping[int, str]) -> dict[str, Any]:
    measure = item.measures[0]
    measured = counted[measure]
    suggestion = suggested(item, measured)
    row: dict[str, Any] = {
        "id": item.key,
        "indicator": measure.key,
        "indicator_version": measure.version,
        "unit": measure.unit,
        "direction": measure.direction,
        **_numbers(measured),
        "min_n": item.min_n,
        "suggested_level": suggestion.level,
        "rateable": suggestion.level is not None or (suggestion.why == NO_SUGGESTION and measured.n >= item.min_n),
        "why": suggestion.why,
        "flags": [MEDIAN_DIFFERS] if median_says_otherwise(item, measured) else [],
        "detail": _plain(measured.detail),
        "cases": [references[number] for number in measured.cases if number in references],
        "lacking": [references[number] for number in measured.lacking if number in references],
        "shown": [{"indicator": one.key, "unit": one.unit, **_numbers(counted[one])} for one in item.shown],
    }
    if asked.whole:
        return row
    return _published(row, measured, max(asked.office.threshold, LEAST_THRESHOLD))


def _numbers(measured: Measured) -> dict[str, Any]:
    return {
        "value": None if measured.value is None else float(measured.value),
        "n": measured.n,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
    }


def _published(row: dict[str, Any], measured: Measured, threshold: int) -> dict[str, Any]:
    """The number alone, and that only where nobody can be told from it; never what it is made of or who."""
    shown = _may_be_shown(row["unit"], measured, threshold)
    kept = {key: row[key] for key in ("id", "indicator", "indicator_version", "unit", "direction", "min_n")}
    bare = {"flags": [], "detail": {}, "cases": row["cases"], "lacking": [], "shown": []}
    if shown:
        told = ("value", "n", "numerator", "denominator", "suggested_level", "rateable", "why")
        return kept | {key: row[key] for key in told} | bare | {SUPPRESSED: False}
    empty = dict.fromkeys(("value", "n", "numerator", "denominator", "suggested_level"))
    return kept | empty | {"rateable": False, "why": SUPPRESSED} | bare | {SUPPRESSED: True}


def _may_be_shown(unit: str, measured: Measured, threshold: int) -> bool:
    if len(measured.cases) < threshold and measured.cases:
        return False
    if unit != "share" or measured.numerator is None or measured.denominator is None or not measured.cases:
        return measured.n >= threshold
    counts = {
        ("", "of"): measured.denominator,
        ("", "numerator"): measured.numerator,
        ("", "rest"): measured.denominator - measured.numerator,
    }
    return not hidden(counts, {"of": ("numerator", "rest")}, threshold)


def _cells(asked: Asked, measured: Mapping[str, Measured]) -> list[dict[str, Any]]:
    """What the items of each cell suggest for it together."""
    found = []
    for one in asked.framework.rateable:
        suggestion = suggested_for(asked.framework, one, measured)
        found.append({
            "id": one.key, "items": [item.key for item in one.items], "suggested_level": suggestion.level,
            "why": suggestion.why, "lowest": suggestion.lowest, "highest": suggestion.highest,
        })  # fmt: skip
    return found


def _plain(value: Any) -> Any:
    """As JSON has it: a fraction as a number. What each specialist's number is stays here: nobody beside another."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if key != "each"}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
