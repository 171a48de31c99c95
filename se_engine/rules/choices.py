"""What a proposal and a goal may be about, what she may answer, and in whose words it is kept."""

from datetime import date

from se_engine.rules.errors import Refused
from se_engine.rules.vocabulary import check_code

ABOUT = ("employer", "job", "measure", "course", "task", "person", "meeting", "other")
ANSWERS = ("chosen", "declined", "something_else")
INTERPRETER = ("yes", "no")
GOAL_KINDS = ("work_or_education", "individual", "activity", "societal")
WHOSE = ("own", "interpreted", "together", "specialist")
OUTCOMES = ("reached", "changed", "dropped")
SCALE = 10
"""Motivation and confidence go from nought to this."""


def check_answer(answer: str, words: str, *, offered_on: date, answered_on: date) -> None:
    """A no needs no reason; only «something else» has to say what."""
    check_code("answer", answer, ANSWERS)
    if answer == "something_else" and not words.strip():
        raise Refused("say_what_instead")
    if answered_on < offered_on:
        raise Refused("answered_before_offered", day=answered_on.isoformat(), offered=offered_on.isoformat())


def check_scores(*scores: int | None) -> None:
    """At least one of the numbers was given, and each lies on the scale."""
    if all(score is None for score in scores):
        raise Refused("no_score_given")
    if any(score is not None and not 0 <= score <= SCALE for score in scores):
        raise Refused("not_on_the_scale", largest=SCALE)
