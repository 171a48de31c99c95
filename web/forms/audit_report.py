"""What the auditors write for a report, and the tick under which it is signed."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired

from web.forms.audits import Sections
from web.forms.base import WriteForm

FIRST = ("strengths", "priorities")


class ReportForm(WriteForm):
    summary = TextAreaField(
        _("In short"), render_kw={"rows": 5}, description=_("The first thing that is read. No names of participants.")
    )
    strengths = Sections(
        _("Strengths on the first page"), description=_("At most three. None ticked: those rated best.")
    )
    priorities = Sections(
        _("Priorities on the first page"), description=_("At most three. None ticked: those rated lowest.")
    )
    unit = TextAreaField(
        _("About the unit"), render_kw={"rows": 4}, description=_("Who works there, and what is special about it.")
    )
    system = TextAreaField(
        _("Causes outside the unit"), render_kw={"rows": 4},
        description=_("Rules and conditions the unit does not decide. They stand apart from what is rated."),
    )  # fmt: skip

    def fit(self, items: Sequence[tuple[str, str]]) -> None:
        """What has a level may stand first."""
        for name in FIRST:
            self[name].choices = list(items)
            self[name].validate_choice = False

    def first(self) -> dict[str, list[str]]:
        return {name: self[name].data or [] for name in FIRST}

    def written(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("summary", "unit", "system")}

    def show(self, written: dict[str, str]) -> None:
        """What the newest report says, for a form shown first."""
        if not self.is_submitted():
            self.strengths.data, self.priorities.data = [], []
            for name in ("summary", "unit", "system"):
                self[name].data = written.get(name, "")


class SignForm(WriteForm):
    digest = HiddenField()
    """Of the report that was read."""
    read = BooleanField(_("I have read the report, and sign it as it is"), validators=[InputRequired()])
