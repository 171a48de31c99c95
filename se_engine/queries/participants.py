"""The record of a participant: what is known, who said so and when, and what this reader may open of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from se_engine import record_fields
from se_engine.clock import today
from se_engine.queries.access import access_participant
from se_engine.queries.names import Likely
from se_engine.queries.people import people_of
from se_engine.queries.same_persons import linked_to
from se_engine.queries.texts import split_name, texts_of
from se_engine.record_fields import RecordField
from se_engine.records.cases import Case
from se_engine.records.offices import Office, Team
from se_engine.records.participants import (
    Consent,
    FieldValue,
    Guardian,
    LanguageLevel,
    NamedReader,
    Participant,
    ParticipantLanguage,
    SchemeMembership,
)
from se_engine.rules.roles import SUPERVISION, Actor

OPEN, ON_REQUEST, CLOSED = "open", "on_request", "closed"
ADULT = 18


@dataclass(frozen=True)
class Level:
    skill: str
    level: str | None
    source: str
    happened_on: date


@dataclass(frozen=True)
class Scheme:
    id: int
    scheme: str
    from_on: date | None
    until_on: date | None
    check_result: str
    checked_on: date | None
    rule_version: str | None


@dataclass(frozen=True)
class Answer:
    """One answer to a question of consent."""

    line: str
    answer: str
    form: str
    language: str | None
    happened_on: date
    valid_until: date | None
    party: str | None
    recorded_by: str | None


@dataclass(frozen=True)
class Entry:
    """One entry of a field: `answer` is a code or words; None where it was removed or may not be read."""

    number: int
    answer: str | None
    happened_on: date


@dataclass(frozen=True)
class FieldAnswer:
    """A field with its newest answers; `access` says whether this reader may see them."""

    field: RecordField
    access: str
    entries: tuple[Entry, ...]

    @property
    def next_entry(self) -> int:
        return max((entry.number for entry in self.entries), default=0) + 1


@dataclass(frozen=True)
class CaseLine:
    id: int
    step: str
    status: str
    opened_on: date
    ended_on: date | None
    owner: str | None
    owner_id: int | None


@dataclass(frozen=True)
class RecordPage:
    participant: Participant
    given_name: str
    family_name: str
    office: str
    team: str | None
    today: date
    languages: tuple[str, ...]
    levels: tuple[Level, ...]
    schemes: tuple[Scheme, ...]
    consents: tuple[Answer, ...]
    """Every answer, the newest first."""
    guardian_on: date | None
    guardian_name: str | None
    readers: tuple[tuple[int, str], ...]
    cases: tuple[CaseLine, ...]
    fields: Mapping[str, tuple[FieldAnswer, ...]]
    linked: Likely
    """Her other registrations."""
    may_supervise: bool

    @property
    def id(self) -> int:
        return self.participant.id

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part) or "–"

    @property
    def newest_levels(self) -> dict[str, Level]:
        return {level.skill: level for level in reversed(self.levels)}

    @property
    def newest_answers(self) -> dict[str, Answer]:
        return {answer.line: answer for answer in reversed(self.consents)}

    @property
    def running_case(self) -> CaseLine | None:
        return next((case for case in self.cases if case.status != "ended"), None)

    @property
    def newest_case(self) -> CaseLine | None:
        return self.running_case or next(iter(self.cases), None)

    @property
    def may_be_minor(self) -> bool:
        """By the year of birth alone, as the rules have it."""
        year = self.participant.birth_year
        return year is not None and self.today.year - year < ADULT

    @property
    def has_closed_fields(self) -> bool:
        return any(answer.access == ON_REQUEST for answers in self.fields.values() for answer in answers)


def record_page(session: Session, actor: Actor, participant_id: int, *, opened: bool = False) -> RecordPage:
    """The record as this reader may see it; `opened` once a supervisor has asked, with a reason, for what is closed."""
    participant = access_participant(session, actor, participant_id)
    consents = _newest_first(session, Consent, participant.id)
    guardians = _newest_first(session, Guardian, participant.id)
    cases = _cases(session, participant.id)
    access = _FieldAccess(actor, _owner(cases), opened)
    values = _newest_values(session, participant.id)
    guardian = guardians[0] if guardians else None
    wanted = [participant.name_id, guardian.name_id if guardian else None, *(consent.text_id for consent in consents)]
    wanted += [value.text_id for value in values if access.of(record_fields.get(value.field)) == OPEN]
    words = texts_of(session, participant, [text_id for text_id in wanted if text_id])
    readers = session.scalars(select(NamedReader.user_id).where(NamedReader.participant_id == participant.id)).all()
    ids = {*readers, *(case.owner_id for case in cases), *(consent.recorded_by for consent in consents)}
    people = people_of(session, [user_id for user_id in ids if user_id])
    given, family = split_name(words.get(participant.name_id or 0))
    office = session.get_one(Office, participant.office_id)
    team = session.get(Team, participant.team_id) if participant.team_id else None
    return RecordPage(
        participant=participant,
        given_name=given,
        family_name=family,
        office=office.name,
        team=team.name if team else None,
        today=today(session),
        languages=_languages(session, participant.id),
        levels=tuple(
            Level(row.skill, row.level, row.source, row.happened_on)
            for row in _newest_first(session, LanguageLevel, participant.id)
        ),
        schemes=_schemes(session, participant.id),
        consents=tuple(_answer(consent, words, people) for consent in consents),
        guardian_on=guardian.consented_on if guardian else None,
        guardian_name=words.get(guardian.name_id or 0) if guardian else None,
        readers=tuple((user_id, people.get(user_id, "–")) for user_id in readers),
        cases=tuple(_case_line(case, people) for case in cases),
        fields=_fields(access, values, words),
        linked=linked_to(session, actor, participant.id),
        may_supervise=actor.role in SUPERVISION,
    )


@dataclass(frozen=True)
class _FieldAccess:
    """Closed fields are the owner's; a supervisor opens them with a reason; nobody else does."""

    actor: Actor
    owner_id: int | None
    opened: bool

    def of(self, field: RecordField) -> str:
        if "supervisor" in field.readers:
            return OPEN
        if self.actor.user_id is not None and self.actor.user_id == self.owner_id:
            return OPEN
        if self.actor.role in SUPERVISION and "supervisor_on_request" in field.readers:
            return OPEN if self.opened else ON_REQUEST
        return CLOSED


def field_access(session: Session, actor: Actor, participant_id: int, key: str) -> str:
    """Whether this person may read, and so answer, one field."""
    participant = access_participant(session, actor, participant_id)
    return _FieldAccess(actor, _owner(_cases(session, participant.id)), opened=False).of(record_fields.get(key))


def _owner(cases: Sequence[Case]) -> int | None:
    """Whose participant she is: the owner of her newest case."""
    return cases[0].owner_id if cases else None


def _newest_first(session: Session, table: Any, participant_id: int) -> list[Any]:
    """Rows of an append-only table, by the day they tell of and then by when they were recorded."""
    on = table.consented_on if table is Guardian else table.happened_on
    query = select(table).where(table.participant_id == participant_id).order_by(on.desc(), table.id.desc())
    return list(session.scalars(query))


def _languages(session: Session, participant_id: int) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(ParticipantLanguage.language)
            .where(ParticipantLanguage.participant_id == participant_id)
            .order_by(ParticipantLanguage.ordinal)
        )
    )


def _schemes(session: Session, participant_id: int) -> tuple[Scheme, ...]:
    found = session.scalars(
        select(SchemeMembership)
        .where(SchemeMembership.participant_id == participant_id)
        .order_by(SchemeMembership.id.desc())
    )
    return tuple(
        Scheme(m.id, m.scheme, m.from_on, m.until_on, m.check_result, m.checked_on, m.rule_version) for m in found
    )


def _cases(session: Session, participant_id: int) -> list[Case]:
    query = select(Case).where(Case.participant_id == participant_id).order_by(Case.opened_on.desc(), Case.id.desc())
    return list(session.scalars(query))


def _case_line(case: Case, people: Mapping[int, str]) -> CaseLine:
    owner = people.get(case.owner_id) if case.owner_id else None
    return CaseLine(case.id, case.step, case.status, case.opened_on, case.ended_on, owner, case.owner_id)


def _answer(consent: Consent, words: Mapping[int, str | None], people: Mapping[int, str]) -> Answer:
    return Answer(
        consent.line,
        consent.answer,
        consent.form,
        consent.language,
        consent.happened_on,
        consent.valid_until,
        words.get(consent.text_id or 0),
        people.get(consent.recorded_by or 0),
    )


def _newest_values(session: Session, participant_id: int) -> list[Row[Any]]:
    """The newest value per field and entry; an answer taken back is gone."""
    rows = session.execute(
        select(
            FieldValue.id,
            FieldValue.field,
            FieldValue.entry,
            FieldValue.code,
            FieldValue.text_id,
            FieldValue.happened_on,
        )
        .where(FieldValue.participant_id == participant_id)
        .order_by(FieldValue.id)
    )
    newest: dict[tuple[str, int], Any] = {(row.field, row.entry): row for row in rows}
    return [row for row in newest.values() if row.code is not None or row.text_id is not None]


def _fields(
    access: _FieldAccess, values: Sequence[Row[Any]], words: Mapping[int, str | None]
) -> dict[str, tuple[FieldAnswer, ...]]:
    by_field: dict[str, list[Entry]] = defaultdict(list)
    for value in sorted(values, key=lambda value: value.entry):
        answer = value.code if value.code is not None else words.get(value.text_id)
        by_field[value.field].append(Entry(value.entry, answer, value.happened_on))
    catalogue = record_fields.catalogue()
    return {
        group: tuple(
            FieldAnswer(field, access.of(field), tuple(by_field[field.key]) if access.of(field) == OPEN else ())
            for field in catalogue.fields.values()
            if field.group == group
        )
        for group in catalogue.groups
    }
