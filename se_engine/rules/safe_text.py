"""What a free text should not hold: national identity numbers, words about health, names of people around her.

Found here on the machine and told to the one who writes; what was found is kept nowhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from se_engine.rules.safe_words import BETWEEN, HEALTH, KIN

KINDS = ("national_number", "health", "third_party", "participant_name")
CHECKED = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
"""The weights that give nought modulo eleven, over the first ten digits and over all eleven."""
D_DAYS = 40
"""Added to the day of those who have no lasting number yet."""
OTHER_MONTHS = (0, 40, 80)
"""Added to the month of numbers that hospitals give for the time being, and of those made up for tests."""
CENTURIES = (1800, 1900, 2000)

_ELEVEN = re.compile(r"(?<!\d)(?=(\d(?:[\s.\-–_/]{0,3}\d){10})(?!\d))")
_FROM_TO = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\s?[–-]\s?\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")
"""Two whole days; without the second year they now and then look like a number."""
_SIX_AND_FIVE = re.compile(r"\d{6}\D+\d{5}")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_GAP = re.compile(r"[\s,]{1,3}[«\"“(]?")
_KIN, _BETWEEN = frozenset(KIN.split()), frozenset(BETWEEN.split())
_NAMES_AFTER = 4
"""How many words after the person are looked at: one or two that may stand between, then the name."""


@dataclass(frozen=True)
class Finding:
    """One place in a text; what stands there is left where it is."""

    kind: str
    start: int
    end: int


def findings(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """What is worth a second look, in the order of the text; `names` are those that must not stand in it."""
    words = list(_WORD.finditer(text))
    found = [*_national_numbers(text), *_health(words), *_third_parties(text, words), *_named(words, names)]
    return sorted(found, key=lambda one: (one.start, KINDS.index(one.kind)))


def kinds(texts: Iterable[str | None]) -> set[str]:
    return {finding.kind for text in texts if text for finding in findings(text)}


def has_national_number(text: str) -> bool:
    return next(_national_numbers(text), None) is not None


def like_names(text: str) -> list[list[str]]:
    """Words that may be names, those that follow one another together."""
    runs: list[list[str]] = []
    end = -1
    for word in _WORD.finditer(text):
        if not _like_a_name(word.group()):
            continue
        if end >= 0 and text[end : word.start()].isspace():
            runs[-1].append(word.group())
        else:
            runs.append([word.group()])
        end = word.end()
    return runs


def _national_numbers(text: str) -> Iterator[Finding]:
    for match in _ELEVEN.finditer(text):
        written = match.group(1)
        if _FROM_TO.match(text, match.start(1)):
            continue
        digits = [int(sign) for sign in written if sign.isdecimal()]
        if _is_dated(digits) and (_is_checked(digits) or _SIX_AND_FIVE.fullmatch(written)):
            yield Finding("national_number", match.start(1), match.end(1))


def _is_dated(digits: list[int]) -> bool:
    day, month, year = (10 * tens + ones for tens, ones in (digits[0:2], digits[2:4], digits[4:6]))
    day -= D_DAYS if day > D_DAYS else 0
    return any(_is_day(century + year, month - added, day) for added in OTHER_MONTHS for century in CENTURIES)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _is_checked(digits: list[int]) -> bool:
    return all(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0 for weights in CHECKED
    )


def _health(words: list[re.Match[str]]) -> Iterator[Finding]:
    return (Finding("health", *word.span()) for word in words if _health_words().fullmatch(word.group()))


@lru_cache(maxsize=1)
def _health_words() -> re.Pattern[str]:
    ways = (re.escape(word.removesuffix("*")) + (r"[\w-]*" if word.endswith("*") else "") for word in HEALTH.split())
    return re.compile("|".join(ways), re.IGNORECASE)


def _third_parties(text: str, words: list[re.Match[str]]) -> Iterator[Finding]:
    """A person of hers with the name straight after: «mannen Ali», «hennes datter, Sara», «sønnen hennes Omar»."""
    for place, word in enumerate(words):
        if word.group().lower() not in _KIN:
            continue
        before = word
        for after in words[place + 1 : place + 1 + _NAMES_AFTER]:
            if not _GAP.fullmatch(text, before.end(), after.start()):
                break
            if _like_a_name(after.group()):
                yield Finding("third_party", *after.span())
                break
            if after.group().lower() not in _BETWEEN:
                break
            before = after


def _like_a_name(word: str) -> bool:
    """A capital and then small letters; in scripts without capitals every word may be one."""
    return len(word) > 1 and not word[0].islower() and not word[1:].isupper()


def _named(words: list[re.Match[str]], names: Iterable[str]) -> Iterator[Finding]:
    told = [word.group().casefold() for word in words]
    for name in names:
        wanted = [part.group().casefold() for part in _WORD.finditer(name)]
        for place in range(len(told) - len(wanted) + 1) if wanted else ():
            if told[place : place + len(wanted)] == wanted:
                yield Finding("participant_name", words[place].start(), words[place + len(wanted) - 1].end())
