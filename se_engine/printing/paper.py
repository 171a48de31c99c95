"""Making a PDF: a template of ours, data as JSON, our fonts and drawings. Nothing is read from elsewhere or kept."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from se_engine.printing import glyphs
from se_engine.rules.errors import Refused

HERE = Path(__file__).parent
STANDARDS = ["ua-1", "a-3a"]
"""Readable by a screen reader and fit for an archive; typst refuses what would not be."""
RUNS_REMEMBERED = 11
NO_GLYPH = "could not be displayed"


def pdf(template: str, data: Mapping[str, Any], *, drawings: Mapping[str, str] | None = None) -> bytes:
    """One document. Refused when a letter in it has no font: what people wrote is data, and never markup."""
    made: bytes = _made(template, data, drawings or {}, format="pdf", pdf_standards=STANDARDS)
    return made


def pages(template: str, data: Mapping[str, Any], *, drawings: Mapping[str, str] | None = None) -> list[bytes]:
    """The same as pictures, a page each, for those who look at what they have changed."""
    made = _made(template, data, drawings or {}, format="png", ppi=100)
    return made if isinstance(made, list) else [made]


def _made(template: str, data: Mapping[str, Any], drawings: Mapping[str, str], **how: Any) -> Any:
    import typst  # a library of 25 MB, needed by whoever prints and by nobody else

    glyphs.check(_texts(data))
    given = {**_ours(), "data.json": json.dumps(data).encode()}
    given |= {f"{name}.svg": drawing.encode() for name, drawing in drawings.items()}
    given["main"] = f'#include "templates/{template}.typ"'.encode()
    try:
        return typst.compile(given, font_paths=[str(glyphs.FONTS)], ignore_system_fonts=True, **how)
    except typst.TypstError as error:
        if NO_GLYPH in str(error):
            raise Refused("no_letter_for_paper", letters=str(error).split("`")[1]) from None
        raise
    finally:
        _forget()


def _forget() -> None:
    """Typst remembers what it laid out in its last ten runs: 150 MB after a day, with people's names in it."""
    empty = _empty()
    for _ in range(RUNS_REMEMBERED):
        empty.compile()


@cache
def _empty() -> Any:
    import typst

    return typst.Compiler(HERE / "templates" / "empty.typ", ignore_system_fonts=True)


@cache
def _ours() -> Mapping[str, bytes]:
    """Templates and drawings by the names that templates know them by."""
    kinds = ("templates/*.typ", "pictures/*.svg")
    return {path.relative_to(HERE).as_posix(): path.read_bytes() for kind in kinds for path in HERE.glob(kind)}


def picture(name: str) -> str:
    """One of our drawings as SVG, for a page."""
    return _ours()[f"pictures/{name}.svg"].decode()


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
