"""The form of the closing talk: one question made of facts, what she said, and the end."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, ValidationError
from wtforms.validators import Length

from se_engine.queries.closing import ClosingPage
from se_engine.rules.closing import PRESENT
from web.forms.chips import SeveralCodes, YesNoChips
from web.forms.days import DayField
from web.forms.fields import CodeSelect, KeepTick, LanguageField, VersionedForm, Words

YES, NO, NOT_ASKED = "yes", "no", "not_known"
NOW, LATER = "now", "later"


class ClosingForm(VersionedForm):
    PLACES = {  # noqa: RUF012 - read only
        "phone_not_allowed": "phone",
        "end_reason_needed": "end_reason",
        "language_unknown": "language",
        "before_step": "happened_on",
        "answer_before_job": "happened_on",
    }

    confirmed = RadioField(_("Is this right?"), validate_choice=False)
    happened_on = DayField(_("Which day was the talk?"))
    present = SeveralCodes(_("Who was there, besides the participant?"), "present", codes=PRESENT)
    decision = Words(_("The participant’s own decision, in own words"), required=True)
    plan = Words(_("What the participant wants next"), rows=2)
    natural_support = Words(
        _("Who helps at work from now on, and with what?"), rows=2, description=_("A name the participant knows.")
    )
    whom = StringField(_("Whom can the participant call?"), [Length(max=200)])
    phone = StringField(_("Phone"), [Length(max=40)], render_kw={"inputmode": "tel", "autocomplete": "off"})
    language = LanguageField(_("In which language has the participant been told whom to call?"))
    ask_later = YesNoChips(_("May one message ask how it goes, after 18 and 24 months?"))
    end = RadioField(_("Does the case end with this talk?"), validate_choice=False)
    end_reason = CodeSelect(_("Why does the case end?"), "end_reason")
    kept = KeepTick(_("I have looked at the words again: they can stand"))

    def fit(self, page: ClosingPage) -> None:
        """The facts fill in what they can; what she alone knows stays open."""
        self.confirmed.choices = {
            YES: gettext("Yes"),
            NO: gettext("No, it must be corrected first"),
            NOT_ASKED: gettext("We do not know"),
        }
        self.confirmed.flags.required = self.end.flags.required = True
        self.end.choices = {NOW: gettext("Yes, it ends on that day"), LATER: gettext("No, not yet")}
        if page.trigger is None:
            del self.end
            del self.end_reason
        if self.is_submitted() or self.decision.data:
            return
        self.whom.data, self.phone.data = page.owner, page.owner_phone
        self.language.data = page.language
        if page.trigger:
            self.end.data, self.end_reason.data = NOW, page.proposed

    def validate_confirmed(self, field: Any) -> None:
        if field.data not in field.choices:
            raise ValidationError(gettext("Choose one of these."))
        if field.data == NO:
            raise ValidationError(gettext("Correct the job first. What you have written here is kept."))

    def validate_language(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Write the language in which the participant has been told whom to call."))

    def validate_whom(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("Write who answers when the participant calls."))

    def validate_end(self, field: Any) -> None:
        if field.data not in field.choices:
            raise ValidationError(gettext("Choose one of these."))

    def validate_end_reason(self, field: Any) -> None:
        if self.end.data == NOW and not field.data:
            raise ValidationError(gettext("Choose why the case ends."))

    @property
    def ends(self) -> bool:
        return "end" in self and self.end.data == NOW

    @property
    def whom_to_call(self) -> str:
        return ", ".join(part for part in ((self.whom.data or "").strip(), (self.phone.data or "").strip()) if part)
