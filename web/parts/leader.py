"""A leader's page, worded: tables, the few sentences that follow from the numbers, and how they were counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine import wording
from se_engine.printing.brief import Brief
from se_engine.printing.drawings import drawing
from se_engine.queries.leader import FieldTime, LeaderPage, new_and_ended
from se_engine.rules.supervision import Quarter
from web.language import language
from web.parts.briefs import Section
from web.parts.heading import step_short

WEEKS = (13, 26, 52)
IN_WORK = ("work", "work_and_education", "education")
SENTENCES = 3
DRAWING = "steps"
NAMES = {
    "outcomes": _l("Ends by reason"),
    "time-per-step": _l("Time per step"),
    "caseload": _l("Running cases"),
    "retention": _l("In work after the job started"),
}
"""What each report is called on the page."""
Report = Mapping[str, Any]


def title(quarter: Quarter) -> str:
    return _("Quarter %(number)s, %(year)s", number=quarter.number, year=quarter.year)


def office(page: LeaderPage) -> str:
    return page.office or _("All offices")


def hidden() -> str:
    return _("hidden")


def _number(value: float | None) -> str:
    return hidden() if value is None else format_decimal(round(value, 1))


def _shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """None of the rows where nothing but what they are called may be shown: then a sentence says so."""
    numbers = (value for row in rows for key, value in row.items() if key not in ("what", "week", "step"))
    return rows if any(value not in (hidden(), "–") for value in numbers) else []


def _long(day: date) -> str:
    return format_date(day, "long")


def _days(first: date, last: date) -> str:
    return _("%(first)s to %(last)s", first=_long(first), last=_long(last))


def _column(key: str, name: str, *, numeric: bool = True) -> dict[str, Any]:
    return {"key": key, "title": name, "numeric": numeric}


def sections(page: LeaderPage) -> list[Section]:
    return [_came_and_went(page), _work(page), _loads(page), _field(page), _steps(page)]


def _came_and_went(page: LeaderPage) -> Section:
    new, ended = new_and_ended(page)
    since = page.since("outcomes")
    rows = [{"what": _("New cases"), "many": _number(new)}] if since else []
    rows += [
        {"what": _("Ended: %(reason)s", reason=wording.word("end_reason", reason, language()).lower()),
         "many": _number(many)}
        for reason, many in ended.items() if many != 0
    ]  # fmt: skip
    return Section(
        "flow", _("Who came, and who ended"), lead=_days(*since) if since else "",
        columns=[_column("what", _("What"), numeric=False), _column("many", _("How many"))], rows=_shown(rows),
        empty=_("Too few cases, or too small a change since the last published day, to be shown."), wide=False,
    )  # fmt: skip


def _work(page: LeaderPage) -> Section:
    rows = [_checkpoint(one) for one in page.now["retention"]["checkpoints"] if one["week"] in WEEKS]
    return Section(
        "work", _("In work after the job started"), lead=_("Every paid job that began long enough ago."),
        columns=[
            _column("week", _("After"), numeric=False), _column("in_work", _("In work")),
            _column("not_in_work", _("Not in work")), _column("not_known", _("Not known")),
        ],
        rows=_shown(rows), empty=_("Too few cases to be shown."), wide=False,
    )  # fmt: skip


def _checkpoint(one: Report) -> dict[str, Any]:
    week = ngettext("%(num)s week", "%(num)s weeks", one["week"])
    if one["suppressed"]:
        return {"week": week, **dict.fromkeys(("in_work", "not_in_work", "not_known"), hidden())}
    return {"week": week, **{part: _number(one[part]) for part in ("in_work", "not_in_work", "not_known")}}


def _steps(page: LeaderPage) -> Section:
    before = {one["step"]: one for one in page.before["time-per-step"]["steps"]}
    rows = [_step(one, before.get(one["step"], {})) for one in page.now["time-per-step"]["steps"]]
    return Section(
        "steps", _("Days in each step"), lead=_("Half had left the step by this day; open cases are counted in."),
        columns=[
            _column("step", _("Step"), numeric=False), _column("stays", _("Stays")),
            _column("median", _("Half by day")), _column("before", _("A quarter before")),
        ],
        rows=_shown(rows), empty=_("Too few cases to be shown."), wide=False,
    )  # fmt: skip


def _step(now: Report, before: Report) -> dict[str, Any]:
    stays = hidden() if now["suppressed"] else _number(now["visits"])
    return {"step": step_short(now["step"]), "stays": stays, "median": _median(now), "before": _median(before)}


def _median(block: Report) -> str:
    """The day, that it is hidden, or that half had not left yet."""
    if not block.get("suppressed", True) and block["completed"] is not None and block["median"] is None:
        return "–"
    return _number(block.get("median"))


def _loads(page: LeaderPage) -> Section:
    names = {"cases": _("Running cases"), "active": _("Active"), "waiting": _("Waiting"), "paused": _("Paused")}
    now, before = page.now["caseload"]["sum"], page.before["caseload"]["sum"]
    rows = [] if now["suppressed"] else [
        {"what": name, "now": _number(now[part]), "before": _number(before.get(part))} for part, name in names.items()
    ]  # fmt: skip
    return Section(
        "caseload", _("Running cases at the end of the quarter"),
        columns=[_column("what", _("What"), numeric=False), _column("now", _("Now")),
                 _column("before", _("A quarter before"))],
        rows=rows, empty=_("Too few cases to be shown."), wide=False,
    )  # fmt: skip


def _field(page: LeaderPage) -> Section:
    lines = [_field_line(page.field)] if page.field else []
    if page.field and page.field_before:
        lines.append(_("A quarter before: %(said)s", said=_field_line(page.field_before)))
    return Section(
        "field", _("Work outside the office"), lines=lines,
        empty=_("Not shown: fewer than three colleagues, or too few cases."), wide=False,
    )  # fmt: skip


def _field_line(found: FieldTime) -> str:
    return _(
        "%(hours)s hours with people, %(share)s %% of them in the field, travel included.",
        hours=format_decimal(found.hours), share=round(100 * found.share),
    )  # fmt: skip


def sentences(page: LeaderPage) -> list[str]:
    """At most three, each from numbers that are shown; none that praises or blames."""
    found = (_of_ends(page), _of_steps(page), _of_jobs(page))
    said = [one for one in found if one][:SENTENCES]
    return said or [_("There are too few cases for a sentence about this quarter.")]


def _of_ends(page: LeaderPage) -> str | None:
    new, ended = new_and_ended(page)
    since = page.since("outcomes")
    if since is None or new is None or not ended or None in ended.values():
        return None
    gone = sum(many or 0 for many in ended.values())
    to_work = sum(many or 0 for reason, many in ended.items() if reason in IN_WORK)
    came = ngettext("%(num)s case was opened", "%(num)s cases were opened", new)
    return _(
        "From %(days)s %(came)s and %(gone)s ended, %(work)s of these in work or education.",
        days=_days(*since), came=came, gone=gone, work=to_work,
    )  # fmt: skip


def _of_steps(page: LeaderPage) -> str | None:
    """The step whose median has changed most."""
    before = {one["step"]: one.get("median") for one in page.before["time-per-step"]["steps"]}
    changes = [
        (one["median"] - before[one["step"]], one)
        for one in page.now["time-per-step"]["steps"]
        if one.get("median") is not None and before.get(one["step"]) is not None
    ]
    change, block = max(changes, key=lambda pair: abs(pair[0]), default=(0, None))
    if block is None:
        return None
    if change == 0:
        return _("In the steps that are shown for both quarters, days are as a quarter before.")
    return _(
        "Most has changed in %(step)s: half had left it by day %(now)s, a quarter before by day %(before)s.",
        step=step_short(block["step"]), now=_number(block["median"]), before=_number(before[block["step"]]),
    )  # fmt: skip


def _of_jobs(page: LeaderPage) -> str | None:
    """The longest checkpoint that is shown whole."""
    parts = ("total", "in_work", "not_known")
    shown = [
        one
        for one in page.now["retention"]["checkpoints"]
        if one["week"] in WEEKS and not one["suppressed"] and None not in (one[part] for part in parts)
    ]
    if not shown or not shown[-1]["total"]:
        return None
    last = shown[-1]
    return _(
        "Of %(total)s jobs that began at least %(weeks)s weeks before, %(work)s went on after %(weeks)s weeks; of "
        "%(unknown)s nobody knows.",
        total=last["total"], weeks=last["week"], work=last["in_work"], unknown=last["not_known"],
    )  # fmt: skip


def drawn(page: LeaderPage, *, paper: bool) -> str | None:
    """The medians as bars; None where fewer than two are shown, since one bar says no more than its number."""
    rows = [
        {
            "label": step_short(one["step"]),
            "parts": [{"label": _("Half by day"), "value": one["median"], "text": _number(one["median"])}],
        }
        for one in page.now["time-per-step"]["steps"]
        if one.get("median") is not None and not one.get("suppressed")
    ]
    if len(rows) <= 1:
        return None
    data = {
        "title": _("Days in each step"), "description": shows(page), "x": _("Days"), "rows": rows, "wide": 480,
    }  # fmt: skip
    return drawing("bars", data, language(), paper=paper)


def shows(page: LeaderPage) -> str:
    """The drawing in words."""
    said = (
        f"{step_short(one['step'])}: {_number(one['median'])}"
        for one in page.now["time-per-step"]["steps"]
        if one.get("median") is not None
    )
    return _("By which day half had left each step. %(said)s.", said=", ".join(said))


def notes(page: LeaderPage) -> list[str]:
    versions = ", ".join(
        _("%(report)s version %(number)s", report=NAMES[name], number=report["definition_version"])
        for name, report in page.now.items()
    )
    return [
        _("Counts below %(threshold)s are hidden, and others with them, so that no hidden count can be worked out. A "
          "table of which too little has changed stays as it was on the last published day.",
          threshold=page.threshold),
        _("Days in a step run from entering to leaving it for another, paused days left out. “In work” is said by "
          "somebody, never taken from an end date that is missing; “not known” is counted, not left out."),
        _("Definitions: %(versions)s.", versions=versions),
    ]  # fmt: skip


def leader_brief(page: LeaderPage) -> Brief:
    said = Section("said", _("In short"), lines=sentences(page))
    made = drawn(page, paper=True)
    parts = [said.part]
    for section in sections(page):
        shown = {"drawing": DRAWING, "shows": shows(page)} if made and section.id == DRAWING else {}
        parts.append(replace(section.part, **shown))
    return Brief(
        language=language(),
        on=page.quarter.last,
        title=title(page.quarter),
        about=f"{office(page)} · {_days(page.quarter.first, page.quarter.last)}",
        parts=tuple(parts),
        notes=tuple(notes(page)),
        one_page=True,
        drawings={DRAWING: made} if made else {},
    )
