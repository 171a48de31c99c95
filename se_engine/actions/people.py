"""Accounts, offices and teams."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.actions.passwords import hashed, matches
from se_engine.actions.sign_in import end_sessions
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_office, actor_of
from se_engine.queries.publishing import LEAST_THRESHOLD
from se_engine.records.offices import Office, Team
from se_engine.records.people import User
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import ACCOUNT_ROLES, ADMINISTRATION, Actor, Role

LARGEST_THRESHOLD = 10


def add_office(
    session: Session, actor: Actor, name: str, *, template: str = "standard", municipality: str = ""
) -> Office:
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    wanted = " ".join(name.split())
    if not wanted or session.scalar(select(Office.id).where(Office.name == wanted)):
        raise Refused("office_exists", office=wanted)
    _check_template(template)
    office = Office(name=wanted, template=template, municipality=_municipality(municipality))
    session.add(office)
    session.flush()
    write_trail(session, actor, "office_added", detail={"office": office.id})
    return office


def change_office(
    session: Session, actor: Actor, office_id: int, *, template: str, municipality: str, threshold: int | None = None
) -> Office:
    """The rhythm of cases that are opened from now on, and the municipality whose offices see who uses an employer.

    `threshold` is the smallest number of people that readers are shown who may not open the cases; left out, it stays.
    """
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    office = access_office(session, actor, office_id)
    _check_template(template)
    _check_threshold(threshold)
    office.template, office.municipality = template, _municipality(municipality)
    write_trail(session, actor, "office_changed", detail={"office": office.id, "template": template})
    if threshold is not None and threshold != office.threshold:
        told = {"office": office.id, "was": office.threshold, "is": threshold}
        office.threshold = threshold
        write_trail(session, actor, "office_threshold_changed", detail=told)
    session.flush()
    return office


def _check_threshold(threshold: int | None) -> None:
    if threshold is not None and not LEAST_THRESHOLD <= threshold <= LARGEST_THRESHOLD:
        raise Refused("threshold_not_allowed", least=LEAST_THRESHOLD, largest=LARGEST_THRESHOLD, field="threshold")


def _check_template(template: str) -> None:
    known = processes.latest().template_keys
    if known and template not in known:
        raise Refused("template_unknown", allowed=", ".join(known))


def _municipality(given: str) -> str | None:
    return " ".join(given.split()) or None


def add_team(session: Session, actor: Actor, office_id: int, name: str) -> Team:
    office = access_office(session, actor, office_id)
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    wanted = " ".join(name.split())
    if not wanted or session.scalar(select(Team.id).where(Team.office_id == office.id, Team.name == wanted)):
        raise Refused("team_exists", team=wanted)
    team = Team(office_id=office.id, name=wanted)
    session.add(team)
    session.flush()
    write_trail(session, actor, "team_added", detail={"team": team.id})
    return team


def add_user(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: str,
    office_id: int | None,
    password: str | None = None,
    team_id: int | None = None,
    language: str = "nb",
) -> User:
    """An account; without a password it cannot sign in until it is invited."""
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    address = email.strip().lower()
    if role not in ACCOUNT_ROLES:
        raise Refused("role_unknown", allowed=", ".join(ACCOUNT_ROLES))
    if "@" not in address or session.scalar(select(User.id).where(User.email == address)):
        raise Refused("email_not_allowed")
    if office_id is None and role not in (Role.AUDITOR, Role.ADMINISTRATOR):
        raise Refused("office_needed")
    if office_id is None and actor.office_id is not None:
        raise NotPermitted()  # whoever keeps one office's accounts makes nobody who reaches them all
    if office_id is not None:
        access_office(session, actor, office_id)
    _check_team(session, office_id, team_id)
    user = User(
        email=address,
        name=name.strip(),
        role=role,
        office_id=office_id,
        team_id=team_id,
        password_hash=hashed(password) if password else None,
        language=language,
        created_at=now(session),
    )
    session.add(user)
    session.flush()
    write_trail(session, actor, "account_added", detail={"account": user.id, "role": role})
    return user


def _check_team(session: Session, office_id: int | None, team_id: int | None) -> None:
    team = session.get(Team, team_id) if team_id is not None else None
    if team_id is not None and (team is None or team.office_id != office_id):
        raise Refused("no_such_team")


def change_password(session: Session, user: User, *, old: str, new: str) -> None:
    """Her own password; every other session of hers ends."""
    if not matches(user, old):
        raise Refused("password_wrong")
    user.password_hash = hashed(new)
    end_sessions(session, user.id)
    write_trail(session, actor_of(user), "password_changed")
    session.flush()


def deactivate(session: Session, actor: Actor, user: User) -> None:
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    user.active = False
    end_sessions(session, user.id)
    write_trail(session, actor, "account_closed", detail={"account": user.id})
    session.flush()
