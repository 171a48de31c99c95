"""The words for the participant in her own language: workflows/languages. A language without a file is not guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from se_engine.processes import WORKFLOWS, parsed
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.languages import NORWEGIAN

FOLDER = WORKFLOWS / "languages"
OURS = "nb"
DIRECTIONS = ("ltr", "rtl")
ABOUT = (
    "language",
    "name",
    "direction",
    "reviewed_by",
    "reviewed_on",
    "unreviewed",
    "weekdays",
    "months",
    "day",
    "text",
)
LOCALES = {"prs": "fa_AF"}
"""What CLDR calls a language that we call otherwise."""
HOLE = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Words:
    """What one language says: `words["meet"]`, `words.say("call", person=…)`, `words.day(on)`."""

    code: str
    name: str
    """What those who speak it call it."""
    direction: str
    reviewed_by: str
    reviewed_on: date | None
    not_read: str
    """That nobody has read the text, in the language itself."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day_form: str
    text: Mapping[str, str]
    left_out: frozenset[str] = frozenset()
    """What nobody could write well in this language: the Norwegian sentence stands there."""

    def __getitem__(self, key: str) -> str:
        return self.text[key]

    def say(self, key: str, **values: str | int) -> str:
        return self.text[key].format_map(values)

    def day(self, on: date) -> str:
        """The whole date: the names in her language, the numbers always 0–9."""
        return self.day_form.format(
            weekday=self.weekdays[on.weekday()], number=on.day, month=self.months[on.month - 1], year=on.year
        )

    @property
    def norwegian(self) -> bool:
        return self.code in NORWEGIAN

    @property
    def unreviewed(self) -> str:
        """What has to stand on every page in this language; empty when somebody has read it, or it is Norwegian."""
        return "" if self.reviewed_by or self.norwegian else self.not_read


def languages() -> tuple[str, ...]:
    """The languages there is a file for, Norwegian among them."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def words(code: str) -> Words:
    """The words in a language; in bokmål where nobody has written them in hers."""
    path = FOLDER / f"{code if code in languages() else OURS}.toml"
    return _read_once(path, path.stat().st_mtime_ns)


def named(language: str, into: str) -> str:
    """What a language is called in another, by CLDR; what it calls itself where that does not say."""
    names = Locale.parse(LOCALES.get(into, into)).languages
    known = names.get(LOCALES.get(language, language), names.get(language))
    return str(known) if known else words(language).name if language in languages() else language


@lru_cache(maxsize=64)
def _read_once(path: Path, changed: int) -> Words:
    return read_file(path)


def read_file(path: Path) -> Words:
    """One file, checked as a whole against bokmål; InvalidDefinition names every fault."""
    document = parsed(path, path.name)
    original = document if path.stem == OURS else parsed(FOLDER / f"{OURS}.toml", f"{OURS}.toml")
    if found := faults(document, original, code=path.stem):
        raise InvalidDefinition(path.name, found)
    return Words(
        code=path.stem,
        name=document["name"],
        direction=document["direction"],
        reviewed_by=document["reviewed_by"],
        reviewed_on=document["reviewed_on"] or None,
        not_read=document["unreviewed"],
        weekdays=tuple(document["weekdays"]),
        months=tuple(document["months"]),
        day_form=document["day"],
        text={**original["text"], **document["text"]},
        left_out=frozenset(document.get("left_out", ())),
    )


def faults(document: Mapping[str, Any], original: Mapping[str, Any], *, code: str) -> list[str]:
    """Everything wrong with a file, in sentences."""
    missing = [f"«{key}» is missing" for key in ABOUT if key not in document]
    if missing:
        return missing
    left_out = document.get("left_out", [])
    asked = {
        key: sentence for key, sentence in original["text"].items() if key not in left_out or key in document["text"]
    }
    return [
        *_about(document, code),
        *_left_out(left_out, document["text"], original["text"], code=code),
        *_sentences(document["text"], asked),
    ]


def _left_out(keys: Sequence[str], text: Mapping[str, Any], original: Mapping[str, str], *, code: str) -> list[str]:
    """What is left out is named, so that it is never forgotten and left out at once."""
    if keys and code in NORWEGIAN:
        return ["«left_out» is for other languages: Norwegian says everything"]
    unknown = [f"«{key}» is left out and not known" for key in keys if key not in original]
    return unknown + [f"«{key}» is both written and left out" for key in keys if key in text]


def _about(document: Mapping[str, Any], code: str) -> list[str]:
    read = bool(document["reviewed_by"]), isinstance(document["reviewed_on"], date)
    wrong = {f"«{key}» is not known" for key in document if key not in (*ABOUT, "left_out")} | {
        f"«{key}» has {len(document[key])} names, not {many}"
        for key, many in (("weekdays", 7), ("months", 12))
        if len(document[key]) != many
    }
    if document["language"] != code:
        wrong.add(f"«language» is «{document['language']}» in a file named {code}.toml")
    if document["direction"] not in DIRECTIONS:
        wrong.add(f"«direction» is «{document['direction']}», not ltr or rtl")
    if read[0] != read[1]:
        wrong.add("«reviewed_by» and «reviewed_on» belong together: a name and a day, or both empty")
    if code not in NORWEGIAN and not document["unreviewed"]:
        wrong.add("«unreviewed» is empty: say in this language that no translator has read it")
    if sorted(HOLE.findall(document["day"])) != ["month", "number", "weekday", "year"]:
        wrong.add("«day» is written with {weekday}, {number}, {month} and {year}")
    return sorted(wrong)


def _sentences(text: Mapping[str, Any], original: Mapping[str, str]) -> list[str]:
    found = [f"«{key}» is missing" for key in original if key not in text]
    for key, sentence in text.items():
        if key not in original:
            found.append(f"«{key}» is not known")
        elif not isinstance(sentence, str) or not sentence.strip():
            found.append(f"«{key}» is empty")
        elif _holes(sentence) != (asked := _holes(original[key])):
            allowed = " and ".join(f"{{{name}}}" for name in asked) or "no name in braces"
            found.append(f"«{key}» is to have {allowed}, each once")
    return found


def _holes(sentence: str) -> list[str]:
    """The names in braces; a stray brace counts as one, so that it is never taken for text."""
    rest = HOLE.sub("", sentence)
    return sorted(HOLE.findall(sentence)) + [brace for brace in rest if brace in "{}"]
