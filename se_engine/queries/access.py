"""The only doors to a person's record: what exists for this reader, and what does not.

Role, office and assignment decide; a protected participant exists for the persons named for her and for nobody by
role. What is outside the scope is answered as if it were not there.
"""

from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from se_engine.clock import today
from se_engine.records.career import CareerStep, Education, LanguageGoal
from se_engine.records.cases import Case
from se_engine.records.choices import Choice, Goal
from se_engine.records.contacts import Contact
from se_engine.records.documents import Document, Rung
from se_engine.records.employers import Employer, EmployerPerson
from se_engine.records.jobs import Job, Subsidy, WorkAbsence
from se_engine.records.needs import Commitment, Need, Partner, Problem
from se_engine.records.offices import Office, Team
from se_engine.records.participants import NamedReader, Participant
from se_engine.records.people import Absence, User
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import ADMINISTRATION, AGGREGATES, CASEWORK, SUPERVISION, Actor, Role

OfCase = TypeVar(
    "OfCase", Need, Commitment, Problem, Choice, Goal, Document, Rung, Job, Subsidy, CareerStep, Education, LanguageGoal
)


def actor_of(user: User) -> Actor:
    """The account as one who acts."""
    return Actor(user.id, user.role_of, user.office_id, user.team_id, user.name, user.language)


def cases_in_scope(actor: Actor, on: date) -> ColumnElement[bool]:
    """The cases this person may open, as a condition on Case."""
    return _scope(actor.role, actor.user_id, actor.office_id, actor.team_id, on)


def _scope(role: Role, me: Any, office: Any, team: Any, on: Any) -> ColumnElement[bool]:
    """The same for values or for parameters; `team` None is the whole office."""
    if role is Role.OPERATOR:
        return true()
    named = or_(Case.protected.is_(False), _named(me, Case.participant_id))
    mine = or_(Case.owner_id == me, _stands_in(me, on))
    if role is Role.SUPERVISOR:
        hers = true() if team is None else or_(Case.team_id == team, mine, _leads_meanwhile(me, on))
        return and_(Case.office_id == office, hers, named)
    if role is Role.JOB_SPECIALIST:
        return and_(Case.office_id == office, mine, named)
    return false()


def _named(me: Any, participant: ColumnElement[int] | object) -> ColumnElement[bool]:
    return exists().where(NamedReader.participant_id == participant, NamedReader.user_id == me)


def is_named(session: Session, user_id: int, participant_id: int) -> bool:
    """Whether somebody is among those who may see a protected participant."""
    named = select(NamedReader.id).where(NamedReader.participant_id == participant_id, NamedReader.user_id == user_id)
    return session.scalar(named) is not None


def _stands_in(me: Any, on: Any) -> ColumnElement[bool]:
    return exists().where(
        Absence.user_id == Case.owner_id, Absence.substitute_id == me, Absence.from_on <= on, Absence.until_on >= on
    )


def _leads_meanwhile(me: Any, on: Any) -> ColumnElement[bool]:
    """Whether she stands in for the supervisor of the case's team."""
    return exists().where(
        Absence.user_id == User.id,
        User.role == Role.SUPERVISOR.value,
        or_(User.team_id.is_(None), User.team_id == Case.team_id),
        Absence.substitute_id == me,
        Absence.from_on <= on,
        Absence.until_on >= on,
    )


def protected_cases(actor: Actor, on: date) -> ColumnElement[bool]:
    """The protected cases of the reader's office that exist for others: counted, never shown."""
    if actor.role not in CASEWORK or actor.role is Role.OPERATOR:
        return false()
    return and_(Case.office_id == actor.office_id, Case.protected, ~_named(actor.user_id, Case.participant_id))


def access_case(session: Session, actor: Actor, case_id: int) -> Case:
    """The case with its participant; NotFound when there is none for this person."""
    case = session.scalar(
        _case_for(actor.role, actor.team_id is not None), {"case": case_id, **_reader(session, actor)}
    )
    if case is None:
        raise NotFound()
    return case


def access_participant(session: Session, actor: Actor, participant_id: int) -> Participant:
    """The participant; NotFound when there is none for this person."""
    wanted = {"participant": participant_id, **_reader(session, actor)}
    participant = session.scalar(_participant_for(actor.role, actor.team_id is not None), wanted)
    if participant is None:
        raise NotFound()
    return participant


def _reader(session: Session, actor: Actor) -> dict[str, Any]:
    return {"me": actor.user_id, "office": actor.office_id, "team": actor.team_id, "on": today(session)}


# Both are put together once for each kind of reader: they open every page of a person and every act on her.
@cache
def _case_for(role: Role, in_team: bool) -> Select[Case]:
    return (
        select(Case)
        .options(joinedload(Case.participant, innerjoin=True))
        .where(Case.id == bindparam("case"), _scope(role, *_asking(in_team)))
    )


@cache
def _participant_for(role: Role, in_team: bool) -> Select[Participant]:
    found: Any = Participant.id == bindparam("participant")
    return select(Participant).where(found, _participants(role, *_asking(in_team)))


def _asking(in_team: bool) -> tuple[Any, Any, Any, Any]:
    """The reader as parameters: me, office, team, on."""
    team: Any = bindparam("team") if in_team else None
    return bindparam("me"), bindparam("office"), team, bindparam("on", type_=Date)


def participants_in_scope(actor: Actor, on: date) -> ColumnElement[bool]:
    """Open to those who may open one of her cases; without a case, to the casework of her office."""
    return _participants(actor.role, actor.user_id, actor.office_id, actor.team_id, on)


def _participants(role: Role, me: Any, office: Any, team: Any, on: Any) -> ColumnElement[bool]:
    open_case = exists().where(Case.participant_id == Participant.id, _scope(role, me, office, team, on))
    if role not in CASEWORK:
        return open_case
    if role is Role.OPERATOR:
        return or_(open_case, ~exists().where(Case.participant_id == Participant.id))
    # No EXISTS: PostgreSQL would look through the cases of every office to know whether each of these has one.
    first = select(func.min(Case.id)).where(Case.participant_id == Participant.id).scalar_subquery()
    named = or_(~Participant.protected, _named(me, Participant.id))
    return or_(open_case, and_(first.is_(None), Participant.office_id == office, named))


def access_employer(session: Session, actor: Actor, employer_id: int) -> Employer:
    """An employer's card: open to the casework of its office."""
    employer = session.get(Employer, employer_id)
    if employer is None or actor.role not in CASEWORK:
        raise NotFound()
    if actor.role is not Role.OPERATOR and employer.office_id != actor.office_id:
        raise NotFound()
    return employer


def access_person(session: Session, actor: Actor, employer_id: int, person_id: int) -> EmployerPerson:
    """Somebody to talk to at an employer, for those who may open its card."""
    employer = access_employer(session, actor, employer_id)
    person = session.get(EmployerPerson, person_id)
    if person is None or person.employer_id != employer.id:
        raise NotFound()
    return person


def access_partner(session: Session, actor: Actor, partner_id: int) -> Partner:
    """A partner of the office, open to its casework."""
    partner = session.get(Partner, partner_id)
    if partner is None or actor.role not in CASEWORK:
        raise NotFound()
    if actor.role is not Role.OPERATOR and partner.office_id != actor.office_id:
        raise NotFound()
    return partner


def access_track(session: Session, actor: Actor, track_id: int) -> Track:
    """An employer track, for those who may open its case."""
    track = session.get(Track, track_id)
    if track is None:
        raise NotFound()
    access_case(session, actor, track.case_id)
    return track


def access_contact(session: Session, actor: Actor, contact_id: int) -> Contact:
    """A meeting or note, for those who may open its case; without a case, its employer."""
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise NotFound()
    if contact.case_id is not None:
        access_case(session, actor, contact.case_id)
    elif contact.employer_id is not None:
        access_employer(session, actor, contact.employer_id)
    return contact


def access_need(session: Session, actor: Actor, need_id: int, *, lock: bool = False) -> tuple[Need, Case]:
    """A need outside work and its case; like what follows here, for those who may open the case."""
    return access_of_case(session, actor, Need, need_id, lock)


def access_commitment(
    session: Session, actor: Actor, commitment_id: int, *, lock: bool = False
) -> tuple[Commitment, Case]:
    return access_of_case(session, actor, Commitment, commitment_id, lock)


def access_problem(session: Session, actor: Actor, problem_id: int, *, lock: bool = False) -> tuple[Problem, Case]:
    return access_of_case(session, actor, Problem, problem_id, lock)


def access_choice(session: Session, actor: Actor, choice_id: int, *, lock: bool = False) -> tuple[Choice, Case]:
    return access_of_case(session, actor, Choice, choice_id, lock)


def access_goal(session: Session, actor: Actor, goal_id: int, *, lock: bool = False) -> tuple[Goal, Case]:
    return access_of_case(session, actor, Goal, goal_id, lock)


def access_of_case(
    session: Session, actor: Actor, kind: type[OfCase], number: int, lock: bool = False
) -> tuple[OfCase, Case]:
    """What belongs to a case, for those who may open it; `lock` holds it until the transaction ends, as it is now."""
    found = session.get(kind, number, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound()
    return found, access_case(session, actor, found.case_id)


def access_work_absence(
    session: Session, actor: Actor, absence_id: int, *, lock: bool = False
) -> tuple[WorkAbsence, Job, Case]:
    """A time away from work, which is reached through its job; NotFound where it was taken back."""
    absence = session.get(WorkAbsence, absence_id, with_for_update=lock or None, populate_existing=lock)
    if absence is None or absence.voided:
        raise NotFound()
    job, case = access_of_case(session, actor, Job, absence.job_id)
    return absence, job, case


def access_office(session: Session, actor: Actor, office_id: int) -> Office:
    """An office to work in, or to keep the accounts of."""
    office = session.get(Office, office_id)
    everywhere = actor.role is Role.OPERATOR or (actor.role is Role.ADMINISTRATOR and actor.office_id is None)
    if office is None or not (everywhere or actor.office_id == office_id):
        raise NotFound()
    return office


def access_user(session: Session, actor: Actor, user_id: int) -> User:
    """An account, for those who keep accounts."""
    if actor.role not in ADMINISTRATION:
        raise NotFound()
    user = session.get(User, user_id)
    if user is None or (actor.office_id is not None and user.office_id != actor.office_id):
        raise NotFound()
    return user


def access_specialist(session: Session, actor: Actor, user_id: int) -> User:
    """Somebody who works with cases: for herself, and for the supervisor of her office or team."""
    user = session.get(User, user_id)
    if actor.role not in CASEWORK or user is None or not user.active or user.role_of not in CASEWORK:
        raise NotFound()
    leads = actor.role is Role.OPERATOR or (
        actor.role in SUPERVISION
        and user.office_id == actor.office_id
        and (actor.team_id is None or user.team_id == actor.team_id)
    )
    if not leads and user.id != actor.user_id:
        raise NotFound()
    return user


def colleagues(session: Session, actor: Actor) -> list[User]:
    """The active accounts of the reader's office, by name."""
    office = true() if actor.role is Role.OPERATOR else User.office_id == actor.office_id
    return list(session.scalars(select(User).where(office, User.active).order_by(User.name, User.id)))


def offices_for_reports(session: Session, actor: Actor) -> list[Office]:
    """The offices whose numbers this reader may see; NotPermitted for roles that read no reports."""
    if actor.role not in AGGREGATES and actor.role is not Role.JOB_SPECIALIST:
        raise NotPermitted()
    own = true() if actor.role.everywhere or actor.office_id is None else Office.id == actor.office_id
    return list(session.scalars(select(Office).where(own).order_by(Office.name)))


def may_open_every_case(actor: Actor, office_id: int | None) -> bool:
    """Whether small numbers of this office need no hiding from this reader."""
    if actor.role is Role.OPERATOR:
        return True
    return actor.role in SUPERVISION and actor.team_id is None and office_id == actor.office_id


def team_led(session: Session, actor: Actor) -> str | None:
    """The name of the team that a supervisor leads: she may open every case of it, and numbers of it need no hiding."""
    if actor.role not in SUPERVISION or actor.team_id is None:
        return None
    return session.scalar(select(Team.name).where(Team.id == actor.team_id, Team.office_id == actor.office_id))
