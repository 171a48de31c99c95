"""Effort and result on a page: what is asked in the address, and the numbers as rows of tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_decimal, format_percent, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine.measures.effort import ALL, DIMENSIONS, HOURS, MEETING, THIRDS, WINDOWS
from se_engine.queries.effort import EFFORT, Effort, steps
from se_engine.rules.errors import NotFound
from se_engine.wording import word
from web.language import language
from web.reports.choices import Choices
from web.worklists import number_from, step_title

BANDS = {HOURS: _l("The same hours for everybody"), THIRDS: _l("Thirds of the cases")}
NO_TASK = _l("Evidence for no task")
DAY_180, WEEK = "day_180", "week_"
COUNTS: dict[str, tuple[tuple[str, Any], ...]] = {
    MEETING: (("reached", _l("Cases")), ("already", _l("Had met one before")), ("in_30", _l("Within 30 days")),
              ("in_60", _l("Within 31 to 60 days")), ("not_met", _l("No meeting"))),
    DAY_180: (("reached", _l("Cases")), ("already", _l("Had a job before")), ("job", _l("Began in a job")),
              ("searching", _l("Still looking")), ("ended_without", _l("Ended without a job"))),
    WEEK: (("reached", _l("Jobs begun so long ago")), ("in_work", _l("In the job")), ("not_in_work", _l("Not in it")),
           ("not_known", _l("Not known"))),
}  # fmt: skip
SHARES = {
    "in_30": _l("Met within 30 days"), "met": _l("Met within 60 days"), "job": _l("Began in a job"),
    "in_work": _l("In the job"),
}  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """The choices of every report, and those of the effort."""

    report: Choices
    effort: Effort

    @property
    def url(self) -> dict[str, Any]:
        return {**self.report.url, **vars(self.effort)}

    @property
    def fixed(self) -> dict[str, Any]:
        """For what lies behind a number: as of the day on which it was shown."""
        return {**self.report.fixed, **vars(self.effort)}


def export(asked: Asked, output: str) -> str:
    """Where the published form is taken out as a file."""
    return url_for("report_exports.table", report="effort", output=output, **asked.fixed)


def asked_from(given: Mapping[str, str], report: Choices) -> Asked:
    window = number_from(given.get("window")) or WINDOWS[0]
    if window not in WINDOWS:
        raise NotFound()
    return Asked(report, Effort(window, given.get("of") or ALL, given.get("bands") or HOURS))


def part_titles() -> dict[str, str]:
    """What the effort may be counted of."""
    titles = {ALL: _("All contacts")}
    titles |= {key: word("dimension", key, language()) for key in DIMENSIONS}
    return titles | {key: step_title(key) for key in steps()}


def effort_columns(first: str) -> list[Row]:
    titles = (("cases", _("Cases")), ("contacts", _("Contacts")), ("hours", _("Hours")), ("each", _("Hours per case")))
    return [{"key": "key", "title": first}, *({"key": key, "title": it, "numeric": True} for key, it in titles)]


def effort_rows(rows: list[Row], asked: Asked, *, opens: bool) -> list[Row]:
    return [_effort_row(row, asked, opens) for row in rows]


def _effort_row(row: Row, asked: Asked, opens: bool) -> Row:
    key = row["key"]
    name = (
        str(NO_TASK)
        if key == "no_task"
        else word("dimension", key, language())
        if key in DIMENSIONS
        else step_title(key)
    )
    if row["suppressed"]:
        return {"key": {"text": name, "note": _("Too few cases to be shown")}}
    each = row["hours"] / row["cases"] if row["cases"] else None
    url = url_for("effort.cases", result=EFFORT, part=key, **asked.fixed) if opens and row["cases"] else None
    linked = {"cases": row["cases"], "contacts": row["contacts"], "hours": _number(row["hours"])}
    shown = {name: {"text": text, "url": url} for name, text in linked.items()}
    return {"key": name, **shown, "each": "–" if each is None else _number(each)}


def tables(report: Row, asked: Asked, *, opens: bool) -> list[Row]:
    """A table for each result: everybody, then band by band."""
    return [_table(result, report, asked, opens) for result in report["results"]]


def _table(result: Row, report: Row, asked: Asked, opens: bool) -> Row:
    name = result["result"]
    counts = COUNTS[WEEK if name.startswith(WEEK) else name]

    def link(part: str, group: str) -> str | None:
        return url_for("effort.cases", result=name, part=part, group=group, **asked.fixed) if opens else None

    rows = [_result_row(row, counts, report["borders"], link) for row in result["rows"]]
    shares = [share["part"] for row in result["rows"][:1] for share in row.get("shares", ())]
    titles = [*counts, *((f"share.{part}", SHARES[part]) for part in shares)]
    return {
        "title": _title(name, report["window"]),
        "id": name,
        "as_of": day_of(result["as_of"]),
        "columns": [{"key": "group", "title": _("Hours")}]
        + [{"key": key, "title": str(title), "numeric": True} for key, title in titles],
        "rows": rows,
        "nothing": _nothing(result["rows"]),
    }


def _nothing(rows: list[Row]) -> str | None:
    """A sentence in place of a table without a number."""
    if all(row["suppressed"] for row in rows):
        return _("Too few to be shown") if rows else _("There is nothing to show yet.")
    if not rows[0]["suppressed"] and not rows[0]["reached"]:
        return _("Nobody has come so far yet.")
    return None


def _title(name: str, window: int) -> str:
    if name == MEETING:
        return _("First employer meeting after day %(day)s", day=window)
    if name == DAY_180:
        return _("What came first within 180 days after day %(day)s", day=window)
    weeks = name.removeprefix(WEEK)
    return _("%(weeks)s weeks into the first job that began after day %(day)s", weeks=weeks, day=window)


def _result_row(row: Row, counts: Any, borders: list[float], link: Callable[[str, str], str | None]) -> Row:
    group = row["group"]
    told: Row = {"group": band_title(group, borders)}
    if row["suppressed"]:
        return {"group": {"text": told["group"], "note": _("Too few to be shown")}}
    for part, _title_of in counts:
        told[part] = _count(row[part], link(part, group))
    for share in row["shares"]:
        told[f"share.{share['part']}"] = _share(share)
    known = [(reason, many) for reason, many in row.get("reasons", {}).items() if many]
    reasons = [f"{word('end_reason', reason, language())} {many}" for reason, many in known]
    if reasons and told.get("ended_without") is not None:
        told["ended_without"]["note"] = ", ".join(reasons)
    return told


def _count(number: int | None, url: str | None) -> Row:
    return {"text": _("hidden") if number is None else number, "url": url if number else None}


def _share(share: Row) -> Row:
    if share["share"] is None:
        return {"text": "–"}
    between = _("95 %% between %(low)s and %(high)s", low=_percent(share["low"]), high=_percent(share["high"]))
    most = share["at_most"]
    if most is not None and most > share["share"]:
        between += "; " + _("at most %(share)s if all not known had it", share=_percent(most))
    of = _("%(part)s of %(all)s: %(share)s", part=share["k"], all=share["n"], share=_percent(share["share"]))
    return {"text": of, "note": between}


def band_title(group: str, borders: list[float]) -> str:
    low, high = (_number(border) for border in borders)
    return {
        "": _("All"),
        "low": _("Under %(hours)s hours", hours=low),
        "middle": _("%(low)s to %(high)s hours", low=low, high=high),
        "high": _("%(hours)s hours and more", hours=high),
    }[group]


def day_of(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def _number(value: float) -> str:
    return str(format_decimal(round(value, 1)))


def _percent(value: float) -> str:
    return str(format_percent(round(value, 2)))


def unmeasured(report: Row) -> str | None:
    many = report["effort"].get("without_length")
    if not many:
        return None
    return ngettext(
        "%(num)s contact has no length: there were more hours than are counted.",
        "%(num)s contacts have no length: there were more hours than are counted.",
        many,
    )
