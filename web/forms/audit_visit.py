"""Forms of the days on site: an appointment, what is missing, and the talk at the end."""

from collections.abc import Sequence
from datetime import time
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine.rules.audit_charter import LONGEST_VISIT
from se_engine.rules.audit_notes import INTERPRETERS, LONGEST, SHORTEST, Plan
from se_engine.rules.audits import APPOINTMENTS, INTERVIEWS, OBSERVATIONS
from web.forms.audits import AuditForm, Picked
from web.forms.base import WriteForm
from web.forms.chips import YesNoChips
from web.forms.days import DayField
from web.forms.fields import CodeSelect, LanguageField, VersionedForm, WholeNumber, Words, coded
from web.forms.times import TimeField

OTHER_KINDS = tuple(code for code in APPOINTMENTS if code not in (*INTERVIEWS, *OBSERVATIONS))


class DaysForm(AuditForm):
    PLACES: ClassVar[dict[str, str]] = {"visit_is_short": "visit_days", "audit_day_too_far": "visit_on"}

    visit_on = DayField(
        _("First day on site"), ahead=True, default_days=None, description=_("Every deadline is counted from it.")
    )
    visit_days = WholeNumber(_("Days on site"), smallest=1, largest=LONGEST_VISIT)


class KindOfAppointment(CodeSelect):
    """Interviews and observations are called what the notes call them."""

    def __init__(self, label: Any, **rest: Any) -> None:
        super().__init__(label, "audit_source", codes=(*INTERVIEWS, *OBSERVATIONS), required=True, **rest)
        self.choices = [*self.choices, *coded("audit_appointment", OTHER_KINDS)]


class AppointmentForm(VersionedForm):
    PLACES: ClassVar[dict[str, str]] = {
        "appointment_length": "minutes",
        "only_participants_are_asked": "voluntary",
        "not_in_this_audit": "user",
    }

    current = 0
    """The version of the appointment: the form carries that, and not the audit's."""

    what = KindOfAppointment(_("What is it?"))
    on_day = DayField(_("Which day?"), ahead=True)
    starts_at = TimeField(_("When does it begin?"), required=True)
    minutes = WholeNumber(_("How many minutes?"), smallest=SHORTEST, largest=LONGEST)
    user = Picked(_("Which auditor?"), required=False)
    case = Picked(_("Which sampled case?"), required=False)
    voluntary = YesNoChips(
        _("Has the participant said yes?"), description=_("For an interview with a participant: it is voluntary.")
    )
    language = LanguageField(_("In which language?"))
    interpreter = CodeSelect(
        _("Interpreter"), "interpreter_status", codes=INTERPRETERS, description=_("The audit pays for the interpreter.")
    )
    words = Words(_("Where, and with whom by role"), description=_("No name of a participant."))

    def fit(self, auditors: Sequence[tuple[int, str]], numbers: Sequence[int]) -> None:
        self.user.offer((str(number), name) for number, name in auditors)
        self.case.offer((str(number), gettext("Case %(number)s", number=number)) for number in numbers)
        if self.minutes.data is None and not self.is_submitted():
            self.minutes.data = 60

    def show_version(self, version: int, *, again: bool = False) -> None:
        super().show_version(self.current, again=again)

    def plan(self) -> Plan:
        hour, minute = (int(part) for part in self.starts_at.data.split(":"))
        return Plan(
            what=self.what.data or "",
            on_day=self.on_day.data,
            starts_at=time(hour, minute),
            minutes=self.minutes.data or 60,
            words=self.words.data or "",
            voluntary=self.voluntary.truth,
            language=self.language.data,
            interpreter=self.interpreter.data or None,
        )


class CapForm(WriteForm):
    words = Words(_("How was it handled?"), required=True, description=_("By whom, and what changed. No names."))


class MissingForm(WriteForm):
    words = Words(_("What is to be found out?"), required=True)
    item = Picked(_("About which item?"), required=False)

    def fit(self, items: Sequence[tuple[str, str]]) -> None:
        self.item.offer(items)


class LinesField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """The lines that are settled together."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SettleForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"no_line_chosen": "lines", "words_needed": "words"}

    lines = LinesField(_("Which points?"), choices=[], validate_choice=False)
    words = Words(_("What came of it?"), required=True, description=_("What you found out, or why it stays open."))

    def fit(self, lines: Sequence[tuple[str, str]]) -> None:
        self.lines.choices = list(lines)


class FeedbackForm(WriteForm):
    held_on = DayField(_("Which day was it held?"))
    words = Words(_("Who was there, and what was said"), description=_("Roles, not names of participants. No scores."))
