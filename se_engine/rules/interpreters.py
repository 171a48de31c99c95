"""Interpreters: when one must be decided on, who may interpret, and what may follow what (tolkeloven §§ 4–7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from se_engine.rules.contacts import SPOKEN
from se_engine.rules.errors import Refused
from se_engine.rules.languages import ENOUGH, LEVELS
from se_engine.rules.vocabulary import check_code

NEEDED, ORDERED, CAME, DID_NOT_COME, NOT_QUALIFIED, NOT_NEEDED = (
    "needed", "ordered", "came", "did_not_come", "not_qualified", "not_needed",
)  # fmt: skip
STATUSES = (NEEDED, ORDERED, CAME, DID_NOT_COME, NOT_QUALIFIED, NOT_NEEDED)
OUTCOMES = (CAME, DID_NOT_COME, NOT_QUALIFIED)
ANSWERS = ("yes", "no")
NOT_NEEDED_BECAUSE = ("norwegian_is_enough", "common_language", "her_choice", "not_there", "short_message")
GENDERS = ("female", "male")
MODES = ("present", "phone", "video")
QUALIFIED, RELATIVE, CHILD = "qualified", "relative", "child"
WHO = (QUALIFIED, "unqualified", "bilingual_colleague", RELATIVE, CHILD)
LONGEST = 24 * 60
DEAREST = 100_000


@dataclass(frozen=True)
class InterpreterWish:
    """Whether an interpreter is needed at one contact, and which: asked anew each time."""

    needed: str
    not_needed_because: str | None = None
    language: str | None = None
    """Empty: the language that her record names."""
    dialect: str = ""
    not_this_person: str = ""
    gender_wish: str | None = None
    mode: str | None = None
    anonymous: bool = False
    ordered_on: date | None = None
    """The day it was ordered; empty while it is only needed."""
    ordered_as: str = QUALIFIED
    reason: str = ""
    """Why it is somebody who is not qualified."""


@dataclass(frozen=True)
class InterpreterOutcome:
    """What became of the interpreter; `needed` "no" with its reason where none was needed after all."""

    needed: str = "yes"
    not_needed_because: str | None = None
    status: str = CAME
    came_as: str | None = None
    """Who interpreted; empty: the interpreter who was ordered, or nobody when that one did not come."""
    reason: str = ""
    minutes: int | None = None
    cost: int | None = None
    mode: str | None = None
    language: str | None = None

    @property
    def interpreted_by(self) -> str | None:
        if self.came_as:
            return self.came_as
        return QUALIFIED if self.status == CAME else None


def decision_needed(
    channel: str, there: bool, need: str | None, levels: Mapping[str, str | None], enough: str = ENOUGH
) -> bool:
    """Whether somebody must say if an interpreter is needed: she talks, and her Norwegian may not carry it.

    An unknown level counts as too low unless it is recorded that she needs no interpreter; a known one always counts.
    """
    if channel not in SPOKEN or not there:
        return False
    oral = (levels.get("listening"), levels.get("speaking"))
    known_low = any(level is not None and LEVELS.index(level) < LEVELS.index(enough) for level in oral)
    return need == "yes" or known_low or (need is None and None in oral)


def check_wish(wish: InterpreterWish) -> None:
    check_code("needed", wish.needed, ANSWERS)
    if wish.needed == "no":
        check_code("not_needed_because", wish.not_needed_because, NOT_NEEDED_BECAUSE)
        return
    _check_if_given("gender_wish", wish.gender_wish, GENDERS)
    _check_if_given("mode", wish.mode, MODES)
    check_code("ordered_as", wish.ordered_as, WHO)
    if wish.ordered_as == CHILD:
        raise Refused("child_must_not_interpret")
    _check_reason(wish.ordered_as, wish.reason)


def check_outcome(outcome: InterpreterOutcome) -> None:
    check_code("needed", outcome.needed, ANSWERS)
    if outcome.needed == "no":
        check_code("not_needed_because", outcome.not_needed_because, NOT_NEEDED_BECAUSE)
        return
    check_code("status", outcome.status, OUTCOMES)
    _check_if_given("came_as", outcome.came_as, WHO)
    _check_if_given("mode", outcome.mode, MODES)
    if outcome.status == NOT_QUALIFIED and outcome.came_as is None:
        raise Refused("who_interpreted")
    if (outcome.interpreted_by == QUALIFIED) != (outcome.status == CAME) and outcome.interpreted_by is not None:
        raise Refused("outcome_does_not_fit")
    if outcome.interpreted_by is not None:
        _check_reason(outcome.interpreted_by, outcome.reason)
    if outcome.minutes is not None and not 0 < outcome.minutes <= LONGEST:
        raise Refused("minutes_not_allowed", largest=LONGEST)
    if outcome.cost is not None and not 0 <= outcome.cost <= DEAREST:
        raise Refused("cost_not_allowed", largest=DEAREST)


def _check_if_given(name: str, given: str | None, allowed: tuple[str, ...]) -> None:
    if given is not None:
        check_code(name, given, allowed)


def _check_reason(who: str, reason: str) -> None:
    """Who is not qualified is an exception, and an exception has a reason."""
    if who == QUALIFIED or reason.strip():
        return
    if who == RELATIVE:
        raise Refused("relative_needs_reason")
    if who == CHILD:
        raise Refused("child_needs_reason")
    raise Refused("why_not_qualified")


def check_follows(before: str, after: str) -> None:
    """Refused when what became of an interpreter is told twice."""
    if before in OUTCOMES and after in (NEEDED, ORDERED):
        raise Refused("interpreter_has_an_outcome")


def status_of(wish: InterpreterWish) -> str:
    if wish.needed == "no":
        return NOT_NEEDED
    return ORDERED if wish.ordered_on else NEEDED
