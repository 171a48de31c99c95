"""Days in SQL, as each engine says it: so many days later, the earliest of several, the month; and fixed values.

What never changes stands in the text of a statement: a long statement with hundreds of parameters takes longer to
send than to run.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def fixed(value: str | int) -> ColumnElement[Any]:
    """A code or number of ours, never anything that somebody typed."""
    if isinstance(value, str):
        if not value.replace("_", "").isalnum():
            raise ValueError(f"no code: {value}")
        return literal_column(f"'{value}'")
    return literal_column(str(value))


class never(FunctionElement[date]):  # noqa: N801 - reads as the SQL value it stands for
    """The day that never comes."""

    type = Date()
    inherit_cache = True


@compiles(never, "sqlite")
def _never_sqlite(element: never, compiler: SQLCompiler, **kw: Any) -> str:
    return f"'{date.max.isoformat()}'"


@compiles(never)
def _never(element: never, compiler: SQLCompiler, **kw: Any) -> str:
    return f"DATE '{date.max.isoformat()}'"


NEVER = never()


class plus_days(FunctionElement[date]):  # noqa: N801 - reads as the SQL function it stands for
    """A day so many days later."""

    type = Date()
    inherit_cache = True

    def __init__(self, day: Any, number: Any) -> None:
        super().__init__(day, fixed(number) if isinstance(number, int) else number)


@compiles(plus_days, "sqlite")
def _plus_days_sqlite(element: plus_days, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({day}, {number} || ' days')"


@compiles(plus_days)
def _plus_days(element: plus_days, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({day} + {number})"


class days_from(FunctionElement[int]):  # noqa: N801 - reads as the SQL function it stands for
    """How many days the second day lies after the first."""

    type = Integer()
    inherit_cache = True


@compiles(days_from, "sqlite")
def _days_from_sqlite(element: days_from, compiler: SQLCompiler, **kw: Any) -> str:
    first, day = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(julianday({day}) - julianday({first}) AS INTEGER)"


@compiles(days_from)
def _days_from(element: days_from, compiler: SQLCompiler, **kw: Any) -> str:
    first, day = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({day} - {first})"


class larger(FunctionElement[int]):  # noqa: N801 - reads as the SQL function it stands for
    """The larger of two numbers that are both there."""

    type = Integer()
    inherit_cache = True


@compiles(larger, "sqlite")
def _larger_sqlite(element: larger, compiler: SQLCompiler, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(larger)
def _larger(element: larger, compiler: SQLCompiler, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


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


class month(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it stands for
    """The month of a day, as in 2026-05."""

    type = String()
    inherit_cache = True


@compiles(month, "sqlite")
def _month_sqlite(element: month, compiler: SQLCompiler, **kw: Any) -> str:
    return f"substr({compiler.process(element.clauses, **kw)}, 1, 7)"


@compiles(month)
def _month(element: month, compiler: SQLCompiler, **kw: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **kw)}, 'YYYY-MM')"
