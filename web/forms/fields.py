"""Fields that several forms share: codes with their words, languages and countries by name, whole numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import TextInput

from se_engine import wording
from web.forms.base import WriteForm
from web.language import language
from web.names import code_of, country_names, language_name, language_names
from web.numbers import whole_number


class VersionedForm(WriteForm):
    """A form about something that others may change meanwhile: it carries the version that was seen."""

    version = HiddenField()

    def seen(self) -> int:
        """The version the page was made from; nought, which nothing has, for a page that carried none."""
        return whole_number(str(self.version.data or "")) or 0

    def show_version(self, version: int, *, again: bool = False) -> None:
        """For a form shown first, or once more after it was found stale."""
        if again or not self.is_submitted():
            self.version.data = str(version)


class CodeRadio(RadioField):  # type: ignore[misc]  # WTForms has no types
    """One code of a group of the wording; nothing chosen is None."""

    def __init__(
        self, label: str, group: str, *, codes: Iterable[str] = (), required: bool = True, **rest: Any
    ) -> None:
        super().__init__(label, choices=coded(group, codes), validate_choice=False, **rest)
        self.group, self.needed = group, required
        if required:
            self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        _check_choice(self)


class CodeSelect(SelectField):  # type: ignore[misc]  # WTForms has no types
    """The same as a list that folds out, for long groups and for what may be left out."""

    def __init__(
        self, label: str, group: str, *, codes: Iterable[str] = (), required: bool = False, **rest: Any
    ) -> None:
        choices = [SelectChoice("", "–"), *coded(group, codes)]
        super().__init__(label, choices=choices, validate_choice=False, **rest)
        self.group, self.needed = group, required
        if required:
            self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        _check_choice(self)


def coded(group: str, codes: Iterable[str] = ()) -> list[SelectChoice]:
    words = wording.words(group, language())
    return [SelectChoice(code, words[code]) for code in (codes or words)]


def _check_choice(field: Any) -> None:
    allowed = {str(value) for value, *_ in field.choices}
    if not field.data or field.data == "None":
        field.data = None
        if field.needed:
            raise ValidationError(gettext("Choose one of these."))
    elif str(field.data) not in allowed:
        raise ValidationError(gettext("This is not one of the choices. Choose one of those shown."))


class WholeNumber(Field):  # type: ignore[misc]  # WTForms has no types
    """A whole number; it may be left out unless `needed` says what then is told."""

    widget = TextInput()

    def __init__(
        self, label: str, *, smallest: int = 0, largest: int = 9999, needed: str | None = None, **rest: Any
    ) -> None:
        super().__init__(label, render_kw={"inputmode": "numeric", **rest.pop("render_kw", {})}, **rest)
        self.smallest, self.largest, self.needed = smallest, largest, needed
        if needed:
            self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        if self.needed and self.data is None and not self.process_errors:
            raise ValidationError(self.needed)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not given:
            return
        number = whole_number(given)
        if number is None or not self.smallest <= number <= self.largest:
            raise ValidationError(
                gettext(
                    "Write a whole number from %(smallest)s to %(largest)s.",
                    smallest=self.smallest,
                    largest=self.largest,
                )
            )
        self.data = number

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else str(self.data)


class Hours(StringField):  # type: ignore[misc]  # WTForms has no types
    """Hours with a comma or a full stop: 37,5."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip().replace(",", ".") if valuelist else ""
        self.data = None
        if not given:
            return
        try:
            self.data = float(given)
        except ValueError:
            raise ValidationError(gettext("Write hours as a number, like 37,5.")) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:g}".replace(".", ",") if isinstance(self.data, (int, float)) else ""


class LanguageField(StringField):  # type: ignore[misc]  # WTForms has no types
    """One language by its name in the reader's language, or by its code."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, render_kw={"list": "language-names", "autocomplete": "off"}, **rest)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip() if valuelist else ""
        self.data = None
        if given:
            self.data = code_of(given, language_names())
            if self.data is None:
                message = gettext("We know no language called “%(given)s”. Choose one from the list.", given=given)
                raise ValidationError(message)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return language_name(self.data) if self.data else ""


class CountryField(StringField):  # type: ignore[misc]  # WTForms has no types
    """One country by its name in the reader's language, or by its code."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, render_kw={"list": "country-names", "autocomplete": "off"}, **rest)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        given = valuelist[0].strip() if valuelist else ""
        self.data = None
        if given:
            self.data = code_of(given, country_names())
            if self.data is None:
                message = gettext("We know no country called “%(given)s”. Choose one from the list.", given=given)
                raise ValidationError(message)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return country_names().get(self.data, self.data) if self.data else ""


class EmployerField(StringField):  # type: ignore[misc]  # WTForms has no types
    """The name of an employer, with the case's own offered."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, render_kw={"list": "employer-names", "autocomplete": "off"}, **rest)


class Words(TextAreaField):  # type: ignore[misc]  # WTForms has no types
    """Free words; `needed` says so at the field, the rules say it again with the reason."""

    def __init__(self, label: str, *, required: bool = False, rows: int = 3, **rest: Any) -> None:
        super().__init__(label, render_kw={"rows": rows}, **rest)
        self.needed = required
        if required:
            self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        if self.needed and not (self.data or "").strip():
            raise ValidationError(gettext("Write a few words here."))


class KeepTick(BooleanField):  # type: ignore[misc]  # WTForms has no types
    """Shown once words were found that deserve a second look: ticked, they stand as they are."""

    found = False

    @property
    def asked(self) -> bool:
        return self.found or bool(self.data)
