"""The days on site worded: the plan by day and hour, the list of what is missing, and what may be told."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.audit_missing import MissingLine
from se_engine.queries.audit_visit import FeedbackPage, MissingPage, PlannedLine, VisitPage
from se_engine.rules.audit_notes import CANCELLED, HELD, HERS, ORAL_FEEDBACK, PLANNED
from se_engine.rules.audits import SOURCES
from web.filters import weekday
from web.language import language
from web.names import language_name
from web.parts.audit_notes import heading

DOT = " · "
TONES = {PLANNED: "planned", HELD: "done", CANCELLED: "not_yet"}


def days(page: VisitPage) -> list[dict[str, Any]]:
    return [
        {"title": weekday(day), "lines": [appointment(page, line) for line in lines]}
        for day, lines in page.days.items()
    ]


def kind_title(what: str) -> str:
    return wording.word("audit_source" if what in SOURCES else "audit_appointment", what, language())


def appointment(page: VisitPage, line: PlannedLine) -> dict[str, Any]:
    row = line.appointment
    here = {"audit_id": page.audit.id, "appointment_id": line.id}
    changes = page.writes and row.status == PLANNED
    title = kind_title(row.what)
    return {
        "id": line.id,
        "time": f"{row.starts_at:%H:%M}",
        "length": ngettext("%(num)s minute", "%(num)s minutes", row.minutes),
        "title": f"{title}{DOT}{gettext('Case %(number)s', number=line.number)}" if line.number else title,
        "day": row.on_day,
        "facts": DOT.join(_facts(line)),
        "words": row.words,
        "lacks": _lacks(line) if row.status == PLANNED else [],
        "status": wording.word("appointment_status", row.status, language()),
        "tone": TONES[row.status],
        "change_url": url_for("audit_visit.change", **here) if changes else None,
        "cancel_url": url_for("audit_visit.cancel", **here) if changes else None,
        "held_url": _held_url(page, line) if changes and row.on_day <= page.today else None,
        "note_url": _note_url(page, line) if row.status == HELD and row.what in SOURCES and page.writes else None,
    }


def _held_url(page: VisitPage, line: PlannedLine) -> str | None:
    """The talk at the end has a form of its own."""
    if line.appointment.what == ORAL_FEEDBACK:
        return None
    return url_for("audit_visit.held", audit_id=page.audit.id, appointment_id=line.id)


def _note_url(page: VisitPage, line: PlannedLine) -> str:
    return url_for(
        "audit_notes.new", audit_id=page.audit.id, source=line.appointment.what, case=line.number, appointment=line.id
    )


def _facts(line: PlannedLine) -> list[str]:
    row = line.appointment
    told = [line.who]
    if row.what == HERS:
        told.append(gettext("has said yes") if row.voluntary else None)
    if row.language:
        told.append(language_name(row.language))
    if row.interpreter:
        told.append(wording.word("interpreter_status", row.interpreter, language()))
    return [one for one in told if one]


def _lacks(line: PlannedLine) -> list[str]:
    """What has to be in order before a participant is talked with."""
    row = line.appointment
    found = []
    if row.what == HERS and row.voluntary is None:
        found.append(gettext("not asked yet whether she wants to"))
    if row.what == HERS and row.voluntary is False:
        found.append(gettext("she said no: cancel it"))
    if row.interpreter == "needed":
        found.append(gettext("interpreter not ordered"))
    return found


def typed(line: PlannedLine) -> dict[str, Any]:
    """An appointment as its form has it."""
    row = line.appointment
    return {
        "what": row.what,
        "on_day": row.on_day,
        "starts_at": f"{row.starts_at:%H:%M}",
        "minutes": row.minutes,
        "user": str(row.user_id) if row.user_id else "",
        "case": str(line.number) if line.number else "",
        "voluntary": {True: "yes", False: "no"}.get(row.voluntary, "") if row.voluntary is not None else "",
        "language": row.language,
        "interpreter": row.interpreter,
        "words": row.words or "",
    }


def line_text(page: MissingPage, line: MissingLine) -> str:
    known = page.framework.rateable_by_key
    item = f"{line.item} {known[line.item].title.to(language())}" if line.item in known else line.item
    words = wording.word("audit_lack", line.code, language()) if line.code else line.words or ""
    return f"{item}: {words}" if item else words


def open_choices(page: MissingPage) -> list[tuple[str, str]]:
    return [(line.key, line_text(page, line)) for line in page.open]


def missing(page: MissingPage) -> dict[str, Any]:
    return {
        "open": len(page.open),
        "writes": page.writes,
        "settled": [
            {
                "text": line_text(page, line),
                "words": line.settled,
                "who": DOT.join(
                    part
                    for part in (page.who.get(line.by or 0), format_date(line.at, "medium") if line.at else None)
                    if part
                ),
            }
            for line in page.settled
        ],
        "not_rated": [f"{one.key} {one.title.to(language())}" for one in page.not_rated],
    }


def findings(page: FeedbackPage) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{one.rated.key} {one.rated.title.to(language())}",
            "seen": [{"heading": heading(line), "words": line.words} for line in one.seen],
            "advice": one.advice,
        }
        for one in page.findings
    ]
