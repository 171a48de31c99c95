"""The form of one group of the record: a field of WTForms for each field of the catalogue and each of its entries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.queries.participants import OPEN, FieldAnswer
from se_engine.record_fields import LARGEST_SCALE, RecordField
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CountryField, WholeNumber, Words
from web.language import language

FEW = 6
"""As many choices as are shown as buttons; more fold out."""
Key = tuple[str, int]


class SeveralField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Choices to tick, kept as one answer with commas."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GroupForm(WriteForm):
    happened_on = DayField(_("The answers were given on"))

    def answers(self, shown: Iterable[FieldAnswer]) -> dict[Key, str]:
        """What differs from what is recorded."""
        return {
            key: given
            for key, known in entries_of(shown).items()
            if (given := as_answer(self[name_of(*key)])) != (known or "")
        }


def name_of(key: str, entry: int) -> str:
    return f"{key}__{entry}"


def entries_of(shown: Iterable[FieldAnswer]) -> dict[Key, str | None]:
    """Every box of the form with what is recorded; a field with several entries has one more, empty."""
    boxes: dict[Key, str | None] = {}
    for answer in shown:
        if answer.access != OPEN:
            continue
        known = {entry.number: entry.answer for entry in answer.entries}
        numbers = [*known, answer.next_entry] if answer.field.many else [*known] or [1]
        boxes |= {(answer.field.key, number): known.get(number) for number in numbers}
    return boxes


def group_form(shown: tuple[FieldAnswer, ...], base: type[GroupForm] = GroupForm) -> Any:
    class Fields(base):  # type: ignore[misc, valid-type]
        pass

    by_key = {answer.field.key: answer.field for answer in shown}
    boxes = entries_of(shown)
    for key, entry in boxes:
        setattr(Fields, name_of(key, entry), _box(by_key[key], entry))
    form = Fields()
    if not form.is_submitted():
        for (key, entry), known in boxes.items():
            _put(form[name_of(key, entry)], known)
    return form


def _box(field: RecordField, entry: int) -> Any:
    label = field.title.to(language())
    if field.many:
        label = f"{label} ({entry})" if entry > 1 else label
    hint = field.help.to(language()) if field.help else ""
    choices = {choice.key: choice.title.to(language()) for choice in field.choices}
    if field.kind == "choice" and len(choices) <= FEW:
        unsaid = {"": gettext("Not answered")}
        return RadioField(label, choices=choices | unsaid, default="", validate_choice=False, description=hint)
    if field.kind == "choice":
        return SelectField(label, choices={"": "–", **choices}, validate_choice=False, description=hint)
    if field.kind == "choices":
        return SeveralField(label, choices=choices, validate_choice=False, description=hint)
    if field.kind == "yes_no":
        words = {"yes": gettext("Yes"), "no": gettext("No"), "": gettext("Not answered")}
        return RadioField(label, choices=words, default="", validate_choice=False, description=hint)
    if field.kind == "date":
        return DayField(label, required=False, ahead=True, default_days=None, description=hint)
    if field.kind == "scale":
        return WholeNumber(label, largest=LARGEST_SCALE, description=hint or gettext("0 to 10"))
    if field.kind in ("number", "year"):
        return WholeNumber(label, description=hint)
    if field.kind == "code" and field.key.endswith(("country", "citizenship")):
        return CountryField(label, description=hint)
    if field.kind == "long_text":
        return Words(label, rows=3, description=hint)
    return StringField(label, description=hint)


def _put(box: Any, known: str | None) -> None:
    if known is None:
        return
    if isinstance(box, SeveralField):
        box.data = known.split(",")
    elif isinstance(box, DayField):
        box.process_data(_day(known))
    elif isinstance(box, WholeNumber):
        box.data = int(known) if known.isdecimal() else None
    else:
        box.data = known


def _day(known: str) -> date:
    return date.fromisoformat(known)


def as_answer(box: Any) -> str:
    """What stands in a box, as the record keeps it."""
    data = box.data
    if data is None:
        return ""
    if isinstance(box, SeveralField):
        return ",".join(data)
    return data.isoformat() if isinstance(box, DayField) else str(data).strip()
