"""An occupation by its code, by its title, or by a word of it: one that fits is taken, several are shown."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import StringField, ValidationError

from se_engine import wording
from se_engine.occupations import Occupation, named, occupations, search
from se_engine.rules.errors import Reason
from web.language import language


class OccupationField(StringField):  # type: ignore[misc]  # WTForms has no types
    """Its data is the code, or None."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, render_kw={"list": "occupation-names", "autocomplete": "off"}, **rest)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not given:
            return
        found = named(given, language())
        if found is None:
            found = _only(given)
        self.data = found.code

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return occupation_name(self.data) if self.data else ""


def _only(given: str) -> Occupation:
    found = search(given)
    if len(found) == 1:
        return found[0]
    if not found:
        reason = Reason("occupation_unknown", {"field": "occupation_code", "given": given})
        raise ValidationError(wording.sentence(reason, language()))
    several = " · ".join(occupation_name(one.code) for one in found)
    raise ValidationError(gettext("Several fit. Write the code of the right one: %(several)s.", several=several))


def occupation_name(code: str) -> str:
    """«5223 Butikkmedarbeidere»."""
    known = occupations().get(code)
    return f"{code} {known.title.to(language())}" if known else code


def occupation_choices() -> list[str]:
    return [occupation_name(code) for code in occupations()]
