"""Reminders, worded: what to do for whom, since when, and the page on which it is done."""

from typing import Any

from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.reminders import ReminderLine
from web.language import language
from web.parts.heading import step_short


def reminder_url(line: ReminderLine) -> str:
    return f"/cases/{line.case.id}/{line.place}".rstrip("/")


def reminder_line(line: ReminderLine) -> dict[str, Any]:
    """One of a short list."""
    return {
        "name": line.name,
        "case_url": f"/cases/{line.case.id}",
        "what": reason_words(line.reason),
        "url": reminder_url(line),
        "since": line.on,
        "late": line.late,
        "notes": _notes(line),
    }


def reminder_row(line: ReminderLine, *, with_owner: bool) -> dict[str, Any]:
    """The same as a row of a table."""
    step = step_short(line.case.step)
    whose = line.owner or gettext("nobody yet")
    since = {"text": format_date(line.on, "medium")}
    if line.late:
        since |= {"tone": "act", "note": gettext("overdue")}
    what = {"text": reason_words(line.reason), "url": reminder_url(line), "note": " · ".join(_notes(line)) or None}
    row = {"name": {"text": line.name, "url": f"/cases/{line.case.id}", "note": step}, "what": what, "since": since}
    return row | ({"owner": whose} if with_owner else {})


def reason_words(reason: str) -> str:
    return wording.word("due", reason, language())


def _notes(line: ReminderLine) -> list[str]:
    """What the same talk settles, the talk that is planned, and for whom the reader stands in."""
    notes = [reason_words(reason) for reason in line.also]
    if line.meeting_on:
        notes.append(gettext("meeting on %(day)s", day=format_date(line.meeting_on, "medium")))
    if line.standing_in and line.owner:
        notes.append(gettext("you stand in for %(name)s", name=line.owner))
    return notes
