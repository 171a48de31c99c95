"""Keeping a report as it is."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField

from se_engine.actions.saved_reports import LONGEST_NAME
from web.forms.base import WriteForm


class SaveReportForm(WriteForm):
    report = HiddenField()
    asked = HiddenField()
    """What was chosen on the report's page, as its address has it."""
    name = StringField(
        _("What do you call it?"),
        description=_("For those who read the reports of the office; no names of people."),
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
