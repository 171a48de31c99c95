"""An employer track: its codes, and where its events have taken it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from se_engine.rules.employers import REFUSALS
from se_engine.rules.errors import NoSuchMove, Refused
from se_engine.rules.facts import CaseFacts, TrackStand
from se_engine.rules.languages import LEVELS, SKILLS
from se_engine.rules.process import Move, Process
from se_engine.rules.vocabulary import check_code

PROCESS = "employer_track"
SAID_YES = ("meeting", "match", "trial", "agreement", "started")
"""The steps in which both have said yes to meet, or have gone on from there."""
MEETING, WORK = "meeting", "started"
WISHES = (1, 2, 3)
KINDS = ("job", "placement")
CLOSE = "close"
CLOSING_TALK = "closing_talk"
CLOSE_REASONS = (
    *(code for code in REFUSALS if code != "other"),
    "chose_another",
    "hours_or_travel",
    "no_answer",
    "participant_declined",
    "other_job",
    "placement_ended",
    "job_ended",
    "opened_by_mistake",
    "other",
)
"""Those of the employers first, in their order."""
WITHOUT_TALK = frozenset({"no_answer", "opened_by_mistake"})
"""Nobody there is waiting to hear how it went."""
TALKS = ("to_be_held", "held", "not_needed")
NOT_ASKED = "none"
"""What a place says of a skill it does not ask for."""
REMEDIES = (
    "none_needed",
    "language_mentor",
    "buddy",
    "course",
    "pictures",
    "changed_task",
    "other_hours",
    "tool",
    "interpreter",
    "other",
)


@dataclass(frozen=True)
class Happening:
    """One event of a track: opened in a step, moved by a trigger, or something that moves nothing."""

    happened_on: date
    trigger: str | None
    step: str
    moves: bool = True


@dataclass(frozen=True)
class Stay:
    step: str
    entered_on: date
    left_on: date | None = None


def replay(process: Process, happenings: Iterable[Happening]) -> tuple[Stay, ...]:
    """The stays the events lead through; Refused where one does not follow from what stands before it."""
    stays: list[Stay] = []
    for found in happenings:
        if not stays:
            stays.append(Stay(found.step, found.happened_on))
        elif found.moves:
            stays[-1] = replace(stays[-1], left_on=found.happened_on)
            stays.append(Stay(_to(process, stays[-1].step, found), found.happened_on))
    return tuple(stays)


def _to(process: Process, step: str, found: Happening) -> str:
    try:
        return process.move(step, found.trigger or "").to
    except NoSuchMove:
        raise Refused("track_does_not_fit") from None


def gap(required: str | None, has: str | None) -> int | None:
    """How many levels are lacking; nought when there are enough, None when either is not known."""
    if required == NOT_ASKED:
        return 0
    if required is None or has is None:
        return None
    return max(0, LEVELS.index(required) - LEVELS.index(has))


def check_track(*, wish: int | None, kind: str | None) -> None:
    if wish is not None and wish not in WISHES:
        raise Refused("wish_unknown", last=WISHES[-1])
    if kind is not None:
        check_code("kind", kind, KINDS)


def check_closing(reason: str, *, skill: str | None, words: str) -> None:
    """Language is too easy a reason: it names the task it failed at, and the skill."""
    if reason not in CLOSE_REASONS:
        raise Refused("close_reason_unknown", allowed=", ".join(CLOSE_REASONS))
    if skill is not None:
        check_code("skill", skill, SKILLS)
    if reason == "language" and (skill is None or not words.strip()):
        raise Refused("language_needs_task_and_skill")
    if reason == "other" and not words.strip():
        raise Refused("reason_needed")


def talk_after(reason: str, step: str, *, held: bool) -> str:
    """What is to become of the closing talk: with a place that was never contacted there is none."""
    if held:
        return "held"
    return "not_needed" if step == "lead" or reason in WITHOUT_TALK else "to_be_held"


def track_named(process: Process, move: Move, facts: CaseFacts) -> TrackStand | None:
    """The track a move of the case goes on with: that of the employer with whom everything is in place.

    Where work has begun, that one; Refused while several would do and none was named.
    """
    if not move.names_track:
        return None
    ready = [
        known.track
        for employer, known in facts.employers.items()
        if known.track is not None and _leads_to_work(process, move, replace(facts, employers={employer: known}))
    ]
    begun = [track for track in ready if track.step == WORK]
    found = begun or ready
    if len(found) > 1 and move.kind == "forward":
        raise Refused("track_needed")
    return found[0] if len(found) == 1 else None


def _leads_to_work(process: Process, move: Move, facts: CaseFacts) -> bool:
    """Whether nothing is missing with the one employer of these facts, and both have said yes to meet there."""
    (known,) = facts.employers.values()
    return known.track is not None and known.track.step in SAID_YES and not process.unmet(move, facts)
