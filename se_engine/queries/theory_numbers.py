"""The present number of each measure that a programme theory is tied to, and the cases behind it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.measures.alternatives import WHOLE
from se_engine.measures.effort import Changes
from se_engine.measures.intervals import wilson
from se_engine.measures.theory import HOURS, MEASURES, NO, NOT_KNOWN, TREE, YES, Measure
from se_engine.queries.access import cases_in_scope
from se_engine.queries.effort_rows import Chosen
from se_engine.queries.publishing import cumulated, divided, ends_up_to, stands, strictest
from se_engine.queries.report_questions import Asked, Question, ask
from se_engine.queries.theory_facts import Facts, Unit
from se_engine.queries.theory_units import units
from se_engine.records.cases import Case
from se_engine.records.offices import Office
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import AGGREGATES, Actor


@dataclass(frozen=True)
class Number:
    """Of `total` so many `yes`; of some it is not known. Hours are the mean of all. All None where it is hidden."""

    measure: Measure
    as_of: date | None = None
    total: int | None = None
    yes: int | None = None
    not_known: int | None = None
    value: float | None = None
    """A proportion or hours."""
    between: tuple[float, float] | None = None


def theory_numbers(
    session: Session, actor: Actor, question: Question, keys: Collection[str]
) -> tuple[bool, dict[str, Number]]:
    """Whether the numbers are whole, and each measure's number for one office as of the day."""
    asked = _asked(session, actor, question)
    measures = [MEASURES[key] for key in sorted(keys) if key in MEASURES]
    if asked.whole:
        facts = Facts(session, Chosen(asked.office_ids, question.as_of))
        return True, {one.key: _whole(one, units(facts, one), question.as_of) for one in measures}
    table = divided(session, asked)
    facts = Facts(session, Chosen(table.asked.office_ids, question.as_of))
    named = _names(session, facts.chosen) if table.row is not None else {}
    group, threshold = table.row or WHOLE, strictest(table.asked)
    return False, {
        one.key: _published(one, units(facts, one), named, group, question.as_of, threshold) for one in measures
    }


def behind_number(session: Session, actor: Actor, question: Question, key: str, part: str) -> list[int]:
    """The cases behind one part of a number, for those who may open them."""
    asked = _asked(session, actor, question)
    if key not in MEASURES or part not in (YES, NO, NOT_KNOWN, "total"):
        raise NotFound()
    facts = Facts(session, Chosen(asked.office_ids, question.as_of))
    found = {one.case_id for one in units(facts, MEASURES[key]) if _on(one.changes, question.as_of) in _parts(part)}
    return sorted(session.scalars(select(Case.id).where(Case.id.in_(found), cases_in_scope(actor, today(session)))))


def _asked(session: Session, actor: Actor, question: Question) -> Asked:
    if actor.role not in AGGREGATES:
        raise NotPermitted()
    # Not divided into teams: who may open a team's cases reads the office as others do.
    return ask(session, actor, replace(question, by=None, group=None))


def _parts(part: str) -> Sequence[str]:
    return TREE["total"] if part == "total" else (part,)


def _on(changes: Changes, day: date) -> str | None:
    return next((part for since, part in reversed(changes) if since <= day), None)


def _names(session: Session, chosen: Chosen) -> Mapping[int, str]:
    rows = session.execute(select(Case.id, Office.name).join(Office, Office.id == Case.office_id).where(chosen.cases()))
    return dict(rows.all())


def _whole(measure: Measure, found: Iterable[Unit], as_of: date) -> Number:
    standing = [(one, part) for one in found if (part := _on(one.changes, as_of))]
    counts = {name: sum(part == name for _, part in standing) for name in TREE["total"]}
    return _number(measure, as_of, counts, [one for one, _ in standing])


def _published(
    measure: Measure, found: Sequence[Unit], named: Mapping[int, str], group: str, as_of: date, threshold: int
) -> Number:
    many = Counter((named.get(one.case_id, WHOLE), *move) for one in found for move in _moves(one.changes))
    moves = [(label, part, day, sign * times) for (label, part, day, sign), times in many.items()]
    ends = ends_up_to(min((day for _, _, day, _ in moves), default=None), as_of)
    standing = stands(ends, cumulated(ends, moves, TREE), TREE, threshold, standing=TREE["total"])
    if standing is None or any((group, part) in standing.hidden for part in ("total", YES)):
        return Number(measure)
    counts = {name: standing.counts.get((group, name), 0) for name in TREE["total"]}
    if not sum(counts.values()):
        return Number(measure)
    unknown = None if (group, NOT_KNOWN) in standing.hidden else counts[NOT_KNOWN]
    mine = [one for one in found if named.get(one.case_id, WHOLE) == group and _on(one.changes, standing.as_of)]
    return _number(measure, standing.as_of, counts | {NOT_KNOWN: unknown}, mine, total=sum(counts.values()))


def _moves(changes: Changes) -> Iterable[tuple[str, date, int]]:
    before = None
    for day, part in changes:
        if before is not None:
            yield before, day, -1
        yield part, day, 1
        before = part


def _number(
    measure: Measure, as_of: date, counts: Mapping[str, Any], found: Sequence[Unit], *, total: int | None = None
) -> Number:
    n = sum(counts.values()) if total is None else total
    if not n:
        return Number(measure, as_of, 0, 0, 0)
    if measure.unit == HOURS:
        hours = round(sum(one.minutes for one in found) / 60 / n, 1)
        return Number(measure, as_of, n, counts[YES], counts[NOT_KNOWN], hours)
    return Number(measure, as_of, n, counts[YES], counts[NOT_KNOWN], counts[YES] / n, wilson(counts[YES], n))
