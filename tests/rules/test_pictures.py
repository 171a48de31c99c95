"""A picture is known by its content, and nothing but the picture is kept."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.errors import Refused
from se_engine.rules.pictures import LARGEST, PNG_START, cleaned


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(side: int = 80, *, extra: bytes = b"", rows: int | None = None) -> bytes:
    pixels = (b"\0" + b"\x40" * side) * (side if rows is None else rows)
    header = struct.pack(">II5B", side, side, 8, 0, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(pixels))
    return PNG_START + chunk(b"IHDR", header) + extra + packed + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(order: bytes, orientation: int) -> bytes:
    way = {b"MM": ">", b"II": "<"}[order]
    entry = struct.pack(f"{way}HHIHH", 0x0112, 3, 1, orientation, 0)
    place = struct.pack(f"{way}HHII", 0x8825, 4, 1, 0)
    directory = struct.pack(f"{way}H", 2) + place + entry + struct.pack(f"{way}I", 0)
    return b"Exif\0\0" + order + struct.pack(f"{way}HI", 42, 8) + directory + b"Oslo"


def jpeg(*beside: bytes, side: int = 80, behind: bytes = b"") -> bytes:
    """As far as anything but a decoder looks: frame, tables, a scan with a stuffed byte and a restart."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, side, side, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    body = b"".join(beside) + segment(0xDB, bytes(65)) + frame + scan
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + body + b"\xff\xd9" + behind


def test_texts_and_times_of_a_png_stay_behind():
    beside = chunk(b"tEXt", b"Author\0Jo") + chunk(b"eXIf", b"MM\0*Oslo") + chunk(b"tIME", bytes(7))
    assert cleaned(png(extra=beside) + b"trailing") == ("image/png", png())


def test_the_cameras_notes_of_a_jpeg_stay_behind():
    beside = (segment(0xE1, exif(b"MM", 1)), segment(0xE2, b"MPF\0more"), segment(0xFE, b"Taken at home"))
    kind, picture = cleaned(jpeg(*beside, behind=b"another picture"))
    assert (kind, picture) == ("image/jpeg", jpeg())


@pytest.mark.parametrize("order", [b"MM", b"II"])
@pytest.mark.parametrize("turned", [3, 6, 8])
def test_how_the_camera_was_held_is_kept_and_nothing_else(order, turned):
    _kind, picture = cleaned(jpeg(segment(0xE1, exif(order, turned))))
    assert b"Oslo" not in picture
    assert picture.count(b"Exif") == 1
    assert struct.pack(">HHIH", 0x0112, 3, 1, turned) in picture
    assert cleaned(picture) == ("image/jpeg", picture)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture_kind"),
        (b"GIF89a", "picture_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_kind"),
        (png()[:-20], "picture_damaged"),
        (png().replace(b"\x40", b"\x41", 1), "picture_damaged"),
        (png(rows=1), "picture_damaged"),
        (png(rows=5000), "picture_damaged"),
        (png(side=10), "picture_sides"),
        (jpeg(side=5000), "picture_sides"),
        (jpeg()[:-30], "picture_damaged"),
        (b"\xff\xd8\xff\xd9", "picture_damaged"),
        (png(extra=chunk(b"tEXt", bytes(LARGEST))), "picture_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_picture_is_refused(data, code):
    with pytest.raises(Refused, match=code):
        cleaned(data)


@given(st.sampled_from([png(), jpeg(segment(0xE1, exif(b"II", 6)))]), st.data())
def test_whatever_is_damaged_is_read_or_refused_and_nothing_else(whole, data):
    """No other error than a refusal, whatever arrives."""
    broken = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        broken[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    try:
        kind, picture = cleaned(bytes(broken[:cut]))
    except Refused:
        return
    assert kind.startswith("image/")
    assert len(picture) <= len(whole) + 40
