"""Sources: the languages she uses, who interpreted at which contact, and what was done for her Norwegian."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, or_, select

from se_engine import processes
from se_engine.clock import NORWAY
from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.indicators.sources_cases import CaseRow
from se_engine.queries.indicators.sources_contacts import of_case
from se_engine.queries.indicators.sources_records import level_on
from se_engine.queries.indicators.sources_work import DONE, shared_keys, tasks
from se_engine.records.career import LanguageTest
from se_engine.records.cases import Case, StepPeriod, SupervisorRequest, Waiting
from se_engine.records.contacts import Contact, ContactText, InterpreterBooking
from se_engine.records.participants import Participant, ParticipantLanguage
from se_engine.rules.contacts import HELD
from se_engine.rules.languages import SKILLS, needs_language_support

CHILD_NOTICE, AT_WORK, TEACHER = "child_interpreted", "workplace_norwegian", "teacher"
LANGUAGE = "language"


class BookingRow(NamedTuple):
    """Whether an interpreter was needed at a contact that was held, and who interpreted."""

    case_id: int
    contact_id: int
    happened_on: date
    needed: int
    came_as: str | None


def languages(evidence: Evidence) -> Mapping[int, frozenset[str]]:
    """Participant → the languages she uses."""
    rows = evidence.rows(
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
    needed = case((InterpreterBooking.needed == "yes", 1), else_=0)
    rows = evidence.rows(
        select(Contact.case_id, Contact.id, Contact.happened_on, needed, InterpreterBooking.came_as)
        .join(InterpreterBooking, InterpreterBooking.contact_id == Contact.id)
        .where(Contact.office_id.in_(window.offices), Contact.status == HELD, Contact.case_id.is_not(None))
        .where(Contact.happened_on >= window.from_on, Contact.happened_on <= window.to_on)
        .order_by(Contact.happened_on, Contact.id)
    )
    return [BookingRow(*row) for row in rows]


def looked_into(evidence: Evidence) -> frozenset[int]:
    """The contacts at which a child interpreted, and which a supervisor had answered by the end of the window."""
    window = evidence.window
    rows = evidence.rows(
        select(SupervisorRequest.contact_id, SupervisorRequest.answered_at)
        .join(Case, Case.id == SupervisorRequest.case_id)
        .where(Case.office_id.in_(window.offices), SupervisorRequest.kind == CHILD_NOTICE)
        .where(SupervisorRequest.answered_at.is_not(None), SupervisorRequest.contact_id.is_not(None))
    )
    return frozenset(number for number, at in rows if at.astimezone(NORWAY).date() <= window.to_on)


def known_on(evidence: Evidence) -> Mapping[int, date]:
    """Participant → since when it is known whether she needs an interpreter, and in which language."""
    return dict(
        evidence.rows(
            select(Participant.id, Participant.interpreter_known_on).where(
                Participant.office_id.in_(evidence.window.offices),
                Participant.interpreter_known_on.is_not(None),
                or_(Participant.interpreter_need == "no", Participant.interpreter_language.is_not(None)),
            )
        )
    )


def waits_for_language(evidence: Evidence) -> frozenset[int]:
    """The cases that wait for language at the end of the window's last day."""
    window = evidence.window
    rows = evidence.rows(
        select(StepPeriod.case_id)
        .join(Waiting, Waiting.period_id == StepPeriod.id)
        .where(StepPeriod.office_id.in_(window.offices), Waiting.waiting_for == LANGUAGE)
        .where(Waiting.started_on <= window.to_on)
        .where(or_(Waiting.ended_on.is_(None), Waiting.ended_on > window.to_on))
    )
    return frozenset(row.case_id for row in rows)


def tests(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Participant → the days on which she took a test of Norwegian."""
    window = evidence.window
    rows = evidence.rows(
        select(LanguageTest.id, LanguageTest.voids_id, LanguageTest.participant_id, LanguageTest.taken_on)
        .join(Participant, Participant.id == LanguageTest.participant_id)
        .where(Participant.office_id.in_(window.offices))
    )
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    found: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        if row.voids_id is None and row.id not in voided and row.taken_on <= window.to_on:
            found[row.participant_id].append(row.taken_on)
    return found


def norwegian_at_work(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Case → the days of visits at which Norwegian was trained in the work itself."""
    window = evidence.window
    rows = evidence.rows(
        select(Contact.case_id, Contact.happened_on)
        .join(ContactText, ContactText.contact_id == Contact.id)
        .where(Contact.office_id.in_(window.offices), Contact.status == HELD, Contact.case_id.is_not(None))
        .where(Contact.happened_on <= window.to_on, ContactText.part == AT_WORK)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for case_id, day in rows:
        found[case_id].append(day)
    return found


def activities(evidence: Evidence) -> Mapping[int, frozenset[date]]:
    """Case → the days on which something was done for her Norwegian.

    A task of the dimension language, a talk with her teacher, Norwegian trained in the work, a test.
    """
    found: dict[int, set[date]] = defaultdict(set)
    wanted = _language_tasks()
    for case_id, told in evidence.read(tasks).items():
        found[case_id] |= {row.happened_on for row in told if row.status == DONE and row.task in wanted}
    for case_id, held in evidence.read(of_case).items():
        found[case_id] |= {row.happened_on for row in held if row.held and row.kind == TEACHER}
    for case_id, days in evidence.read(norwegian_at_work).items():
        found[case_id] |= set(days)
    return {case_id: frozenset(days) for case_id, days in found.items()}


def worked_on(evidence: Evidence, case: CaseRow, first: date, last: date) -> bool:
    """Whether something was done for her Norwegian from the first to the last day, both included."""
    days: Iterable[date] = evidence.read(activities).get(case.id, frozenset())
    tested = evidence.read(tests).get(case.participant_id, ())
    return any(first <= day <= last for day in (*days, *tested))


def needs_support_on(evidence: Evidence, participant_id: int, day: date) -> bool:
    """Whether language support is asked for, by what was known of her levels on the day."""
    return needs_language_support({skill: level_on(evidence, participant_id, skill, day) for skill in SKILLS})


def _language_tasks() -> frozenset[str]:
    shared = shared_keys()
    return frozenset(shared[task.key] for task in processes.latest().tasks if task.dimension == LANGUAGE)
