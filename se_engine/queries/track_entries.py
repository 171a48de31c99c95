"""Employer tracks as lines of a case's timeline: opened, moved, ended; what may be told; how it matched."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.entries import Entry, Withdrawal
from se_engine.records.employers import Employer
from se_engine.records.tracks import Disclosure, Match, Track, TrackEvent
from se_engine.rules.process import Process
from se_engine.rules.tracks import CLOSE, CLOSING_TALK

OF_TRIGGER = {None: "track_opened", CLOSE: "track_closed", CLOSING_TALK: "track_closing_talk"}
IN_VERSIONS = {"disclosure_decision": "disclosed", "match_score": "matched"}
"""Facts that have a line of their own: the answer to the task they close is not told a second time."""


def track_entries(session: Session, case_id: int, *, limit: int | None = None) -> list[Entry]:
    """What a contact, a job or a move of the case did to a track is told by that; with a limit only what stands."""
    void = aliased(TrackEvent)
    rows = session.execute(
        select(TrackEvent, Employer.name, void)
        .join(Track, Track.id == TrackEvent.track_id)
        .join(Employer, Employer.id == Track.employer_id)
        .outerjoin(void, void.voids_id == TrackEvent.id)
        .where(
            Track.case_id == case_id,
            TrackEvent.voids_id.is_(None),
            TrackEvent.history_id.is_(None),
            TrackEvent.contact_id.is_(None),
            *([void.id.is_(None)] if limit is not None else []),
        )
        .order_by(TrackEvent.happened_on.desc(), TrackEvent.id.desc())
        .limit(limit)
    )
    moved = [_of_event(event, employer, taken) for event, employer, taken in rows]
    return moved + _disclosures(session, case_id, limit) + _matches(session, case_id, limit)


def _of_event(event: TrackEvent, employer: str, taken: TrackEvent | None) -> Entry:
    return Entry(
        kind=OF_TRIGGER.get(event.trigger, "track_moved"),
        happened_on=event.happened_on,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        id=event.id,
        text_id=event.text_id,
        step=event.step,
        from_step=event.from_step,
        trigger=event.trigger,
        decided_by=event.decided_by,
        code=event.reason,
        employer=employer,
        open_requirements=tuple(event.open_requirements or ()),
        withdrawal=Withdrawal(taken.recorded_at, taken.recorded_by, taken.text_id) if taken else None,
        track_id=event.track_id,
    )


def _disclosures(session: Session, case_id: int, limit: int | None) -> list[Entry]:
    rows = session.execute(
        select(Disclosure, Employer.name)
        .join(Employer, Employer.id == Disclosure.employer_id)
        .where(Disclosure.case_id == case_id)
        .order_by(Disclosure.happened_on.desc(), Disclosure.id.desc())
        .limit(limit)
    )
    return [
        Entry(
            "disclosed",
            made.happened_on,
            made.recorded_at,
            made.recorded_by,
            made.id,
            text_id=made.words_text_id or made.not_told_text_id,
            code=made.decision,
            employer=employer,
            own_words=True,
        )
        for made, employer in rows
    ]


def _matches(session: Session, case_id: int, limit: int | None) -> list[Entry]:
    rows = session.execute(
        select(Match, Employer.name)
        .join(Track, Track.id == Match.track_id)
        .join(Employer, Employer.id == Track.employer_id)
        .where(Track.case_id == case_id)
        .order_by(Match.happened_on.desc(), Match.id.desc())
        .limit(limit)
    )
    return [
        Entry(
            "matched",
            made.happened_on,
            made.recorded_at,
            made.recorded_by,
            made.id,
            text_id=made.words_text_id,
            code=str(made.own_score) if made.own_score else None,
            employer=employer,
            own_words=made.own_score is not None,
            track_id=made.track_id,
        )
        for made, employer in rows
    ]


def not_told_twice(process: Process, answers: Iterable[Entry], told: Iterable[Entry]) -> list[Entry]:
    """The answers to tasks without those that a decision or a sheet of the same day and employer has closed."""
    known = {(entry.kind, entry.employer, entry.happened_on) for entry in told}
    left = []
    for entry in answers:
        kept = [
            (key, record)
            for key, record in zip(entry.tasks, entry.records, strict=True)
            if (_kind(process, key), entry.employer, entry.happened_on) not in known
        ]
        if kept:
            left.append(replace(entry, tasks=tuple(k for k, _ in kept), records=tuple(r for _, r in kept)))
    return left


def _kind(process: Process, key: str) -> str | None:
    task = process.task_by_key.get(key)
    return IN_VERSIONS.get(task.closed_by or "") if task else None
