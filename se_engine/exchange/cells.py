"""What a cell may say: readers that give its value or refuse it, by the same rules as the forms."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from se_engine.occupations import check_occupation
from se_engine.rules import identity
from se_engine.rules.contacts import LONGEST, check_time
from se_engine.rules.errors import Refused
from se_engine.rules.languages import LEVELS

OLDEST = date(1900, 1, 1)
NONE = "none"

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\d{4}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BETWEEN = re.compile(r"[;\s]+")

Reader = Callable[[str], Any]


def words(text: str) -> str:
    return " ".join(text.split())


def occupation(text: str) -> str:
    """A code of the shipped list, or what the workplace calls it: only digits are meant as a code."""
    given = words(text)
    if given.isdigit():
        check_occupation(given, field="occupation")
    return given


def ref(text: str) -> str:
    identity.check_ref(text)
    return text


def any_day(text: str) -> date:
    """A date in ISO 8601; Python reads more forms than people who proofread a file."""
    try:
        found = date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or found < OLDEST:
        raise Refused("date_unknown", value=text)
    return found


def day(today: date) -> Reader:
    """The same for a date that has come."""

    def read(text: str) -> date:
        found = any_day(text)
        if found > today:
            raise Refused("in_the_future", day=found.isoformat(), today=today.isoformat())
        return found

    return read


def year(field: str, today: date) -> Reader:
    def read(text: str) -> int:
        found = int(text) if _YEAR.fullmatch(text) else 0
        identity.check_facts({field: found}, today)
        return found

    return read


def one_of(field: str, allowed: Sequence[str]) -> Reader:
    def read(text: str) -> str:
        if text not in allowed:
            raise Refused("value_unknown", field=field, allowed=", ".join(allowed))
        return text

    return read


def yes_no(field: str) -> Reader:
    read_word = one_of(field, ("yes", "no"))
    return lambda text: read_word(text) == "yes"


def some_of(read: Reader) -> Reader:
    """Several values between semicolons or, where that divides the columns, spaces."""

    def read_all(text: str) -> tuple[Any, ...]:
        parts = [part for part in _BETWEEN.split(text) if part]
        return tuple(dict.fromkeys(read(part) for part in parts))

    return read_all


def language(text: str) -> str:
    identity.check_language(text)
    return text


def interpreter_language(text: str) -> str:
    """A language, or that no interpreter is needed: an empty cell leaves that open."""
    return text if text == NONE else language(text)


def country(today: date) -> Reader:
    def read(text: str) -> str:
        identity.check_facts({"country": text}, today)
        return text

    return read


def level(text: str) -> str:
    if text not in LEVELS:
        raise Refused("level_unknown", allowed=", ".join(LEVELS))
    return text


def scheme(text: str) -> str:
    if text not in identity.SCHEMES:
        raise Refused("scheme_unknown", allowed=", ".join(identity.SCHEMES))
    return text


def email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise Refused("email_not_allowed")
    return text.lower()


def hours(text: str) -> float:
    """Hours a week with a decimal point or comma."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        raise Refused("hours_not_allowed") from None
    if not 0 < found <= 60:
        raise Refused("hours_not_allowed")
    return round(found, 1)


def minutes(text: str) -> int:
    found = _whole(text)
    if found is None or not 0 < found <= LONGEST:
        raise Refused("minutes_not_allowed", largest=LONGEST)
    return found


def travel(text: str) -> int:
    """Minutes; nought where nobody travelled."""
    found = _whole(text)
    if found is None or found > LONGEST:
        raise Refused("travel_not_allowed", largest=LONGEST)
    return found


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2 * LONGEST)) + 1 else None


def time(text: str) -> str:
    check_time(text)
    return text
