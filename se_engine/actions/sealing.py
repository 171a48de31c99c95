"""Sealing the trail: what has been committed since the last time is bound into the chain, in batches.

Writers never wait for one another here: an entry carries its own digest, and only `tick`, under a lease, decides
its place in the chain. An entry that commits late simply gets a later place.
"""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.records.trail import TrailEntry, TrailHead
from se_engine.rules.chain import START, seal_after

BATCH = 5_000


def seal_batch(session: Session) -> int:
    """Seals up to BATCH entries, oldest first; how many it sealed. The caller holds the lease."""
    head = _head(session)
    oldest = select(TrailEntry.id, TrailEntry.digest).where(TrailEntry.position.is_(None)).order_by(TrailEntry.id)
    unsealed = session.execute(oldest.limit(BATCH)).all()
    seals = []
    for entry_id, digest in unsealed:
        head.sealed += 1
        head.seal = seal_after(head.seal, head.sealed, entry_id, digest)
        seals.append({"entry": entry_id, "place": head.sealed, "bound": head.seal})
    if seals:
        session.connection().execute(
            update(TrailEntry)
            .where(TrailEntry.id == bindparam("entry"))
            .values(position=bindparam("place"), seal=bindparam("bound")),
            seals,
        )
    session.flush()
    return len(seals)


def _head(session: Session) -> TrailHead:
    """The end of the chain, held until the commit: a lease that ran out must not let two go on from the same place."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(TrailHead).values(id=1, sealed=0, seal=START).on_conflict_do_nothing())
    return session.get_one(TrailHead, 1, with_for_update=True, populate_existing=True)
