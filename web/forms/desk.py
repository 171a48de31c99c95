"""A reminder on a slip of paper."""

from flask_babel import lazy_gettext as _
from wtforms import StringField

from se_engine.actions.desk import LONGEST_STICKY
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import KeepTick


class StickyForm(WriteForm):
    text = StringField(
        _("What do you want to remember?"),
        description=_("A few words, 200 characters at most. Only you see it."),
        render_kw={"maxlength": LONGEST_STICKY, "autocomplete": "off"},
    )
    kept = KeepTick(_("Keep the words as they are"))
    due_on = DayField(_("On which day?"), required=False, ahead=True, default_days=None)
