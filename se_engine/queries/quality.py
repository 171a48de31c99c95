"""The learning page: the indicators of an office on any day, and the cases that would change them.

Who may open every case of the office sees the half-year up to today. Others see the last half-year that is over, in the
published form; who works with cases sees which of her own are lacking today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope, may_open_every_case, offices_for_reports
from se_engine.queries.indicators.answers import count, indicators
from se_engine.queries.indicators.evidence import Measured, Window
from se_engine.records.cases import Case
from se_engine.records.offices import Office
from se_engine.rules.errors import NotFound
from se_engine.rules.framework import Framework, Item, Measure
from se_engine.rules.roles import CASEWORK, Actor

DAYS = 183
"""Half a year, as the frameworks have it."""
FIRST = "dimensions"


@dataclass(frozen=True)
class Learning:
    """One framework for one office, as this reader may see it."""

    framework: Framework
    names: tuple[str, ...]
    """The frameworks with something to count."""
    office: Office
    offices: tuple[Office, ...]
    from_on: date
    to_on: date
    whole: bool
    rows: Mapping[str, Mapping[str, Any]]
    """Item → its number, as `audit indicators` answers it."""
    cells: Mapping[str, Mapping[str, Any]]
    lacking: Mapping[str, int]
    """Item → how many cases that the reader may open are lacking today."""


@dataclass(frozen=True)
class Lacking:
    """One item, and the cases that keep its number from being better on the day."""

    framework: Framework
    item: Item
    measure: Measure
    office: Office
    from_on: date
    to_on: date
    measured: Measured | None
    """Only for who may open every case."""
    cases: Sequence[int]
    """Those that the reader may open; of what should never happen every one, looked into or not."""


def counted_frameworks() -> tuple[str, ...]:
    return tuple(name for name in frameworks.names() if frameworks.latest(name).measures)


def learning(session: Session, actor: Actor, name: str | None, office_id: int | None) -> Learning:
    """NotPermitted for roles that read no numbers, NotFound for a framework or an office out of reach."""
    offices = tuple(offices_for_reports(session, actor))
    office = _chosen(offices, actor, office_id)
    framework = _framework(name)
    whole = may_open_every_case(actor, office.id)
    from_on, to_on = days_shown(today(session), whole=whole)
    answer = indicators(session, actor, framework=framework.name, office=office.id, from_on=from_on, to_on=to_on)
    rows = {row["id"]: row for row in answer["indicators"]}
    lacking: Mapping[str, int] = {key: len(row["lacking"]) for key, row in rows.items()} if whole else {}
    if not whole and actor.role in CASEWORK:
        lacking = _own_lacking(session, actor, framework, office)
    return Learning(
        framework, counted_frameworks(), office, offices, from_on, to_on, whole, rows,
        {cell["id"]: cell for cell in answer.get("cells", ())}, lacking,
    )  # fmt: skip


def lacking_cases(session: Session, actor: Actor, name: str, item: str, office_id: int | None) -> Lacking:
    """The cases of one item that this reader may open, as of today."""
    office = _chosen(tuple(offices_for_reports(session, actor)), actor, office_id)
    framework = _framework(name)
    found = framework.item_by_key.get(item)
    if found is None or found.measure is None:
        raise NotFound()
    from_on, to_on = days_shown(today(session), whole=True)
    measured = count(session, Window((office.id,), from_on, to_on), [found.measure])[found.measure]
    hers = _open_cases(session, actor, office)
    never = found.measure.unit == "count" and found.measure.direction == "down"
    return Lacking(
        framework, found, found.measure, office, from_on, to_on,
        measured if may_open_every_case(actor, office.id) else None,
        [number for number in (measured.cases if never else measured.lacking) if number in hers],
    )  # fmt: skip


def days_shown(on: date, *, whole: bool) -> tuple[date, date]:
    """The half-year up to today; for a published number, the last one that is over."""
    if whole:
        return on - timedelta(days=DAYS - 1), on
    if on >= date(on.year, 7, 1):
        return date(on.year, 1, 1), date(on.year, 6, 30)
    return date(on.year - 1, 7, 1), date(on.year - 1, 12, 31)


def _own_lacking(session: Session, actor: Actor, framework: Framework, office: Office) -> Mapping[str, int]:
    """Whoever may open a case may know what it lacks, any day; nobody else's are counted with it."""
    first, last = days_shown(today(session), whole=True)
    counted = count(session, Window((office.id,), first, last), framework.measures)
    hers = _open_cases(session, actor, office)
    return {
        item.key: sum(number in hers for number in counted[item.measure].lacking)
        for item in framework.items
        if item.measure is not None
    }


def _open_cases(session: Session, actor: Actor, office: Office) -> frozenset[int]:
    scope = cases_in_scope(actor, today(session))
    return frozenset(session.scalars(select(Case.id).where(Case.office_id == office.id, scope)))


def _chosen(offices: tuple[Office, ...], actor: Actor, office_id: int | None) -> Office:
    wanted = office_id or actor.office_id
    found = next((one for one in offices if wanted is None or one.id == wanted), None)
    if found is None:
        raise NotFound()
    return found


def _framework(name: str | None) -> Framework:
    if name is not None and name not in counted_frameworks():
        raise NotFound()
    return frameworks.latest(name or FIRST)
