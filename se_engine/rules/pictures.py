"""A picture that somebody sends: known by its content, not too large, and without what cameras write beside it."""

import zlib
from collections.abc import Iterator
from struct import Struct

from se_engine.rules.errors import Refused

LARGEST = 1_500_000
SMALLEST_SIDE, LARGEST_SIDE = 64, 4000
PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})
"""What is needed to draw it; texts, times, places and profiles stay behind."""

_PNG_HEADER = Struct(">II5B")
_LENGTH = Struct(">I")
_SHORT = Struct(">H")
_SOI, _EOI, _SOS, _APP0, _APP1, _APP14, _APP15, _COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ORIENTATION = 0x0112


def cleaned(data: bytes) -> tuple[str, bytes]:
    """(media type, picture): the same picture with nothing beside it; Refused says what is wrong."""
    if len(data) > LARGEST:
        raise Refused("picture_too_large", largest=LARGEST // 1000)
    if data.startswith(PNG_START):
        return "image/png", _png(data)
    if data.startswith(JPEG_START):
        return "image/jpeg", _jpeg(data)
    raise Refused("picture_kind")


def _check_sides(width: int, height: int) -> None:
    if min(width, height) < SMALLEST_SIDE or max(width, height) > LARGEST_SIDE:
        raise Refused("picture_sides", smallest=SMALLEST_SIDE, largest=LARGEST_SIDE)


def _png(data: bytes) -> bytes:
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND" or len(chunks[0][1]) != _PNG_HEADER.size:
        raise Refused("picture_damaged")
    width, height, depth, colour, _compression, _filter, interlaced = _PNG_HEADER.unpack(chunks[0][1])
    _check_sides(width, height)
    _check_pixels(b"".join(body for kind, body in chunks if kind == b"IDAT"), width, height, depth, colour, interlaced)
    return PNG_START + b"".join(_chunk(kind, body) for kind, body in chunks if kind in PNG_KEPT)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each, as far as the end mark; what hangs behind it is no part of the picture."""
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise Refused("picture_damaged")
        (length,) = _LENGTH.unpack_from(data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != _LENGTH.pack(zlib.crc32(kind + body)):
            raise Refused("picture_damaged")
        yield kind, body
        at += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return _LENGTH.pack(len(body)) + kind + body + _LENGTH.pack(zlib.crc32(kind + body))


def _check_pixels(packed: bytes, width: int, height: int, depth: int, colour: int, interlaced: int) -> None:
    """That they unpack, and to no more than a picture of these sides has: a small file may hide a huge one."""
    if colour not in _CHANNELS or depth not in (1, 2, 4, 8, 16):
        raise Refused("picture_damaged")
    expected = height * (1 + (width * depth * _CHANNELS[colour] + 7) // 8)
    most = 2 * expected if interlaced else expected
    unpacker = zlib.decompressobj()
    try:
        found = len(unpacker.decompress(packed, most + 1))
    except zlib.error:
        raise Refused("picture_damaged") from None
    if found > most or found < expected:
        raise Refused("picture_damaged")


def _jpeg(data: bytes) -> bytes:
    """Without the camera's segments and comments; how the camera was held is kept, or faces would lie on their side."""
    kept, sides, orientation = [JPEG_START], None, 1
    for marker, segment, behind in _segments(data):
        if marker in _FRAMES and len(segment) >= 9:
            height, width = _SHORT.unpack_from(segment, 5)[0], _SHORT.unpack_from(segment, 7)[0]
            sides = (width, height)
        if marker == _APP1:
            orientation = _orientation(segment) or orientation
        beside = _APP0 < marker <= _APP15 and marker != _APP14
        if not beside and marker != _COMMENT:
            kept.append(segment + behind)
    if sides is None or not kept[-1].startswith(b"\xff\xd9"):
        raise Refused("picture_damaged")
    _check_sides(*sides)
    if orientation != 1:
        kept.insert(1, _turned(orientation))
    return b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, the whole segment, the scanned picture behind it) as far as the end mark."""
    at = len(JPEG_START)
    while True:
        if at + 2 > len(data) or data[at] != 0xFF:
            raise Refused("picture_damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == _EOI:
            yield marker, data[at : at + 2], b""
            return
        end = at + 2
        if marker not in _BARE:
            if at + 4 > len(data):
                raise Refused("picture_damaged")
            end += _SHORT.unpack_from(data, at + 2)[0]
        scanned = _scan_end(data, end) if marker == _SOS else end
        if scanned > len(data):
            raise Refused("picture_damaged")
        yield marker, data[at:end], data[end:scanned]
        at = scanned


def _scan_end(data: bytes, at: int) -> int:
    """Where the next marker begins: within the scan 0xFF is followed by nought or by a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Refused("picture_damaged")
        if data[at + 1] != 0 and data[at + 1] not in _BARE:
            return at
        at += 2


def _orientation(segment: bytes) -> int | None:
    """The one thing of a camera's notes that the picture needs; None where it is not said."""
    notes = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(notes[:2])
    if segment[4:10] != b"Exif\0\0" or order is None or len(notes) < 10:
        return None
    short, long = Struct(order + "H"), Struct(order + "I")
    (first,) = long.unpack_from(notes, 4)
    if first + 2 > len(notes):
        return None
    (number,) = short.unpack_from(notes, first)
    for entry in range(first + 2, min(first + 2 + 12 * number, len(notes) - 11), 12):
        if short.unpack_from(notes, entry)[0] == _ORIENTATION:
            found = int(short.unpack_from(notes, entry + 8)[0])
            return found if 1 <= found <= 8 else None
    return None


def _turned(orientation: int) -> bytes:
    """Notes that say only how the picture is to be turned."""
    entry = _SHORT.pack(_ORIENTATION) + _SHORT.pack(3) + _LENGTH.pack(1) + _SHORT.pack(orientation) + b"\0\0"
    notes = b"MM\0*" + _LENGTH.pack(8) + _SHORT.pack(1) + entry + _LENGTH.pack(0)
    body = b"Exif\0\0" + notes
    return b"\xff\xe1" + _SHORT.pack(len(body) + 2) + body
