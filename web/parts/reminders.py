"""Reminders, worded: what to do for whom, since when, and the page on which it is done."""

from collections.abc import Sequence
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


def by_person(lines: Sequence[ReminderLine], *, with_owner: bool) -> list[dict[str, Any]]:
    """The same for a page of them: each person once, in the order of her first."""
    persons: dict[int, list[ReminderLine]] = {}
    for line in lines:
        persons.setdefault(line.case.id, []).append(line)
    return [_person(found, with_owner) for found in persons.values()]


def _person(lines: list[ReminderLine], with_owner: bool) -> dict[str, Any]:
    first = lines[0]
    facts = [step_short(first.case.step)]
    if with_owner:
        facts.append(first.owner or gettext("nobody yet"))
    return {
        "name": first.name,
        "url": f"/cases/{first.case.id}",
        "facts": [*facts, *_around(first)],
        "lines": [
            {
                "what": reason_words(line.reason),
                "url": reminder_url(line),
                "since": line.on,
                "late": line.late,
                "notes": [reason_words(reason) for reason in line.also],
            }
            for line in lines
        ],
    }


def reason_words(reason: str) -> str:
    return wording.word("due", reason, language())


def _notes(line: ReminderLine) -> list[str]:
    """What the same talk settles, and what is around it."""
    return [*(reason_words(reason) for reason in line.also), *_around(line)]


def _around(line: ReminderLine) -> list[str]:
    """The talk that is planned, and for whom the reader stands in."""
    around = []
    if line.meeting_on:
        around.append(gettext("meeting on %(day)s", day=format_date(line.meeting_on, "medium")))
    if line.standing_in and line.owner:
        around.append(gettext("you stand in for %(name)s", name=line.owner))
    return around
