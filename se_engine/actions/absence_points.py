"""Whether the workplace followed up at one of the law's dates while she was sick: yes or no, and never why."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.trail import Detail, write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.queries.schedules import plan_of
from se_engine.records.jobs import AbsencePoint, Job, WorkAbsence
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.follow_up_absences import SICKNESS
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def record_absence_point(
    session: Session,
    actor: Actor,
    case_id: int,
    absence_id: int,
    *,
    point: str,
    followed_up: bool,
    happened_on: date,
) -> AbsencePoint:
    """The newest word on a point counts."""
    case = access_case(session, actor, case_id)
    absence, job = _absence(session, case.id, absence_id)
    check_code("point", point, [one.key for one in plan_of(job).absence_points])
    if absence.kind != SICKNESS:
        raise Refused("no_points_of_leave")
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if happened_on < absence.from_on:
        raise Refused("before_absence", day=absence.from_on.isoformat())
    made = AbsencePoint(
        absence_id=absence.id,
        point=point,
        followed_up=followed_up,
        happened_on=happened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    told: Detail = {"absence": absence.id, "point": point, "followed_up": "yes" if followed_up else "no"}
    write_trail(session, actor, "absence_point_recorded", case=case, happened_on=happened_on, detail=told)
    session.flush()
    return made


def _absence(session: Session, case_id: int, absence_id: int) -> tuple[WorkAbsence, Job]:
    absence = session.get(WorkAbsence, absence_id)
    job = session.get(Job, absence.job_id) if absence else None
    if absence is None or absence.voided or job is None or job.case_id != case_id:
        raise NotFound()
    return absence, job
