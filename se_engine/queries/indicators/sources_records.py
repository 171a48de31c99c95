"""Sources: what was told of a participant – fields, levels of Norwegian, consents – and of her referral."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, select

from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.participants import Consent, FieldValue, LanguageLevel, Participant
from se_engine.records.referrals import ReferralDecision


class FieldRow(NamedTuple):
    """An answer to a field, or that it was taken back; never what it says, unless that is an ordinary code."""

    participant_id: int
    field: str
    entry: int
    code: str | None
    told: int
    """0: taken back."""
    happened_on: date


class LevelRow(NamedTuple):
    participant_id: int
    skill: str
    level: str | None
    source: str
    happened_on: date


class ConsentRow(NamedTuple):
    participant_id: int
    line: str
    answer: str
    form: str
    language: str | None
    happened_on: date


class DecisionRow(NamedTuple):
    participant_id: int
    decision: str
    reason: str | None
    decided_on: date


def fields(evidence: Evidence) -> Mapping[int, Sequence[FieldRow]]:
    """Participant → every answer by the end of the window, in the order in which they were told."""
    window = evidence.window
    told = case((FieldValue.code.is_(None) & FieldValue.text_id.is_(None), 0), else_=1)
    rows = evidence.rows(
        select(
            FieldValue.participant_id, FieldValue.field, FieldValue.entry, FieldValue.code, told, FieldValue.happened_on
        )
        .join(Participant, Participant.id == FieldValue.participant_id)
        .where(Participant.office_id.in_(window.offices), FieldValue.happened_on <= window.to_on)
        .order_by(FieldValue.id)
    )
    found: dict[int, list[FieldRow]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(FieldRow._make(row))
    return found


def standing_fields(evidence: Evidence) -> Mapping[int, Mapping[str, Mapping[int, FieldRow]]]:
    """Participant → field → entry → the newest answer, without those that were taken back."""
    found: dict[int, dict[str, dict[int, FieldRow]]] = {}
    for participant_id, rows in evidence.read(fields).items():
        newest = {(row.field, row.entry): row for row in rows}
        hers: dict[str, dict[int, FieldRow]] = defaultdict(dict)
        for (field, entry), row in newest.items():
            if row.told:
                hers[field][entry] = row
        found[participant_id] = hers
    return found


def levels(evidence: Evidence) -> Mapping[int, Sequence[LevelRow]]:
    """Participant → what was said of her Norwegian by the end of the window, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(
            LanguageLevel.participant_id, LanguageLevel.skill, LanguageLevel.level, LanguageLevel.source,
            LanguageLevel.happened_on,
        )
        .join(Participant, Participant.id == LanguageLevel.participant_id)
        .where(Participant.office_id.in_(window.offices), LanguageLevel.happened_on <= window.to_on)
        .order_by(LanguageLevel.happened_on, LanguageLevel.id)
    )  # fmt: skip
    found: dict[int, list[LevelRow]] = defaultdict(list)
    for row in rows:
        found[row.participant_id].append(LevelRow._make(row))
    return found


def level_on(evidence: Evidence, participant_id: int, skill: str, day: date) -> str | None:
    """The newest word on one skill up to a day; None where nobody said, or it was not known."""
    said = [r.level for r in evidence.read(levels).get(participant_id, ()) if r.skill == skill and r.happened_on <= day]
    return said[-1] if said else None


def consents(evidence: Evidence) -> Mapping[int, Sequence[ConsentRow]]:
    """Participant → her answers by the end of the window, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(
            Consent.participant_id, Consent.line, Consent.answer, Consent.form, Consent.language, Consent.happened_on
        )
        .join(Participant, Participant.id == Consent.participant_id)
        .where(Participant.office_id.in_(window.offices), Consent.happened_on <= window.to_on)
        .order_by(Consent.happened_on, Consent.id)
    )
    found: dict[int, list[ConsentRow]] = defaultdict(list)
    for row in rows:
        found[row.participant_id].append(ConsentRow._make(row))
    return found


def decisions(evidence: Evidence) -> Mapping[int, Sequence[DecisionRow]]:
    """Participant → what was decided about her referral by the end of the window, the newest last."""
    window = evidence.window
    rows = evidence.rows(
        select(
            ReferralDecision.participant_id, ReferralDecision.decision, ReferralDecision.reason,
            ReferralDecision.decided_on,
        )
        .join(Participant, Participant.id == ReferralDecision.participant_id)
        .where(Participant.office_id.in_(window.offices), ReferralDecision.decided_on <= window.to_on)
        .order_by(ReferralDecision.id)
    )  # fmt: skip
    found: dict[int, list[DecisionRow]] = defaultdict(list)
    for row in rows:
        found[row.participant_id].append(DecisionRow._make(row))
    return found
