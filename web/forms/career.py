"""Forms for language and career: goals, tests, steps, education, competence from abroad and its recognition."""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, SelectField, StringField

from se_engine import wording
from se_engine.rules.career import OF_SKILLS, RESULTS
from se_engine.rules.languages import LEVELS, SKILLS
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import (
    CodeRadio,
    CodeSelect,
    CountryField,
    Hours,
    KeepTick,
    VersionedForm,
    WholeNumber,
    Words,
    coded,
)
from web.forms.plan import KEPT
from web.language import language
from web.numbers import whole_number

REACHED_OR_NOT = ("reached", "dropped")


class LanguageGoalForm(WriteForm):
    skill = CodeRadio(_("Which skill?"), "skill")
    level = CodeRadio(_("Which level?"), "level", codes=LEVELS[:-1])
    wish = RadioField(_("Which wish does it serve?"), choices=[], default="", validate_choice=False)
    words = Words(
        _("What does the participant want to manage?"),
        description=_("In the participant’s own words: “Answer the phone”."),
    )
    by_on = DayField(_("By when?"), required=False, ahead=True, default_days=None)
    set_on = DayField(_("Which day was it agreed?"))
    kept = KeepTick(KEPT)

    def fit(self, wishes: dict[int, str | None]) -> None:
        """Her wishes in her order; the field is not there before she has told one."""
        if not wishes:
            del self.wish
            return
        named = {str(rank): f"{rank}: {words or gettext('Wish %(rank)s', rank=rank)}" for rank, words in wishes.items()}
        self.wish.choices = {**named, "": gettext("None of these")}

    @property
    def rank(self) -> int | None:
        return whole_number(self.wish.data or "") if "wish" in self else None


class LanguageGoalEndForm(WriteForm):
    outcome = CodeRadio(_("What became of the goal?"), "goal_outcome", codes=REACHED_OR_NOT)
    ended_on = DayField(_("Which day?"))


class TestAheadForm(WriteForm):
    kind = CodeRadio(_("Which test?"), "language_test")
    taken_on = DayField(_("Which day is the test?"), ahead=True, default_days=None)
    attempt = WholeNumber(_("Which attempt?"), smallest=1, largest=20)


class ResultPart(WriteForm):
    """The result in each skill, or passed and not passed for tests that look at no skill."""

    PLACES: ClassVar[dict[str, str]] = {"test_has_no_skills": "passed"}

    listening = SelectField(validate_choice=False)
    reading = SelectField(validate_choice=False)
    speaking = SelectField(validate_choice=False)
    writing = SelectField(validate_choice=False)
    passed = RadioField(_("Passed?"), default="", validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        results = [SelectChoice("", gettext("Not tested")), *coded("test_result", RESULTS)]
        for skill in SKILLS:
            self[skill].choices = results
            self[skill].label.text = wording.word("skill", skill, language())
        self.passed.choices = {"yes": gettext("Passed"), "no": gettext("Not passed"), "": gettext("No answer yet")}

    def fit(self, kind: str) -> None:
        """Only what this test can answer."""
        for name in ("passed",) if kind in OF_SKILLS else SKILLS:
            del self[name]

    def results(self) -> dict[str, str]:
        return {skill: self[skill].data for skill in SKILLS if skill in self and self[skill].data}

    @property
    def has_passed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.passed.data or "") if "passed" in self else None


class TestResultForm(ResultPart):
    pass


class TestTakenForm(ResultPart):
    PLACES: ClassVar[dict[str, str]] = {"test_has_no_skills": "kind", "test_is_there": "taken_on"}

    kind = CodeRadio(_("Which test?"), "language_test")
    taken_on = DayField(_("Which day was it taken?"))
    attempt = WholeNumber(_("Which attempt?"), smallest=1, largest=20)


class StepForm(WriteForm):
    kind = CodeRadio(_("What kind of step?"), "career_step")
    words = Words(_("What is it?"), rows=2, description=_("The name of the course, the class of the licence …"))
    job = SelectField(_("In which job?"), choices=[], default="", validate_choice=False)
    number = Hours(_("A number, where there is one"), description=_("Hours of a course, or kroner more an hour."))
    happened_on = DayField(_("Which day?"))
    kept = KeepTick(KEPT)

    def fit(self, jobs: dict[str, str]) -> None:
        if jobs:
            self.job.choices = [SelectChoice("", gettext("None")), *(SelectChoice(*job) for job in jobs.items())]
        else:
            del self.job

    @property
    def job_id(self) -> int | None:
        return whole_number(self.job.data or "") if "job" in self else None


class EducationForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"ends_before_it_starts": "planned_until"}

    level = CodeRadio(_("What kind of education?"), "education_level")
    subject = StringField(_("Subject"), description=_("Health care, welding, ninth class …"))
    place = StringField(_("Where?"))
    started_on = DayField(_("First day"))
    planned_until = DayField(_("Planned until"), required=False, ahead=True, default_days=None)
    support = Words(_("Support plan"), description=_("What we do so that it goes well, and who does it."))
    kept = KeepTick(KEPT)


class EducationChangeForm(VersionedForm):
    """The version it carries is the education's, not the case's."""

    current = 0
    planned_until = DayField(_("Planned until"), required=False, ahead=True, default_days=None)
    support = Words(_("Support plan"))
    learned = Words(_("What works, and what does not"))
    ended_on = DayField(_("Ended on"), required=False, default_days=None, description=_("Left empty while it goes on."))
    outcome = CodeSelect(_("How did it end?"), "education_outcome")
    kept = KeepTick(KEPT)

    def show_version(self, version: int, *, again: bool = False) -> None:
        super().show_version(self.current, again=again)


class RecognitionForm(WriteForm):
    status = CodeRadio(_("Recognition in Norway"), "recognition")
    happened_on = DayField(_("Since which day?"))
    words = Words(
        _("What was applied for, and what was the answer?"),
        description=_("If it is not applied for: why not. These words answer the task about recognition."),
    )
    kept = KeepTick(KEPT)


class QualificationForm(WriteForm):
    words = Words(
        _("What did the participant learn?"), required=True, description=_("Education, trade or skill, in one line.")
    )
    country = CountryField(_("In which country?"))
    level = CodeSelect(_("Level"), "education_level")
    years = WholeNumber(_("How many years?"), smallest=1, largest=20)
    documented = CodeRadio(_("Are there papers?"), "documented", required=False)
    status = CodeRadio(_("Recognition in Norway"), "recognition", default="needed")
    happened_on = DayField(_("Since which day?"))
    kept = KeepTick(KEPT)
