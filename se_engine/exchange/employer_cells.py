"""A row of employers.csv: its columns, and what they say of an employer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from se_engine.exchange import cells
from se_engine.exchange.tables import Column
from se_engine.rules import employers as rules
from se_engine.rules.errors import Refused
from se_engine.rules.languages import SKILLS

PERSON = ("contact_name", "contact_phone", "contact_email")
FACTS = (
    "org_number", "industry", "municipality", "stage", "limited_norwegian", *SKILLS, "collective_agreement",
    "preferred_form", "preferred_time", "possible_tasks", "size", "source", "refusal", "address", "phone",
    "safety_delegate", "language_mentor", "experience", "experience_words", "needs", "busy_times", "next_on",
)  # fmt: skip
"""Fields of the card, each with a column of its own name."""
COLUMNS = ("office", "name", *FACTS, *PERSON)
_VARIED = ("org_number", "phone", *rules.FREE_TEXTS)


def columns() -> tuple[Column, ...]:
    """Only the office and the name must be in the file."""
    return (
        Column("office", cells.words, needed=True),
        Column("name", _name, needed=True, varied=True),
        *(Column(field, _reader(field), optional=True, varied=field in _VARIED) for field in FACTS),
        Column("contact_name", _line, optional=True, varied=True),
        Column("contact_phone", rules.phone, optional=True, varied=True),
        Column("contact_email", rules.email, optional=True, varied=True),
    )


def _reader(field: str) -> Callable[[str], Any]:
    """The same rules as the form's; empty cells never come here."""
    if field == "next_on":
        return _day
    if field == "needs":
        return lambda text: _fact("needs", ",".join(cells.some_of(str)(text)))
    return lambda text: _fact(field, text)


def _fact(field: str, text: str) -> Any:
    return rules.check_facts({field: text})[field]


def _day(text: str) -> date:
    return date.fromisoformat(str(cells.day(date.max)(text)))  # a day to come


def _name(text: str) -> str:
    found = cells.words(text)
    if len(found) > rules.LONGEST_NAME:
        raise Refused("text_too_long", longest=rules.LONGEST_NAME)
    return found


def _line(text: str) -> str:
    found = cells.words(text)
    if len(found) > rules.LONGEST_LINE:
        raise Refused("text_too_long", longest=rules.LONGEST_LINE)
    return found
