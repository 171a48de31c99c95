"""Reading the trail: whether it is whole, and who has looked at a participant."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.orm import Session

from se_engine.rules.chain import FIELDS, START, seal_after


@dataclass(frozen=True)
class Verdict:
    """`first_bad` is the id of the first entry that does not fit, or after which the chain was cut; None when whole."""

    entries: int
    sealed: int
    first_bad: int | None

    @property
    def ok(self) -> bool:
        return self.first_bad is None


def verify(session: Session) -> Verdict:
    """Recomputes every digest and every seal from the raw bytes of the rows, damaged or not."""
    entries, sealed, seal = 0, 0, START
    first_bad: int | None = None
    last_sealed = 0
    for number, whole, digest, kept_seal, position in _entries(session):
        entries += 1
        fits = whole
        if position is not None:
            sealed, last_sealed = sealed + 1, number
            seal = seal_after(seal, sealed, number, digest.decode(errors="replace"))
            fits = fits and position == sealed and seal.encode() == kept_seal
            if not fits:
                seal = kept_seal.decode(errors="replace")
        if not fits and first_bad is None:
            first_bad = number
    head = session.execute(text("SELECT sealed, seal FROM trail_heads WHERE id = 1")).first()
    # Without sealed entries there may be no head yet; a head that was taken away hides no cut.
    kept = (head.sealed, head.seal) if head else (0, START)
    if first_bad is None and kept != (sealed, seal):
        first_bad = last_sealed
    return Verdict(entries, sealed, first_bad)


# What an entry's digest covers is put together by the engine, from the bytes that are stored: a million entries cross
# to us as one value each and not as twelve. PostgreSQL hashes them as well; SQLite cannot.
_SQLITE = (
    "CAST({parts} AS BLOB)",
    "coalesce(length(CAST({field} AS BLOB)) || ':' || CAST({field} AS BLOB), '-')",
    "CAST({field} AS BLOB)",
    "CAST(position AS INTEGER)",
)
_POSTGRESQL = (
    "encode(sha256(convert_to({parts}, 'UTF8')), 'hex') = digest",
    "coalesce(octet_length({field}::text) || ':' || {field}::text, '-')",
    "convert_to({field}, 'UTF8')",
    "position",
)


def _entries(session: Session) -> Iterator[tuple[int, bool, bytes, bytes, int | None]]:
    """Id, whether the digest fits, digest, seal and place: in the order of the chain, the unsealed last."""
    hashes_itself = session.get_bind().dialect.name == "postgresql"
    covered, part, raw, place = _POSTGRESQL if hashes_itself else _SQLITE
    said = covered.format(parts=" || ".join(part.format(field=field) for field in FIELDS))
    digest, seal = raw.format(field="digest"), raw.format(field="seal")
    shown = f"SELECT id, {said}, {digest}, {seal}, {place} FROM trail_entries"  # noqa: S608 - constant names
    in_batches = {"stream_results": True, "yield_per": 5_000}
    # Two statements, each in the order of an index: sorting a million entries takes longer than hashing them.
    for some in ("position IS NOT NULL ORDER BY position", "position IS NULL ORDER BY id"):
        found = session.connection().execute(text(f"{shown} WHERE {some}"), execution_options=in_batches)
        for number, whole, kept, kept_seal, position in found:
            fits = whole if hashes_itself else sha256(whole).hexdigest().encode() == kept
            yield number, bool(fits), kept or b"", kept_seal or b"", position
