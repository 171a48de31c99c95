"""What a supervisor looks at: questions to answer, cases nobody owns, how much each has, who is away."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries import worklist_terms as terms
from se_engine.queries.absences import AbsenceLine, absences_of
from se_engine.queries.access import cases_in_scope
from se_engine.queries.due import plans_since
from se_engine.queries.texts import full_name, open_text
from se_engine.queries.worklist_statuses import conditions, standing
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.participants import Participant
from se_engine.records.people import GroupSupervision, StaffShare, SupervisionAttendance, User
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor

SHOWN = 50
"""At most so many of each: the rest stands on the worklist."""


@dataclass(frozen=True)
class RequestLine:
    id: int
    case_id: int
    name: str
    step: str
    kind: str
    trigger: str | None
    asked_by: str | None
    asked_at: datetime


@dataclass(frozen=True)
class UnassignedLine:
    case_id: int
    name: str
    participant_ref: str
    step: str
    opened_on: date


@dataclass(frozen=True)
class Caseload:
    """How many running cases of each kind one person has; numbers to talk about, never a ranking."""

    user_id: int
    name: str
    active: int
    waiting: int
    paused: int
    follow_up: int
    over_guide: int
    no_contact: int


@dataclass(frozen=True)
class ShareLine:
    name: str
    percent: int
    se_percent: int
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class SupervisionLine:
    held_on: date
    minutes: int
    attended: int


@dataclass(frozen=True)
class TeamPage:
    requests: list[RequestLine]
    unassigned: list[UnassignedLine]
    caseload: list[Caseload]
    absences: list[AbsenceLine]
    shares: list[ShareLine]
    supervisions: list[SupervisionLine]


def team_page(session: Session, actor: Actor) -> TeamPage:
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    on = today(session)
    scope = and_(terms.running, cases_in_scope(actor, on))
    return TeamPage(
        requests=_requests(session, cases_in_scope(actor, on)),
        unassigned=_unassigned(session, scope),
        caseload=_caseload(session, actor, on),
        absences=absences_of(session, actor),
        shares=_shares(session, actor, on),
        supervisions=_supervisions(session, actor),
    )


def _requests(session: Session, scope: ColumnElement[bool]) -> list[RequestLine]:
    """The oldest first: it has waited longest. The words stand on the request's own page, where reading is trailed."""
    rows = session.execute(
        select(
            SupervisorRequest,
            Case.step,
            Participant.sealed_key,
            ParticipantText.sealed,
            User.name.label("asked_by"),
        )
        .join(Case, Case.id == SupervisorRequest.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == SupervisorRequest.asked_by)
        .where(scope, SupervisorRequest.answered_at.is_(None))
        .order_by(SupervisorRequest.asked_at, SupervisorRequest.id)
        .limit(SHOWN)
    ).all()
    return [_request(session, row) for row in rows]


def _request(session: Session, row: Row[*tuple[Any, ...]]) -> RequestLine:
    asked: SupervisorRequest = row.SupervisorRequest
    return RequestLine(
        id=asked.id,
        case_id=asked.case_id,
        name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
        step=row.step,
        kind=asked.kind,
        trigger=asked.trigger,
        asked_by=row.asked_by,
        asked_at=asked.asked_at,
    )


def _unassigned(session: Session, scope: ColumnElement[bool]) -> list[UnassignedLine]:
    rows = session.execute(
        select(
            Case.id, Case.step, Case.opened_on, Participant.ref, Participant.sealed_key,
            ParticipantText.sealed,
        )
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .where(scope, Case.owner_id.is_(None))
        .order_by(Case.opened_on, Case.id)
        .limit(SHOWN)
    )  # fmt: skip
    return [
        UnassignedLine(
            case_id=row.id,
            name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
            participant_ref=row.ref,
            step=row.step,
            opened_on=row.opened_on,
        )
        for row in rows
    ]


def _caseload(session: Session, actor: Actor, on: date) -> list[Caseload]:
    scope = and_(cases_in_scope(actor, on), Case.owner_id.is_not(None))
    stands = standing(scope, on, plans_since(on), actor.user_id)
    statuses = conditions(stands, actor, on)
    active = stands.c.status == "active"
    kinds = {
        "active": active,
        "waiting": statuses["waiting"],
        "paused": statuses["paused"],
        "follow_up": and_(active, stands.c.step == "follow_up"),
        "over_guide": statuses["over_guide"],
        "no_contact": statuses["no_contact"],
    }
    sums = [func.sum(case((term, 1), else_=0)).label(kind) for kind, term in kinds.items()]
    rows = session.execute(select(stands.c.owner_id, *sums).group_by(stands.c.owner_id))
    by_owner = {row.owner_id: row for row in rows}
    owners = session.execute(
        select(User.id, User.name)
        .where(or_(User.id.in_(by_owner), and_(_staff(actor), User.role == "job_specialist")))
        .order_by(User.name, User.id)
    )
    return [
        Caseload(user.id, user.name, *(int(getattr(by_owner.get(user.id), kind, 0)) for kind in kinds))
        for user in owners
    ]


def _staff(actor: Actor) -> ColumnElement[bool]:
    """Those who work with cases in the reader's office, and in her team where she leads one."""
    staff = and_(User.office_id == actor.office_id, User.active, User.role.in_(CASEWORK))
    return and_(staff, User.team_id == actor.team_id) if actor.team_id else staff


def _shares(session: Session, actor: Actor, on: date) -> list[ShareLine]:
    """The newest share of each that holds today."""
    newer = aliased(StaffShare)
    replaced = exists().where(newer.user_id == StaffShare.user_id, newer.id > StaffShare.id, newer.from_on <= on)
    rows = session.execute(
        select(StaffShare, User.name)
        .join(User, User.id == StaffShare.user_id)
        .where(User.office_id == actor.office_id, User.active, StaffShare.from_on <= on, ~replaced)
        .where(or_(StaffShare.until_on.is_(None), StaffShare.until_on >= on))
        .order_by(User.name, StaffShare.id)
    )
    return [
        ShareLine(row.name, share.percent, share.se_percent, share.from_on, share.until_on)
        for row in rows
        for share in [row.StaffShare]
    ]


def _supervisions(session: Session, actor: Actor) -> list[SupervisionLine]:
    attended = (
        select(func.count())
        .where(SupervisionAttendance.group_supervision_id == GroupSupervision.id)
        .correlate(GroupSupervision)
        .scalar_subquery()
    )
    rows = session.execute(
        select(GroupSupervision.held_on, GroupSupervision.minutes, attended.label("attended"))
        .where(GroupSupervision.office_id == actor.office_id)
        .order_by(GroupSupervision.held_on.desc(), GroupSupervision.id.desc())
        .limit(5)
    )
    return [SupervisionLine(row.held_on, row.minutes, row.attended) for row in rows]
