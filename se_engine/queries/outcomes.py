"""Report «outcomes»: why cases ended and how soon, each reason beside the others, with those still open counted in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.measures.competing import CENSORED, Cause, Incidence, IncidenceRow, competing_from_counts
from se_engine.measures.stairs import rising
from se_engine.measures.suppression import suppress
from se_engine.queries.access import cases_in_scope
from se_engine.queries.case_days import UNKNOWN, case_ends, each_case
from se_engine.queries.day_changes import CASES, OPENED, OPENED_PART, Span, changes
from se_engine.queries.publishing import Standing, Threshold, cumulated, divided, ends_up_to, stands, strictest
from se_engine.queries.report_questions import Asked, Question, ask, groups_of
from se_engine.records.cases import Case
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import END_REASONS

DEFINITION_VERSION = 1
STILL_OPEN, TOTAL = "still_open", "total"
ENDED_FOR = Span(func.coalesce(CASES.end_reason, UNKNOWN), CASES.ended_on, of_case=True)
Cases = Counter[tuple[int, Cause]]


def outcomes(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """Of the cases opened in the period: the incidence of each end reason by Aalen and Johansen.

    Days run from the opening on the clock asked for, paused days left out. A case that was open on `as_of` is
    censored there. `low` and `high` are the limits of 95 % at the horizon, or at the last day observed before it.
    """
    asked = ask(session, actor, question)
    report = asked.heading("outcomes", DEFINITION_VERSION) | {"clock": question.clock, "horizon": question.horizon}
    if not asked.whole:
        return report | _published(session, asked)
    found = case_ends(session, asked, processes.SUPPORTED_EMPLOYMENT)
    report |= {"published": False}
    if question.by is None:
        threshold = asked.threshold()
        return report | {"threshold": threshold} | _shown(found.get("", Counter()), question.horizon, threshold)
    labels = groups_of(label for label in found if question.group in (None, label))
    return report | {
        "groups": [
            {"group": one, **_shown(found[one], question.horizon, asked.threshold(one))} for one in labels
        ]
    }


def outcomes_behind(session: Session, actor: Actor, question: Question, part: str = TOTAL) -> list[int]:
    """The cases that ended for a reason, those still open, or all; for those who may open them."""
    asked = ask(session, actor, question)
    if part not in (TOTAL, STILL_OPEN, *END_REASONS):
        raise NotFound()
    c = each_case(asked, processes.SUPPORTED_EMPLOYMENT).subquery().c
    open_to_her = select(Case.id).where(cases_in_scope(actor, today(session)))
    cases = select(c.case_id).where(c.case_id.in_(open_to_her)).distinct().order_by(c.case_id)
    if part != TOTAL:
        cases = cases.where(c.reason.is_(None) if part == STILL_OPEN else c.reason == part)
    return list(session.scalars(cases if question.group is None else cases.where(c.label == question.group)))


def block(cases: Cases, horizon: int) -> dict[str, Any]:
    """What is said of one group; the reasons in the order in which they are offered."""
    incidence = competing_from_counts((day, cause, many) for (day, cause), many in cases.items())
    ended = Counter[Cause]()
    for (_, cause), many in cases.items():
        ended[cause] += many
    still_open = ended.pop(CENSORED, 0)
    observed = incidence.last_day
    until = None if observed is None else min(horizon, observed)
    return {
        "total": still_open + ended.total(),
        "still_open": still_open,
        "still_open_at_horizon": None if until is None else round(incidence.still_in(until), 6),
        "observed_to": observed,
        "outcomes": [_outcome(incidence, reason, ended[reason], until) for reason in in_order(ended)],
    }


def in_order(reasons: Counter[Cause]) -> list[Cause]:
    known = [reason for reason in END_REASONS if reasons[reason]]
    return [*known, *sorted((reason for reason in reasons if reason not in END_REASONS), key=str)]


def _outcome(incidence: Incidence, reason: Cause, many: int, until: int | None) -> dict[str, Any]:
    limits = None if until is None else incidence.limits(reason, until)
    low, high = limits or (None, None)
    return {
        "reason": reason,
        "n": many,
        "incidence": [[row.day, round(row.shares[reason].incidence, 6)] for row in _days_of(incidence, reason)],
        "at_horizon": None if until is None else round(incidence.at(reason, until), 6),
        "low": None if low is None else round(low, 6),
        "high": None if high is None else round(high, 6),
    }


def _days_of(incidence: Incidence, reason: Cause) -> list[IncidenceRow]:
    """The days on which somebody ended for the reason."""
    return [row for row in incidence.rows if reason in row.shares and row.shares[reason].events]


def _shown(cases: Cases, horizon: int, threshold: int) -> dict[str, Any]:
    return suppress([block(cases, horizon)], threshold, count=TOTAL)[0]


def _published(session: Session, asked: Asked) -> dict[str, Any]:
    """As of the quarter's end that stands."""
    table = divided(session, asked)
    process, as_of = processes.SUPPORTED_EMPLOYMENT, asked.question.as_of
    rows = changes(session, table.asked, (OPENED, ENDED_FOR), process=process)
    reasons = in_order(Counter(row.part for row in rows if row.part != OPENED_PART))
    tree = {TOTAL: (*map(str, reasons), STILL_OPEN)}
    ends = ends_up_to(min((row.day for row in rows), default=None), as_of)
    leaves = [(row.label, part, row.day, many) for row in rows for part, many in _leaves(row.part, int(row.many))]
    threshold = strictest(table.asked)
    standing = stands(ends, cumulated(ends, leaves, tree), tree, threshold, standing=(STILL_OPEN,))
    stood_on = standing.as_of if standing else as_of
    at = replace(table.asked, question=replace(table.asked.question, as_of=stood_on))
    found = case_ends(session, at, process) if standing else {}
    days = {"as_of": stood_on.isoformat(), "asked_as_of": as_of.isoformat(), "published": True}

    def as_published(group: str) -> dict[str, Any]:
        return _block_published(found.get(group, Counter()), standing, group, reasons, threshold)

    return days | {"threshold": threshold} | table.answer((row.label for row in rows), as_published)


def _leaves(part: str, many: int) -> Iterator[tuple[str, int]]:
    """An opening adds to those still open; an end moves one from there to its reason."""
    yield (STILL_OPEN, many if part == OPENED_PART else -many)
    if part != OPENED_PART:
        yield part, many


def _block_published(
    cases: Cases, standing: Standing | None, group: str, reasons: Sequence[Cause], threshold: Threshold
) -> dict[str, Any]:
    """The limits, and how many are left at the horizon, would tell how many were at risk: so there are none.

    Every hidden reason is named, whether or not somebody ended for it: that one is missing would tell that nobody did.
    """
    row = standing.row(group, TOTAL, (*map(str, reasons), STILL_OPEN)) if standing else {"suppressed": True}
    if row["suppressed"]:
        return row
    incidence = competing_from_counts((day, cause, many) for (day, cause), many in cases.items())
    named = [reason for reason in reasons if row[str(reason)] != 0]
    return {
        TOTAL: row[TOTAL],
        STILL_OPEN: row[STILL_OPEN],
        "still_open_at_horizon": None,
        "observed_to": None,
        "outcomes": [
            {
                "reason": reason,
                "n": row[str(reason)],
                "incidence": _stairs(incidence, reason, row, threshold),
                "at_horizon": None,
                "low": None,
                "high": None,
            }
            for reason in named
        ],
        "suppressed": False,
    }


def _stairs(incidence: Incidence, reason: Cause, row: Mapping[str, Any], threshold: Threshold) -> list[list[float]]:
    if row[str(reason)] is None:
        return []
    rows = [(one.day, one.shares[reason].events, one.shares[reason].incidence) for one in _days_of(incidence, reason)]
    return [[day, share] for day, share in rising(rows, row[TOTAL], threshold.own)]
