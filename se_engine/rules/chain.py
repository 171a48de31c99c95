"""The digests of the trail: what one entry says, and how sealing binds it to the one before."""

from collections.abc import Sequence
from hashlib import sha256

FIELDS = (
    "recorded_at", "user_id", "role", "on_behalf_of", "office_id", "participant_id", "case_id", "what", "detail",
    "happened_on", "text_id", "text_digest",
)  # fmt: skip
"""The columns of an entry that its digest covers, in this order."""

START = "0" * 64
"""The seal before the first entry."""


def entry_digest(values: Sequence[bytes | None]) -> str:
    """SHA-256 over the columns' raw bytes, each with its length before it; an empty column is not an empty text."""
    parts = [b"-" if value is None else b"%d:%b" % (len(value), value) for value in values]
    return sha256(b"".join(parts)).hexdigest()


def part(value: bytes | None) -> bytes:
    """One column's share of what `entry_digest` hashes, for those who hash many entries that are much alike."""
    return b"-" if value is None else b"%d:%b" % (len(value), value)


def seal_after(previous: str, position: int, entry_id: int, digest: str) -> str:
    """The seal of an entry: it changes when any entry before it is changed, moved or taken out."""
    return sha256(f"{previous}:{position}:{entry_id}:{digest}".encode()).hexdigest()
