"""A time of day as people write it: 9, 9.30, 0930, kl. 14 – shown back as 09:30."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import Field, ValidationError
from wtforms.widgets import TextInput

_AT = re.compile(r"^(klokka|klokken|kl|at)\.?\s*")
_TIME = re.compile(r"(\d{1,2})(?:\s*[.:,h]\s*(\d{2}))?")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
LAST_HOUR, LAST_MINUTE = 23, 59


class NotATime(ValueError):
    """What was written is no time of the day."""


def parse_time(given: str) -> str:
    """HH:MM; NotATime when it is none."""
    words = _AT.sub("", " ".join(given.split()).lower())
    match = _TIME.fullmatch(words) or _DIGITS.fullmatch(words)
    if match is None:
        raise NotATime(given)
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        raise NotATime(given)
    return f"{hour:02d}:{minute:02d}"


class TimeField(Field):  # type: ignore[misc]  # WTForms has no types
    """A time of day in one text box; an empty one is None."""

    widget = TextInput()

    def __init__(self, label: str, *, required: bool = False, **rest: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "text", "autocomplete": "off"}, **rest)
        self.needed = required
        if required:
            self.flags.required = True

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip() if valuelist else ""
        self.data = None
        if given:
            try:
                self.data = parse_time(given)
            except NotATime:
                message = gettext("“%(given)s” is not a time of day. Write it like 9, 9.30 or 14:15.", given=given)
                raise ValidationError(message) from None

    def pre_validate(self, form: Any) -> None:
        if self.needed and self.data is None and not self.process_errors:
            raise ValidationError(gettext("Write a time of day, like 9, 9.30 or 14:15."))

    def _value(self) -> str:
        if self.data is not None:
            return str(self.data)
        return str(self.raw_data[0]) if self.raw_data else ""
