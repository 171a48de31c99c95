"""What it takes to go through the process by ordinary moves: the notes, the facts and the moves of each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tests.support.people import EMPLOYER

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor

ORDINARY_MOVES = {
    "profiling": "begin_profiling",
    "job_finding": "begin_job_finding",
    "employer_engagement": "begin_employer_engagement",
    "job_support": "begin_job_support",
    "follow_up": "begin_follow_up",
    "ended": "close_follow_up",
}
"""The step reached, and the move that reaches it, in the order of the process."""

NOTES = {
    "engagement": ("T1-S3", "T1-M1", "T1-K1"),
    "profiling": ("T2-A07", "T2-M3", "T2-K1"),
    "job_finding": ("T3-S1", "T3-K1"),
    "employer_engagement": ("T4-A10", "T4-S1", "T4-M3", "T4-K1"),
    "job_support": ("T5-A10", "T5-S1", "T5-M4", "T5-K1"),
}
"""What one note of each step tells of: its line is evidence for all of them."""

FACTS = {
    "engagement": {"T1-A14": ""},
    "profiling": {"T2-M5": ""},
    "employer_engagement": {"T4-A08": "ordinary", "T4-A05": "2"},
    "job_support": {"T5-A15": "", "T5-M5": "4,4,5,3,5"},
}
"""The facts of each step that close a task, and the value each is recorded with."""


def take_next_move(session: Session, actor: Actor, case: Case, on: date) -> Case:
    """Everything the next ordinary move requires, on one day, and the move."""
    answer_step(session, actor, case, on)
    return move_on(session, actor, case, on)


def move_on(session: Session, actor: Actor, case: Case, on: date) -> Case:
    from se_engine.actions.cases import advance

    order = ["engagement", *ORDINARY_MOVES]
    trigger = ORDINARY_MOVES[order[order.index(case.step) + 1]]
    end_reason = "work" if case.step == "follow_up" else None
    note = "The meeting came late because the first employer withdrew." if case.step == "job_finding" else ""
    return advance(
        session, actor, case.id, trigger, seen_version=case.version, happened_on=on, note=note, end_reason=end_reason
    )


def answer_step(session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER) -> None:
    """One note, the facts, and whatever has a record of its own, for the step the case stands in."""
    if case.step == "job_finding":
        finds_employer(session, actor, case, on, employer)
    if case.step in OWN_RECORDS:
        OWN_RECORDS[case.step](session, actor, case, on)
    if case.step in NOTES:
        done(session, actor, case, on, *NOTES[case.step], employer=employer)
    for key, value in FACTS.get(case.step, {}).items():
        done(session, actor, case, on, key, value=value, words="", employer=employer)


def done(
    session: Session,
    actor: Actor,
    case: Case,
    on: date,
    *keys: str,
    words: str = "We talked it through, and she told it back.",
    value: str = "",
    employer: str = "",
) -> None:
    from se_engine.actions.tasks import record_tasks
    from se_engine.rules.facts import TaskStatus

    record_tasks(
        session, actor, case.id, keys=keys, status=TaskStatus.DONE, happened_on=on, words=words, value=value,
        employer=employer,
    )  # fmt: skip


def _asks_consents_and_interpreter(session: Session, actor: Actor, case: Case, on: date) -> None:
    from se_engine.actions.consents import record_consent
    from se_engine.actions.participants import change_facts
    from se_engine.rules.consents import LINES

    for line in LINES:
        record_consent(
            session, actor, case.participant_id, line=line, answer="yes", form="oral", happened_on=on, language="nb"
        )
    if case.participant.interpreter_need is None:
        change_facts(session, actor, case.participant_id, seen_version=None, interpreter_need="no")


def estimates_levels(session: Session, actor: Actor, case: Case, on: date) -> None:
    from se_engine.actions.languages import record_levels
    from se_engine.rules.languages import SKILLS

    levels = dict.fromkeys(SKILLS, "A2")
    record_levels(session, actor, case.participant_id, levels=levels, source="own_estimate", happened_on=on)


def _finds_a_job(session: Session, actor: Actor, case: Case, on: date) -> None:
    from se_engine.actions.jobs import start_job

    start_job(
        session, actor, case.id, started_on=on, employer=EMPLOYER, occupation="baker", hours_per_week=30,
        contract="permanent", paid=True, subsidy=False,
    )  # fmt: skip


def _closing_talk(session: Session, actor: Actor, case: Case, on: date) -> None:
    from se_engine.actions.closing import record_closing_talk

    record_closing_talk(
        session, actor, case.id, happened_on=on, last_answer="this_job", whom_to_call_language="nb",
        decision="I manage on my own now.",
    )  # fmt: skip


def meets_employer(
    session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER, about: str = "job"
) -> None:
    """A held meeting about a concrete job; it opens the track, which then stands where both have said yes to meet."""
    from se_engine.actions.contacts import record_note
    from se_engine.actions.employers import find_employer
    from se_engine.rules.contacts import Note

    place = find_employer(session, case.office_id, employer)
    note = Note(
        on, "employer", "in_person", employer_id=place.id, participant_present="no", concrete_job=about,
    )  # fmt: skip
    record_note(session, actor, case.id, note)


def decides_what_is_told(
    session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER, decision: str = "told"
) -> None:
    from se_engine.actions.disclosures import record_disclosure
    from se_engine.actions.employers import find_employer

    place = find_employer(session, case.office_id, employer)
    record_disclosure(
        session, actor, case.id, place.id, decision=decision, may_tell=() if decision == "not_told" else ("name",),
        by_whom="together", words="Say that I can bake.", happened_on=on,
    )  # fmt: skip


def scores_the_match(
    session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER, score: int = 4
) -> None:
    from se_engine.actions.employers import find_employer
    from se_engine.actions.matches import record_match
    from se_engine.queries.track_facts import running_track

    track = running_track(session, case.id, find_employer(session, case.office_id, employer).id)
    assert track is not None
    record_match(session, actor, track.id, happened_on=on, skills={}, own_score=score)


def finds_employer(session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER) -> None:
    """The meeting, what may be told, and her score: the three facts of an employer."""
    meets_employer(session, actor, case, on, employer)
    decides_what_is_told(session, actor, case, on, employer)
    scores_the_match(session, actor, case, on, employer)


OWN_RECORDS: dict[str, Callable[[Session, Actor, Case, date], None]] = {
    "engagement": _asks_consents_and_interpreter,
    "profiling": estimates_levels,
    "job_support": _finds_a_job,
    "follow_up": _closing_talk,
}
