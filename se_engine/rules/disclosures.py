"""What an employer may be told about a participant: the topics, who tells, and what is still missing."""

from collections.abc import Collection

from se_engine.rules.errors import Refused
from se_engine.rules.evidence import FACT_FORMS

TOPICS = (
    "name",
    "norwegian_level",
    "work_experience",
    "education",
    "family_situation",
    "refugee_background",
    "nav_measure_or_subsidy",
    "adaptation_needs",
    "interpreter_need",
    "other",
)
DECISIONS = FACT_FORMS["disclosure_decision"].choices
TELLERS = ("participant", "together", "specialist")
NOT_TOLD = "not_told"


def check_choice(decision: str, may_tell: Collection[str], by_whom: str) -> None:
    """Refused when a code is unknown, or when the employer is told nothing and something all the same."""
    if decision not in DECISIONS:
        raise Refused("value_unknown", field="decision", allowed=", ".join(DECISIONS))
    if by_whom not in TELLERS:
        raise Refused("value_unknown", field="by_whom", allowed=", ".join(TELLERS))
    check_topics(may_tell)
    if decision == NOT_TOLD and may_tell:
        raise Refused("not_told_has_topics")


def check_topics(topics: Collection[str]) -> None:
    if not set(topics) <= set(TOPICS):
        raise Refused("value_unknown", field="may_tell", allowed=", ".join(TOPICS))


def in_order(topics: Collection[str]) -> tuple[str, ...]:
    """Each topic once, in the order in which a form offers them."""
    return tuple(topic for topic in TOPICS if topic in topics)


def not_allowed(told: Collection[str], may_tell: Collection[str]) -> tuple[str, ...]:
    """The topics that she has not opened; to speak of her by name is one of them."""
    return in_order({"name", *told} - set(may_tell))
