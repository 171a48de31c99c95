"""Leases: of all machines that run the same background job, one does it at a time."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.clock import now
from se_engine.records.idempotency import Lease

LASTS = timedelta(minutes=5)
"""Longer than any batch takes: who was killed while holding it keeps the others waiting no longer than this."""


def take_lease(session: Session, name: str, holder: str) -> bool:
    """Takes or prolongs the lease until LASTS from now; False while another holds it.

    Taken again in the transaction of each batch, so that nobody works on without it.
    """
    moment = now(session)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    taking = dialect.insert(Lease).values(name=name, holder=holder, until=moment + LASTS)
    free: ColumnElement[bool] = or_(Lease.until < moment, Lease.holder == holder)
    taking = taking.on_conflict_do_update(
        index_elements=["name"], set_={"holder": holder, "until": moment + LASTS}, where=free
    )
    return session.scalar(taking.returning(Lease.name)) is not None


def give_back_lease(session: Session, name: str, holder: str) -> None:
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
