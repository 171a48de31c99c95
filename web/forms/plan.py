"""Forms for her plan: a proposal and her answer, goals, how motivated and how sure, dream, wishes and plans."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, ValidationError

from se_engine.queries.participants import Entry, FieldAnswer
from se_engine.rules.choices import SCALE
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, KeepTick, LanguageField, Words
from web.forms.record import GroupForm, SeveralField, group_form
from web.numbers import whole_number

KEPT = _("I have looked at the words again: they may stand")
BOXES = 3
"""As many wishes and plans as she is asked for from the start."""


class TasksPart(WriteForm):
    """Which tasks the same words are evidence for."""

    tasks = SeveralField(_("Tasks that these words are evidence for"), choices=[], validate_choice=False)

    def offer_tasks(self, tasks: dict[str, str]) -> None:
        if tasks:
            self.tasks.choices = tasks
        else:
            del self.tasks

    @property
    def keys(self) -> list[str]:
        return list(self.tasks.data or []) if "tasks" in self else []


class InterpreterField(RadioField):  # type: ignore[misc]  # WTForms has no types
    """Whether an interpreter was there; not said is an answer."""

    def __init__(self, label: str, **rest: Any) -> None:
        choices = {"yes": gettext("Was there"), "no": gettext("Was not there"), "": gettext("Not said")}
        super().__init__(label, choices=choices, default="", validate_choice=False, **rest)


class AnswerPart(TasksPart):
    """Her answer, in her words."""

    answer = CodeRadio(_("The answer"), "choice_answer", description=_("No is a full answer, and costs nothing."))
    words = Words(_("In the participant’s own words"))
    language = LanguageField(_("In which language?"))
    interpreter = InterpreterField(_("Interpreter"))


class ProposalForm(AnswerPart):
    """Offered, and answered at once when she does."""

    about = CodeRadio(_("What is it about?"), "choice_about")
    offer = Words(_("What is offered?"), required=True, rows=2)
    track = SelectField(_("Which employer?"), validate_choice=False)
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)

    def fit(self, tracks: dict[int, str]) -> None:
        self.answer.needed = False
        self.answer.flags.required = None
        self.answer.choices = [*self.answer.choices, ("", gettext("Not answered yet"))]
        if not self.is_submitted():
            self.answer.data = ""
        if tracks:
            self.track.choices = {"": "–", **{str(track_id): name for track_id, name in tracks.items()}}
        else:
            del self.track

    def validate_answer(self, field: Any) -> None:
        if not field.data and (self.words.data or "").strip():
            raise ValidationError(gettext("Choose the answer that the words belong to."))

    @property
    def track_id(self) -> int | None:
        return whole_number(self.track.data or "") if "track" in self else None


class AnswerForm(AnswerPart):
    answered_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)


class VoidForm(WriteForm):
    why = Words(_("Why is it taken back?"), required=True)


class GoalForm(TasksPart):
    words = Words(_("The goal, in the participant’s own words"), required=True)
    kind = CodeRadio(_("What kind of goal is it?"), "goal_kind")
    whose = CodeRadio(_("Whose words are these?"), "goal_whose", default="own")
    language = LanguageField(_("In which language was it said?"))
    set_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)


class GoalEndForm(WriteForm):
    outcome = CodeRadio(_("What became of the goal?"), "goal_outcome", codes=("reached", "dropped"))
    ended_on = DayField(_("Which day?"))


class ScoreField(RadioField):  # type: ignore[misc]  # WTForms has no types
    """Nought to ten to choose from; it may be left out."""

    def __init__(self, label: str, **rest: Any) -> None:
        choices = {**{str(number): str(number) for number in range(SCALE + 1)}, "": gettext("Not asked")}
        super().__init__(label, choices=choices, default="", validate_choice=False, **rest)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in self.choices:
            raise ValidationError(gettext("Choose a number from 0 to 10."))

    @property
    def number(self) -> int | None:
        return int(self.data) if self.data else None


class ScoresForm(WriteForm):
    motivation = ScoreField(_("How much do you want to work?"), description=_("0 is not at all, 10 is very much."))
    confidence = ScoreField(
        _("How sure are you that you can do it?"), description=_("0 is not sure, 10 is quite sure.")
    )
    happened_on = DayField(_("Which day?"))


class WishesForm(GroupForm, TasksPart):
    kept = KeepTick(KEPT)


def wishes_form(shown: tuple[FieldAnswer, ...]) -> Any:
    """Fields of her record, with three boxes for what she puts in order."""
    boxes = tuple(map(padded, shown))
    form = group_form(boxes, WishesForm)
    form.shown = boxes
    return form


def padded(answer: FieldAnswer) -> FieldAnswer:
    """With empty boxes for the places in her order that nothing stands in."""
    if not answer.field.many:
        return answer
    known = {entry.number: entry for entry in answer.entries}
    places = sorted({*known, *range(1, BOXES)})
    return replace(answer, entries=tuple(known.get(place, Entry(place, None, date.min)) for place in places))
