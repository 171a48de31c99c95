"""Coded words of the engine in nb, nn and en: reasons, statuses, answers – for pages, API and command line."""

import tomllib
from functools import lru_cache
from pathlib import Path

from se_engine import document_kinds
from se_engine.rules.errors import Reason, Refused
from se_engine.rules.process import Process
from se_engine.rules.text import Text

FILE = Path(__file__).with_name("wording.toml")
GROUPS = {
    "dimension": "dimension", "event": "event", "kind": "event", "status": "task_status", "topic": "partner_topic",
    "party": "document_party",
}  # fmt: skip
"""Values that are codes, with the group that words them."""
LISTS = {"roles": "role", "findings": "finding", "parties": "document_party"}
"""The same for several codes with commas between."""


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, Text]]:
    """Group → code → text, as wording.toml has them."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {group: {code: Text(**texts) for code, texts in codes.items()} for group, codes in document.items()}


def word(group: str, code: str | None, language: str) -> str:
    """What a code is called, e.g. word("status", "paused", "nb"); a dash for nothing."""
    return catalogue()[group][code].to(language) if code else "–"


def words(group: str, language: str) -> dict[str, str]:
    """Every code of a group with its word, in the order of the file: the choices of a form field."""
    return {code: text.to(language) for code, text in catalogue()[group].items()}


def sentence(reason: Reason, language: str, process: Process | None = None) -> str:
    """The sentence for the person in front of the screen; task, step and dimension keys become their titles."""
    values = {key: _named(key, value, language, process) for key, value in reason.values.items()}
    if "document" in reason.values:
        # Fields of a document are called what the document calls them.
        keys = str(reason.values["fields"]).split(", ")
        values["fields"] = document_kinds.titles(str(reason.values["document"]), keys, language)
    return catalogue()["reason"][reason.code].to(language).format(**values)


def refusal(refused: Refused, language: str, process: Process | None = None) -> str:
    return sentence(refused.reason, language, process)


def _named(key: str, value: str | int, language: str, process: Process | None) -> str | int:
    """Codes become words; lists under `allowed` stay codes, because that is what may be typed."""
    if key in GROUPS and value in catalogue()[GROUPS[key]]:
        return word(GROUPS[key], str(value), language)
    if key in LISTS:
        return ", ".join(word(LISTS[key], code, language) for code in str(value).split(", "))
    if key == "topics":
        return ", ".join(word("disclosure_topic", topic, language) for topic in str(value).split(", "))
    return _title(key, str(value), language, process) if process and key in ("task", "step", "trigger") else value


def _title(key: str, value: str, language: str, process: Process) -> str:
    if key == "task" and value in process.task_by_key:
        return f"{value} {process.task_by_key[value].title.to(language)}"
    if key == "step" and value in process.step_by_key:
        return process.step_by_key[value].title.to(language)
    moves = (move.title.to(language) for move in process.moves if move.trigger == value)
    return next(moves, value) if key == "trigger" else value
