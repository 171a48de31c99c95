"""The reader's choices of the worklist: to and from the URL, as a panel of statuses and as chips."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from se_engine import processes, wording
from se_engine.queries.worklists import NOBODY, WEEKS_AHEAD, Filters, Place, Worklist
from se_engine.rules.errors import NotFound
from web.language import language
from web.numbers import whole_number

TONES = {
    **dict.fromkeys(("needs_me", "requests", "unassigned", "no_contact", "interpreter"), "act"),
    **dict.fromkeys(("to_complete", "promises", "over_guide", "information_missing", "review_due"), "look"),
    "today": "planned",
    "follow_up": "act",
}
WEEKS = range(WEEKS_AHEAD + 1)
MOST_FOUND = 50


def number_from(given: str | None) -> int | None:
    """A number in the URL; NotFound for what cannot be one."""
    if not given:
        return None
    number = whole_number(given)
    if number is None:
        raise NotFound()
    return number


def filters_from(asked: Mapping[str, str]) -> Filters:
    return Filters(
        status=asked.get("status") or "all",
        waiting_for=asked.get("for") or None,
        step=asked.get("step") or None,
        owner=number_from(asked.get("owner")),
        ahead=_weeks(asked.get("ahead")),
        among=_cases(asked.get("among")),
    )


def _weeks(given: str | None) -> int:
    weeks = number_from(given) or 0
    if weeks not in WEEKS:
        raise NotFound()
    return weeks


def _cases(given: str | None) -> tuple[int, ...] | None:
    """`among=17.23`: the numbers of the cases that were found; whom was looked for stands in no address."""
    if not given:
        return None
    return tuple(number_from(number) or 0 for number in given.split(".")[:MOST_FOUND])


def place_from(asked: Mapping[str, str]) -> Place | None:
    """`after=2026-11-20.17`: the page that follows this row."""
    given = asked.get("after") or asked.get("before")
    if not given:
        return None
    day, _dot, number = given.partition(".")
    try:
        return Place(date.fromisoformat(day), number_from(number) or 0, backwards="after" not in asked)
    except ValueError:
        raise NotFound() from None


def url_of(chosen: Filters, endpoint: str = "worklist.show", **more: Any) -> str:
    return url_for(endpoint, **query_of(chosen), **more)


def query_of(chosen: Filters) -> dict[str, str]:
    query = {
        "status": chosen.status,
        "for": chosen.waiting_for,
        "step": chosen.step,
        "owner": chosen.owner,
        "ahead": chosen.ahead or None,
        "among": ".".join(map(str, chosen.among)) if chosen.among is not None else None,
    }
    return {name: str(value) for name, value in query.items() if value is not None and value != "all"}


def saved_query(chosen: Filters) -> str:
    """The address of a list as it is kept: without what a search has found."""
    return urlencode(query_of(replace(chosen, among=None)))


def ahead_url(chosen: Filters, status: str, weeks: int) -> str:
    return url_of(replace(chosen, status=status, waiting_for=None, among=None, ahead=weeks))


def list_title(chosen: Filters, *, whole_office: bool) -> str:
    title = _("All in the office") if chosen.status == "all" and whole_office else status_title(chosen.status)
    return f"{title}: {_word('waiting_for', chosen.waiting_for)}" if chosen.waiting_for else title


def status_title(status: str) -> str:
    return str(STATUS_TITLES[status])


STATUS_TITLES = {
    "needs_me": _l("Needs me"),
    "today": _l("Today"),
    "requests": _l("Requests to answer"),
    "unassigned": _l("Without a job specialist"),
    "follow_up": _l("Follow-ups due"),
    "waiting": _l("Waiting for"),
    "no_contact": _l("No contact for too long"),
    "interpreter": _l("Interpreter missing"),
    "to_complete": _l("Meetings to complete"),
    "promises": _l("Promised, or to be followed up"),
    "over_guide": _l("Over the step's guide time"),
    "information_missing": _l("Information missing"),
    "review_due": _l("Plan or consent to review"),
    "paused": _l("Paused"),
    "all": _l("All mine"),
}
"""Worded when they are read: a page asks for each more than once."""


def panel(found: Worklist, *, whole_office: bool) -> list[dict[str, Any]]:
    return [_panel_row(found, status, whole_office) for status in found.counts]


def _panel_row(found: Worklist, status: str, whole_office: bool) -> dict[str, Any]:
    row = {
        "label": list_title(Filters(status), whole_office=whole_office),
        "count": found.counts[status],
        "url": url_of(replace(found.filters, status=status, waiting_for=None)),
        "current": found.filters.status == status and not found.filters.waiting_for,
        "tone": TONES.get(status, "not_yet"),
    }
    if status == "waiting":
        row["children"] = [_whom(found, whom, count) for whom, count in found.waiting_for.items() if count]
    return row


def _word(group: str, code: str | None) -> str:
    return wording.word(group, code, language())


def _whom(found: Worklist, whom: str, count: int) -> dict[str, Any]:
    return {
        "label": _word("waiting_for", whom),
        "count": count,
        "url": url_of(replace(found.filters, status="waiting", waiting_for=whom)),
        "current": found.filters.waiting_for == whom,
    }


def chips(chosen: Filters, owners: Mapping[int, str]) -> list[dict[str, str]]:
    without = {
        status_title(chosen.status): replace(chosen, status="all", waiting_for=None),
        chosen.waiting_for and _word("waiting_for", chosen.waiting_for): replace(chosen, waiting_for=None),
        chosen.step and step_title(chosen.step): replace(chosen, step=None),
        chosen.owner is not None and owners.get(chosen.owner, "–"): replace(chosen, owner=None),
        chosen.ahead and _ahead(chosen.ahead): replace(chosen, ahead=0),
        chosen.among is not None and _found(len(chosen.among)): replace(chosen, among=None),
    }
    if chosen.status == "all":
        del without[status_title("all")]
    return [{"label": label, "remove_url": url_of(rest)} for label, rest in without.items() if label]


def _ahead(weeks: int) -> str:
    return ngettext("If nothing is done for a week", "If nothing is done for %(num)s weeks", weeks)


def _found(number: int) -> str:
    return ngettext("Search: %(num)s found", "Search: %(num)s found", number)


def step_title(step: str) -> str:
    known = processes.latest().step_by_key.get(step)
    if known is None:
        raise NotFound()
    return known.title.to(language())


def step_choices() -> list[tuple[str, str]]:
    return [(step.key, step.title.to(language())) for step in processes.latest().steps if not step.final]


def owner_names(found: list[tuple[int, str]]) -> dict[int, str]:
    return {NOBODY: _("Nobody yet"), **dict(found)}
