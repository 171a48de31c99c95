"""Facts about staff that a supervisor records."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import WholeNumber

LONGEST_SUPERVISION = 24 * 60
PERCENT = 100


class OwnAbsenceForm(WriteForm):
    from_on = DayField(_l("From"), ahead=True)
    until_on = DayField(_l("Until and including"), ahead=True)
    substitute = SelectField(_l("Whom do you propose to stand in?"), coerce=int)


class AbsenceForm(WriteForm):
    user = SelectField(_l("Who is away?"), [InputRequired(_l("Choose who is away."))], coerce=int)
    from_on = DayField(_l("From"), ahead=True)
    until_on = DayField(_l("Until and including"), ahead=True)
    substitute = SelectField(
        _l("Who stands in?"), coerce=int, description=_l("She or he may open the cases as long as it lasts.")
    )


class SubstituteForm(WriteForm):
    substitute = SelectField(
        _l("Who stands in?"), coerce=int, description=_l("She or he may open the cases as long as it lasts.")
    )


class ShareForm(WriteForm):
    user = SelectField(_l("Who?"), [InputRequired(_l("Choose who it is about."))], coerce=int)
    percent = WholeNumber(_l("Per cent of full time"), largest=PERCENT, needed=_l("Write a number from 0 to 100."))
    se_percent = WholeNumber(
        _l("Of that, per cent with Supported Employment"),
        largest=PERCENT,
        needed=_l("Write a number from 0 to 100."),
    )
    from_on = DayField(_l("From"))
    until_on = DayField(_l("Until and including"), required=False, default_days=None)


class SupervisionForm(WriteForm):
    held_on = DayField(_l("When was it held?"))
    minutes = WholeNumber(
        _l("How many minutes?"),
        smallest=1,
        largest=LONGEST_SUPERVISION,
        needed=_l("Write how many minutes it lasted."),
    )
    attended = SelectMultipleField(
        _l("Who took part?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
