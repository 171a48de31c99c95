"""What stands in her language and in Norwegian: sentences in pairs, and which way a text runs."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from se_engine import her_language
from se_engine.her_language import Words

STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
FROM, UNTIL = "\u2068", "\u2069"
"""Around a name within a sentence that may run the other way."""


@dataclass(frozen=True)
class Pair:
    """The same in both; `hers` is empty where Norwegian stands alone."""

    hers: str
    ours: str


@dataclass(frozen=True)
class Beside:
    """Her language beside Norwegian: `both("meet")`, `both.day(on)`."""

    hers: Words
    ours: Words

    @classmethod
    def of(cls, code: str, norwegian: str = her_language.OURS) -> "Beside":
        """`norwegian` stands beside her language, and alone where there are no words in hers."""
        hers = her_language.words(code if code in her_language.languages() else norwegian)
        ours = hers if hers.norwegian else her_language.words(norwegian)
        return cls(hers, ours)

    @property
    def alone(self) -> bool:
        """Norwegian alone: it is her language, or nobody has written the words in hers."""
        return self.hers.norwegian

    def __call__(self, key: str, **values: str | int) -> Pair:
        ours = self.ours.say(key, **values)
        return Pair(self._hers(key, values), ours)

    def day(self, on: date) -> Pair:
        return Pair("" if self.alone else self.hers.day(on), self.ours.day(on))

    def weekday(self, on: date) -> Pair:
        return self._names(self.hers.weekdays[on.weekday()], self.ours.weekdays[on.weekday()])

    def month(self, on: date) -> Pair:
        return self._names(self.hers.months[on.month - 1], self.ours.months[on.month - 1])

    def _names(self, hers: str, ours: str) -> Pair:
        return Pair("" if self.alone else hers, ours)

    def say_on(self, key: str, on: date, **values: str | int) -> Pair:
        """A sentence with a date in it, written as each language writes dates."""
        ours = self.ours.say(key, day=self.ours.day(on), **values)
        return Pair(self._hers(key, values, day=self.hers.day(on)), ours)

    def _hers(self, key: str, values: Mapping[str, str | int], **worded: str) -> str:
        """Empty where Norwegian stands alone."""
        if self.alone or key in self.hers.left_out:
            return ""
        return self.hers.say(key, **{name: _apart(value) for name, value in values.items()}, **worded)


def _apart(value: str | int) -> str:
    return f"{FROM}{value}{UNTIL}"


def direction(text: str) -> str:
    """Which way somebody's own words run: as their first letter does."""
    kinds = (STRONG.get(unicodedata.bidirectional(letter)) for letter in text)
    return next((found for found in kinds if found), "ltr")
