"""Days in SQL, as each engine says it: so many days later, and the earlier of several."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

NEVER = literal(date.max, Date)


class plus_days(FunctionElement[date]):  # noqa: N801 - reads as the SQL function it stands for
    """A day so many days later."""

    type = Date()
    inherit_cache = True


@compiles(plus_days, "sqlite")
def _plus_days_sqlite(element: plus_days, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({day}, {number} || ' days')"


@compiles(plus_days)
def _plus_days(element: plus_days, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({day} + {number})"


class earliest_there(FunctionElement[date]):  # noqa: N801 - reads as the SQL function it stands for
    """The earliest of days that are all there."""

    type = Date()
    inherit_cache = True


@compiles(earliest_there, "sqlite")
def _earliest_sqlite(element: earliest_there, compiler: SQLCompiler, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"


@compiles(earliest_there)
def _earliest(element: earliest_there, compiler: SQLCompiler, **kw: Any) -> str:
    return f"least({compiler.process(element.clauses, **kw)})"


def earliest(*days: Any) -> ColumnElement[date]:
    """The earliest of them; NEVER when none is there."""
    return earliest_there(*(func.coalesce(day, NEVER) for day in days))
