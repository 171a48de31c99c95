"""What may be answered at follow-up: the answer and how we know it, scores, topics, the survey."""

from collections.abc import Mapping
from datetime import date

from se_engine.rules.errors import Refused
from se_engine.rules.timeline import CHECK_ANSWERS, CHECK_EVIDENCE

NOT_KNOWN, THIS_JOB, EMPLOYER_SAID = "not_known", "this_job", "employer"
SCORES = ("safe", "understand", "learn", "belong", "stay")
LOWEST, HIGHEST = 1, 5
TOPIC_STATES = ("well", "to_do", "not_wanted")
"""It is well, something is to be done, or she did not want to speak of it."""
QUESTION = "question_"
"""Stands before a dimension in the key of its question."""
FILLED_IN = ("alone", "with_interpreter", "with_helper", "with_specialist")
CONFIRMED, DROPPED, RESTORED, MORE = "confirmed", "dropped", "restored", "more"
CHOICES = (CONFIRMED, DROPPED, RESTORED, MORE)


def check_answer(answer: str, evidence: str | None) -> None:
    """Refused without an answer, and without how it is known; that nobody knows needs no evidence."""
    if answer not in CHECK_ANSWERS:
        raise Refused("answer_unknown", allowed=", ".join(CHECK_ANSWERS))
    if evidence not in CHECK_EVIDENCE and not (evidence is None and answer == NOT_KNOWN):
        raise Refused("evidence_unknown", allowed=", ".join(CHECK_EVIDENCE))


def check_day(answer: str, day: date, started_on: date, ended_on: date | None) -> None:
    """Whether somebody can have answered this of the job on that day."""
    if day < started_on:
        raise Refused("answer_before_job", started=started_on.isoformat())
    if answer == THIS_JOB and ended_on is not None and day > ended_on:
        raise Refused("answer_after_job", ended=ended_on.isoformat())


def check_scores(given: Mapping[str, int]) -> None:
    for key in SCORES:
        if not LOWEST <= given.get(key, 0) <= HIGHEST:
            raise Refused("score_needed", score=key)
