"""Sources: which fields of the record are answered since when, education from abroad, goals of her own.

What the answers say stays sealed: it is asked only whether there is one, and of which day.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, or_, select

from se_engine.clock import NORWAY
from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.career import Qualification, Recognition
from se_engine.records.cases import Case
from se_engine.records.choices import Goal
from se_engine.records.participants import Consent, FieldValue, Participant

FIELDS = (
    "literacy_mother_tongue", "digital_email", "job_wishes", "schooling_country", "recognition_status",
    "work_experience", "network_roles", "norwegian_class",
)  # fmt: skip
HER_WORDS = ("own", "interpreted")
Answer = tuple[date, bool]
"""The day, and whether there is an answer from then on; without one it was taken back."""


def fields(evidence: Evidence) -> Mapping[int, Mapping[str, Mapping[int, Sequence[Answer]]]]:
    """Participant → field → entry → its answers in the order of their days."""
    window = evidence.window
    there = case((or_(FieldValue.code.is_not(None), FieldValue.text_id.is_not(None)), 1), else_=0)
    rows = evidence.session.execute(
        select(FieldValue.participant_id, FieldValue.field, FieldValue.entry, FieldValue.happened_on, there)
        .join(Participant, Participant.id == FieldValue.participant_id)
        .where(Participant.office_id.in_(window.offices), FieldValue.field.in_(FIELDS))
        .where(FieldValue.happened_on <= window.to_on)
        .order_by(FieldValue.happened_on, FieldValue.id)
    )
    found: dict[int, dict[str, dict[int, list[Answer]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for participant_id, field, entry, day, answered in rows:
        found[participant_id][field][entry].append((day, bool(answered)))
    return found


def answers_on(evidence: Evidence, participant_id: int, field: str, day: date) -> int:
    """How many entries of a field are answered on a day."""
    entries = evidence.read(fields).get(participant_id, {}).get(field, {})
    newest = ([answered for since, answered in told if since <= day][-1:] for told in entries.values())
    return sum(bool(one and one[0]) for one in newest)


class AbroadRow(NamedTuple):
    """Education or a trade from abroad, and when its recognition was looked at."""

    participant_id: int
    known_on: date
    considered_on: date | None


def abroad(evidence: Evidence) -> Sequence[AbroadRow]:
    """Every qualification that was known by the end of the window, with the first word on its recognition."""
    window = evidence.window
    here: ColumnElement[bool] = Participant.office_id.in_(window.offices)
    looked: dict[int, date] = {}
    told = (
        select(Recognition.qualification_id, Recognition.happened_on)
        .join(Qualification, Qualification.id == Recognition.qualification_id)
        .join(Participant, Participant.id == Qualification.participant_id)
        .where(here, Recognition.happened_on <= window.to_on)
        .order_by(Recognition.happened_on)
    )
    for number, day in evidence.session.execute(told):
        looked.setdefault(number, day)
    rows = evidence.session.execute(
        select(Qualification.id, Qualification.participant_id, Qualification.recorded_at)
        .join(Participant, Participant.id == Qualification.participant_id)
        .where(here, ~Qualification.voided)
        .order_by(Qualification.id)
    )
    found = [
        AbroadRow(participant_id, at.astimezone(NORWAY).date(), looked.get(number))
        for number, participant_id, at in rows
    ]
    return [row for row in found if row.known_on <= window.to_on]


def own_goals(evidence: Evidence) -> frozenset[int]:
    """The cases with a goal in her own words, or as they were interpreted."""
    window = evidence.window
    rows = evidence.session.execute(
        select(Goal.case_id)
        .join(Case, Case.id == Goal.case_id)
        .where(Case.office_id.in_(window.offices), Goal.set_on <= window.to_on, Goal.whose.in_(HER_WORDS))
    )
    return frozenset(case_id for (case_id,) in rows)


def first_consents(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Participant → the days on which she said yes to something, the first first."""
    window = evidence.window
    rows = evidence.session.execute(
        select(Consent.participant_id, Consent.happened_on)
        .join(Participant, Participant.id == Consent.participant_id)
        .where(Participant.office_id.in_(window.offices), Consent.happened_on <= window.to_on, Consent.answer == "yes")
        .order_by(Consent.happened_on, Consent.id)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for participant_id, day in rows:
        found[participant_id].append(day)
    return found
