"""A meeting before it happens, its interpreter, and calling it off."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import Length

from se_engine import wording
from se_engine.clock import today
from se_engine.queries.note_start import Workplace
from se_engine.rules.contacts import SPOKEN, WITH_EMPLOYER, Meeting
from se_engine.rules.interpreters import CHILD, WHO, InterpreterWish
from web.forms.base import WriteForm
from web.forms.chips import Chips, NumberChips
from web.forms.contacts import ANOTHER, KEPT, NO, fit_employers, not_needed
from web.forms.days import DayField
from web.forms.fields import CodeSelect, EmployerField, KeepTick, LanguageField, WholeNumber, Words
from web.forms.times import TimeField
from web.language import language
from web.numbers import whole_number
from web.session import reading

USUAL_LENGTHS = (30, 45, 60, 90)
A_DAY = 24 * 60


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


PLACES = {
    "planned_in_the_past": "happened_on",
    "participant_has_a_meeting": "starts_at",
    "specialist_has_a_meeting": "starts_at",
    "time_unknown": "starts_at",
    "minutes_not_allowed": "minutes",
    "contact_needs_employer": "employer",
    "interpreter_decision_needed": "interpreter_needed",
    "interpreter_has_an_outcome": "interpreter_needed",
    "interpreter_language_needed": "language",
    "relative_needs_reason": "reason",
    "why_not_qualified": "reason",
    "child_must_not_interpret": "ordered_as",
}


class InterpreterForm(WishPart):
    PLACES = PLACES
    seen = HiddenField()
    kept = KeepTick(KEPT)


class MeetingForm(WishPart):
    PLACES = PLACES
    TICKS = {  # noqa: RUF012 - read only
        "participant_has_a_meeting": "collision_known",
        "specialist_has_a_meeting": "collision_known",
    }

    seen = HiddenField()
    kind = Chips(_("With whom?"), "contact_kind")
    channel = Chips(_("How?"), "contact_channel", codes=SPOKEN)
    employer = RadioField(_("Where?"), choices=[], validate_choice=False)
    employer_name = EmployerField(_("Which employer?"))
    happened_on = DayField(_("Which day?"), ahead=True, default_days=None)
    starts_at = TimeField(_("What time?"))
    minutes = NumberChips(_("Minutes"), USUAL_LENGTHS)
    minutes_other = WholeNumber(_("Another number of minutes"), smallest=1, largest=A_DAY)
    place = StringField(_("Place"), [Length(max=200)])
    agenda = Words(_("What is it about?"), rows=2)
    purpose = CodeSelect(_("Purpose"), "contact_purpose")
    kept = KeepTick(KEPT)
    collision_known = KeepTick(_("The time is right all the same"))

    def fit(self, workplaces: tuple[Workplace, ...]) -> None:
        fit_employers(self, workplaces)

    def employer_id(self) -> int | None:
        return whole_number(str(self.employer.data or "")) if self.kind.data in WITH_EMPLOYER else None

    @property
    def new_employer(self) -> str:
        named = self.kind.data in WITH_EMPLOYER and self.employer.data in (ANOTHER, None, "")
        return (self.employer_name.data or "").strip() if named else ""

    def meeting(self, employer_id: int | None, track_id: int | None) -> Meeting:
        return Meeting(
            kind=self.kind.data,
            happened_on=self.happened_on.data,
            channel=self.channel.data,
            starts_at=self.starts_at.data,
            minutes=self.minutes_other.data or self.minutes.number,
            purpose=self.purpose.data or None,
            employer_id=employer_id,
            track_id=track_id,
            place=self.place.data or "",
            agenda=self.agenda.data or "",
        )


class CancelForm(WriteForm):
    seen = HiddenField()
    cancelled_by = Chips(_("Who called it off?"), "cancelled_by")
    why = Words(_("Why?"), required=True, rows=2)
    kept = KeepTick(KEPT)


def wish_data(booking: Any) -> dict[str, Any]:
    """What is known of the interpreter, for a form that changes it."""
    if booking is None:
        return {}
    same = {name: getattr(booking, name) for name in (
        "language", "mode", "gender_wish", "dialect", "not_this_person", "anonymous",
        "ordered_as", "reason",
    )}  # fmt: skip
    needed = f"{NO}{booking.not_needed_because}" if booking.needed == "no" else booking.needed
    return {**same, "interpreter_needed": needed, "ordered": booking.ordered_on is not None}
