"""Moving running cases to another version of their process on purpose: looked at first, done, and undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.actions.history import write_timeline
from se_engine.actions.trail import write_trail
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.timelines import live_events, to_event
from se_engine.records.cases import Case
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotPermitted, Reason, Refused
from se_engine.rules.process import Process
from se_engine.rules.roles import SUPERVISION, Actor
from se_engine.rules.timeline import Timeline, replay

MOVES, STAYS, NEEDS_DECISION = "moves", "stays", "needs_decision"
ADOPTED, UNDONE = "version_adopted", "adoption_undone"


@dataclass(frozen=True)
class Place:
    """What becomes of one case: where it stands, where it would stand, and why it cannot where it cannot.

    moves; stays (it has ended); needs_decision (its history has no place in the other version: a person first moves
    it to a step that both versions know, or leaves it).
    """

    case_id: int
    verdict: str
    step: str
    to_step: str | None = None
    reason: Reason | None = None


def adoption_preview(session: Session, actor: Actor, name: str, from_version: int, to_version: int) -> list[Place]:
    """Every case of the earlier version that this person may open, and what would become of it."""
    to = _adopting(actor, name, from_version, to_version)
    return [_placed(session, case, to)[0] for case in _cases(session, actor, name, from_version)]


def adopt(session: Session, actor: Actor, name: str, from_version: int, to_version: int) -> list[Place]:
    """Moves those that can move; the others stay on their version, and the answer says why."""
    to = _adopting(actor, name, from_version, to_version)
    return _take_over(session, actor, _cases(session, actor, name, from_version), to, ADOPTED)


def undo_adoption(session: Session, actor: Actor, name: str, from_version: int, to_version: int) -> list[Place]:
    """Puts the cases back that were adopted from one version to the other, with all that has happened since.

    A case that has meanwhile entered a step the earlier version does not know needs a decision.
    """
    _adopting(actor, name, from_version, to_version)
    adopted = _adopted(session, _cases(session, actor, name, to_version), from_version)
    return _take_over(session, actor, adopted, processes.get(name, from_version), UNDONE)


def _adopting(actor: Actor, name: str, from_version: int, to_version: int) -> Process:
    """The later version, if it says how cases of the earlier one come over."""
    if actor.role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    earlier, later = processes.get(name, from_version), processes.get(name, to_version)
    if from_version not in later.adopts:
        raise Refused("no_adoption_map", earlier=from_version, later=to_version)
    adoption = later.adopts[from_version]
    unknown = [old for old in adoption.steps if old not in earlier.step_by_key]
    unknown += [old for old in adoption.tasks if old not in earlier.task_by_key]
    if unknown:
        raise Refused("adoption_map_wrong", names=", ".join(unknown), earlier=from_version)
    return later


def _cases(session: Session, actor: Actor, name: str, version: int) -> list[Case]:
    return list(
        session.scalars(
            select(Case)
            .where(Case.process_name == name, Case.process_version == version, cases_in_scope(actor, today(session)))
            .order_by(Case.id)
        )
    )


def _placed(session: Session, case: Case, to: Process) -> tuple[Place, Timeline | None]:
    """Its whole history told again in the names of the other version: where that fits, the case fits."""
    if case.status == "ended":
        return Place(case.id, STAYS, case.step), None
    try:
        timeline = replay([to_event(row) for row in live_events(session, case.id)], to.step_names)
    except Refused as refused:
        return Place(case.id, NEEDS_DECISION, case.step, reason=refused.reason), None
    strange = [period.step for period in timeline.periods if period.step not in to.step_by_key]
    if strange:
        reason = Reason("unknown_step", {"step": strange[0], "allowed": ", ".join(step.key for step in to.steps)})
        return Place(case.id, NEEDS_DECISION, case.step, reason=reason), None
    return Place(case.id, MOVES, case.step, timeline.step), timeline


def _take_over(session: Session, actor: Actor, cases: Iterable[Case], to: Process, what: str) -> list[Place]:
    places = []
    for case in cases:
        place, timeline = _placed(session, case, to)
        places.append(place)
        if timeline is None:
            continue
        detail = {"from": case.process_version, "to": to.version}
        case.process_version = to.version
        write_timeline(session, case, timeline)
        write_trail(session, actor, what, case=case, detail=detail)
    session.flush()
    return places


def _adopted(session: Session, cases: list[Case], from_version: int) -> list[Case]:
    """The cases that came from that version: not those that were opened in this one."""
    newest = {
        entry.case_id: entry.detail
        for entry in session.scalars(
            select(TrailEntry)
            .join(Case, Case.id == TrailEntry.case_id)
            .where(TrailEntry.what == ADOPTED, Case.id.in_([case.id for case in cases]))
            .order_by(TrailEntry.id)
        )
    }
    return [case for case in cases if newest.get(case.id) == f"from={from_version} to={case.process_version}"]
