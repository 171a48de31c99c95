"""Notes of an audit worded."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.audit_notes import NoteLine, NotesPage
from web.language import language
from web.names import language_name

DOT = " · "


def heading(line: NoteLine) -> str:
    """Source, case by its number, and day."""
    told = [wording.word("audit_source", line.note.source, language())]
    if line.number is not None:
        told.append(gettext("Case %(number)s", number=line.number))
    return DOT.join([*told, format_date(line.note.happened_on, "medium")])


def note(page: NotesPage, line: NoteLine, writer: int | None) -> dict[str, Any]:
    """`writer`: who may put her own right; None where nobody may any more."""
    titles = page.framework.rateable_by_key
    hers = writer is not None and line.note.recorded_by == writer
    here = {"audit_id": page.audit.id, "audit_note": line.id}
    return {
        "id": line.id,
        "heading": heading(line),
        "words": line.words,
        "sealed": line.note.text_id is not None,
        "facts": DOT.join(_facts(line)),
        "items": [
            {
                "text": f"{key} {titles[key].title.to(language())}" if key in titles else key,
                "url": url_for("audit_notes.show", audit_id=page.audit.id, item=key),
            }
            for key in line.items
        ],
        "may_quote": line.note.may_quote,
        "score": line.note.score,
        "correct_url": url_for("audit_notes.correct", **here) if hers else None,
        "void_url": url_for("audit_notes.void", **here) if hers else None,
        "case_url": _case_url(page, line),
    }


def _case_url(page: NotesPage, line: NoteLine) -> str | None:
    if line.number is None:
        return None
    return url_for("audit_cases.one", audit_id=page.audit.id, number=line.number)


def _facts(line: NoteLine) -> list[str]:
    told = [line.who]
    if line.note.language:
        told.append(language_name(line.note.language))
    if line.note.interpreter:
        told.append(wording.word("interpreter_status", line.note.interpreter, language()))
    if line.earlier:
        told.append(ngettext("put right %(num)s time", "put right %(num)s times", line.earlier))
    return [one for one in told if one]


def asked(page: NotesPage, item: str | None, number: int | None) -> list[dict[str, str]]:
    """What the list is narrowed to, each with the way out of it."""
    here = page.audit.id
    found = []
    if item:
        found.append({"label": item, "remove_url": url_for("audit_notes.show", audit_id=here, case=number)})
    if number is not None:
        label = gettext("Case %(number)s", number=number)
        found.append({"label": label, "remove_url": url_for("audit_notes.show", audit_id=here, item=item)})
    return found
