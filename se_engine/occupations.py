"""Occupations by their STYRK-08 code: the shipped list, looked up by code or searched by words."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from se_engine.processes import WORKFLOWS
from se_engine.rules.errors import Refused
from se_engine.rules.text import Text

FILE = WORKFLOWS / "occupations" / "styrk08.csv"
FEW = 8
_SAME_LETTERS = str.maketrans({"é": "e", "è": "e", "ò": "o", "ä": "æ", "ö": "ø", "-": " ", ",": " "})


@dataclass(frozen=True)
class Occupation:
    code: str
    title: Text
    words: tuple[str, ...]
    """What it may be searched by: its titles in every language, and what people say at work."""


@cache
def occupations() -> Mapping[str, Occupation]:
    """Code → occupation, in the order of the codes."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _read(row) for row in csv.DictReader(lines, delimiter=";")}


def _read(row: Mapping[str, str]) -> Occupation:
    title = Text(row["nb"], row["nn"], row["en"])
    return Occupation(row["code"], title, tuple(dict.fromkeys(_words(" ".join(row.values())))))


def _words(text: str) -> Iterator[str]:
    return iter(text.casefold().translate(_SAME_LETTERS).split())


def title_of(code: str | None, language: str) -> str | None:
    """What a code is called; None for no code. A code no longer in the list is shown as it is."""
    if not code:
        return None
    found = occupations().get(code)
    return found.title.to(language) if found else code


def check_occupation(code: str | None, field: str = "occupation_code") -> None:
    """Refused for a code that the list does not have."""
    if code is not None and code not in occupations():
        raise Refused("occupation_unknown", field=field, given=code)


def search(text: str, *, limit: int = FEW) -> list[Occupation]:
    """Those that begin with every word given, the ones where most of the title is meant first."""
    asked = list(_words(text))
    if not asked:
        return []
    found = [(rank, one) for one in occupations().values() if (rank := _rank(one, asked)) is not None]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].code))][:limit]


def _rank(one: Occupation, asked: list[str]) -> tuple[int, int] | None:
    """Whole words before beginnings, beginnings before what stands inside a word; None where a word is missing."""
    worst = 0
    for wanted in asked:
        fits = [_fit(word, wanted) for word in one.words]
        best = min((fit for fit in fits if fit is not None), default=None)
        if best is None:
            return None
        worst = max(worst, best)
    return worst, len(one.words)


def _fit(word: str, wanted: str) -> int | None:
    if word == wanted:
        return 0
    if word.startswith(wanted):
        return 1
    return 2 if len(wanted) > 3 and wanted in word and not word.isdigit() else None


def named(text: str, language: str) -> Occupation | None:
    """The one that is meant by a code, by «5223 Butikkmedarbeidere», or by a title; None when it is not clear."""
    given = " ".join(text.split())
    found = occupations().get(given[:4])
    if found and given[4:].strip() in ("", found.title.to(language), *_titles(found)):
        return found
    return next((one for one in occupations().values() if given.casefold() in map(str.casefold, _titles(one))), None)


def _titles(one: Occupation) -> tuple[str, str, str]:
    return one.title.nb, one.title.nn, one.title.en
