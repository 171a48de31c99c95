"""Dates, days and names as people write them, for templates."""

import re
from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_datetime, ngettext

from se_engine import wording
from web.language import language

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(long_date=long_date, weekday=weekday, moment=moment, days=days, word=word)


def long_date(value: date | None) -> str:
    """12. mars 2026; a dash for nothing."""
    return format_date(value, "long") if value else "–"


def weekday(value: date) -> str:
    """Mandag 16. mars."""
    shown = format_date(value, "EEEE d. MMMM" if language() != "en" else "EEEE d MMMM")
    return shown[:1].upper() + shown[1:]


def moment(value: datetime | None) -> str:
    """A day and the time on it, in Norway."""
    return format_datetime(value, "d. MMMM y HH:mm" if language() != "en" else "d MMMM y HH:mm") if value else "–"


def days(number: int | None) -> str:
    return "–" if number is None else ngettext("%(num)s day", "%(num)s days", number)


def word(code: str | None, group: str) -> str:
    """A coded word of the engine in the reader's language: {{ case.status|word("status") }}."""
    return wording.word(group, code, language())


def with_days(sentence: str) -> str:
    """Days inside a sentence of the engine, written out."""
    return _ISO_DAY.sub(lambda match: _written_out(match.group()), sentence)


def _written_out(iso: str) -> str:
    """What a person has typed may stand in the sentence too, and only look like a day."""
    try:
        return long_date(date.fromisoformat(iso))
    except ValueError:
        return iso
