"""Wording one part of the programme theory: the words, and the measure they are tied to."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField

from web.forms.base import WriteForm
from web.forms.fields import Words


class TheoryForm(WriteForm):
    PLACES = {  # noqa: RUF012 - read below
        "theory_words_needed": "words",
        "theory_words_too_long": "words",
        "theory_unchanged": "words",
        "theory_measure_unknown": "measure",
    }

    words = Words(_("In your office's own words"))
    measure = SelectField(_("Measured by"), validate_choice=False)
    template = BooleanField(_("Take the template back"))

    def fit(self, measures: dict[str, str], *, measurable: bool, own: bool) -> None:
        if measurable:
            self.measure.choices = [("", gettext("No measure yet")), *measures.items()]
        else:
            del self.measure
        if not own:
            del self.template

    @property
    def tied_to(self) -> str | None:
        return (self.measure.data or None) if "measure" in self else None

    @property
    def new_words(self) -> str | None:
        back = "template" in self and self.template.data
        return None if back else self.words.data or ""
