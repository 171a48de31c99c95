"""What is not moving among the cases a supervisor leads: how many of each kind, the longest of them, and the lists."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, func, literal, select, true, union_all
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.due import plans_since
from se_engine.queries.texts import full_name, open_text
from se_engine.queries.worklist_statuses import conditions, standing
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import SUPERVISION, Actor

KINDS = ("over_guide", "no_contact", "check_passed", "information_missing", "follow_up_missed")
WORST = 3
"""So many of each stand by name on the supervisor's page."""
MOST = 200


@dataclass(frozen=True)
class Stuck:
    """One case that is not moving, and since when."""

    kind: str
    case: Case
    name: str
    participant_ref: str
    owner: str | None
    since: date


@dataclass(frozen=True)
class NotMoving:
    on: date
    counts: dict[str, int]
    worst: dict[str, tuple[Stuck, ...]]
    """By kind, the longest first; a kind that has none is left out."""


def not_moving(session: Session, actor: Actor) -> NotMoving:
    """One statement for every count and every name."""
    on = _asked(session, actor)
    stands = standing(cases_in_scope(actor, on), on, plans_since(on), actor.user_id)
    kinds = stuck_terms(stands, actor, on)
    counted = select(*(func.count().filter(term).label(f"count_{kind}") for kind, (term, _day) in kinds.items()))
    counts = counted.select_from(stands).cte("counts")
    worst = union_all(*(select(_longest(stands, kind, *terms).c) for kind, terms in kinds.items())).subquery("worst")
    query = select(*counts.c, worst.c.kind, worst.c.since, *_ABOUT).select_from(counts).outerjoin(worst, true())
    rows = session.execute(_named(query, worst.c.case_id).order_by(worst.c.since, worst.c.case_id)).all()
    lines = [_stuck(session, row) for row in rows if row.kind is not None]
    by_kind = {kind: tuple(line for line in lines if line.kind == kind) for kind in KINDS}
    return NotMoving(
        on,
        {kind: getattr(rows[0], f"count_{kind}") for kind in KINDS},
        {kind: lines_of for kind, lines_of in by_kind.items() if lines_of},
    )


def stuck(session: Session, actor: Actor, kind: str) -> list[Stuck]:
    """The cases behind one of the counts, the longest first."""
    on = _asked(session, actor)
    if kind not in KINDS:
        raise NotFound()
    stands = standing(cases_in_scope(actor, on), on, plans_since(on), actor.user_id)
    term, since = stuck_terms(stands, actor, on)[kind]
    found = select(literal(kind).label("kind"), since.label("since"), *_ABOUT).select_from(stands)
    query = _named(found, stands.c.id).where(term).order_by(since, stands.c.id).limit(MOST)
    return [_stuck(session, row) for row in session.execute(query)]


def stuck_terms(stands: CTE, actor: Actor, on: date) -> dict[str, tuple[ColumnElement[bool], ColumnElement[Any]]]:
    """Kind → which cases, and since when. The same terms as the worklist's statuses, where it has one."""
    case, statuses = stands.c, conditions(stands, actor, on)
    return {
        "over_guide": (statuses["over_guide"], case.guide_due),
        "no_contact": (statuses["no_contact"], func.coalesce(case.last_contact_on, case.opened_on)),
        "check_passed": (and_(statuses["waiting"], case.next_on < on), case.next_on),
        "information_missing": (statuses["information_missing"], case.opened_on),
        "follow_up_missed": (case.check_due < on, case.check_due),
    }


def _asked(session: Session, actor: Actor) -> date:
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    return today(session)


def _longest(stands: CTE, kind: str, term: ColumnElement[bool], since: ColumnElement[Any]) -> Any:
    """SQLite takes an order within a union only of a table of its own."""
    columns = (literal(kind).label("kind"), stands.c.id.label("case_id"), since.label("since"))
    return select(*columns).where(term).order_by(since, stands.c.id).limit(WORST).subquery(f"longest_{kind}")


_ABOUT = (Case, Participant.ref, Participant.sealed_key, ParticipantText.sealed, User.name.label("owner"))


def _named(query: Select[Any], case_id: Any) -> Select[Any]:
    return (
        query.outerjoin(Case, Case.id == case_id)
        .outerjoin(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
    )


def _stuck(session: Session, row: Any) -> Stuck:
    return Stuck(
        kind=row.kind,
        case=row.Case,
        name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
        participant_ref=row.ref,
        owner=row.owner,
        since=row.since,
    )
