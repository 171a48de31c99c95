"""Forms for answering tasks: several with one line, one alone, and those where nothing is written down."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField, ValidationError

from se_engine.rules.facts import TaskStatus
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, EmployerField, WholeNumber, Words

ANSWERS = (TaskStatus.DONE, TaskStatus.NOT_RELEVANT, TaskStatus.NEEDS_MORE)
A_WORKING_DAY = 600


class StatementForm(WriteForm):
    """One statement: what was said or done, when, how long, with an interpreter or not."""

    status = CodeRadio(_("Answer"), "task_status", codes=ANSWERS, default=TaskStatus.DONE.value)
    words = Words(
        _("One line about it"), description=_("What was done or said, in the participant’s own words where you can.")
    )
    happened_on = DayField(_("Which day?"))
    employer = EmployerField(_("Which employer?"))
    minutes = WholeNumber(_("Minutes"), smallest=1, largest=A_WORKING_DAY)
    interpreter = RadioField(_("Interpreter"), choices=[], default="", validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = (gettext("Was there"), gettext("Was not there"), gettext("Not said"))
        self.interpreter.choices = dict(zip(("yes", "no", ""), words, strict=True))

    def fit_employer(self, employers: tuple[str, ...], *, asked: bool) -> None:
        """The only employer there is stands there already."""
        if not asked:
            del self.employer
        elif len(employers) == 1 and not self.is_submitted():
            self.employer.data = employers[0]

    @property
    def employer_name(self) -> str:
        return (self.employer.data or "").strip() if "employer" in self else ""


class TasksForm(StatementForm):
    """Several tasks that one statement answers."""

    keys = SelectMultipleField(_("Tasks"), choices=[], validate_choice=False)

    def validate_keys(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Tick at least one task."))


class UnspokenForm(WriteForm):
    """Belief, health, family: only that it was raised, that something was agreed, or that it is not relevant."""

    answer = RadioField(_("Only one of these is recorded, and no words"), choices=[], validate_choice=False)
    happened_on = DayField(_("Which day?"))
    employer = EmployerField(_("Which employer?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = {
            "raised": gettext("Raised by the participant"),
            "agreed": gettext("Agreement made"),
            "not_relevant": gettext("Not relevant"),
        }

    def validate_answer(self, field: Any) -> None:
        if field.data not in field.choices:
            raise ValidationError(gettext("Choose one of these."))
