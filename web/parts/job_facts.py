"""Days, hours and percents of a job as its pages write them."""

from datetime import date

from flask_babel import format_date

from web.language import language

DOT = " · "
"""Between facts of one line."""


def day(on: date | None) -> str:
    return format_date(on, "medium") if on else "–"


def number(value: float | None) -> str:
    shown = f"{value:g}" if value is not None else "–"
    return shown if language() == "en" else shown.replace(".", ",")


def day_or_none(on: date | None) -> str | None:
    return format_date(on, "medium") if on else None


def percent_of(value: float | None) -> str | None:
    return f"{number(value)} %" if value is not None else None
