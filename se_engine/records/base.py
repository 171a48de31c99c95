"""What all tables share: names of constraints, and times in UTC on both engines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Update,
    bindparam,
    insert,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import JSON

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcDateTime,
        list[Any]: JSON(none_as_null=True),
        str: String,
    }


def identity() -> Mapped[int]:
    return mapped_column(BigId, primary_key=True)


def link(target: str, *, index: bool = False) -> Mapped[Any]:
    return mapped_column(BigId, ForeignKey(target), index=index)


def write_row(session: Session, table: type[Base], **columns: Any) -> int:
    """One new row, written at once and past the unit of work; its id.

    For what is only ever added – history, trail, texts, stays – on every move: SQLAlchemy puts the statement together
    once, and what is sent afterwards is its text.
    """
    connection = session.connection()
    row = _prepared(connection.dialect, table, tuple(columns))
    values = {name: ready(columns[name]) if ready else columns[name] for name, ready in row.columns} | row.defaults
    parameters = tuple(values[name] for name in row.order) if row.order else values
    done = connection.exec_driver_sql(row.statement, parameters)
    return int(done.scalar_one()) if done.returns_rows else int(done.lastrowid)


@dataclass(frozen=True)
class _Row:
    """An INSERT as the driver takes it: its text, how each value is made ready, and the order where it has no names."""

    statement: str
    columns: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    defaults: dict[str, Any]
    order: Sequence[str] | None


_ROWS: dict[tuple[str, type[Base], tuple[str, ...]], _Row] = {}
"""By engine, table and columns: a few dozen in all."""


def _prepared(dialect: Dialect, table: type[Base], names: tuple[str, ...]) -> _Row:
    key = (dialect.name, table, names)
    if key not in _ROWS:
        plain = plain_table(table)
        unnamed = {c.name: c.default for c in plain.columns if c.default is not None and c.name not in names}
        defaults = {
            name: default.arg for name, default in unnamed.items() if isinstance(default, ScalarElementColumnDefault)
        }
        statement = insert(plain).values({name: bindparam(name) for name in (*names, *defaults)})
        if dialect.name == "postgresql":
            statement = statement.returning(plain.c.id)
        text = statement.compile(dialect=dialect)
        ready = tuple((name, plain.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names)
        _ROWS[key] = _Row(str(text), ready, defaults, text.positiontup)
    return _ROWS[key]


def change_row(session: Session, table: type[Base], number: int, **columns: Any) -> None:
    """The same for the few columns of a stay that change."""
    session.connection().execute(_update(table), {"number": number, **columns})


# Built once: putting a statement together takes longer than sending it.
@cache
def _update(table: type[Base]) -> Update:
    plain = plain_table(table)
    return update(plain).where(plain.c.id == bindparam("number"))


def plain_table(table: type[Base]) -> Table:
    """The table behind a record, for statements without the unit of work."""
    plain = table.__table__
    if not isinstance(plain, Table):
        raise TypeError(f"{table.__name__} is not one table")
    return plain
