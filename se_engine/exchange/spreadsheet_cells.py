"""Cells for spreadsheets: what begins like a formula is written as text."""

from collections.abc import Iterable

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet would calculate what begins like this; some look behind leading blanks too."""


def for_spreadsheet(values: Iterable[object]) -> list[str]:
    return [_safe(str(value)) for value in values]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(BEGINNINGS) or text.lstrip().startswith(BEGINNINGS) else text
