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
NO_GLYPH = "could not be displayed"


def pdf(template: str, data: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """One document. Refused when a letter in it has no font: what people wrote is data, and never markup."""
    made: bytes = _made(template, data, files or {}, format="pdf", pdf_standards=STANDARDS)
    return made


def pages(template: str, data: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None) -> list[bytes]:
    """The same as pictures, a page each, for those who look at what they have changed."""
    made = _made(template, data, files or {}, format="png", ppi=100)
    return made if isinstance(made, list) else [made]


def _made(template: str, data: Mapping[str, Any], files: Mapping[str, bytes], **how: Any) -> Any:
    import typst  # a library of 25 MB, needed by whoever prints and by nobody else

    glyphs.check(_texts(data))
    given = {**_ours(), **files, "data.json": json.dumps(data).encode()}
    given["main"] = f'#include "templates/{template}.typ"'.encode()
    try:
        return typst.compile(given, font_paths=[str(glyphs.FONTS)], ignore_system_fonts=True, **how)
    except typst.TypstError as error:
        if NO_GLYPH in str(error):
            raise Refused("no_letter_for_paper", letters=str(error).split("`")[1]) from None
        raise


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
