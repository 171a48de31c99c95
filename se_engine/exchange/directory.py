"""The offices, teams and accounts that an import file names; `--create` adds those there are not."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.people import add_office, add_team, add_user
from se_engine.records.offices import Office, Team
from se_engine.records.people import User
from se_engine.rules.errors import Refused
from se_engine.rules.roles import CASEWORK, Actor, Role


class Colleague(NamedTuple):
    id: int
    office_id: int | None
    role: str
    active: bool


class Directory:
    """Everybody is looked up once; what is added is rolled back with the rest when the file has a fault."""

    def __init__(self, session: Session, actor: Actor, *, create: bool = False) -> None:
        self._session, self._actor, self._create = session, actor, create
        self.offices: dict[str, int] = {row.name: row.id for row in session.execute(select(Office.id, Office.name))}
        teams = select(Team.id, Team.office_id, Team.name)
        self._teams: dict[tuple[int, str], int] = {(row.office_id, row.name): row.id for row in session.execute(teams)}
        people = select(User.id, User.email, User.office_id, User.role, User.active)
        self._people = {
            row.email: Colleague(row.id, row.office_id, row.role, row.active) for row in session.execute(people)
        }

    def office(self, name: str) -> int:
        if name not in self.offices:
            if not self._create:
                raise Refused("no_such_office", office=name)
            self.offices[name] = add_office(self._session, self._actor, name).id
        return self.offices[name]

    def team(self, office_id: int, name: str) -> int:
        if (office_id, name) not in self._teams:
            if not self._create:
                raise Refused("no_such_team")
            self._teams[office_id, name] = add_team(self._session, self._actor, office_id, name).id
        return self._teams[office_id, name]

    def specialist(self, office_id: int, email: str) -> int:
        """Somebody who may own cases of this office."""
        if email not in self._people and self._create:
            self._people[email] = self._added(office_id, email)
        if email not in self._people:
            raise Refused("no_such_account", email=email)
        found = self._people[email]
        if found.office_id != office_id or Role(found.role) not in CASEWORK or not found.active:
            raise Refused("no_such_specialist")
        return found.id

    def _added(self, office_id: int, email: str) -> Colleague:
        """An account without a password, called by what stands before the @ until it is invited."""
        name = email.partition("@")[0].replace(".", " ").title()
        user = add_user(
            self._session, self._actor, email=email, name=name, role=Role.JOB_SPECIALIST.value, office_id=office_id
        )
        return Colleague(user.id, office_id, user.role, True)
