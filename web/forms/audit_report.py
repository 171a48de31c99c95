"""What the auditors write for a report, and the tick under which it is signed."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired

from web.forms.base import WriteForm


class ReportForm(WriteForm):
    summary = TextAreaField(
        _("In short"), render_kw={"rows": 5}, description=_("The first thing that is read. No names of participants.")
    )
    unit = TextAreaField(
        _("About the unit"), render_kw={"rows": 4}, description=_("Who works there, and what is special about it.")
    )
    system = TextAreaField(
        _("Causes outside the unit"), render_kw={"rows": 4},
        description=_("Rules and conditions the unit does not decide. They stand apart from what is rated."),
    )  # fmt: skip

    def written(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("summary", "unit", "system")}

    def show(self, written: dict[str, str]) -> None:
        """What the newest report says, for a form shown first."""
        if not self.is_submitted():
            for name in ("summary", "unit", "system"):
                self[name].data = written.get(name, "")


class SignForm(WriteForm):
    digest = HiddenField()
    """Of the report that was read."""
    read = BooleanField(_("I have read the report, and sign it as it is"), validators=[InputRequired()])
