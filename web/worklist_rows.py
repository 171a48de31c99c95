"""The rows of the worklist in words: groups, columns that follow the status, and what is to be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from se_engine import processes, wording
from se_engine.queries.worklist_rows import WorklistRow
from se_engine.queries.worklists import Worklist
from web.language import language
from web.names import language_name


def groups(found: Worklist, *, with_owner: bool) -> list[dict[str, Any]]:
    shown = Shown.of(found.filters.status, found.on, with_owner=with_owner)
    return [
        {
            "key": urgency,
            "title": title,
            "count": found.urgencies[urgency],
            "rows": [as_row(row, shown) for row in found.rows if row.urgency == urgency],
        }
        for urgency, title in urgency_titles().items()
    ]


def urgency_titles() -> dict[str, str]:
    return {"overdue": _("Overdue"), "soon": _("Within a week"), "not_due": _("Later")}


def columns(status: str) -> list[dict[str, Any]]:
    """They follow what was chosen."""
    days = {"key": "days", "title": _("Days in step"), "numeric": True}
    since = {"key": "since", "title": _("Since"), "short": True}
    due = {"key": "due", "title": _("By"), "short": True}
    todo = {"key": "todo", "title": _("What to do")}
    meeting = {"key": "meeting", "title": _("Meeting"), "short": True}
    contact = {"key": "contact", "title": _("Last contact"), "short": True}
    chosen: dict[str, list[dict[str, Any]]] = {
        "today": [todo, meeting],
        "follow_up": [todo, due, contact],
        "waiting": [{"key": "whom", "title": _("Waiting for")}, since, {**due, "title": _("Next check")}],
        "no_contact": [contact, due, days],
        "interpreter": [meeting, {"key": "interpreter", "title": _("Language")}, todo],
        "promises": [{"key": "promise", "title": _("Promised by"), "short": True}, todo],
        "over_guide": [days, {"key": "guide", "title": _("Guide time"), "numeric": True}, due],
        "information_missing": [{"key": "missing", "title": _("What is missing")}, days],
        "review_due": [{"key": "review", "title": _("To review")}, days],
        "paused": [{"key": "reason", "title": _("Reason")}, since, {**due, "title": _("New contact")}],
        "unassigned": [{"key": "opened", "title": _("Opened"), "short": True}, todo],
    }
    return chosen.get(status) or [todo, due, days]


@dataclass(frozen=True)
class Shown:
    """What is the same for every row of a list: its day, its columns, the names of the steps."""

    on: date
    columns: tuple[str, ...]
    steps: Mapping[str, str]
    with_owner: bool

    @classmethod
    def of(cls, status: str, on: date, *, with_owner: bool) -> "Shown":
        spoken = language()
        steps = {key: step.title.to(spoken) for key, step in processes.latest().step_by_key.items()}
        return cls(on, tuple(column["key"] for column in columns(status)), steps, with_owner)


def as_row(row: WorklistRow, shown: Shown) -> dict[str, Any]:
    step = shown.steps[row.step]
    return {
        "name": row.name,
        "url": f"/cases/{row.case_id}",
        "marks": _marks(row),
        "note": f"{step} · {row.owner or _('nobody yet')}" if shown.with_owner else step,
        "slip": _slip(row),
        "pick": row.case_id,
        "cells": {name: CELLS[name](row, shown) for name in shown.columns},
        "status": _status(row),
    }


def _slip(row: WorklistRow) -> dict[str, str] | None:
    """The reader's own reminder."""
    if not row.has_sticky:
        return None
    by = _("on %(day)s", day=_day(row.sticky_on)) if row.sticky_on else ""
    return {"text": row.sticky or "", "on": by, "url": url_for("desk.sticky", case_id=row.case_id)}


def _marks(row: WorklistRow) -> list[dict[str, str]]:
    marks = [{"kind": "protected"}] if row.protected else []
    if row.interpreter_language:
        marks.append({"kind": "interpreter", "language": language_name(row.interpreter_language)})
    return marks


def _review(row: WorklistRow, shown: Shown) -> dict[str, str]:
    if row.review_on is not None and row.review_on < shown.on:
        return {"text": _("Consents and levels"), "note": _("fresh until %(day)s", day=_day(row.review_on))}
    return {"text": _("Goals and plan")}


def _todo(row: WorklistRow, shown: Shown) -> dict[str, str]:
    if row.has_request and shown.with_owner:
        return {"text": _("Answer the request"), "url": f"{url_for('team.show')}#requests"}
    if row.owner_id is None:
        return {"text": _("Give the case to a job specialist"), "url": f"{url_for('team.show')}#unassigned"}
    if row.due_for == "waiting":
        whom = _word("waiting_for", row.waiting_for)
        return {"text": _("Check again: %(whom)s", whom=whom), "note": _since(row.waiting_since)}
    if row.due_for == "pause":
        return {"text": _("Get in touch after the pause"), "note": _since(row.paused_since)}
    if row.due_for in ("meeting", "interpreter", "promise", "agreed", "follow_up", "sticky"):
        return _of_a_day(row, shown.on)
    if row.last_contact_on is None:
        return {"text": _("Make the first contact"), "note": _("opened %(day)s", day=_day(row.opened_on))}
    return {"text": _("Make contact"), "note": _("last contact %(day)s", day=_day(row.last_contact_on))}


def _of_a_day(row: WorklistRow, on: date) -> dict[str, str]:
    if row.due_for == "meeting" and row.due_on is not None and row.due_on < on:
        return {"text": _("Say how the meeting went"), "note": _("planned for %(day)s", day=_day(row.due_on))}
    if row.due_for == "interpreter":
        return {"text": _("Order an interpreter"), "note": _("meeting on %(day)s", day=_day(row.meeting_on))}
    if row.due_for == "follow_up":
        note = _("last contact %(day)s", day=_day(row.last_contact_on))
        return {"text": _("Follow up at work"), "note": note, "url": f"/cases/{row.case_id}/follow-up"}
    words = {
        "meeting": _("Meeting"),
        "promise": _("See to what was promised"),
        "agreed": _("Take the next step that was agreed"),
        "sticky": _("Your own reminder"),
    }
    return {"text": words[row.due_for or ""]}


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


CELLS: Mapping[str, Callable[[WorklistRow, Shown], Any]] = {
    "todo": _todo,
    "due": lambda row, shown: _day(row.due_on),
    "days": lambda row, shown: row.days_in_step,
    "guide": lambda row, shown: row.guide_days,
    "whom": lambda row, shown: _word("waiting_for", row.waiting_for),
    "since": lambda row, shown: _day(row.paused_since or row.waiting_since),
    "contact": lambda row, shown: _day(row.last_contact_on) if row.last_contact_on else _("none yet"),
    "missing": lambda row, shown: ", ".join(_missing(name) for name in row.missing),
    "reason": lambda row, shown: _word("pause_reason", row.pause_reason),
    "opened": lambda row, shown: _day(row.opened_on),
    "meeting": lambda row, shown: _day(row.meeting_on),
    "interpreter": lambda row, shown: language_name(row.interpreter_language) or "–",
    "promise": lambda row, shown: _day(row.promise_by),
    "review": _review,
}
"""Column → its cell; only those that are shown are worded."""
