"""Forms for jobs: start, end, the answers at checks, and the closing talk."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField

from se_engine.queries.track_choices import TrackChoice
from web.forms.base import WriteForm
from web.forms.days import DayField
from web.forms.fields import CodeRadio, CodeSelect, EmployerField, Hours
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
    PLACES: ClassVar[dict[str, str]] = {"job_elsewhere_than_track": "track"}

    track = SelectField(_("Which track does it belong to?"), default="", validate_choice=False)
    employer = EmployerField(_("Employer"))
    occupation = StringField(_("Occupation"))
    started_on = DayField(_("First day"))
    paid = YesNoField(_("With pay?"))
    subsidy = YesNoField(_("With a wage subsidy?"))
    contract = CodeSelect(_("Kind of contract"), "contract")
    hours_per_week = Hours(_("Hours a week"))

    def fit(self, tracks: Sequence[TrackChoice], chosen: int | None) -> None:
        """A track brings its employer; without one there is nothing to choose."""
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


class JobEndForm(WriteForm):
    reason = CodeRadio(_("Why did the job end?"), "job_end_reason")
    ended_on = DayField(_("Last day"))


class CheckForm(WriteForm):
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
