"""Forms for documents: one made from the fields of each kind, and those for what happens to a document."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine import wording
from se_engine.rules.document_kinds import DocumentField, DocumentKind, cell_name
from se_engine.rules.documents import ROW, Content, Rows, cleaned, missing
from se_engine.rules.errors import Reason, Refused
from web.drafts import as_typed
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, KeepTick, LanguageField, Words
from web.forms.plan import KEPT
from web.language import language
from web.numbers import whole_number

FEW = 6
"""As many choices as are shown as buttons; more fold out."""
MORE_ROWS, LEAST_ROWS = 2, 3


class NumberBox(StringField):  # type: ignore[misc]  # WTForms has no types
    """A number with a comma or a full stop; what it may be is said by the rules of the document."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal"}, **rest)


class SeenForm(WriteForm):
    """A form about the version that was seen, by its number."""

    seen_version = HiddenField()

    @property
    def seen(self) -> int:
        """Nought, which no version has, for a page that carried none."""
        return whole_number(str(self.seen_version.data or "")) or 0


class PartiesField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Those who sign, to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, parties: Iterable[str]) -> None:
        self.choices = [(party, wording.word("document_party", party, language())) for party in parties]


class AgreedPart(SeenForm):
    """Those who agree to it in the very talk in which it is written; the others do so later."""

    agreed_by = PartiesField(
        _("Who agrees to it now?"),
        validate_choice=False,
        description=_("Tick those who have heard it and said yes. The others can do so later."),
    )
    agreed_how = CodeRadio(_("How?"), "document_form", default="oral")
    agreed_language = LanguageField(_("In which language was it read?"))
    agreed_interpreter = CodeRadio(_("Was there an interpreter?"), "yes_no", required=False)

    def offer_agreement(self, parties: Iterable[str], spoken: str | None, interpreter: str) -> None:
        """Nobody agrees to a report: it is shared."""
        self.agreed_by.offer(parties)
        if not self.agreed_by.choices:
            del self.agreed_by, self.agreed_how, self.agreed_language, self.agreed_interpreter
        elif not self.is_submitted():
            self.agreed_language.data = self.agreed_language.data or spoken
            self.agreed_interpreter.data = self.agreed_interpreter.data or interpreter

    @property
    def agreeing(self) -> list[str]:
        return list(self.agreed_by.data or ()) if "agreed_by" in self else []

    def validate_agreed_language(self, field: Any) -> None:
        _needed_for_her(self, field, "document_language_needed")

    def validate_agreed_interpreter(self, field: Any) -> None:
        _needed_for_her(self, field, "document_interpreter_needed")


def _needed_for_her(form: AgreedPart, field: Any, code: str) -> None:
    """It is always told in which language she read it, and with whose help."""
    if not field.data and {"participant", "guardian"} & set(form.agreeing):
        raise ValidationError(wording.sentence(Reason(code), language()))


class DocumentForm(AgreedPart):
    from_on = DayField(_("From"), required=False, default_days=None)
    until_on = DayField(_("Until"), required=False, default_days=None)
    happened_on = DayField(_("It says so from"))
    kept = KeepTick(KEPT)

    kind: DocumentKind
    told: bool
    rows: Mapping[str, int]

    def validate(self, **given: Any) -> bool:
        """With those who agree at once, what signing waits for is told at its field."""
        return bool(super().validate(**given)) and not (self.agreeing and self._told_what_is_missing())

    def _told_what_is_missing(self) -> bool:
        try:
            gaps = missing(self.kind, cleaned(self.kind, self.content()), told=self.told)
        except Refused:
            return False  # what cannot be kept is told by the action
        boxes = [next((box for box in self if re.match(rf"{gap}(__|$)", box.name)), None) for gap in gaps]
        for box in filter(None, boxes):
            box.errors = [*box.errors, gettext("This is needed before anybody agrees.")]
        return any(boxes)

    def content(self) -> Content:
        """What was written, as the rules take it; rows keep their places, so that a refusal finds its box."""
        given: Content = {}
        for one in self.kind.fields:
            if one.kind == "rows" and one.key in self.rows:
                given[one.key] = [self._row(one, number) for number in range(1, self.rows[one.key] + 1)]
            elif one.key in self:
                given[one.key] = said(self[one.key])
        return given

    def _row(self, one: DocumentField, number: int) -> dict[str, str]:
        row = {column.key: said(self[cell_name(one.key, number, column.key)]) for column in one.columns}
        return {ROW: one.rows[number - 1].key, **row} if one.rows else row


def document_form(kind: DocumentKind, content: Content, *, told: bool, **more: Any) -> Any:
    """The form of one document with what it says now; without a period for what is no report."""

    class Fields(DocumentForm):
        pass

    shown = kind.shown(told=told)
    rows = {one.key: _how_many(one, content) for one in shown if one.kind == "rows"}
    for one in shown:
        for name, box in _boxes(one, rows.get(one.key, 0)).items():
            setattr(Fields, name, box)
    Fields.kind, Fields.told, Fields.rows = kind, told, rows
    form = Fields(**_known(shown, content), **more)
    if kind.about != "period" or "seen_version" in more:
        del form.from_on, form.until_on
    return form


def _how_many(one: DocumentField, content: Content) -> int:
    """Rows that are always there, or those there are and a few more; as many as were sent when it comes back."""
    if one.rows:
        return len(one.rows)
    sent = [*request.form, *(as_typed() or ())]
    numbers = (re.fullmatch(rf"{one.key}__(\d{{1,2}})__\w+", name) for name in sent)
    return max(LEAST_ROWS, len(content.get(one.key, ())) + MORE_ROWS, *(int(found[1]) for found in numbers if found), 0)


def _boxes(one: DocumentField, rows: int) -> dict[str, Any]:
    if one.kind != "rows":
        return {one.key: _box(one)}
    numbers = range(1, rows + 1)
    return {cell_name(one.key, number, column.key): _box(column) for number in numbers for column in one.columns}


def _box(one: DocumentField) -> Any:
    title, hint = one.title.to(language()), one.help.to(language()) if one.help else ""
    label = f"{title} *" if one.may_be_needed else title
    choices = {choice.key: choice.title.to(language()) for choice in one.choices}
    if one.kind == "date":
        return DayField(label, required=False, ahead=True, default_days=None, description=hint)
    if one.kind == "number":
        return NumberBox(label, description=hint)
    if one.kind == "choice" and len(choices) <= FEW:
        unsaid = {"": gettext("Not answered")}
        return RadioField(label, choices=choices | unsaid, default="", validate_choice=False, description=hint)
    if one.kind == "choice":
        return SelectField(label, choices={"": "–", **choices}, validate_choice=False, description=hint)
    if one.kind == "short":
        return StringField(label, description=hint)
    return Words(label, rows=4 if one.kind == "own_words" else 3, description=hint)


def _known(shown: Iterable[DocumentField], content: Content) -> dict[str, Any]:
    """Name of the box → what stands in it."""
    known: dict[str, Any] = {}
    for one in shown:
        given = content.get(one.key)
        if given is None:
            continue
        if isinstance(given, str):
            known[one.key] = _put(one, given)
        else:
            known |= _known_rows(one, given)
    return known


def _known_rows(one: DocumentField, rows: Rows) -> dict[str, Any]:
    order = [row.key for row in one.rows]
    return {
        cell_name(one.key, order.index(row[ROW]) + 1 if order else place, column.key): _put(column, row[column.key])
        for place, row in enumerate(rows, 1)
        for column in one.columns
        if column.key in row
    }


def _put(one: DocumentField, given: str) -> str | date:
    if one.kind == "date":
        return date.fromisoformat(given)
    return given.replace(".", ",") if one.kind == "number" and language() != "en" else given


def said(box: Any) -> str:
    """What stands in a box, as a document keeps it."""
    if isinstance(box, DayField):
        return box.data.isoformat() if box.data else ""
    words = str(box.data or "").strip()
    return words.replace(",", ".") if isinstance(box, NumberBox) else words


class ReadPart(SeenForm):
    """In which language it was read, and whether with an interpreter."""

    language = LanguageField(_("In which language was it read?"))
    interpreter = CodeRadio(_("Was there an interpreter?"), "yes_no", required=False)
    happened_on = DayField(_("Which day?"))


class SignForm(ReadPart):
    parties = PartiesField(_("Who has signed?"), validate_choice=False)


class ApproveForm(ReadPart):
    party = RadioField(_("Who approves?"), validate_choice=False)
    form = CodeRadio(_("How?"), "document_form", default="oral")
    words = Words(_("What was said, in own words"), rows=2)
    on_behalf = BooleanField(_("Somebody else answers on behalf"))
    because = Words(_("Why, and who"), rows=2)
    kept = KeepTick(KEPT)

    def offer(self, parties: Iterable[str]) -> None:
        self.party.choices = [(party, wording.word("document_party", party, language())) for party in parties]


class ExplainForm(ReadPart):
    teach_back = RadioField(_("Did the participant tell it back?"), validate_choice=False, default="no")
    words = Words(_("What the participant told back, in own words"))
    kept = KeepTick(KEPT)

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.teach_back.choices = [("yes", gettext("Yes")), ("no", gettext("No, not yet"))]


class ShareForm(SeenForm):
    form = CodeRadio(_("How?"), "document_form", default="paper")
    language = LanguageField(_("In which language?"))
    happened_on = DayField(_("Which day?"))
    deadline_on = DayField(_("Until when may the participant comment?"), required=False, ahead=True, default_days=None)


class CommentForm(ReadPart):
    words = Words(_("The participant’s comment, in own words"), rows=4)
    on_behalf = BooleanField(_("There is no comment from the participant; I answer on behalf"))
    because = Words(_("Why"), rows=2)
    kept = KeepTick(KEPT)


class CloseDocumentForm(SeenForm):
    closed_on = DayField(_("From which day is it no longer in force?"))


class TakeBackForm(WriteForm):
    why = Words(_("Why?"), required=True, rows=2)
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)
