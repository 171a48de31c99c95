"""Forms for jobs: start, end, the answers at checks, and the closing talk."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField

from se_engine.actions.jobs import Ahead
from se_engine.queries.track_choices import TrackChoice
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, CodeSelect, EmployerField, Hours, KeepTick, Words
from web.forms.occupations import OccupationField
from web.numbers import whole_number
from web.parts.tracks import choices


class YesNoField(RadioField):  # type: ignore[misc]  # WTForms has no types
    """Yes, no, or not known."""

    def __init__(self, label: str, **rest: Any) -> None:
        choices = {"yes": gettext("Yes"), "no": gettext("No"), "": gettext("Not known")}
        super().__init__(label, choices=choices, default="", validate_choice=False, **rest)

    @property
    def truth(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.data or "")


class JobForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {
        "job_elsewhere_than_track": "track", "hours_not_allowed": "hours_per_week", "contract_unknown": "contract",
    }  # fmt: skip
    TICKS: ClassVar[dict[str, str]] = {"full_time_jobs_overlap": "overlap", "placement_too_long": "length"}

    track = SelectField(_("Which track does it belong to?"), default="", validate_choice=False)
    follows = SelectField(_("Does it continue a placement?"), default="", validate_choice=False)
    employer = EmployerField(_("Employer"))
    occupation = StringField(_("What the workplace calls the job"))
    occupation_code = OccupationField(_("Occupation (STYRK-08)"))
    started_on = DayField(_("First day"))
    contract = CodeSelect(_("Kind of contract"), "contract")
    paid = YesNoField(_("With pay?"))
    hours_per_week = Hours(_("Hours a week"))
    subsidy = YesNoField(_("With a wage subsidy?"))
    planned_until = DayField(_("Agreed last day"), required=False, ahead=True, default_days=None)
    probation_until = DayField(_("Last day of probation"), required=False, ahead=True, default_days=None)
    decision_on = DayField(
        _("When does the employer decide about employment?"), required=False, ahead=True, default_days=None
    )
    pay_planned_on = DayField(_("From when is pay planned?"), required=False, ahead=True, default_days=None)
    overlap = KeepTick(_("It is right: two full-time jobs at once"))
    length = KeepTick(_("It is right: the placement lasts this long"))

    def fit(self, tracks: Sequence[TrackChoice], chosen: int | None, placements: Mapping[int, str]) -> None:
        """A track brings its employer; without one there is nothing to choose, and so with placements."""
        if placements:
            self.follows.choices = {"": gettext("No"), **{str(number): name for number, name in placements.items()}}
        else:
            del self.follows
        if not tracks:
            del self.track
            return
        self.track.choices = {**choices(tracks), "": gettext("None of these")}
        found = next((track for track in tracks if track.id == chosen), None)
        if found and not self.is_submitted():
            self.track.data, self.employer.data = str(found.id), found.employer

    @property
    def track_id(self) -> int | None:
        return whole_number(self.track.data or "") if "track" in self else None

    @property
    def follows_id(self) -> int | None:
        return whole_number(self.follows.data or "") if "follows" in self else None

    @property
    def kept(self) -> tuple[str, ...]:
        """What stands although it was asked about."""
        return tuple(name for name in ("overlap", "length") if self[name].data)

    @property
    def ahead(self) -> Ahead:
        return Ahead(
            self.planned_until.data, self.probation_until.data, self.decision_on.data, self.pay_planned_on.data
        )


class JobEndForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {"ends_before_it_starts": "ended_on"}

    ended_on = DayField(_("Last day"))
    reason = CodeRadio(_("Who ended it?"), "job_end_reason")
    cause = CodeSelect(_("Why?"), "job_end_cause")
    her_words = Words(_("In the participant’s words"))
    employer_words = Words(_("In the workplace’s words"))
    kept = KeepTick(_("I have looked at it again: the words can stand"))

    @property
    def words(self) -> dict[str, str]:
        return {"her_words": self.her_words.data or "", "employer_words": self.employer_words.data or ""}


class CheckForm(WriteForm):
    PLACES: ClassVar[dict[str, str]] = {
        "answer_unknown": "answer", "evidence_unknown": "evidence", "workplace_not_told": "evidence",
        "answer_after_job": "answer", "answer_before_job": "happened_on", "in_the_future": "happened_on",
    }  # fmt: skip

    answer = CodeRadio(_("Is the participant in work?"), "check_answer")
    evidence = CodeRadio(_("How do we know?"), "check_evidence", required=False)
    job = SelectField(_("Which job?"), default="")
    happened_on = DayField(_("Which day?"))

    def fit(self, jobs: dict[str, str]) -> None:
        """With one job there is nothing to choose."""
        self.job.choices = {**jobs, "": gettext("None of these")}
        if not self.is_submitted() and jobs:
            self.job.data = next(iter(jobs))

    def job_id(self) -> int | None:
        return int(self.job.data) if self.job.data else None
