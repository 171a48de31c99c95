"""Forms for an employer's card, its people and agreements, and the five questions we ask."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine import wording
from se_engine.rules import employers as rules
from se_engine.rules.errors import Refused
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, CodeSelect, VersionedForm, WholeNumber, Words, coded
from web.language import language
from web.numbers import whole_number

PHONE: dict[str, Any] = {"inputmode": "tel", "autocomplete": "off", "type": "tel"}
EMAIL: dict[str, Any] = {"inputmode": "email", "autocomplete": "off"}
NOBODY = _("No participant can be recognised in what I have written")


def _told(field: Any, check: Callable[[str], object]) -> None:
    """The rule's own sentence, at the field."""
    if not (field.data or "").strip():
        return
    try:
        check(field.data)
    except Refused as refused:
        raise ValidationError(wording.refusal(refused, language())) from None


class Ticks(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several codes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _Numbers:
    """What several of these forms look at in the same way."""

    def validate_org_number(self, field: Any) -> None:
        _told(field, rules.org_number)

    def validate_phone(self, field: Any) -> None:
        _told(field, rules.phone)

    def validate_email(self, field: Any) -> None:
        _told(field, rules.email)


class NewEmployerForm(_Numbers, WriteForm):
    """A name is enough; the rest is asked when one stands there."""

    name = StringField(_("Name"), render_kw={"autocomplete": "off"})
    org_number = StringField(_("Organisation number"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    phone = StringField(_("Phone"), render_kw=PHONE)
    person = StringField(_("Whom to ask for"), render_kw={"autocomplete": "off"})
    industry = CodeSelect(_("Branch"), "industry")
    source = CodeSelect(_("How we got in touch"), "employer_source")
    municipality = StringField(_("Municipality"))
    another = BooleanField(_("It is another employer than those above"))

    def validate_name(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("Write the employer’s name."))

    def facts(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("name", "org_number", "phone", "industry", "source", "municipality")}


class EmployerForm(_Numbers, WriteForm):
    """The whole card, in the order in which it is needed at a door."""

    card = HiddenField()
    """The version that was seen. A draft keeps it too: what others change in the meantime is not written over."""

    preferred_time = StringField()
    preferred_form = CodeSelect("", "preferred_form")
    phone = StringField(render_kw=PHONE)
    address = StringField()
    municipality = StringField()
    next_on = DayField("", required=False, ahead=True, default_days=None)

    limited_norwegian = CodeSelect("", "limited_norwegian")
    listening = CodeSelect("", "required_level")
    speaking = CodeSelect("", "required_level")
    reading = CodeSelect("", "required_level")
    writing = CodeSelect("", "required_level")
    language_mentor = CodeSelect("", "yes_no")

    possible_tasks = Words("", rows=3)
    busy_times = StringField()
    needs = Ticks(choices=[], validate_choice=False)
    collective_agreement = CodeSelect("", "yes_no")
    safety_delegate = CodeSelect("", "yes_no")

    experience = CodeSelect("", "employer_experience")
    experience_words = Words("", rows=3)
    stage = CodeSelect("", "employer_stage")
    refusal = CodeSelect("", "employer_refusal")

    name = StringField()
    org_number = StringField(render_kw={"inputmode": "numeric", "autocomplete": "off"})
    industry = CodeSelect("", "industry")
    size = CodeSelect("", "employer_size")
    source = CodeSelect("", "employer_source")

    nobody_named = BooleanField(
        NOBODY, description=_("Everybody in the office reads this. The local check looks again.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label in wording.words("employer_field", language()).items():
            if field in self:
                self[field].label.text = label
        self.needs.choices = coded("employer_need")
        self.name.flags.required = True

    def seen(self) -> int:
        """Nought, which no card has, for a page that carried none."""
        return whole_number(str(self.card.data or "")) or 0

    def put(self, facts: dict[str, Any]) -> None:
        """The card as it stands, for the fields named."""
        for field, value in facts.items():
            self[field].raw_data = None
            self[field].data = (value or "").split(",") if field == "needs" else value

    def facts(self) -> dict[str, Any]:
        found = {field: self[field].data for field in rules.FACTS}
        return {**found, "needs": ",".join(self.needs.data or [])}

    def validate_name(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("Write the employer’s name."))


class PersonForm(_Numbers, WriteForm):
    name = StringField(_("Name"), render_kw={"autocomplete": "off"})
    function = StringField(_("What the person does there"))
    phone = StringField(_("Phone"), render_kw=PHONE)
    email = StringField(_("E-mail"), render_kw=EMAIL)
    preferred_time = StringField(_("When it suits"), description=_("For example: weekdays after 14."))
    preferred_form = CodeSelect(_("Prefers contact by"), "preferred_form")
    decides = BooleanField(_("Decides on taking people in"))

    def validate_name(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("Write who it is."))


class PersonChangeForm(PersonForm, VersionedForm):
    """The same of somebody who is on the card; it carries the version of the card that was seen."""


class PersonLeftForm(WriteForm):
    left_on = DayField(_("Since when?"))


class AgreementForm(WriteForm):
    places = WholeNumber(
        _("Places a year"), smallest=1, largest=999, needed=_("Write how many places a year."), default=None
    )
    from_on = DayField(_("From"))
    until_on = DayField(_("Until and including"), ahead=True, default_days=365)
    tasks = Words(_("For which tasks?"), rows=3)
    nobody_named = BooleanField(NOBODY)


class AgreementEndForm(WriteForm):
    ended_on = DayField(_("Last day"))


class FeedbackForm(WriteForm):
    """Five statements from 1 to 5, and whether they would take another."""

    happened_on = DayField(_("Which day was it answered?"))
    another = CodeRadio(_("Would you receive another candidate?"), "another_candidate", required=False)
    text = Words(_("Is there something we should do differently?"), rows=3)
    nobody_named = BooleanField(NOBODY)

    def scores(self) -> list[Any]:
        return [self[f"question_{question}"] for question in rules.QUESTIONS]

    def answers(self) -> list[int | None]:
        given = [str(field.data or "") for field in self.scores()]
        return [int(score) if score in map(str, rules.SCORES) else None for score in given]


def feedback_form() -> Any:
    """The form with a line for each question; each may be left out."""

    class Questions(FeedbackForm):
        pass

    words = {str(score): wording.word("employer_score", str(score), language()) for score in rules.SCORES}
    for question in rules.QUESTIONS:
        label = wording.word("employer_question", question, language())
        choices = words | {"": gettext("Not answered")}
        setattr(
            Questions, f"question_{question}", RadioField(label, choices=choices, default="", validate_choice=False)
        )
    return Questions()
