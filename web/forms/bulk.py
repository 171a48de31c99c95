"""One change for many cases."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, ValidationError

from se_engine.actions.bulk import Change, HandOver, NextCheck
from web.forms.base import OurForm
from web.forms.days import DayField
from web.forms.fields import Words
from web.numbers import whole_number


def _account(given: Any) -> int:
    return whole_number(str(given)) or 0


HAND_OVER, NEXT_CHECK = "hand_over", "next_check"


class BulkForm(OurForm):
    """Without a key of its own: looking may be repeated, and doing it a second time finds the cases changed."""

    what = RadioField(_("What shall be changed?"), validate_choice=False)
    owner = SelectField(_("Who takes over?"), coerce=_account, validate_choice=False)
    next_on = DayField(_("When do we look again?"), required=False, ahead=True, default_days=None)
    note = Words(_("Why, in a few words"))

    def fit(self, owners: dict[int, str]) -> None:
        self.what.choices = {HAND_OVER: gettext("Who has the case"), NEXT_CHECK: gettext("The next check")}
        self.owner.choices = {0: "–", **owners}

    def validate_what(self, field: Any) -> None:
        if field.data not in (HAND_OVER, NEXT_CHECK):
            raise ValidationError(gettext("Choose one of these."))

    def validate_owner(self, field: Any) -> None:
        if self.what.data == HAND_OVER and not field.data:
            raise ValidationError(gettext("Choose who takes over."))

    def validate_next_on(self, field: Any) -> None:
        if self.what.data == NEXT_CHECK and field.data is None and not field.errors:
            raise ValidationError(gettext("Write a day, like 12.3.2026, 12.3. or today."))

    def change(self) -> Change:
        note = self.note.data or ""
        if self.what.data == HAND_OVER:
            return HandOver(self.owner.data, note)
        return NextCheck(self.next_on.data, note)
