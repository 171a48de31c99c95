"""Forms about reminders: how often they come by e-mail, and that an end was reported."""

from flask_babel import lazy_gettext as _l

from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio


class DigestForm(WriteForm):
    choice = CodeRadio(_l("How often?"), "digest")


class ReportedForm(WriteForm):
    reported_on = DayField(_l("Which day was it reported?"))
