"""What she was offered and what she answered; and how often, counted from the choices themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case
from se_engine.records.choices import Choice
from se_engine.records.employers import Employer
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class ChoiceLine:
    """One proposal; the words lie in the texts behind the ids."""

    id: int
    about: str
    employer: str | None
    track_id: int | None
    offered_on: date
    offer_text_id: int
    answer: str | None
    answered_on: date | None
    words_text_id: int | None
    language: str | None
    interpreter: str | None
    voided: bool
    void_text_id: int | None
    recorded_by: int | None

    @property
    def is_open(self) -> bool:
        return self.answer is None and not self.voided

    @property
    def text_ids(self) -> list[int]:
        return [found for found in (self.offer_text_id, self.words_text_id, self.void_text_id) if found]


@dataclass(frozen=True)
class ChoiceNumbers:
    """Proposals that stand, and what became of them."""

    offered: int
    answered: int
    chosen: int
    declined: int
    something_else: int


def choices_of(session: Session, case_id: int) -> tuple[ChoiceLine, ...]:
    """All of a case, the newest first, those taken back included."""
    rows = session.execute(
        select(Choice, Employer.name)
        .outerjoin(Track, Track.id == Choice.track_id)
        .outerjoin(Employer, Employer.id == Track.employer_id)
        .where(Choice.case_id == case_id)
        .order_by(Choice.offered_on.desc(), Choice.id.desc())
    )
    return tuple(_line(choice, employer) for choice, employer in rows)


def open_choices(session: Session, case_id: int) -> tuple[ChoiceLine, ...]:
    """Those that wait for her answer, the oldest first."""
    rows = session.execute(
        select(Choice, Employer.name)
        .outerjoin(Track, Track.id == Choice.track_id)
        .outerjoin(Employer, Employer.id == Track.employer_id)
        .where(Choice.case_id == case_id, Choice.answer.is_(None), ~Choice.voided)
        .order_by(Choice.offered_on, Choice.id)
    )
    return tuple(_line(choice, employer) for choice, employer in rows)


def one_choice(session: Session, actor: Actor, case_id: int, choice_id: int) -> ChoiceLine:
    """A proposal of this case; NotFound for another's."""
    found = access_case(session, actor, case_id)
    for choice in choices_of(session, found.id):
        if choice.id == choice_id:
            return choice
    raise NotFound()


def tracks_to_choose(session: Session, actor: Actor, case_id: int) -> dict[int, str]:
    """The employers a proposal of this case may concern, by track; those still open first."""
    found = access_case(session, actor, case_id)
    rows = session.execute(
        select(Track.id, Employer.name)
        .join(Employer, Employer.id == Track.employer_id)
        .where(Track.case_id == found.id)
        .order_by(Track.ended_on.is_not(None), Employer.name, Track.id)
    )
    return {row.id: row.name for row in rows}


def choice_numbers(session: Session, *where: ColumnElement[bool]) -> ChoiceNumbers:
    """Counted over the proposals under the conditions, e.g. `Choice.case_id == 17`, or of a period and an office."""

    def of(answer: str) -> Any:
        return func.count(case((Choice.answer == answer, 1)))

    row = session.execute(
        select(
            func.count(Choice.id), func.count(Choice.answer), of("chosen"), of("declined"), of("something_else")
        ).where(~Choice.voided, *where)
    ).one()
    return ChoiceNumbers(*row)


def _line(choice: Choice, employer: str | None) -> ChoiceLine:
    return ChoiceLine(
        choice.id,
        choice.about,
        employer,
        choice.track_id,
        choice.offered_on,
        choice.offer_text_id,
        choice.answer,
        choice.answered_on,
        choice.words_text_id,
        choice.language,
        choice.interpreter,
        choice.voided,
        choice.void_text_id,
        choice.recorded_by,
    )
