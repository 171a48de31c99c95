"""The inbox: who has been referred and has no running case, the longest waiting first; and one referral by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries.access import access_participant, participants_in_scope
from se_engine.queries.names import Likely
from se_engine.queries.people import people_of
from se_engine.queries.same_persons import linked_to, perhaps_the_same
from se_engine.queries.texts import full_name, name_of, open_text, texts_of
from se_engine.records.cases import Case
from se_engine.records.offices import Team
from se_engine.records.participants import Participant, ParticipantLanguage
from se_engine.records.people import User
from se_engine.records.referrals import ReferralDecision
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotPermitted
from se_engine.rules.referrals import ACCEPTED, DECLINED, WAITING
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor

NEW = "new"
STATUSES = (NEW, WAITING, DECLINED)
SHOWN = 30
Place = tuple[int, date, int]
"""Where a page ends: due or not, the day of the referral, the number."""


@dataclass(frozen=True)
class InboxRow:
    participant_id: int
    ref: str
    name: str
    birth_year: int | None
    team: str | None
    protected: bool
    interpreter_language: str | None
    referred_on: date | None
    referred_by: str | None
    days: int | None
    """Since the referral, while nothing is decided or she waits."""
    specialist: str | None
    specialist_id: int | None
    decision: str | None
    decided_on: date | None
    reason: str | None
    may_return: str | None
    look_again_on: date | None
    due: bool
    """Whether it is time to look again."""


@dataclass(frozen=True)
class Inbox:
    status: str
    counts: Mapping[str, int]
    unassigned: int
    due: int
    rows: Sequence[InboxRow]
    after: Place | None
    """Where the next page begins; None on the last one."""


@dataclass(frozen=True)
class Decision:
    decision: str
    reason: str | None
    decided_on: date
    decided_by: str
    may_return: str | None
    look_again_on: date | None
    words: str | None
    recorded_by: str | None


@dataclass(frozen=True)
class Referral:
    """One referral with what has been decided so far, the newest first."""

    participant: Participant
    name: str
    languages: tuple[str, ...]
    team: str | None
    specialist: str | None
    decisions: tuple[Decision, ...]
    linked: Likely
    perhaps: Likely
    running_case: int | None
    today: date
    may_assign: bool
    may_decide: bool

    @property
    def id(self) -> int:
        return self.participant.id

    @property
    def days(self) -> int | None:
        referred = self.participant.referred_on
        return (self.today - referred).days if referred else None


_running = exists().where(Case.participant_id == Participant.id, Case.status != "ended")
# No EXISTS: PostgreSQL would look through the cases of every office to know whether each of these has one.
_had_one = select(func.min(Case.id)).where(Case.participant_id == Participant.id).scalar_subquery().is_not(None)
_last_ended = select(func.max(Case.ended_on)).where(Case.participant_id == Participant.id).scalar_subquery()
_any = aliased(ReferralDecision)
_newest = (
    select(func.max(_any.id)).where(_any.participant_id == Participant.id).correlate(Participant).scalar_subquery()
)
_statuses: dict[str, ColumnElement[bool]] = {
    # Accepted elsewhere and never opened here: an import may leave somebody so, and nobody must be lost.
    NEW: or_(
        and_(Participant.decision.is_(None), or_(~_had_one, Participant.referred_on > _last_ended)),
        and_(Participant.decision == ACCEPTED, ~_had_one),
    ),
    WAITING: Participant.decision == WAITING,
    DECLINED: Participant.decision == DECLINED,
}
_NO_DAY = literal(date.max, Date)


def inbox(session: Session, actor: Actor, *, status: str = NEW, after: Place | None = None) -> Inbox:
    """Those of the reader's office whom she may open."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    on, shown = today(session), status if status in STATUSES else NEW
    scope = and_(Participant.office_id == actor.office_id, participants_in_scope(actor, on), ~_running)
    due = case((ReferralDecision.look_again_on <= on, 0), else_=1)
    since = func.coalesce(Participant.referred_on, _NO_DAY)
    rows = session.execute(
        _listed(due, since)
        .where(scope, _statuses[shown], _after(due, since, after))
        .order_by(due, since, Participant.id)
        .limit(SHOWN + 1)
    ).all()
    counts = _counts(session, scope, on)
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    return Inbox(
        status=shown,
        counts={name: getattr(counts, name) for name in STATUSES},
        unassigned=counts.unassigned,
        due=counts.due,
        rows=[_row(session, row, on) for row in rows[:SHOWN]],
        after=(last.due, last.since, last.id) if last else None,
    )


def _listed(due: Any, since: Any) -> Any:
    """A decision counts while it is the one that stands on the participant: who was referred again begins anew."""
    stands = and_(ReferralDecision.id == _newest, ReferralDecision.decision == Participant.decision)
    return (
        select(
            Participant.id, Participant.ref, Participant.birth_year, Participant.protected, Participant.sealed_key,
            Participant.interpreter_language, Participant.referred_on, Participant.referred_by, Participant.decision,
            Participant.decided_on, Participant.specialist_id, ParticipantText.sealed, Team.name.label("team"),
            User.name.label("specialist"), ReferralDecision.reason, ReferralDecision.may_return,
            ReferralDecision.look_again_on, due.label("due"), since.label("since"),
        )
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(Team, Team.id == Participant.team_id)
        .outerjoin(User, User.id == Participant.specialist_id)
        .outerjoin(ReferralDecision, stands)
    )  # fmt: skip


def _after(due: Any, since: Any, place: Place | None) -> ColumnElement[bool]:
    if place is None:
        return literal(True)
    rank, day, number = place
    same_day = and_(due == rank, since == day, Participant.id > number)
    return or_(due > rank, and_(due == rank, since > day), same_day)


def _counts(session: Session, scope: ColumnElement[bool], on: date) -> Any:
    open_ones = or_(_statuses[NEW], _statuses[WAITING])
    look_again = exists().where(ReferralDecision.id == _newest, ReferralDecision.look_again_on <= on)
    kinds = {
        **_statuses,
        "unassigned": and_(open_ones, Participant.specialist_id.is_(None)),
        "due": and_(_statuses[WAITING], look_again),
    }
    sums = [func.coalesce(func.sum(case((kind, 1), else_=0)), 0).label(name) for name, kind in kinds.items()]
    return session.execute(select(*sums).select_from(Participant).where(scope)).one()


def _row(session: Session, row: Row[Any], on: date) -> InboxRow:
    waits = row.referred_on is not None and row.decision != DECLINED
    return InboxRow(
        participant_id=row.id,
        ref=row.ref,
        name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
        birth_year=row.birth_year,
        team=row.team,
        protected=row.protected,
        interpreter_language=row.interpreter_language,
        referred_on=row.referred_on,
        referred_by=row.referred_by,
        days=(on - row.referred_on).days if waits else None,
        specialist=row.specialist,
        specialist_id=row.specialist_id,
        decision=row.decision,
        decided_on=row.decided_on,
        reason=row.reason,
        may_return=row.may_return,
        look_again_on=row.look_again_on,
        due=row.due == 0,
    )


def referral(session: Session, actor: Actor, participant_id: int) -> Referral:
    participant = access_participant(session, actor, participant_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    decided = session.scalars(
        select(ReferralDecision)
        .where(ReferralDecision.participant_id == participant.id)
        .order_by(ReferralDecision.id.desc())
    ).all()
    words = texts_of(session, participant, [one.text_id for one in decided if one.text_id])
    people = people_of(session, {one.recorded_by for one in decided if one.recorded_by} | _mentioned(participant))
    languages = session.scalars(
        select(ParticipantLanguage.language)
        .where(ParticipantLanguage.participant_id == participant.id)
        .order_by(ParticipantLanguage.ordinal)
    )
    team = session.get(Team, participant.team_id) if participant.team_id else None
    supervises = actor.role in SUPERVISION
    return Referral(
        participant=participant,
        name=name_of(session, participant),
        languages=tuple(languages),
        team=team.name if team else None,
        specialist=people.get(participant.specialist_id or 0),
        decisions=tuple(_decision(one, words, people) for one in decided),
        linked=linked_to(session, actor, participant.id),
        perhaps=perhaps_the_same(session, actor, participant.id),
        running_case=session.scalar(
            select(Case.id).where(Case.participant_id == participant.id, Case.status != "ended")
        ),
        today=today(session),
        may_assign=supervises,
        may_decide=supervises or participant.specialist_id in (None, actor.user_id),
    )


def _mentioned(participant: Participant) -> set[int]:
    return {participant.specialist_id} if participant.specialist_id else set()


def _decision(one: ReferralDecision, words: Mapping[int, str | None], people: Mapping[int, str]) -> Decision:
    return Decision(
        one.decision,
        one.reason,
        one.decided_on,
        one.decided_by,
        one.may_return,
        one.look_again_on,
        words.get(one.text_id or 0),
        people.get(one.recorded_by or 0),
    )
