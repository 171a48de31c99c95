"""The worklist in words: from rows to what the templates ask for, and the reader's choices to and from the URL."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from se_engine import processes, wording
from se_engine.queries.worklist_rows import WorklistRow
from se_engine.queries.worklists import NOBODY, Filters, Place, Worklist
from se_engine.rules.errors import NotFound
from web.language import language
from web.names import language_name
from web.numbers import whole_number

TONES = {"needs_me": "act", "requests": "act", "unassigned": "act", "no_contact": "act", "over_guide": "look",
         "information_missing": "look"}  # fmt: skip


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
    )


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


def url_of(chosen: Filters, **place: str) -> str:
    query = {"status": chosen.status, "for": chosen.waiting_for, "step": chosen.step, "owner": chosen.owner}
    kept = {name: value for name, value in query.items() if value is not None and value != "all"}
    return url_for("worklist.show", **kept, **place)


def status_title(status: str) -> str:
    return {
        "needs_me": _("Needs me"),
        "requests": _("Requests to answer"),
        "unassigned": _("Without a job specialist"),
        "waiting": _("Waiting for"),
        "no_contact": _("No contact for too long"),
        "over_guide": _("Over the step's guide time"),
        "information_missing": _("Information missing"),
        "paused": _("Paused"),
        "all": _("All mine"),
    }[status]


def panel(found: Worklist, *, whole_office: bool) -> list[dict[str, Any]]:
    return [_panel_row(found, status, whole_office) for status in found.counts]


def _panel_row(found: Worklist, status: str, whole_office: bool) -> dict[str, Any]:
    row = {
        "label": _("All in the office") if status == "all" and whole_office else status_title(status),
        "count": found.counts[status],
        "url": url_of(replace(found.filters, status=status, waiting_for=None)),
        "current": found.filters.status == status and not found.filters.waiting_for,
        "tone": TONES.get(status, "not_yet"),
    }
    if status == "waiting":
        row["children"] = [_whom(found, whom, count) for whom, count in found.waiting_for.items() if count]
    return row


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
    }
    if chosen.status == "all":
        del without[status_title("all")]
    return [{"label": label, "remove_url": url_of(rest)} for label, rest in without.items() if label]


def step_title(step: str) -> str:
    known = processes.latest().step_by_key.get(step)
    if known is None:
        raise NotFound()
    return known.title.to(language())


def step_choices() -> list[tuple[str, str]]:
    return [(step.key, step.title.to(language())) for step in processes.latest().steps if not step.final]


def owner_names(found: list[tuple[int, str]]) -> dict[int, str]:
    return {NOBODY: _("Nobody yet"), **dict(found)}


def groups(found: Worklist, *, with_owner: bool) -> list[dict[str, Any]]:
    titles = {"overdue": _("Overdue"), "soon": _("Within a week"), "not_due": _("Later")}
    return [
        {
            "key": urgency,
            "title": title,
            "count": found.urgencies[urgency],
            "rows": [_row(row, with_owner) for row in found.rows if row.urgency == urgency],
        }
        for urgency, title in titles.items()
    ]


def columns(status: str) -> list[dict[str, Any]]:
    """They follow what was chosen."""
    days = {"key": "days", "title": _("Days in step"), "numeric": True}
    since = {"key": "since", "title": _("Since"), "short": True}
    due = {"key": "due", "title": _("By"), "short": True}
    chosen: dict[str, list[dict[str, Any]]] = {
        "waiting": [{"key": "whom", "title": _("Waiting for")}, since, {**due, "title": _("Next check")}],
        "no_contact": [{"key": "contact", "title": _("Last contact"), "short": True}, due, days],
        "over_guide": [days, {"key": "guide", "title": _("Guide time"), "numeric": True}, due],
        "information_missing": [{"key": "missing", "title": _("What is missing")}, days],
        "paused": [{"key": "reason", "title": _("Reason")}, since, {**due, "title": _("New contact")}],
        "unassigned": [
            {"key": "opened", "title": _("Opened"), "short": True},
            {"key": "todo", "title": _("What to do")},
        ],
    }
    return chosen.get(status) or [{"key": "todo", "title": _("What to do")}, due, days]


def _row(row: WorklistRow, with_owner: bool) -> dict[str, Any]:
    step = processes.latest().step_by_key[row.step].title.to(language())
    return {
        "name": row.name,
        "url": f"/cases/{row.case_id}",
        "marks": _marks(row),
        "note": f"{step} · {row.owner or _('nobody yet')}" if with_owner else step,
        "cells": _cells(row, with_owner),
        "status": _status(row),
    }


def _marks(row: WorklistRow) -> list[dict[str, str]]:
    marks = [{"kind": "protected"}] if row.protected else []
    if row.interpreter_language:
        marks.append({"kind": "interpreter", "language": language_name(row.interpreter_language)})
    return marks


def _cells(row: WorklistRow, supervises: bool) -> dict[str, Any]:
    return {
        "todo": _todo(row, supervises),
        "due": _day(row.due_on),
        "days": row.days_in_step,
        "guide": row.guide_days,
        "whom": _word("waiting_for", row.waiting_for),
        "since": _day(row.paused_since or row.waiting_since),
        "contact": _day(row.last_contact_on) if row.last_contact_on else _("none yet"),
        "missing": ", ".join(_missing(name) for name in row.missing),
        "reason": _word("pause_reason", row.pause_reason),
        "opened": _day(row.opened_on),
    }


def _todo(row: WorklistRow, supervises: bool) -> dict[str, str]:
    if row.has_request and supervises:
        return {"text": _("Answer the request"), "url": f"{url_for('team.show')}#requests"}
    if row.owner_id is None:
        return {"text": _("Give the case to a job specialist"), "url": f"{url_for('team.show')}#unassigned"}
    if row.due_for == "waiting":
        whom = _word("waiting_for", row.waiting_for)
        return {"text": _("Check again: %(whom)s", whom=whom), "note": _since(row.waiting_since)}
    if row.due_for == "pause":
        return {"text": _("Get in touch after the pause"), "note": _since(row.paused_since)}
    if row.last_contact_on is None:
        return {"text": _("Make the first contact"), "note": _("opened %(day)s", day=_day(row.opened_on))}
    return {"text": _("Make contact"), "note": _("last contact %(day)s", day=_day(row.last_contact_on))}


def _status(row: WorklistRow) -> dict[str, str]:
    if row.status == "paused":
        return {"text": _word("status", "paused"), "tone": "not_yet", "drawing": "pause"}
    if row.waiting_for:
        return {"text": _("Waiting"), "tone": "not_yet", "drawing": "clock"}
    if row.sorting_first:
        return {"text": _("Life in order first"), "tone": "look"}
    if row.guide_days is not None and row.days_in_step > row.guide_days:
        over = row.days_in_step - row.guide_days
        return {"text": ngettext("%(num)s day over", "%(num)s days over", over), "tone": "look"}
    return {"text": _word("status", row.status), "tone": "planned"}


def _missing(name: str) -> str:
    return {
        "birth_year": _("year of birth"),
        "interpreter_need": _("need for an interpreter"),
        "interpreter_language": _("interpreter's language"),
    }[name]


def _since(day: date | None) -> str:
    return _("since %(day)s", day=_day(day))


def _day(day: date | None) -> str:
    return format_date(day, "medium") if day else "–"


def _word(group: str, code: str | None) -> str:
    return wording.word(group, code, language())
