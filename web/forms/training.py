"""Forms for the training plan: a task on the ladder, its words, and what was seen at the workplace today."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.actions.training_words import WordPair
from se_engine.queries.training import Ladder, RungLine, WordLine
from se_engine.rules.training import SAYERS
from web.forms.base import WriteForm
from web.forms.chips import Chips
from web.forms.days import DayField
from web.forms.fields import CodeRadio, KeepTick, Words, coded
from web.forms.plan import KEPT
from web.names import language_name
from web.numbers import whole_number

ROWS = (1, 2, 3)


class Taps(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Any number of these, each to tap."""

    chips = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, choices: list[SelectChoice], **rest: Any) -> None:
        super().__init__(label, choices=choices, **rest)

    def pre_validate(self, form: Any) -> None:
        known = {choice.value for choice in self.choices}
        if not set(self.data or ()) <= known:
            raise ValidationError(gettext("This is not one of the choices. Choose one of those shown."))


class WordRows(WriteForm):
    """Words to learn, three lines of them: in Norwegian, and what she calls it."""

    norwegian_1 = StringField(_("In Norwegian"))
    own_1 = StringField(_("In the participant’s language"), render_kw={"dir": "auto"})
    norwegian_2 = StringField(_("In Norwegian"))
    own_2 = StringField(_("In the participant’s language"), render_kw={"dir": "auto"})
    norwegian_3 = StringField(_("In Norwegian"))
    own_3 = StringField(_("In the participant’s language"), render_kw={"dir": "auto"})

    def name_language(self, code: str | None) -> None:
        """Her language by its name, where one is registered."""
        if code:
            for row in ROWS:
                self[f"own_{row}"].label.text = gettext("In %(language)s", language=language_name(code))
                self[f"own_{row}"].render_kw = {"dir": "auto", "lang": code}

    def rows(self) -> Iterator[tuple[int, WordPair]]:
        for row in ROWS:
            yield row, WordPair(self[f"norwegian_{row}"].data or "", self[f"own_{row}"].data or "")

    @property
    def pairs(self) -> list[WordPair]:
        return [pair for _row, pair in self.rows()]


class RungPart(WordRows):
    step = CodeRadio(_("Which step of the ladder?"), "training_step")
    teacher = StringField(_("Who teaches it?"), description=_("A first name or a role, like “the shift leader”."))
    method = CodeRadio(_("How is it learned?"), "training_method", required=False)
    starts_on = DayField(_("From which day?"), required=False, ahead=True, default_days=None)
    adaptation = Words(_("What is adapted?"), rows=2, description=_("Tools, time, pictures, order. Never a diagnosis."))
    safety = Words(_("What must be watched for safety?"), rows=2)
    kept = KeepTick(KEPT)


class RungForm(RungPart):
    task = StringField(_("Which task?"), description=_("One task, as they say it at the workplace."))
    happened_on = DayField(_("Agreed on which day?"))

    def validate_task(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("Write which task it is."))


class RungChangeForm(RungPart):
    seen_version = HiddenField()
    happened_on = DayField(_("Which day?"))


class RemoveForm(WriteForm):
    why = Words(_("Why is it taken off the ladder?"), required=True, rows=2)
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)


class WordsForm(WordRows):
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)


class MasteryForm(WriteForm):
    says = Chips(_("Who says so?"), "training_says")
    answer = RadioField(_("What do they say?"), validate_choice=False)
    happened_on = DayField(_("Which day?"))

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.answer.choices = {"yes": gettext("The task is mastered"), "no": gettext("Not yet")}
        self.answer.chips = True

    def validate_answer(self, field: Any) -> None:
        if field.data not in ("yes", "no"):
            raise ValidationError(gettext("Choose one of these."))


class VisitForm(WordRows):
    """What one visit showed; every task has fields of its own, made for the ladder."""

    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)
    rung_1 = SelectField(_("For which task?"), validate_choice=False)
    rung_2 = SelectField(_("For which task?"), validate_choice=False)
    rung_3 = SelectField(_("For which task?"), validate_choice=False)

    def mastered(self, ladder: Ladder) -> dict[int, list[str]]:
        return {
            rung.id: list(self[f"said_{rung.id}"].data or ()) for rung in asked(ladder) if f"said_{rung.id}" in self
        }

    def learned(self, ladder: Ladder) -> list[int]:
        ticked = [self[f"words_{rung.id}"].data or () for rung in asked(ladder) if f"words_{rung.id}" in self]
        return [int(number) for numbers in ticked for number in numbers]

    def new_words(self, ladder: Ladder) -> list[tuple[int, WordPair]]:
        """Each with the task that was chosen; a list left untouched says the first."""
        first = str(ladder.rungs[0].id) if ladder.rungs else ""
        written = [(self[f"rung_{row}"].data or first, pair) for row, pair in self.rows() if any(pair)]
        return [(whole_number(chosen) or 0, pair) for chosen, pair in written]


def visit_form(ladder: Ladder) -> Any:
    """For each task that is not done with: who says that it is mastered, and the words that are still to be learned."""

    class Visit(VisitForm):
        pass

    for rung in asked(ladder):
        sayers = [says for says in SAYERS if says not in rung.said or not rung.said[says].mastered]
        if sayers:
            setattr(Visit, f"said_{rung.id}", Taps(gettext("Mastered, says"), coded("training_says", sayers)))
        if unknown := [word for word in rung.words if word.learned_on is None]:
            label = gettext("Words the participant knows now")
            setattr(Visit, f"words_{rung.id}", Taps(label, [_choice(word) for word in unknown]))
    form = Visit()
    tasks = {str(rung.id): rung.task for rung in ladder.rungs}
    for row in ROWS:
        form[f"rung_{row}"].choices = tasks
    return form


def asked(ladder: Ladder) -> list[RungLine]:
    """The tasks about which something can still be said by a tap."""
    return [
        rung for rung in ladder.rungs if rung.mastered_on is None or any(word.learned_on is None for word in rung.words)
    ]


def _choice(word: WordLine) -> SelectChoice:
    # In one piece: the parts of a chip would else stand apart from each other.
    label = Markup("<span>{} – <bdi>{}</bdi></span>").format(word.norwegian, word.own) if word.own else word.norwegian
    return SelectChoice(str(word.id), label)
