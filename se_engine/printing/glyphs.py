"""Which characters the shipped fonts can draw: read from the fonts themselves, so that nothing is promised twice."""

import struct
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from se_engine.rules.errors import Refused

FONTS = Path(__file__).parent / "fonts"
UNSEEN = ("Cf", "Zl", "Zp", "Zs")
"""Categories of characters that need no drawing: joiners, marks of direction, spaces."""
LINES = "\n\t"
FORMATS = (4, 12)
NAMED = 5
"""How many letters a refusal names."""


def missing(texts: Iterable[str]) -> list[str]:
    """The characters that no shipped font has, each once, in the order they come."""
    found = dict.fromkeys(letter for text in texts for letter in text)
    return [letter for letter in found if letter not in LINES and not _drawn(letter)]


def _drawn(letter: str) -> bool:
    return ord(letter) in covered() or unicodedata.category(letter) in UNSEEN


def check(texts: Iterable[str]) -> None:
    """Refused with the letters by name, since a page with boxes for letters is worse than none."""
    if letters := missing(texts):
        raise Refused("no_letter_for_paper", letters=", ".join(map(named, letters[:NAMED])))


def named(letter: str) -> str:
    """«漢» (U+6F22): by sight where it can be seen, and by number."""
    shown = letter if letter.isprintable() else ""
    return f"«{shown}» (U+{ord(letter):04X})"


@cache
def covered() -> frozenset[int]:
    """The code points that stand in both weights of a font."""
    of_font: dict[str, frozenset[int]] = {path.stem: _characters(path) for path in sorted(FONTS.glob("*.ttf"))}
    regular = [name for name in of_font if name.endswith("-Regular")]
    both = (of_font[name] & of_font[name.replace("-Regular", "-Bold")] for name in regular)
    return frozenset().union(*both)


def _characters(path: Path) -> frozenset[int]:
    """The font's table of characters (cmap), in either of the forms that Unicode fonts use."""
    font = path.read_bytes()
    tables = [struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(struct.unpack_from(">H", font, 4)[0])]
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    many = struct.unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for at in range(many):
        table = start + struct.unpack_from(">HHL", font, start + 4 + 8 * at)[2]
        form = struct.unpack_from(">H", font, table)[0]
        found |= _segments(font, table) if form == FORMATS[0] else _groups(font, table) if form == FORMATS[1] else set()
    return frozenset(found)


def _segments(font: bytes, table: int) -> set[int]:
    """Format 4: ends, a gap of two bytes, starts."""
    double = struct.unpack_from(">H", font, table + 6)[0]
    ends = struct.unpack_from(f">{double // 2}H", font, table + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, table + 16 + double)
    return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1) if code != 0xFFFF}


def _groups(font: bytes, table: int) -> set[int]:
    """Format 12: groups of first, last and a glyph."""
    many = struct.unpack_from(">L", font, table + 12)[0]
    groups = (struct.unpack_from(">LLL", font, table + 16 + 12 * at) for at in range(many))
    return {code for first, last, _ in groups for code in range(first, last + 1)}
