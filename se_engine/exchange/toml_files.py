"""Definitions written as TOML, the way ours are laid out: one line a value, texts in their languages on one line."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

OWN_TABLE = ("levels", "codes", "original")
"""What stands in a table of its own below the one it belongs to."""
BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(document: Mapping[str, Any]) -> str:
    """A document as tomllib reads it back: words first, then tables, then lists of tables."""
    tables = {key: value for key, value in document.items() if isinstance(value, dict) and not _is_text(value)}
    lists = {key: value for key, value in document.items() if _is_list_of_tables(value)}
    lines = [*_pairs({key: value for key, value in document.items() if key not in tables and key not in lists})]
    for key, table in tables.items():
        lines += ["", f"[{key}]", *_table(key, table)]
    for key, several in lists.items():
        for table in several:
            lines += ["", f"[[{key}]]", *_table(key, table)]
    return "\n".join(lines) + "\n"


def _table(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    below = {key: value for key, value in table.items() if key in OWN_TABLE and isinstance(value, dict)}
    yield from _pairs({key: value for key, value in table.items() if key not in below})
    for key, value in below.items():
        yield from ("", f"[{name}.{key}]", *_table(f"{name}.{key}", value))


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _string(key)


def _string(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(_pairs(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return _string(value) if isinstance(value, str) else str(value)


def _is_text(value: Mapping[str, Any]) -> bool:
    return "nb" in value or "en" in value


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
