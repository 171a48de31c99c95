"""Forms that move a case, let it wait or rest, hand it over, and ask the supervisor."""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, ValidationError

from se_engine.actions.requests import QUESTIONS
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, VersionedForm, Words
from web.numbers import whole_number

PAUSE_DAYS = 30
NEXT_CHECK_DAYS = 14


class MoveForm(VersionedForm):
    PLACES: ClassVar[dict[str, str]] = {"track_needed": "track"}

    trigger = HiddenField()
    end_reason = CodeRadio(_("Why does the case end?"), "end_reason")
    track = SelectField(_("With which employer?"), default="", validate_choice=False)
    happened_on = DayField(_("Which day did it happen?"), description=_("Today, unless it happened before."))
    decided_by = CodeRadio(_("Who decided?"), "decider")
    note = Words(_("Why, in a few words"))

    def fit(self, *, final: bool, needs_reason: bool, tracks: dict[str, str]) -> None:
        """Leaves out what this move does not ask for, before the form is looked at."""
        if not final:
            del self.end_reason
        if not tracks:
            del self.track
        else:
            self.track.choices = {**tracks, "": gettext("None of these")}
            if len(tracks) == 1 and not self.is_submitted():
                self.track.data = next(iter(tracks))
        self.note.needed = needs_reason
        self.note.flags.required = needs_reason or None

    @property
    def track_id(self) -> int | None:
        return whole_number(self.track.data or "") if "track" in self else None


class WaitingForm(VersionedForm):
    waiting_for = CodeRadio(_("Whom or what do we wait for?"), "waiting_for")
    happened_on = DayField(_("Since when?"))
    next_on = DayField(
        _("When do we look again?"),
        ahead=True,
        default_days=NEXT_CHECK_DAYS,
        description=_("You are reminded on this day. Two weeks from now is filled in."),
    )
    note = Words(_("What we wait for"))


class PauseForm(VersionedForm):
    reason = CodeRadio(
        _("Why is there a pause?"),
        "pause_reason",
        description=_(
            "A pause is for when she wants no contact for a while. Sorting out life first is work, not a pause."
        ),
    )
    happened_on = DayField(_("From which day?"))
    contact_on = DayField(
        _("When do we make contact again?"),
        ahead=True,
        default_days=PAUSE_DAYS,
        description=_("Thirty days at most; then the pause can be renewed."),
    )
    note = Words(_("Anything to remember"))


class RenewForm(VersionedForm):
    happened_on = DayField(_("When did you agree on it?"))
    contact_on = DayField(_("When do we make contact again?"), ahead=True, default_days=PAUSE_DAYS)
    note = Words(_("Anything to remember"))


class DayForm(VersionedForm):
    """Something that only has a day: waiting is over, the pause is over."""

    happened_on = DayField(_("Which day?"))


class ContinueForm(WriteForm):
    opened_on = DayField(_("From which day?"))


class ReasonForm(WriteForm):
    why = Words(_("Why?"), required=True)


class AskForm(WriteForm):
    kind = CodeRadio(_("What do you ask for?"), "request_kind", codes=QUESTIONS)
    trigger = SelectField(_("Which move?"), validate_choice=False)
    why = Words(_("Why, in a few words"), required=True, rows=4)


class AnswerForm(WriteForm):
    answer = CodeRadio(_("Your answer"), "request_answer")
    why = Words(_("Why, in a few words"))

    def fit(self, answers: tuple[str, ...]) -> None:
        self.answer.choices = [choice for choice in self.answer.choices if choice.value in answers]
        if len(answers) == 1:
            self.answer.process_data(self.answer.data or answers[0])


class HandOverForm(VersionedForm):
    PLACES = {"caseload_reason_needed": "note"}  # noqa: RUF012 - read by web/answering

    owner = RadioField(_("Who takes over?"), coerce=int)
    note = Words(_("Why, in a few words"))

    def fit(self, colleagues: dict[int, str]) -> None:
        self.owner.choices = colleagues


class CorrectionForm(VersionedForm):
    """Taking an event back, or putting the right one in its place."""

    what = RadioField(_("What was wrong?"), choices=[], validate_choice=False)
    happened_on = DayField(_("The right day"), required=False, default_days=None)
    step = SelectField(_("The right step"), validate_choice=False)
    code = SelectField(_("The right answer"), validate_choice=False)
    next_on = DayField(_("The right next date"), required=False, ahead=True, default_days=None)
    why = Words(_("Why is it corrected?"), required=True)

    def fit(self, *, steps: dict[str, str], codes: list[SelectChoice], has_next: bool, whats: list[str]) -> None:
        """Leaves what this kind of event has, and the ways in which it may be corrected."""
        words = {"replace": gettext("Something else is true"), "void": gettext("It never happened")}
        self.what.choices = {what: words[what] for what in whats}
        if steps:
            self.step.choices = steps
        else:
            del self.step
        if codes:
            self.code.choices = codes
        else:
            del self.code
        if not has_next:
            del self.next_on
        if "replace" not in whats:
            del self.happened_on
        for name in ("what", "happened_on", "step", "code", "next_on"):
            if name in self:
                self[name].flags.required = True

    def validate_what(self, field: Any) -> None:
        if field.data not in field.choices:
            raise ValidationError(gettext("Choose one of these."))

    def put(self, **known: Any) -> None:
        """What was recorded, to be changed where it was wrong."""
        for name, value in known.items():
            if name in self:
                self[name].data = value

    def value(self, name: str) -> Any:
        return self[name].data if name in self else None


class VoidTasksForm(WriteForm):
    why = Words(_("Why is it taken back?"), required=True)
