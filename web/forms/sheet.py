"""The form below the participant's sheet: when she was given it, and in which language."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from se_engine import her_language
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.names import language_name


class HandedOverForm(WriteForm):
    language = SelectField(_("Language of the sheet"), validate_choice=False)
    happened_on = DayField(_("Which day was it handed over?"))

    def fit(self, language: str) -> None:
        self.language.choices = [(code, language_name(code)) for code in her_language.languages()]
        self.language.flags.required = True
        if not self.is_submitted():
            self.language.data = language
