"""A row of participants.csv: its columns, and what they say of a participant."""

from datetime import date
from typing import NamedTuple

from se_engine.exchange import cells
from se_engine.exchange.tables import Column
from se_engine.rules import identity
from se_engine.rules.languages import SKILLS


class Person(NamedTuple):
    """One row: what the file says of a participant; None where it says nothing."""

    participant_ref: str
    given_name: str | None
    family_name: str | None
    birth_year: int | None
    sex: str | None
    languages: tuple[str, ...] | None
    interpreter_language: str | None
    norwegian_listening: str | None
    norwegian_reading: str | None
    norwegian_speaking: str | None
    norwegian_writing: str | None
    scheme: tuple[str, ...] | None
    office: str
    job_specialist: str | None
    referred_on: date | None
    country: str | None
    arrived_year: int | None
    highest_education: str | None
    decision: str | None
    decided_on: date | None
    protected: bool | None
    team: str | None

    @property
    def levels(self) -> dict[str, str]:
        given = (self.norwegian_listening, self.norwegian_reading, self.norwegian_speaking, self.norwegian_writing)
        return {skill: level for skill, level in zip(SKILLS, given, strict=True) if level}


def columns(now: date) -> tuple[Column, ...]:
    """The columns of the file in the order of Person."""
    day = cells.day(now)
    return (
        Column("participant_ref", cells.ref, needed=True, varied=True),
        Column("given_name", cells.words, varied=True),
        Column("family_name", cells.words, varied=True),
        Column("birth_year", cells.year("birth_year", now)),
        Column("sex", cells.one_of("sex", identity.SEXES)),
        Column("languages", cells.some_of(cells.language)),
        Column("interpreter_language", cells.interpreter_language),
        *(Column(f"norwegian_{skill}", cells.level) for skill in SKILLS),
        Column("scheme", cells.some_of(cells.scheme)),
        Column("office", cells.words, needed=True),
        Column("job_specialist", cells.email),
        Column("referred_on", day),
        Column("country", cells.country(now), optional=True),
        Column("arrived_year", cells.year("arrived_year", now), optional=True),
        Column("highest_education", cells.one_of("highest_education", identity.EDUCATION), optional=True),
        Column("decision", cells.one_of("decision", identity.DECISIONS), optional=True),
        Column("decided_on", day, optional=True),
        Column("protected", cells.yes_no("protected"), optional=True),
        Column("team", cells.words, optional=True),
    )


class Placed(NamedTuple):
    """A row whose office, team and specialist have been found."""

    line: int
    person: Person
    office_id: int
    team_id: int | None
    specialist_id: int | None

    @property
    def key(self) -> tuple[int, str]:
        return self.office_id, self.person.participant_ref
