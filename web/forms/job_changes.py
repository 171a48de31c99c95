"""Forms for what happens while a job runs and after it: changes, subsidies, absences, words, a new search."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from se_engine import wording
from se_engine.rules.jobs import CHANGES, CONTRACTS, PLACEMENTS
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, CodeSelect, Hours, KeepTick, WholeNumber, Words
from web.forms.occupations import OccupationField
from web.language import language

LOOKED_AGAIN = _("I have looked at it again: the words can stand")


class ChangeForm(WriteForm):
    """One kind of change: only the field it needs is there."""

    PLACES: ClassVar[dict[str, str]] = {
        "hours_not_allowed": "number", "contract_unknown": "code", "placement_is_a_job_of_its_own": "code",
    }  # fmt: skip
    TICKS: ClassVar[dict[str, str]] = {"full_time_jobs_overlap": "overlap", "placement_too_long": "length"}

    number = Hours(_("Number"))
    code = CodeSelect(_("Kind of contract"), "contract")
    occupation = OccupationField(_("Occupation (STYRK-08)"))
    day = DayField(_("Which day?"), ahead=True, required=False, default_days=None)
    words = Words(_("What is new?"))
    happened_on = DayField(_("From which day?"))
    overlap = KeepTick(_("It is right: two full-time jobs at once"))
    length = KeepTick(_("It is right: the placement lasts this long"))
    kept = KeepTick(LOOKED_AGAIN)

    def fit(self, what: str, *, placement: bool) -> None:
        """The field of this change, under its name; for the others nothing is asked."""
        wanted = {"number": "number", "code": "code", "day": "day"}.get(CHANGES[what], "")
        if what == "occupation":
            wanted = "occupation"
        for name in {"number", "code", "occupation", "day"} - {wanted}:
            del self[name]
        if wanted in ("number", "day"):
            self[wanted].label.text = wording.word("job_change", what, language())
        if wanted == "code":
            words = wording.words("contract", language())
            allowed = [code for code in CONTRACTS if (code in PLACEMENTS) == placement]
            self.code.choices = [("", "–"), *((code, words[code]) for code in allowed)]
        if wanted:
            self.words.label.text = gettext("Anything to add?")
        if what == "written":
            self.happened_on.label.text = gettext("On which day was it seen?")

    @property
    def value(self) -> dict[str, Any]:
        """What the action takes; the occupation is a code like any other."""
        given = {name: self[name].data for name in ("number", "code", "day") if name in self}
        return {**given, "code": self.occupation.data} if "occupation" in self else given

    @property
    def kept_ticks(self) -> tuple[str, ...]:
        return tuple(name for name in ("overlap", "length") if self[name].data)


class WhyForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"reason_needed": "why"}

    why = Words(_("Why is it taken back?"), required=True)


class SubsidyForm(WriteForm):
    kind = CodeRadio(_("Which subsidy?"), "subsidy")
    applied_on = DayField(_("When was it applied for?"))


class PlaceSubsidyForm(SubsidyForm):
    """Before there is a job: at which workplace."""

    place = SelectField(_("At which workplace?"), validate_choice=False)

    def fit(self, places: Mapping[int, str]) -> None:
        self.place.choices = [(str(number), name) for number, name in places.items()]

    def validate_place(self, field: Any) -> None:
        if field.data not in {str(number) for number, _name in field.choices}:
            raise ValidationError(gettext("Choose one of these."))

    @property
    def employer_id(self) -> int:
        return int(self.place.data)


class DecisionForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"outside_the_subsidy": "step_on"}

    decision = CodeRadio(_("What did NAV decide?"), "subsidy_decision")
    decided_on = DayField(_("Which day?"))
    from_on = DayField(_("First day"), required=False, ahead=True, default_days=None)
    until_on = DayField(_("Last day"), required=False, ahead=True, default_days=None)
    percent = WholeNumber(_("Percent from the first day"), largest=100)
    step_percent = WholeNumber(_("Percent later"), largest=100)
    step_on = DayField(_("From which day?"), required=False, ahead=True, default_days=None)

    @property
    def steps(self) -> dict[Any, int]:
        """Day → percent, for what was filled in."""
        pairs = ((self.from_on.data, self.percent.data), (self.step_on.data, self.step_percent.data))
        return {day: percent for day, percent in pairs if day is not None and percent is not None}


class StepForm(WriteForm):
    percent = WholeNumber(_("Percent"), largest=100, needed=_("Write how many percent NAV pays."))
    step_on = DayField(_("From which day?"), ahead=True)


class UntilForm(WriteForm):
    until_on = DayField(_("Last day"), ahead=True)


class AbsenceForm(WriteForm):
    kind = CodeRadio(_("Why is the participant away?"), "work_absence")
    from_on = DayField(_("First day away"))
    until_on = DayField(_("Last day away, if it is known"), required=False, ahead=True, default_days=None)


class BackForm(WriteForm):
    until_on = DayField(_("Last day away"), ahead=True)


class PlanForm(WriteForm):
    """The plan for support, with what it says now."""

    support_plan = Words(_("Who helps with what, how often, and who takes over"), required=True, rows=8)
    kept = KeepTick(LOOKED_AGAIN)


class LookBackForm(WriteForm):
    """Both sides about a job that ended, and what comes now."""

    worked_her = Words(_("What worked, in the participant’s words"))
    worked_employer = Words(_("What worked, in the workplace’s words"))
    failed_her = Words(_("What did not work, in the participant’s words"))
    failed_employer = Words(_("What did not work, in the workplace’s words"))
    next = Words(_("What we do now"))
    plan_b = Words(_("Plan B"))
    kept = KeepTick(LOOKED_AGAIN)
    PARTS: ClassVar[tuple[str, ...]] = (
        "worked_her", "worked_employer", "failed_her", "failed_employer", "next", "plan_b",
    )  # fmt: skip

    def say(self, told: Mapping[str, str | None]) -> None:
        """What stands already is shown, to be added to."""
        if not self.is_submitted():
            for part in self.PARTS:
                self[part].data = self[part].data or told.get(part)

    @property
    def words(self) -> dict[str, str]:
        return {part: self[part].data or "" for part in self.PARTS}


class SearchForm(WriteForm):
    answer = CodeRadio(_("Does the participant want to search anew?"), "search_answer")
    words = Words(_("In the participant’s words"))
    offered_on = DayField(_("Which day was it offered?"))
    kept = KeepTick(LOOKED_AGAIN)
