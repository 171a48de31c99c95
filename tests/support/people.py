"""Five characters and their cases, made through the actions, so that test data is always possible data.

Jo is a job specialist, Sam another who has nothing to do with Jo's cases, Max their supervisor, Ida an auditor,
and Pat is the participant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.database import Database
    from se_engine.records.cases import Case
    from se_engine.records.participants import Participant
    from se_engine.rules.roles import Actor

TODAY = date(2026, 3, 16)
OPENED = date(2026, 1, 5)
EMPLOYER = "Byens Bakeri AS"


@dataclass
class Clock:
    """A clock that stands at noon of one day until it is moved."""

    day: date = TODAY

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(12), UTC)


@dataclass(frozen=True)
class People:
    """The office, and those who work there as they act."""

    office_id: int
    jo: Actor
    sam: Actor
    max: Actor
    ida: Actor
    others: dict[str, Actor] = field(default_factory=dict)


def make_people(session: Session) -> People:
    from se_engine.actions.people import add_office
    from se_engine.rules.roles import OPERATOR

    office = add_office(session, OPERATOR, "Lakselv")
    return People(
        office.id,
        jo=make_user(session, "Jo", "job_specialist", office.id),
        sam=make_user(session, "Sam", "job_specialist", office.id),
        max=make_user(session, "Max", "supervisor", office.id),
        ida=make_user(session, "Ida", "auditor", None),
    )


def make_user(session: Session, name: str, role: str, office_id: int | None, **rest: Any) -> Actor:
    from se_engine.actions.people import add_user
    from se_engine.queries.access import actor_of
    from se_engine.rules.roles import OPERATOR

    email = f"{name.lower()}@example.org"
    return actor_of(add_user(session, OPERATOR, email=email, name=name, role=role, office_id=office_id, **rest))


def make_participant(session: Session, people: People, *, actor: Actor | None = None, **facts: Any) -> Participant:
    """Pat, or another: registered by Jo unless somebody else is named."""
    from se_engine.actions.participants import register

    known = {"ref": "", "given_name": "Pat", "family_name": "Example", **facts}
    by = actor or people.jo
    return register(session, by, by.office_id or people.office_id, **known)


def make_case(
    session: Session,
    people: People,
    step: str = "engagement",
    *,
    opened_on: date = OPENED,
    owner: Actor | None = None,
    template: str | None = None,
    days_per_step: int = 7,
    **facts: Any,
) -> Case:
    """A case that has come to a step by ordinary moves, one a week, everything required answered on the way."""
    from se_engine.actions.cases import open_case
    from tests.support.answers import ORDINARY_MOVES, take_next_move

    by = owner or people.jo
    participant = make_participant(session, people, actor=by, **facts)
    case = open_case(session, by, participant.id, opened_on=opened_on, template=template)
    on = opened_on
    for reached in ORDINARY_MOVES:
        if case.step == step:
            break
        on += timedelta(days=days_per_step)
        assert take_next_move(session, by, case, on).step == reached
    assert case.step == step
    return case


@contextmanager
def transaction(database: Database, clock: Clock) -> Iterator[Session]:
    """A transaction as the shells open it: committed at the end, rolled back on a refusal."""
    with database.session() as session:
        session.info["clock"] = clock
        yield session


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """The clock of this test; its session goes by it too."""
    clock = Clock()
    if "session" in request.fixturenames:
        request.getfixturevalue("session").info["clock"] = clock
    return clock


@pytest.fixture
def people(session: Session, clock: Clock) -> People:
    return make_people(session)


@pytest.fixture(name="make_case")
def case_factory(session: Session, people: People) -> Callable[..., Case]:
    """make_case(step="profiling"): owned by Jo unless somebody else is named."""

    def factory(step: str = "engagement", **rest: Any) -> Case:
        return make_case(session, people, step, **rest)

    return factory


@pytest.fixture
def case(make_case: Callable[..., Case]) -> Case:
    """Pat's case, in the first step."""
    return make_case()
