"""A day as people write it: 2026-03-12, 12.3.2026, 12.3., yesterday, Monday, in a week – shown back as 12.03.2026."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext
from wtforms import Field, ValidationError
from wtforms.widgets import TextInput

from se_engine.clock import today
from web.drafts import written_on
from web.forms.spoken_days import in_words, named_month
from web.session import reading

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[./ ]\s*(\d{1,2})(?:[./ ]\s*(\d{4}|\d{2}))?\.?")
CENTURY = 2000
TWO_DIGITS = 100


def this_day() -> date:
    """Today, in Norway."""
    return today(reading())


def shown(day: date) -> str:
    """How a day stands in a field: the same in every language, and never taken for month before day."""
    return day.strftime("%d.%m.%Y")


class NotADay(ValueError):
    """What was written is no day there is."""


def parse_day(given: str, on: date, *, ahead: bool = False) -> date:
    """NotADay when it is none. A day without a year is the nearest one behind us, or ahead."""
    words = " ".join(given.split()).lower().rstrip(",")
    spoken = in_words(words, on, ahead=ahead) if words else None
    if spoken is not None:
        return spoken
    if named := named_month(words):
        day_of, month_of, year_of = named
        return _day(year_of, month_of, day_of) if year_of else _nearest(day_of, month_of, on, ahead=ahead)
    if match := _ISO.fullmatch(words):
        return _day(*map(int, match.groups()))
    match = _DOTTED.fullmatch(words)
    if match is None:
        raise NotADay(given)
    day, month, year = match.groups()
    if year:
        return _day(int(year) + (CENTURY if int(year) < TWO_DIGITS else 0), int(month), int(day))
    return _nearest(int(day), int(month), on, ahead=ahead)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(f"{day}.{month}.{year}") from None


def _nearest(day: int, month: int, on: date, *, ahead: bool) -> date:
    """29.2. is looked for in the years around, since most have none."""
    years = range(on.year, on.year + 5) if ahead else range(on.year, on.year - 5, -1)
    for year in years:
        try:
            found = _day(year, month, day)
        except NotADay:
            continue
        if found >= on if ahead else found <= on:
            return found
    raise NotADay(f"{day}.{month}.")


class DayField(Field):  # type: ignore[misc]  # WTForms has no types
    """A day in one text box; `ahead` for days to come, `default_days` from today or None for an empty box."""

    widget = TextInput()

    def __init__(
        self, label: str, *, required: bool = True, ahead: bool = False, default_days: int | None = 0, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.ahead, self.needed, self.default_days = ahead, required, default_days
        if required:
            self.flags.required = True

    def process_data(self, value: date | None) -> None:
        if value is None and self.default_days is not None:
            value = this_day() + timedelta(days=self.default_days)
        self.data = value

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip() if valuelist else ""
        self.data = None
        if given:
            try:
                self.data = parse_day(given, written_on() or this_day(), ahead=self.ahead)
            except NotADay:
                message = gettext("“%(given)s” is not a day. Write it like 12.3.2026, 12.3. or yesterday.", given=given)
                raise ValidationError(message) from None

    def pre_validate(self, form: Any) -> None:
        if self.needed and self.data is None and not self.process_errors:
            raise ValidationError(gettext("Write a day, like 12.3.2026, 12.3. or today."))

    def _value(self) -> str:
        if self.data is None:
            return self.raw_data[0] if self.raw_data else ""
        return shown(self.data)
