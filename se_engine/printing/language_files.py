"""Checking the files of workflows/languages: whole, true to the Norwegian, and every letter can be printed."""

from collections.abc import Mapping
from pathlib import Path

from se_engine import her_language
from se_engine.her_language import Words
from se_engine.printing import glyphs
from se_engine.rules.errors import InvalidDefinition


def files() -> list[Path]:
    return sorted(her_language.FOLDER.glob("*.toml"))


def read_file(path: Path) -> Words:
    """One language; InvalidDefinition names the file and every key that is wrong in it."""
    words = her_language.read_file(path)
    if found := undrawn(_said(words)):
        raise InvalidDefinition(path.name, found)
    return words


def undrawn(said: Mapping[str, str]) -> list[str]:
    """Which texts have letters that no shipped font can draw, in sentences."""
    return [
        f"«{key}» has a letter that no font we ship can draw: {', '.join(map(glyphs.named, letters[: glyphs.NAMED]))}"
        for key, text in said.items()
        if (letters := glyphs.missing([text]))
    ]


def _said(words: Words) -> dict[str, str]:
    return {
        "name": words.name,
        "unreviewed": words.not_read,
        "weekdays": " ".join(words.weekdays),
        "months": " ".join(words.months),
        "day": words.day_form,
        **words.text,
    }
