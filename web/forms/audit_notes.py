"""A note of an audit: what one source said or showed, and which items it tells of."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.rules.audit_notes import INTERPRETERS, SCORES, Note
from se_engine.rules.audits import SOURCES
from web.forms.audits import Picked
from web.forms.base import WriteForm
from web.forms.chips import Chips, NumberChips
from web.forms.days import DayField
from web.forms.fields import CodeSelect, KeepTick, LanguageField, Words
from web.forms.plan import KEPT


class ItemsField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Any number of items of the framework."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CorrectNoteForm(WriteForm):
    """What may be put right: the source and the case stay as they were."""

    PLACES: ClassVar[dict[str, str]] = {
        "note_needs_an_item": "items",
        "note_says_nothing": "words",
        "note_needs_its_case": "case",
        "only_participants_are_quoted": "may_quote",
        "own_score_unknown": "score",
    }

    happened_on = DayField(_("Which day?"))
    language = LanguageField(_("In which language?"))
    interpreter = CodeSelect(_("Interpreter"), "interpreter_status", codes=INTERPRETERS)
    words = Words(
        _("What was said or seen"),
        description=_("Of a participant: her own words. No names. A note about a case is sealed with her record."),
        rows=6,
    )
    score = NumberChips(_("Her own score, where she gave one"), tuple(SCORES))
    may_quote = BooleanField(_("She agreed that her words and score stand in the report, without her name"))
    items = ItemsField(_("Which items does it tell of?"), choices=[], validate_choice=False)
    kept = KeepTick(KEPT)

    def fit(self, items: Iterable[tuple[str, str]], chosen: Sequence[str] = ()) -> None:
        self.items.choices = list(items)
        if chosen and not self.is_submitted() and not self.items.data:
            self.items.data = list(chosen)

    def note(self, source: str) -> Note:
        return Note(
            source=source,
            happened_on=self.happened_on.data,
            words=self.words.data or "",
            items=tuple(self.items.data or ()),
            language=self.language.data,
            interpreter=self.interpreter.data or None,
            score=self.score.number,
            may_quote=bool(self.may_quote.data),
        )


class NoteForm(CorrectNoteForm):
    source = Chips(_("Where is it from?"), "audit_source", codes=SOURCES)
    case = Picked(
        _("Which sampled case?"),
        required=False,
        description=_("For a case you read, and for a participant’s interview."),
    )

    def __iter__(self) -> Any:
        """Source and case first."""
        first = ("source", "case")
        fields = list(super().__iter__())
        return iter([*(self[name] for name in first), *(one for one in fields if one.name not in first)])

    def fit_cases(self, numbers: Sequence[int]) -> None:
        self.case.offer((str(number), gettext("Case %(number)s", number=number)) for number in numbers)


class VoidNoteForm(WriteForm):
    why = Words(_("Why is it taken back?"), required=True)
