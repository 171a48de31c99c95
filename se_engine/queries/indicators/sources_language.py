"""Sources: her levels of Norwegian, the languages she uses, and who interpreted at which contact."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from se_engine.clock import NORWAY
from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.career import LanguageTest
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.contacts import Contact, ContactText, InterpreterBooking
from se_engine.records.participants import LanguageLevel, Participant, ParticipantLanguage
from se_engine.rules.contacts import HELD
from se_engine.rules.languages import SKILLS, needs_language_support

CHILD_NOTICE = "child_interpreted"
AT_WORK = "workplace_norwegian"


class BookingRow(NamedTuple):
    """Whether an interpreter was needed at a contact that was held, and who interpreted."""

    case_id: int
    contact_id: int
    happened_on: date
    needed: bool
    came_as: str | None


def levels(evidence: Evidence) -> Mapping[int, Mapping[str, Sequence[tuple[date, str | None]]]]:
    """Participant → skill → what was said of it, day by day; of one day the last that was recorded."""
    window = evidence.window
    rows = evidence.session.execute(
        select(LanguageLevel.participant_id, LanguageLevel.skill, LanguageLevel.happened_on, LanguageLevel.level)
        .join(Participant, Participant.id == LanguageLevel.participant_id)
        .where(Participant.office_id.in_(window.offices), LanguageLevel.happened_on <= window.to_on)
        .order_by(LanguageLevel.happened_on, LanguageLevel.id)
    )
    found: dict[int, dict[str, list[tuple[date, str | None]]]] = defaultdict(lambda: defaultdict(list))
    for participant_id, skill, day, level in rows:
        found[participant_id][skill].append((day, level))
    return found


def level_on(evidence: Evidence, participant_id: int, skill: str, day: date) -> str | None:
    """The newest word on one skill up to the day."""
    said = evidence.read(levels).get(participant_id, {}).get(skill, ())
    at = bisect_right(said, day, key=lambda one: one[0])
    return said[at - 1][1] if at else None


def needs_support_on(evidence: Evidence, participant_id: int, day: date) -> bool:
    """Whether language support is asked for, by what was known of her levels on the day."""
    return needs_language_support({skill: level_on(evidence, participant_id, skill, day) for skill in SKILLS})


def languages(evidence: Evidence) -> Mapping[int, frozenset[str]]:
    """Participant → the languages she uses."""
    rows = evidence.session.execute(
        select(ParticipantLanguage.participant_id, ParticipantLanguage.language)
        .join(Participant, Participant.id == ParticipantLanguage.participant_id)
        .where(Participant.office_id.in_(evidence.window.offices))
    )
    found: dict[int, set[str]] = defaultdict(set)
    for participant_id, language in rows:
        found[participant_id].add(language)
    return {participant_id: frozenset(codes) for participant_id, codes in found.items()}


def bookings(evidence: Evidence) -> Sequence[BookingRow]:
    """The decisions on an interpreter at contacts that were held within the window."""
    window = evidence.window
    rows = evidence.session.execute(
        select(
            Contact.case_id, Contact.id, Contact.happened_on, InterpreterBooking.needed, InterpreterBooking.came_as
        )
        .join(InterpreterBooking, InterpreterBooking.contact_id == Contact.id)
        .where(Contact.office_id.in_(window.offices), Contact.status == HELD, Contact.case_id.is_not(None))
        .where(Contact.happened_on >= window.from_on, Contact.happened_on <= window.to_on)
        .order_by(Contact.happened_on, Contact.id)
    )
    return [BookingRow(case_id, number, day, needed == "yes", who) for case_id, number, day, needed, who in rows]


def looked_into(evidence: Evidence) -> frozenset[int]:
    """The contacts at which a child interpreted, and which a supervisor had answered by the end of the window."""
    window = evidence.window
    rows = evidence.session.execute(
        select(SupervisorRequest.contact_id, SupervisorRequest.answered_at)
        .join(Case, Case.id == SupervisorRequest.case_id)
        .where(Case.office_id.in_(window.offices), SupervisorRequest.kind == CHILD_NOTICE)
        .where(SupervisorRequest.answered_at.is_not(None), SupervisorRequest.contact_id.is_not(None))
    )
    return frozenset(
        number for number, at in rows if number is not None and at and at.astimezone(NORWAY).date() <= window.to_on
    )


def tests(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Participant → the days on which she took a test of Norwegian."""
    window = evidence.window
    rows = evidence.session.execute(
        select(LanguageTest.id, LanguageTest.voids_id, LanguageTest.participant_id, LanguageTest.taken_on)
        .join(Participant, Participant.id == LanguageTest.participant_id)
        .where(Participant.office_id.in_(window.offices))
    ).all()
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    found: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        if row.voids_id is None and row.id not in voided and row.taken_on <= window.to_on:
            found[row.participant_id].append(row.taken_on)
    return found


def norwegian_at_work(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Case → the days of visits at which Norwegian was trained in the work itself."""
    window = evidence.window
    rows = evidence.session.execute(
        select(Contact.case_id, Contact.happened_on)
        .join(ContactText, ContactText.contact_id == Contact.id)
        .where(Contact.office_id.in_(window.offices), Contact.status == HELD, Contact.case_id.is_not(None))
        .where(Contact.happened_on <= window.to_on, ContactText.part == AT_WORK)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for case_id, day in rows:
        if case_id is not None:
            found[case_id].append(day)
    return found
