"""Sources: the cases of the offices, their stays, who had them, who rested, and who it is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select

from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.cases import Case, CaseOwner, Pause, StepPeriod
from se_engine.records.participants import Participant


class CaseRow(NamedTuple):
    """One case as it was known at the end of the window."""

    id: int
    participant_id: int
    office_id: int
    team_id: int | None
    opened_on: date
    ended_on: date | None
    end_reason: str | None


class StayRow(NamedTuple):
    case_id: int
    step: str
    entered_on: date
    left_on: date | None
    left_to: str | None


class PersonRow(NamedTuple):
    """A participant, without anything that names her."""

    id: int
    office_id: int
    referred_on: date | None
    referred_by: str | None
    sex: str | None
    country: str | None
    arrived_year: int | None
    highest_education: str | None
    interpreter_need: str | None
    interpreter_language: str | None


def cases(evidence: Evidence) -> Mapping[int, CaseRow]:
    """Every case that was opened by the end of the window, by number; an end after it has not happened yet."""
    window = evidence.window
    found = select(
        Case.id, Case.participant_id, Case.office_id, Case.team_id, Case.opened_on, Case.ended_on, Case.end_reason
    ).where(Case.office_id.in_(window.offices), Case.opened_on <= window.to_on)
    rows = {row.id: CaseRow._make(row) for row in evidence.rows(found.order_by(Case.id))}
    later = {number for number, row in rows.items() if row.ended_on is not None and row.ended_on > window.to_on}
    return {n: row._replace(ended_on=None, end_reason=None) if n in later else row for n, row in rows.items()}


def cases_of_person(evidence: Evidence) -> Mapping[int, Sequence[CaseRow]]:
    """Participant → her cases, the first first."""
    found: dict[int, list[CaseRow]] = defaultdict(list)
    for row in sorted(evidence.read(cases).values(), key=lambda one: (one.opened_on, one.id)):
        found[row.participant_id].append(row)
    return found


def opened(evidence: Evidence) -> Sequence[CaseRow]:
    """The new cases: opened within the window."""
    return [row for row in evidence.read(cases).values() if evidence.window.holds(row.opened_on)]


def ran(evidence: Evidence) -> Sequence[CaseRow]:
    """The cases that ran on some day of the window."""
    from_on = evidence.window.from_on
    return [row for row in evidence.read(cases).values() if row.ended_on is None or row.ended_on >= from_on]


def running(evidence: Evidence) -> Sequence[CaseRow]:
    """The cases that ran at the end of the window's last day, paused ones too."""
    return [row for row in evidence.read(cases).values() if row.ended_on is None]


def active(evidence: Evidence) -> Sequence[CaseRow]:
    """Those of them that were not paused then."""
    resting = evidence.read(paused)
    return [row for row in evidence.read(running) if row.id not in resting]


def stays(evidence: Evidence) -> Mapping[int, Sequence[StayRow]]:
    """Case → its stays in order; one that was left after the window is still open."""
    window = evidence.window
    rows = evidence.rows(
        select(StepPeriod.case_id, StepPeriod.step, StepPeriod.entered_on, StepPeriod.left_on, StepPeriod.left_to)
        .where(StepPeriod.office_id.in_(window.offices), StepPeriod.entered_on <= window.to_on)
        .order_by(StepPeriod.case_id, StepPeriod.ordinal)
    )
    found: dict[int, list[StayRow]] = defaultdict(list)
    for one in rows:
        stay = StayRow._make(one)
        open_still = stay.left_on is not None and stay.left_on > window.to_on
        found[stay.case_id].append(stay._replace(left_on=None, left_to=None) if open_still else stay)
    return found


def step_now(evidence: Evidence) -> Mapping[int, str]:
    """Case → the step it stood in at the end of the window, of those that ran."""
    standing = evidence.read(stays)
    return {row.id: standing[row.id][-1].step for row in evidence.read(running) if row.id in standing}


def paused(evidence: Evidence) -> frozenset[int]:
    """The cases that rested at the end of the window's last day."""
    window = evidence.window
    rows = evidence.rows(
        select(StepPeriod.case_id)
        .join(Pause, Pause.period_id == StepPeriod.id)
        .where(StepPeriod.office_id.in_(window.offices), Pause.started_on <= window.to_on)
        .where(or_(Pause.ended_on.is_(None), Pause.ended_on > window.to_on))
    )
    return frozenset(case_id for (case_id,) in rows)


def owners(evidence: Evidence) -> Mapping[int, int | None]:
    """Case → who had it at the end of the window: of those who took it over by then, the last who was recorded."""
    window = evidence.window
    rows = evidence.rows(
        select(CaseOwner.case_id, CaseOwner.user_id)
        .join(Case, Case.id == CaseOwner.case_id)
        .where(Case.office_id.in_(window.offices), CaseOwner.from_on <= window.to_on)
        .order_by(CaseOwner.id)
    )
    return {row.case_id: row.user_id for row in rows}


def persons(evidence: Evidence) -> Mapping[int, PersonRow]:
    """The participants of the offices, with a case or without, by number."""
    rows = evidence.rows(
        select(
            Participant.id, Participant.office_id, Participant.referred_on, Participant.referred_by, Participant.sex,
            Participant.country, Participant.arrived_year, Participant.highest_education,
            Participant.interpreter_need, Participant.interpreter_language,
        ).where(Participant.office_id.in_(evidence.window.offices))
    )  # fmt: skip
    return {row.id: PersonRow._make(row) for row in rows}
