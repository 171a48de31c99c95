"""Choices to tap: codes, minutes and yes or no, each shown as a row of chips."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import RadioField, SelectChoice, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from web.forms.fields import CodeRadio, coded
from web.numbers import whole_number


class Chips(CodeRadio):
    """One code of a group, to tap; what may be left out has a chip of its own that says so."""

    chips = True

    def __init__(
        self, label: str, group: str, *, codes: Iterable[str] = (), none: str | None = None, **rest: Any
    ) -> None:
        super().__init__(label, group, codes=codes, required=none is None, **rest)
        if none is not None:
            self.choices = [*self.choices, SelectChoice("", none)]

    def process_data(self, value: Any) -> None:
        super().process_data("" if value is None and not self.needed else value)

    @property
    def code(self) -> str | None:
        return self.data or None


class YesNoChips(RadioField):  # type: ignore[misc]  # WTForms has no types
    """Yes, no, or not said."""

    chips = True

    def __init__(self, label: str, **rest: Any) -> None:
        choices = {"yes": gettext("Yes"), "no": gettext("No"), "": gettext("Not said")}
        super().__init__(label, choices=choices, default="", validate_choice=False, **rest)

    @property
    def truth(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.data or "")


class NumberChips(RadioField):  # type: ignore[misc]  # WTForms has no types
    """A number out of the usual ones."""

    chips = True

    def __init__(self, label: str, usual: Sequence[int], **rest: Any) -> None:
        super().__init__(label, choices={str(number): str(number) for number in usual}, **rest)
        self.validate_choice = False

    def process_data(self, value: Any) -> None:
        self.data = None if value is None else str(value)

    def pre_validate(self, form: Any) -> None:
        if self.data and whole_number(self.data) is None:
            raise ValidationError(gettext("This is not one of the choices. Choose one of those shown."))

    @property
    def number(self) -> int | None:
        return whole_number(self.data or "")


class SeveralCodes(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Any number of codes of a group."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, group: str, *, codes: Iterable[str] = (), **rest: Any) -> None:
        super().__init__(label, choices=coded(group, codes), validate_choice=False, **rest)
