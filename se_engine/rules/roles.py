"""Roles, and what each may do apart from moves (a definition file says who may take a move)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    JOB_SPECIALIST = "job_specialist"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    OPERATOR = "operator"  # the command line without --as: every office, every move; never an account

    @property
    def everywhere(self) -> bool:
        """Whether this role reaches every office."""
        return self in (Role.OPERATOR, Role.AUDITOR)


ACCOUNT_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)

CASEWORK = frozenset({Role.JOB_SPECIALIST, Role.SUPERVISOR, Role.OPERATOR})
"""Roles that open, read and change cases."""

SUPERVISION = frozenset({Role.SUPERVISOR, Role.OPERATOR})
"""Roles that assign, correct others' records and answer requests."""

ADMINISTRATION = frozenset({Role.ADMINISTRATOR, Role.OPERATOR})
"""Roles that keep offices and accounts, and see no case."""

AGGREGATES = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR, Role.OPERATOR})
"""Roles that read reports."""


@dataclass(frozen=True)
class Actor:
    """The one who acts: a signed-in person, or the operator of the machine."""

    user_id: int | None
    role: Role
    office_id: int | None = None
    team_id: int | None = None
    name: str = ""
    language: str = "nb"
    client_id: int | None = None
    """The system that acts with this account's rights; None for the person herself."""


OPERATOR = Actor(None, Role.OPERATOR, name="operator")
