"""Reading the trail: whether it is whole, and who has looked at a participant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from se_engine.rules.chain import FIELDS, START, entry_digest, seal_after


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
    for row in _raw_rows(session):
        entries += 1
        fits = entry_digest(row[1 : len(FIELDS) + 1]).encode() == row.digest
        if row.position is not None:
            sealed, last_sealed = sealed + 1, row.id
            seal = seal_after(seal, sealed, row.id, (row.digest or b"").decode(errors="replace"))
            fits = fits and row.position == sealed and seal.encode() == row.seal
            if not fits:
                seal = (row.seal or b"").decode(errors="replace")
        if not fits and first_bad is None:
            first_bad = row.id
    head = session.execute(text("SELECT sealed, seal FROM trail_heads WHERE id = 1")).first()
    # Without sealed entries there may be no head yet; a head that was taken away hides no cut.
    kept = (head.sealed, head.seal) if head else (0, START)
    if first_bad is None and kept != (sealed, seal):
        first_bad = last_sealed
    return Verdict(entries, sealed, first_bad)


def _raw_rows(session: Session) -> Iterator[Row[Any]]:
    """Rows in the order of the chain, the unsealed last; every column as the bytes that are stored."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    raw = "convert_to({}::text, 'UTF8')" if postgresql else "CAST({} AS BLOB)"
    columns = ", ".join(f"{raw.format(field)} AS {field}" for field in (*FIELDS, "digest", "seal"))
    # A damaged place in the chain must not stop the reading either: SQLite would store any bytes there.
    place = "position" if postgresql else "CAST(position AS INTEGER) AS position"
    statement = text(
        f"SELECT id, {columns}, {place} FROM trail_entries ORDER BY position IS NULL, position, id"  # noqa: S608
    )
    in_batches = {"stream_results": True, "yield_per": 5_000}
    yield from session.connection().execute(statement, execution_options=in_batches)
