"""Interpreters: which one a meeting needs, asked anew each time, and what became of her or him."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Length

from se_engine import wording
from se_engine.clock import today
from se_engine.queries.contacts import Booking
from se_engine.rules.interpreters import (
    CAME,
    CHILD,
    DID_NOT_COME,
    NOT_NEEDED_BECAUSE,
    NOT_QUALIFIED,
    QUALIFIED,
    WHO,
    InterpreterOutcome,
    InterpreterWish,
)
from web.forms.base import WriteForm
from web.forms.chips import Chips
from web.forms.fields import CodeSelect, KeepTick, LanguageField, WholeNumber, Words
from web.language import language
from web.session import reading

A_DAY = 24 * 60
KEPT = _("I have looked at the words again: they may stand")
NO = "no:"
"""Before the reason why no interpreter was needed."""
SOMETHING_ELSE = "else"
OFTEN_ENOUGH = ("norwegian_is_enough", "common_language")
"""Why there was none, most often."""
PLACES = {
    "interpreter_decision_needed": "interpreter_needed",
    "interpreter_has_an_outcome": "interpreter_needed",
    "interpreter_language_needed": "language",
    "child_must_not_interpret": "ordered_as",
    "who_interpreted": "interpreter",
    "outcome_does_not_fit": "interpreter",
    "relative_needs_reason": "reason",
    "child_needs_reason": "reason",
    "why_not_qualified": "reason",
    "cost_not_allowed": "interpreter_cost",
}
"""Refusal → the field it belongs to."""


class InterpreterPart(WriteForm):
    """What became of the interpreter, in one tap where nothing went wrong; the rest folds out."""

    interpreter = RadioField(_("Interpreter"), choices=[], validate_choice=False)
    interpreter_other = SelectField(_("What was it?"), choices=[], validate_choice=False)
    reason = Words(_("Why was it somebody who is not qualified?"), rows=2)
    interpreter_minutes = WholeNumber(_("Interpreter: minutes"), smallest=1, largest=A_DAY)
    interpreter_cost = WholeNumber(_("Interpreter: cost in kroner"), largest=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interpreter.chips = True
        self.interpreter.choices = [
            SelectChoice(QUALIFIED, gettext("A qualified interpreter came")),
            *not_needed(OFTEN_ENOUGH),
            SelectChoice(SOMETHING_ELSE, gettext("Something else")),
        ]
        who = wording.words("interpreted_by", language())
        self.interpreter_other.choices = [
            SelectChoice("", "–"),
            SelectChoice(DID_NOT_COME, wording.word("interpreter_status", DID_NOT_COME, language())),
            *(SelectChoice(code, word) for code, word in who.items() if code != QUALIFIED),
            *not_needed(tuple(code for code in NOT_NEEDED_BECAUSE if code not in (*OFTEN_ENOUGH, "not_there"))),
        ]

    def validate_interpreter_other(self, field: Any) -> None:
        if "interpreter" in self and self.interpreter.data == SOMETHING_ELSE and not field.data:
            raise ValidationError(gettext("Choose one of these."))

    def told_of_interpreter(self) -> InterpreterOutcome | None:
        """None where nothing was said: the rules know whether it must be."""
        said = (self.interpreter.data if "interpreter" in self else None) or ""
        if said == SOMETHING_ELSE:
            said = self.interpreter_other.data or ""
        if not said:
            return None
        if said.startswith(NO):
            return InterpreterOutcome(needed="no", not_needed_because=said.removeprefix(NO))
        status = {QUALIFIED: CAME, DID_NOT_COME: DID_NOT_COME}.get(said, NOT_QUALIFIED)
        return InterpreterOutcome(
            status=status,
            came_as=None if said == DID_NOT_COME else said,
            reason=self.reason.data or "",
            minutes=self.interpreter_minutes.data,
            cost=self.interpreter_cost.data,
        )


def not_needed(reasons: tuple[str, ...] = NOT_NEEDED_BECAUSE) -> list[SelectChoice]:
    """Why no interpreter is needed, each a choice of its own: one tap says both."""
    words = wording.words("interpreter_not_needed", language())
    return [SelectChoice(NO + code, gettext("None: %(why)s", why=_low(words[code]))) for code in reasons]


def _low(word: str) -> str:
    return word[:1].lower() + word[1:]


class WishPart(WriteForm):
    """Whether an interpreter is needed this time, and which."""

    interpreter_needed = RadioField(_("Is an interpreter needed this time?"), choices=[], validate_choice=False)
    language = LanguageField(_("Language"))
    mode = Chips(_("How does the interpreter take part?"), "interpreter_mode", none=_("Not said"))
    gender_wish = Chips(_("Wish"), "gender_wish", none=_("No wish"))
    dialect = StringField(_("Dialect"), [Length(max=100)])
    not_this_person = StringField(_("Not this person"), [Length(max=200)])
    anonymous = BooleanField(_("Order without the participant’s name"))
    ordered = BooleanField(_("The interpreter is ordered"))
    ordered_as = CodeSelect(_("Who interprets?"), "interpreted_by", codes=[who for who in WHO if who != CHILD])
    reason = Words(_("Why is it somebody who is not qualified?"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interpreter_needed.chips = True
        needed = wording.word("interpreter_need", "yes", language())
        self.interpreter_needed.choices = [SelectChoice("yes", needed), *not_needed()]

    def wish(self) -> InterpreterWish | None:
        needed = self.interpreter_needed.data if "interpreter_needed" in self else None
        if not needed:
            return None
        if needed.startswith(NO):
            return InterpreterWish(needed="no", not_needed_because=needed.removeprefix(NO))
        return InterpreterWish(
            needed=needed,
            language=self.language.data or None,
            dialect=self.dialect.data or "",
            not_this_person=self.not_this_person.data or "",
            gender_wish=self.gender_wish.code,
            mode=self.mode.code,
            anonymous=bool(self.anonymous.data),
            ordered_on=today(reading()) if self.ordered.data else None,
            ordered_as=self.ordered_as.data or "qualified",
            reason=self.reason.data or "",
        )


class InterpreterForm(WishPart):
    PLACES = PLACES
    kept = KeepTick(KEPT)


class OutcomeForm(InterpreterPart):
    """What became of the interpreter of a contact that is already told."""

    PLACES = PLACES
    kept = KeepTick(KEPT)

    def told(self) -> InterpreterOutcome:
        return self.told_of_interpreter() or InterpreterOutcome(status="")


def wish_data(booking: Booking | None) -> dict[str, Any]:
    """What is known of the interpreter, for a form that changes it."""
    if booking is None:
        return {}
    same = {name: getattr(booking, name) for name in (
        "language", "mode", "gender_wish", "dialect", "not_this_person", "anonymous",
        "ordered_as", "reason",
    )}  # fmt: skip
    needed = f"{NO}{booking.not_needed_because}" if booking.needed == "no" else booking.needed
    return {**same, "interpreter_needed": needed, "ordered": booking.ordered_on is not None}
