"""Documents, worded: the list by kind, one document with whose words stand where, and what has happened to it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.document_pages import DocumentPage, DocumentsPage, EventLine, VersionLine
from se_engine.queries.documents import Found
from se_engine.rules.document_kinds import DocumentField, DocumentKind
from se_engine.rules.documents import AGREED, ROW, Rows, parties_of
from web.language import language
from web.names import language_name

TONES = {
    "draft": "not_yet", "ready": "planned", "waiting": "look", "in_force": "done", "comment_due": "look",
    "comment_late": "act", "finished": "done", "closed": "not_yet",
}  # fmt: skip
JOIN = ", "


def groups(page: DocumentsPage) -> list[dict[str, Any]]:
    """A group for each kind, with its documents and the way to a new one."""
    return [
        {
            "key": kind.kind,
            "title": kind.title.to(language()),
            "lead": kind.lead.to(language()),
            "lines": [_line(page, found) for found in page.of_kind(kind.kind)],
            "begin_url": url_for("documents.begin", case_id=page.id, kind=kind.kind) if page.may_begin(kind) else None,
            "needs_decision": kind.about == "employer" and not page.decided,
            "next": _next_report(page) if kind.kind == "interim_report" and not page.ended else None,
        }
        for kind in page.kinds
    ]


def _next_report(page: DocumentsPage) -> dict[str, Any] | None:
    on = page.report.remind_on
    return {"on": day(on), "passed": on <= page.today} if on else None


def _line(page: DocumentsPage, found: Found) -> dict[str, Any]:
    return {
        "url": url_for("documents.one", case_id=page.id, document_id=found.id),
        "title": about(found, page.employers.get(found.document.employer_id or 0)),
        "status": status(found),
        "tone": TONES[found.standing.status],
        "note": note(found),
    }


def about(found: Found, employer: str | None) -> str:
    """What tells documents of one kind apart: the employer, the period, or when it was begun."""
    document = found.document
    if employer:
        return employer
    if document.from_on and document.until_on:
        return f"{day(document.from_on)}–{day(document.until_on)}"
    return str(gettext("from %(day)s", day=day(document.opened_on)))


def status(found: Found) -> str:
    return wording.word("document_status", found.standing.status, language())


def note(found: Found) -> str:
    """What is waited for, and until when."""
    stands = found.standing
    if stands.waiting_for and stands.status in ("waiting", "ready"):
        return str(gettext("Waits for: %(who)s", who=parties(stands.waiting_for)))
    if stands.comment_by:
        return str(gettext("The participant may comment until %(day)s", day=day(stands.comment_by)))
    if stands.status == "in_force":
        return str(gettext("Since %(day)s", day=day(max(stands.agreed.values()))))
    if stands.status == "closed":
        return str(gettext("Since %(day)s", day=day(found.document.closed_on)))
    return str(gettext("Version %(number)s, %(day)s", number=found.version.number, day=day(found.version.happened_on)))


def parties(codes: Iterable[str]) -> str:
    return JOIN.join(wording.word("document_party", code, language()) for code in codes)


def day(value: date | None) -> str:
    return str(format_date(value, "medium")) if value else ""


def parts(page: DocumentPage) -> list[dict[str, Any]]:
    """What it says, part by part; fields without an answer are shown while they are missing."""
    told, kind = page.found.circumstances.told, page.found.kind
    return [
        {
            "title": part.title.to(language()),
            "fields": [
                _shown(page, one)
                for one in kind.in_part(part.key, told=told)
                if one.key in page.content or _is_missing(page, one)
            ],
        }
        for part in kind.parts
    ]


def _is_missing(page: DocumentPage, one: DocumentField) -> bool:
    return any(name == one.key or name.startswith(f"{one.key}__") for name in page.missing)


def _shown(page: DocumentPage, one: DocumentField) -> dict[str, Any]:
    return {**shown_field(one, page.content.get(one.key)), "missing": _is_missing(page, one)}


def shown_field(one: DocumentField, given: str | Rows | None) -> dict[str, Any]:
    """A field with its answer in words."""
    return {
        "title": one.title.to(language()),
        "whose": wording.word("document_whose", one.whose, language()),
        "own": one.kind == "own_words",
        "words": in_words(one, given) if isinstance(given, str) else None,
        "rows": row_words(one, given) if isinstance(given, list) else [],
    }


def in_words(one: DocumentField, given: str) -> str:
    if one.kind == "date":
        return str(format_date(date.fromisoformat(given), "full"))
    if one.kind == "choice":
        return next((choice.title.to(language()) for choice in one.choices if choice.key == given), given)
    return given.replace(".", ",") if one.kind == "number" and language() != "en" else given


def row_words(one: DocumentField, rows: Rows) -> list[dict[str, Any]]:
    """Each row as its title, if it has one, and its cells."""
    titles = {row.key: row.title.to(language()) for row in one.rows}
    return [
        {
            "title": titles.get(row.get(ROW, ""), ""),
            "cells": [
                {"label": column.title.to(language()), "words": in_words(column, row[column.key])}
                for column in one.columns
                if column.key in row
            ],
        }
        for row in rows
    ]


def agreement(page: DocumentPage) -> list[dict[str, Any]]:
    """Everybody who has to agree, and whether they have."""
    agreed = page.found.standing.agreed
    return [
        {
            "who": wording.word("document_party", party, language()),
            "on": day(agreed.get(party)),
            "tone": "done" if party in agreed else "look",
            "text": gettext("Approved") if party in agreed else gettext("Not yet"),
        }
        for party in parties_of(page.found.kind, page.found.circumstances)
    ]


def still_to_agree(page: DocumentPage) -> list[str]:
    """Also while it is a draft: what is missing is then said first."""
    agreed = page.found.standing.agreed
    return [party for party in parties_of(page.found.kind, page.found.circumstances) if party not in agreed]


def events(page: DocumentPage) -> list[dict[str, Any]]:
    return [_event(page, line) for line in page.events]


def _event(page: DocumentPage, line: EventLine) -> dict[str, Any]:
    event = line.event
    who = wording.word("document_party", event.party, language()) if event.party and event.what in AGREED else None
    may_take_back = not line.taken_back and event.what not in ("printed", "withdrawn")
    return {
        "title": wording.word("document_event", event.what, language()),
        "who": who,
        "on": day(event.happened_on),
        "facts": JOIN.join(_facts(line)),
        "words": line.words,
        "on_behalf": event.on_behalf,
        "taken_back": line.taken_back,
        "url": url_for("document_events.take_back", case_id=page.id, document_id=page.found.id, entry_id=event.id)
        if may_take_back and page.found.document.closed_on is None
        else None,
    }


def _facts(line: EventLine) -> list[str]:
    event = line.event
    facts = [str(gettext("version %(number)s", number=line.number))]
    if event.form and event.what in ("approved", "shared"):
        facts.append(wording.word("document_form", event.form, language()).lower())
    if event.language:
        facts.append(language_name(event.language))
    if event.interpreter:
        facts.append(str(gettext("with interpreter") if event.interpreter == "yes" else gettext("without interpreter")))
    if event.what == "explained":
        facts.append(str(gettext("told back") if event.teach_back else gettext("not told back")))
    if event.deadline_on:
        facts.append(str(gettext("comment by %(day)s", day=day(event.deadline_on))))
    if line.by:
        facts.append(line.by)
    return facts


def versions(page: DocumentPage) -> list[dict[str, Any]]:
    return [_version(page.found.kind, line) for line in page.versions]


def _version(kind: DocumentKind, line: VersionLine) -> dict[str, Any]:
    changed = [(kind.field_by_key[one.field], one) for one in line.changed]
    return {
        "title": gettext("Version %(number)s", number=line.version.number),
        "on": day(line.version.happened_on),
        "by": line.by,
        "count": ngettext("%(num)s change", "%(num)s changes", len(changed)) if changed else None,
        "changes": [
            {"title": field.title.to(language()), "before": flat(field, one.before), "after": flat(field, one.after)}
            for field, one in changed
        ],
    }


def flat(one: DocumentField, given: str | Rows | None) -> str:
    """A field in one text, rows with their cells behind each other."""
    if not given:
        return ""
    if isinstance(given, str):
        return in_words(one, given)
    rows = row_words(one, given)
    lines = (
        " · ".join([*([row["title"]] if row["title"] else []), *(cell["words"] for cell in row["cells"])])
        for row in rows
    )
    return "\n".join(lines)


def actions(page: DocumentPage) -> list[dict[str, Any]]:
    """What can be done now, the likeliest first."""
    found, stands = page.found, page.found.standing
    closed = found.document.closed_on is not None or (page.ended and not found.kind.after_end)
    offered: list[tuple[str, str, str]] = []
    if not closed:
        if stands.comment_by:
            offered.append(("comment", gettext("Write the comment"), "participation"))
        if stands.waiting_for:
            offered += [("sign", gettext("Signed on paper"), "pencil"), ("approve", gettext("Approve"), "check")]
        if found.kind.is_report and stands.status == "ready":
            offered.append(("share", gettext("Share with the participant"), "person"))
        offered.append(("change", gettext("Change") if found.version.complete else gettext("Go on writing"), "note"))
        offered.append(("explain", gettext("Gone through"), "language"))
        if found.version.complete and not found.kind.is_report:
            offered.append(("share", gettext("Share with the participant"), "person"))
    settled = stands.status in ("in_force", "finished", "closed")
    bar = [
        {"label": label, "url": _url(page, what), "drawing": drawing, "primary": place == 0 and not settled}
        for place, (what, label, drawing) in enumerate(offered)
    ]
    pdf = url_for("printing.document", case_id=page.id, document_id=found.id)
    return [*bar, {"label": gettext("PDF"), "url": pdf, "drawing": "down"}]


def _url(page: DocumentPage, what: str) -> str:
    place = "documents" if what == "change" else "document_events"
    return url_for(f"{place}.{what}", case_id=page.id, document_id=page.found.id)


def asked_parts(form: Any, kind: DocumentKind, *, told: bool) -> list[dict[str, Any]]:
    """The boxes of a form, part by part."""
    return [
        {"title": part.title.to(language()), "fields": [_asked(form, one) for one in kind.in_part(part.key, told=told)]}
        for part in kind.parts
        if kind.in_part(part.key, told=told)
    ]


def _asked(form: Any, one: DocumentField) -> dict[str, Any]:
    whose = wording.word("document_whose", one.whose, language())
    said: Sequence[str] = [f"{whose}.", *([one.help.to(language())] if one.help else [])]
    rows = []
    if one.kind == "rows":
        for number in range(1, form.rows[one.key] + 1):
            title = one.rows[number - 1].title.to(language()) if one.rows else str(number)
            rows.append({"title": title, "names": [f"{one.key}__{number}__{column.key}" for column in one.columns]})
    return {
        "name": one.key,
        "title": one.title.to(language()),
        "hint": " ".join(said),
        "needed": one.may_be_needed,
        "rows": rows,
        "short": one.kind in ("date", "number"),
    }
