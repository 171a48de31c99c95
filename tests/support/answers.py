"""What it takes to go through the process by ordinary moves: the notes, the facts and the moves of each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.support.people import EMPLOYER

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.records.jobs import Job
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
    "employer_engagement": ("T4-S1", "T4-K1"),
    "job_support": ("T5-A10", "T5-S1", "T5-K1"),
}
"""What one note of each step tells of: its line is evidence for all of them."""


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
    if case.step in OWN_RECORDS:
        OWN_RECORDS[case.step](session, actor, case, on, employer)
    if case.step in NOTES:
        done(session, actor, case, on, *NOTES[case.step], employer=employer)


def done(
    session: Session,
    actor: Actor,
    case: Case,
    on: date,
    *keys: str,
    words: str = "We talked it through, and she told it back.",
    employer: str = "",
) -> None:
    from se_engine.actions.tasks import record_tasks
    from se_engine.rules.facts import TaskStatus

    record_tasks(
        session, actor, case.id, keys=keys, status=TaskStatus.DONE, happened_on=on, words=words, employer=employer
    )


def agrees(
    session: Session, actor: Actor, case: Case, on: date, kind: str, employer: str | None = None, **changed: Any
) -> None:
    """Everybody who has to agree does so at once: the document says all that it must."""
    from se_engine.actions.document_agreeing import agree_on
    from se_engine.actions.employers import find_employer
    from tests.support.documents import filled

    place = find_employer(session, case.office_id, employer).id if employer else None
    agree_on(
        session, actor, case.id, kind, filled(kind, on=on, **changed), happened_on=on, employer_id=place, language="nb",
        interpreter="no",
    )  # fmt: skip


def _begins(session: Session, actor: Actor, case: Case, on: date, employer: str) -> None:
    asks_consents_and_interpreter(session, actor, case, on)
    agrees(session, actor, case, on, "cooperation_agreement")


def _is_profiled(session: Session, actor: Actor, case: Case, on: date, employer: str) -> None:
    estimates_levels(session, actor, case, on)
    agrees(session, actor, case, on, "vocational_profile", plans=None)


def arranges_work(session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER) -> None:
    """The agreement of three, which names the buddy, and the first rung of the ladder."""
    placement_only: dict[str, Any] = {"ends_on": None, "decision_on": None, "pay_plan": None}
    agrees(session, actor, case, on, "three_party_agreement", employer, buddy_hours="2", **placement_only)
    puts_on_the_ladder(session, actor, case, on, employer)


def puts_on_the_ladder(session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER) -> None:
    from se_engine.actions.employers import find_employer
    from se_engine.actions.training import add_rung

    place = find_employer(session, case.office_id, employer)
    add_rung(session, actor, case.id, place.id, step=1, task="Sets the tables.", added_on=on)


def _works_and_steps_down(session: Session, actor: Actor, case: Case, on: date, employer: str) -> None:
    """A paid job, its plan confirmed, her five scores, and the step-down plan."""
    from se_engine.actions.schedules import confirm_plan

    job = finds_a_job(session, actor, case, on, employer)
    confirm_plan(session, actor, case.id, job.id, happened_on=on)
    scores_the_month(session, actor, case, on)
    agrees(session, actor, case, on, "step_down_plan")


def scores_the_month(session: Session, actor: Actor, case: Case, on: date) -> None:
    from se_engine.actions.scores import record_scores

    record_scores(session, actor, case.id, happened_on=on, safe=4, understand=4, learn=5, belong=3, stay=5)


def asks_consents_and_interpreter(session: Session, actor: Actor, case: Case, on: date) -> None:
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


def finds_a_job(session: Session, actor: Actor, case: Case, on: date, employer: str = EMPLOYER) -> Job:
    from se_engine.actions.jobs import start_job

    return start_job(
        session, actor, case.id, started_on=on, employer=employer, occupation="baker", hours_per_week=30,
        contract="permanent", paid=True, subsidy=False,
    )  # fmt: skip


def _closing_talk(session: Session, actor: Actor, case: Case, on: date, employer: str) -> None:
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


OWN_RECORDS: dict[str, Callable[[Session, Actor, Case, date, str], None]] = {
    "engagement": _begins,
    "profiling": _is_profiled,
    "job_finding": finds_employer,
    "employer_engagement": arranges_work,
    "job_support": _works_and_steps_down,
    "follow_up": _closing_talk,
}
