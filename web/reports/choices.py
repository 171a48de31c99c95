"""What the reader asks a report for: read from the address, shown in one form, written back into every link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from flask import url_for
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from se_engine.queries.report_questions import HORIZON, LARGEST_HORIZON, Question
from se_engine.queries.reports import Report
from se_engine.rules.errors import Refused
from se_engine.rules.time import Clock
from web.forms.base import OurForm
from web.forms.days import DayField, this_day
from web.forms.fields import WholeNumber
from web.worklists import number_from

PUBLISHED = "published"
KEPT = ("clock", "visits", "office", "by", "group", "horizon", "which", "compare", "form")
CLOCKS = {"calendar": _l("Calendar days"), "working": _l("Working days")}
VISITS = {"all": _l("Every stay"), "first": _l("The first stay only")}
DIVISIONS = {
    "": _l("Nothing: all together"), "team": _l("Team"), "office": _l("Office"), "scheme": _l("Scheme"),
    "language": _l("Spoken Norwegian"), "sex": _l("Sex"), "period": _l("Year"),
}  # fmt: skip
COMPARED = {
    "": _l("Nothing"), "year": _l("The same days a year before"), "half_year": _l("The same days half a year before")
}  # fmt: skip


class Chosen(SelectField):  # type: ignore[misc]  # WTForms has no types
    """One of some words; what is none of them is refused by the report, which says what there is."""

    def __init__(self, label: Any, words: Mapping[str, Any], **rest: Any) -> None:
        super().__init__(label, choices=[SelectChoice(*pair) for pair in words.items()], validate_choice=False, **rest)


class ReportForm(OurForm):
    """Read from the address: it changes nothing, so it needs no token."""

    class Meta(OurForm.Meta):
        csrf = False

    PLACES = {  # noqa: RUF012 - read below
        "ends_before_it_starts": "to_on",
        "report_begins_after_it_ends": "to_on",
        "published_period_not_a_year": "from_on",
        "published_divided_once": "by",
        "horizon_not_allowed": "horizon",
    }

    as_of = DayField(_l("As of"), required=False, default_days=None)
    from_on = DayField(_l("From"), required=False, default_days=None, name="from")
    to_on = DayField(_l("Until and including"), required=False, default_days=None, name="to")
    by = Chosen(_l("Divided by"), DIVISIONS)
    clock = Chosen(_l("Counted in"), CLOCKS)
    visits = Chosen(_l("Stays"), VISITS)
    compare = Chosen(_l("Beside the own past"), COMPARED)
    horizon = WholeNumber(_l("Days looked ahead"), largest=LARGEST_HORIZON)

    def named(self, names: Sequence[str]) -> list[Any]:
        """A report asks for what it heeds; the rest is kept in the address and not shown."""
        return [self[name] for name in names]

    def show(self, chosen: "Choices") -> None:
        """What holds where nothing was asked."""
        for name in ("as_of", "horizon", "clock", "visits", "by", "compare"):
            if not self[name].raw_data or not self[name].raw_data[0]:
                self[name].raw_data = None
                self[name].data = getattr(chosen, name) or ""

    def place(self, refused: Refused, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A refusal is told at the field it belongs to; what is left is told above the form."""
        name = self.PLACES.get(refused.reason.code)
        if name is None:
            return [{"text": one["text"]} for one in found]
        self[name].errors = [*self[name].errors, *(one["text"] for one in found)]
        return []


@dataclass(frozen=True)
class Choices:
    """All of it stands in the address."""

    as_of: date
    from_on: date | None = None
    to_on: date | None = None
    clock: str = "calendar"
    visits: str = "all"
    office: int | None = None
    by: str | None = None
    group: str | None = None
    horizon: int = HORIZON
    which: str | None = None
    compare: str | None = None
    form: str | None = None
    """`published`: as for readers who may not open the cases; what is printed is printed so."""
    own_team: str | None = None
    """The team that the reader leads: where she asks for nothing else, it is what she sees."""
    standing: bool = False
    """As of the day that was asked for, and not whatever day it is when the address is opened."""

    @property
    def question(self) -> Question:
        # Nothing is hidden from whoever may open every case; for others the office's threshold holds all the same.
        return Question(
            as_of=self.as_of, from_on=self.from_on, to_on=self.to_on, clock=cast(Clock, self.clock),
            visits=self.visits, office=self.office, by=self.by, group=self.group, horizon=self.horizon, threshold=0,
            compare=self.compare, publish=self.form == PUBLISHED,
        )  # fmt: skip

    @property
    def url(self) -> dict[str, Any]:
        days = {"as_of": self.as_of if self.standing else None, "from": self.from_on, "to": self.to_on}
        usual = Choices(self.as_of)
        rest = {name: getattr(self, name) for name in KEPT}
        return {
            **{name: day.isoformat() for name, day in days.items() if day},
            **{name: value for name, value in rest.items() if value != getattr(usual, name)},
            **({"by": ""} if self.own_team and self.by is None else {}),
        }

    @property
    def fixed(self) -> dict[str, Any]:
        """For what lies behind a number: as of the day on which it was shown."""
        return replace(self, standing=True).url

    def everybody(self) -> dict[str, Any]:
        """All groups together."""
        return replace(self, by=None, group=None).url

    def without_group(self) -> dict[str, Any]:
        return replace(self, group=None).url

    def published(self) -> dict[str, Any]:
        return replace(self, form=PUBLISHED).url

    def whole(self) -> dict[str, Any]:
        return replace(self, form=None).url

    def only(self, group: str) -> dict[str, Any]:
        return replace(self, group=group).url

    def cases(self, report: str, **which: Any) -> str:
        """The address of the cases behind one number."""
        asked = {name: value for name, value in {**self.fixed, **which}.items() if value is not None}
        if report == "time-per-step":
            return url_for("reports.stays_behind", **asked)
        return url_for("reports.cases", report=report, **asked)


def options_from(given: Mapping[str, str], report: Report) -> dict[str, str]:
    """What only this report may be asked."""
    return {name: given[name] for name in report.options if given.get(name)}


def choices_from(given: Mapping[str, str], form: ReportForm | None = None, *, own_team: str | None = None) -> Choices:
    """What the form could read; NotFound for an office that cannot be one."""
    form = form or ReportForm(given)
    hers = own_team if "by" not in given and "group" not in given else None
    return Choices(
        as_of=form.as_of.data or this_day(),
        from_on=form.from_on.data,
        to_on=form.to_on.data,
        clock=given.get("clock") or "calendar",
        visits=given.get("visits") or "all",
        office=number_from(given.get("office")),
        by=given.get("by") or (hers and "team"),
        group=given.get("group") or hers,
        own_team=own_team,
        horizon=HORIZON if form.horizon.data is None else form.horizon.data,
        which=given.get("which") or None,
        compare=given.get("compare") or None,
        form=PUBLISHED if given.get("form") == PUBLISHED else None,
        standing=bool(given.get("as_of")),
    )
