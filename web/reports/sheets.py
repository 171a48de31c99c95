"""Answering a report as a page: the form from the address, then numbers, or a sentence why there are none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.queries.access import offices_for_reports, team_led
from se_engine.queries.report_questions import ask
from se_engine.queries.time_per_step import uncollected
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import AGGREGATES, CASEWORK, Role
from web.auth import actor
from web.errors import problems, status_of
from web.filters import long_date
from web.forms.days import this_day
from web.reports.answers import Answer
from web.reports.choices import Choices, ReportForm, choices_from
from web.reports.words import group_title
from web.session import reporting

Answering = Callable[..., dict[str, Any]]
EVERYWHERE = ("as_of", "from_on", "to_on", "by")
EXPORTS = ("csv", "xlsx", "json")


@dataclass(frozen=True)
class Sheet:
    """One report as a page: its name, title and lead, which fields its form has, and how its answer is worded."""

    name: str
    title: Any
    lead: Any
    answer: Answering
    worded: Callable[[Answer], dict[str, Any]]
    fields: tuple[str, ...] = EVERYWHERE
    saved: bool = True
    """Whether it is one of the reports that leave the page as files."""
    roles: frozenset[Role] = AGGREGATES | CASEWORK
    """Who is shown the way to it; what is told of single persons is told to nobody else."""

    @property
    def endpoint(self) -> str:
        return "reports." + self.name.replace("-", "_")

    @property
    def template(self) -> str:
        return f"reports/{self.name.replace('-', '_')}.html"


@uncollected()
def show(sheet: Sheet, sheets: list[Sheet], **options: Any) -> ResponseReturnValue:
    """The page; 422 with what is wrong at its field, or above the form."""
    who = actor()
    offices = offices_for_reports(reporting(), who)
    if who.role not in sheet.roles:
        raise NotPermitted()
    form = ReportForm(request.args)
    valid = form.validate()
    chosen = choices_from(request.args, form, own_team=team_led(reporting(), who))
    form.show(chosen)
    links = [_link(one, chosen, sheet) for one in sheets if who.role in one.roles]
    page = {
        "sheet": sheet, "form": form, "chosen": chosen, "offices": offices, "chips": _chips(sheet, chosen),
        "links": links, **_fields(sheet, form), "exports": _exports(sheet, chosen),
        "save": _save(sheet, chosen, who.role),
    }  # fmt: skip
    if not valid:
        return render_template(sheet.template, problems=[], found=None, **page), 422
    try:
        whole = ask(reporting(), who, chosen.question).whole
        found = sheet.answer(reporting(), who, chosen.question, **options)
    except Refused as refused:
        told = form.place(refused, problems(refused))
        return render_template(sheet.template, problems=told, found=None, **page), status_of(refused)
    own = not whole and who.role in CASEWORK and not found.get("published", sheet.saved)
    opens = whole or own
    answer = Answer(sheet.name, found, chosen, opens, sheet.endpoint)
    words = {**sheet.worded(answer), "said": _said(found, chosen, whole=whole, own=own)}
    return render_template(sheet.template, problems=[], found=found, opens=opens, **words, **page)


def _fields(sheet: Sheet, form: ReportForm) -> dict[str, Any]:
    """What is asked every day stands open; the rest is folded in, unless it was chosen or is wrong."""
    more = [form[name] for name in sheet.fields if name not in EVERYWHERE]
    usual = ReportForm(None)
    usual.show(Choices(this_day()))
    changed = any(field.errors or str(field.data) != str(usual[field.short_name].data) for field in more)
    return {
        "asked": form.named([name for name in sheet.fields if name in EVERYWHERE]),
        "more": more,
        "more_open": changed,
    }


def _said(found: dict[str, Any], chosen: Choices, *, whole: bool, own: bool) -> str:
    """As of when, of whom, and whether small numbers are hidden: what every number on the page depends on."""
    day = long_date(date.fromisoformat(found["as_of"])) if found.get("as_of") else long_date(chosen.as_of)
    where = found.get("office") or _("all offices")
    if whole:
        return _("%(where)s, as of %(day)s. You may open every case behind these numbers.", where=where, day=day)
    if own:
        return _("Your own cases, as of %(day)s.", day=day)
    least = _least(found)
    if least:
        return _("%(where)s, as of %(day)s. Numbers under %(number)s are hidden, and what could give them away.",
                 where=where, day=day, number=least)  # fmt: skip
    return _("%(where)s, as of %(day)s. Small numbers are hidden, and what could give them away.",
             where=where, day=day)  # fmt: skip


def _least(found: dict[str, Any]) -> int | None:
    least: int | None = found.get("threshold")
    return least


def _chips(sheet: Sheet, chosen: Choices) -> list[dict[str, str]]:
    if not chosen.by or chosen.group is None:
        return []
    whole = chosen.everybody() if chosen.group == chosen.own_team else chosen.without_group()
    url = url_for(sheet.endpoint, **whole)
    return [{"label": group_title(chosen.by, chosen.group), "remove_url": url}]


def _link(one: Sheet, chosen: Choices, here: Sheet) -> dict[str, Any]:
    return {"label": str(one.title), "url": url_for(one.endpoint, **chosen.url), "current": one is here}


def _exports(sheet: Sheet, chosen: Choices) -> list[dict[str, str]]:
    if not sheet.saved:
        return []
    return [
        {"label": kind.upper(), "url": url_for("report_exports.table", report=sheet.name, output=kind, **chosen.fixed)}
        for kind in EXPORTS
    ]


def _save(sheet: Sheet, chosen: Choices, role: Role) -> str | None:
    """Where to keep the report as it stands today, for those who answer for numbers."""
    if not sheet.saved or role not in AGGREGATES:
        return None
    return url_for("saved_reports.new", report=sheet.name, **chosen.fixed)
