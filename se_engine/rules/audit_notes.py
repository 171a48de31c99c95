"""Notes and appointments of an audit: what belongs to which kind, and when they are written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from se_engine.rules.audits import APPOINTMENTS, SOURCES
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_language
from se_engine.rules.vocabulary import check_code

NOTED_IN = ("on_site", "rating", "agreement")
"""The steps in which auditors write notes and lift a cap."""
PLANNED_IN = ("charter", "self_assessment", "evidence", "sample", "on_site")
ABOUT_A_CASE = ("case", "interview_participant")
"""Sources whose notes belong to a sampled case, and are sealed with what else is known of her."""
HERS = "interview_participant"
INTERPRETERS = ("not_needed", "needed", "ordered", "came", "did_not_come")
SCORES = range(1, 6)
PLANNED, HELD, CANCELLED = STATUSES = ("planned", "held", "cancelled")
ORAL_FEEDBACK = "oral_feedback"
SHORTEST, LONGEST = 5, 600
"""Minutes of an appointment."""


@dataclass(frozen=True)
class Note:
    """What one source said or showed, as it is written down."""

    source: str
    happened_on: date
    words: str
    items: tuple[str, ...]
    language: str | None = None
    interpreter: str | None = None
    score: int | None = None
    may_quote: bool = False


@dataclass(frozen=True)
class Plan:
    """One line of the plan for the days on site."""

    what: str
    on_day: date
    starts_at: time
    minutes: int = 60
    words: str = ""
    voluntary: bool | None = None
    language: str | None = None
    interpreter: str | None = None


def check_note(note: Note, *, about_case: bool, known: Collection[str], on: date) -> None:
    """Refused for what the source cannot say, and for items that the framework does not have."""
    check_code("source", note.source, SOURCES)
    if note.happened_on > on:
        raise Refused("in_the_future", day=note.happened_on.isoformat(), today=on.isoformat())
    if not note.words.strip() and note.score is None:
        raise Refused("note_says_nothing", field="words")
    if note.source in ABOUT_A_CASE and not about_case:
        raise Refused("note_needs_its_case")
    if not note.items:
        raise Refused("note_needs_an_item")
    if set(note.items) - set(known):
        raise Refused("value_unknown", field="items", allowed=", ".join(known))
    if note.source != HERS and (note.score is not None or note.may_quote):
        raise Refused("only_participants_are_quoted")
    if note.score is not None and note.score not in SCORES:
        raise Refused("own_score_unknown", least=SCORES[0], most=SCORES[-1])
    _check_spoken(note.language, note.interpreter)


def check_plan(plan: Plan) -> None:
    check_code("what", plan.what, APPOINTMENTS)
    if not SHORTEST <= plan.minutes <= LONGEST:
        raise Refused("appointment_length", shortest=SHORTEST, longest=LONGEST)
    if plan.voluntary is not None and plan.what != HERS:
        raise Refused("only_participants_are_asked")
    _check_spoken(plan.language, plan.interpreter)


def check_held(what: str, voluntary: bool | None) -> None:
    """A participant is talked with only where she has said yes of her own will."""
    if what == HERS and not voluntary:
        raise Refused("interview_is_voluntary")


def _check_spoken(language: str | None, interpreter: str | None) -> None:
    if language:
        check_language(language)
    if interpreter is not None:
        check_code("interpreter", interpreter, INTERPRETERS)


def without_doubles(items: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
