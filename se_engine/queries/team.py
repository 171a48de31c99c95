"""What waits for a supervisor besides: questions to answer, cases nobody owns, who is away, shares of full time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries import worklist_terms as terms
from se_engine.queries.absences import AbsenceLine, absences_of
from se_engine.queries.access import cases_in_scope
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.participants import Participant
from se_engine.records.people import GroupSupervision, StaffShare, SupervisionAttendance, User
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import SUPERVISION, Actor

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
