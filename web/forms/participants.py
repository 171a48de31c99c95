"""Forms for the participant's record: who she is, languages, levels, schemes, consents, protection."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from se_engine import wording
from se_engine.rules.consents import ANSWERS, LINES, OTHER
from se_engine.rules.languages import LEVELS, SKILLS
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import (
    CodeRadio,
    CodeSelect,
    CountryField,
    LanguageField,
    VersionedForm,
    WholeNumber,
    Words,
    coded,
)
from web.language import language

FIRST_YEAR, LAST_YEAR = 1900, 2100
FACTS = (
    "birth_year",
    "sex",
    "country",
    "arrived_year",
    "highest_education",
    "referred_on",
    "referred_by",
)


class PeopleField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Colleagues to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NameForm(WriteForm):
    given_name = StringField(_("Given name"))
    family_name = StringField(_("Family name"))


class FactsForm(VersionedForm):
    birth_year = WholeNumber(_("Year of birth"), smallest=FIRST_YEAR, largest=LAST_YEAR)
    sex = CodeSelect(_("Sex"), "sex")
    country = CountryField(_("Country of birth"))
    arrived_year = WholeNumber(_("Came to Norway in the year"), smallest=FIRST_YEAR, largest=LAST_YEAR)
    highest_education = CodeSelect(_("Highest completed education"), "education")
    referred_on = DayField(_("Referred on"), required=False, default_days=None)
    referred_by = CodeSelect(_("Referred by"), "referred_by")

    def facts(self) -> dict[str, Any]:
        return {name: self[name].data for name in FACTS}


class InterpreterForm(VersionedForm):
    interpreter_need = CodeRadio(_("Is an interpreter needed?"), "interpreter_need")
    interpreter_language = LanguageField(_("Language of the interpreter"))


class LanguagesForm(WriteForm):
    """The languages she uses, the first one first."""

    language_1 = LanguageField(_("First language"))
    language_2 = LanguageField(_("Second language"))
    language_3 = LanguageField(_("Third language"))
    language_4 = LanguageField(_("Fourth language"))
    language_5 = LanguageField(_("Fifth language"))

    def fields(self) -> list[Any]:
        return [self[f"language_{place}"] for place in range(1, 6)]

    def put(self, codes: tuple[str, ...]) -> None:
        for field, code in zip(self.fields(), codes, strict=False):
            field.data = code

    @property
    def languages(self) -> list[str]:
        return [field.data for field in self.fields() if field.data]


class LevelsForm(WriteForm):
    """Four skills, one source, one day."""

    listening = SelectField(validate_choice=False)
    reading = SelectField(validate_choice=False)
    speaking = SelectField(validate_choice=False)
    writing = SelectField(validate_choice=False)
    source = CodeRadio(_("Who says so?"), "level_source", codes=("own_estimate", "teacher", "test"))
    happened_on = DayField(_("Which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [SelectChoice("", gettext("Not known")), *coded("level", LEVELS)]
        for skill in SKILLS:
            self[skill].choices = levels
            self[skill].label.text = wording.word("skill", skill, language())

    def levels(self) -> dict[str, str | None]:
        return {skill: self[skill].data or None for skill in SKILLS}


class SchemeForm(WriteForm):
    scheme = CodeRadio(_("Scheme"), "scheme")
    from_on = DayField(_("From"), required=False)
    until_on = DayField(_("Until"), required=False, ahead=True, default_days=None)
    check_result = CodeRadio(
        _("Conditions"),
        "check_result",
        codes=("not_checked", "met", "not_met"),
        default="not_checked",
        description=_("Not checked: you can check them on the next page, where there are rules to check by."),
    )


class GuardianForm(WriteForm):
    name = StringField(_("Name of the guardian"))
    consented_on = DayField(_("Consented on"))


class ProtectionForm(WriteForm):
    protected = CodeRadio(_("Is the participant protected?"), "interpreter_need", codes=())
    readers = PeopleField(_("Who may see the participant"), coerce=int)

    def fit(self, colleagues: dict[int, str]) -> None:
        self.protected.choices = [
            SelectChoice("yes", gettext("Yes: only the persons named below see that she exists")),
            SelectChoice("no", gettext("No: everybody whose case it is")),
        ]
        self.readers.choices = colleagues


class ClosedForm(WriteForm):
    why = Words(_("Why do you open it?"), required=True, rows=2)


class ConsentsForm(WriteForm):
    """All questions in one talk: yes, no, or not asked now."""

    form = CodeRadio(_("How were the answers given?"), "consent_form")
    language = LanguageField(_("In which language?"))
    happened_on = DayField(_("Which day?"))
    valid_until = DayField(_("Valid until"), required=False, ahead=True, default_days=None)
    party = StringField(_("With whom, and about what"))


def consents_form(asked: dict[str, str]) -> Any:
    """The form with a field for each line; «withdrawn» is offered where there was a yes."""

    class Lines(ConsentsForm):
        pass

    for line in (*LINES, OTHER):
        answers = [answer for answer in ANSWERS if answer != "withdrawn" or asked.get(line) == "yes"]
        choices = {answer: wording.word("consent_answer", answer, language()) for answer in answers}
        label = wording.word("consent_line", line, language())
        later = {"": gettext("Not now")}
        setattr(Lines, f"line_{line}", RadioField(label, choices=choices | later, default="", validate_choice=False))
    return Lines()


def consent_answers(form: Any) -> dict[str, str]:
    """What was answered now; what was left is asked another day."""
    given = {line: form[f"line_{line}"].data for line in (*LINES, OTHER)}
    return {line: answer for line, answer in given.items() if answer in ANSWERS}
