"""The worklist: a person's running cases by status and urgency, counted and paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from se_engine import follow_up_plans, processes
from se_engine.clock import today
from se_engine.queries import worklist_statements as statements
from se_engine.queries.desk import desk_of
from se_engine.queries.due import plans_since
from se_engine.queries.worklist_rows import WorklistRow, row_of
from se_engine.queries.worklist_statements import COUNT, NOBODY, Filters, Place, Shape
from se_engine.queries.worklist_statuses import SOON, URGENCIES, statuses
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor, Role
from se_engine.rules.timeline import WAITING_FOR

__all__ = ["NOBODY", "Filters", "Place", "Worklist", "ahead", "all_rows", "worklist"]

PAGE = 50
EVERYTHING = 10_000
"""More running cases than one reader has; a list that leaves the page is no longer paged."""
WEEKS_AHEAD = 4
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Worklist:
    filters: Filters
    on: date
    """The day on which the cases are looked at: today, unless the reader looks ahead."""
    counts: dict[str, int]
    """Status → how many, in the order of the panel; under the step and owner that were chosen."""
    waiting_for: dict[str, int]
    urgencies: dict[str, int]
    """How many of the chosen ones are overdue, soon due or not due, on all pages."""
    protected: int
    rows: list[WorklistRow] = field(default_factory=list)
    has_previous: bool = False
    has_next: bool = False


def worklist(
    session: Session,
    actor: Actor,
    filters: Filters | None = None,
    *,
    place: Place | None = None,
    size: int = PAGE,
    stands_in_for: Sequence[int] | None = None,
) -> Worklist:
    """One statement, whatever the number of cases; a second unless it is told for whom one stands in."""
    chosen = filters or Filters()
    asked = _asked(session, actor, chosen, stands_in_for)
    begin = {"place_on": place.due_on, "place_id": place.case_id} if place else {}
    statement = statements.counts_and_rows(_shape(actor, chosen, place))
    answer = session.execute(statement, asked | begin | {"rows": size + 1}).all()
    counts = answer[0]._mapping
    found = [row for row in answer if row.id is not None]
    more, rows = len(found) > size, _in_order(found[:size], place)
    return Worklist(
        filters=chosen,
        on=asked["day"],
        counts={status: counts[f"{COUNT}{status}"] for status in statuses(actor.role)},
        waiting_for={whom: counts[f"{COUNT}for_{whom}"] for whom in WAITING_FOR},
        urgencies={urgency: counts[f"{COUNT}is_{urgency}"] for urgency in URGENCIES},
        protected=counts[f"{COUNT}protected"],
        rows=[row_of(session, row, asked["day"]) for row in rows],
        has_previous=more if place and place.backwards else place is not None,
        has_next=True if place and place.backwards else more,
    )


def all_rows(session: Session, actor: Actor, filters: Filters) -> tuple[date, list[WorklistRow]]:
    """The day they are looked at, and the rows of every page in the same order, for what leaves the screen."""
    asked = _asked(session, actor, filters)
    found = session.execute(statements.rows(_shape(actor, filters, None)), asked | {"rows": EVERYTHING})
    return asked["day"], [row_of(session, row, asked["day"]) for row in found]


def ahead(session: Session, actor: Actor, filters: Filters) -> list[tuple[date, dict[str, int]]]:
    """The day and the counts of every status, now and at the end of each week to come, if nothing is done."""
    weeks = []
    for week in range(WEEKS_AHEAD + 1):
        chosen = replace(filters, status="all", waiting_for=None, among=None, ahead=week)
        asked = _asked(session, actor, chosen)
        counts = session.execute(statements.counts(_shape(actor, chosen, None)), asked).one()._mapping
        weeks.append((asked["day"], {status: counts[status] for status in statuses(actor.role)}))
    return weeks


def _shape(actor: Actor, chosen: Filters, place: Place | None) -> Shape:
    """Refused when there is no such choice."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    allowed = statuses(actor.role)
    if chosen.status not in allowed:
        raise Refused("status_unknown", allowed=", ".join(allowed))
    if chosen.waiting_for is not None and chosen.waiting_for not in WAITING_FOR:
        raise Refused("waiting_for_unknown", allowed=", ".join(WAITING_FOR))
    plans = (-version for version in follow_up_plans.versions())
    versions = (*processes.versions(processes.SUPPORTED_EMPLOYMENT), *plans)
    return Shape.of(actor, chosen, place, versions)


def _asked(
    session: Session, actor: Actor, chosen: Filters, stands_in_for: Sequence[int] | None = None
) -> dict[str, Any]:
    """The parameters; among them the owners by number, so that an index leads to a specialist's few among all."""
    on = today(session)
    owners = [actor.user_id]
    if actor.role is Role.JOB_SPECIALIST:
        owners += desk_of(session, actor).stands_in_for if stands_in_for is None else stands_in_for
    day = on + chosen.ahead * WEEK
    return {
        "me": actor.user_id, "office": actor.office_id, "team": actor.team_id, "today": on, "day": day,
        "plans_since": plans_since(day), "soon": day + SOON, "owners": owners, "step": chosen.step,
        "owner": chosen.owner, "whom": chosen.waiting_for, "among": list(chosen.among or ()),
    }  # fmt: skip


def _in_order(rows: Sequence[Row[Any]], place: Place | None) -> list[Row[Any]]:
    return list(reversed(rows)) if place and place.backwards else list(rows)
