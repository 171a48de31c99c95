"""A document on paper: the Norwegian text that is signed, or her copy with her language beside Norwegian."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from se_engine import wording
from se_engine.her_language import named
from se_engine.printing.ladder import ladder_data
from se_engine.printing.pairs import Beside, Pair, direction
from se_engine.printing.paper import pages, pdf
from se_engine.queries.document_print import Explained, Printable
from se_engine.rules.document_kinds import DocumentField
from se_engine.rules.documents import ROW
from se_engine.rules.languages import NORWEGIAN
from se_engine.rules.text import LANGUAGES, Text

TEMPLATE = "document"
Cell = str | dict[str, str]
EXPLAINS = ("explain_{kind}_1", "explain_{kind}_2")
RIGHTS = (
    ("your_rights", ("right_to_read", "right_to_correct", "right_to_change", "interpreter")),
    ("stop", ("voluntary", "stop_how", "ask_about_money")),
    ("who_sees_what", ("who_sees_service", "who_sees_employer")),
)
PICTURES = ("choose", "stop", "interpreter", "secret", "read", "words", "help", "phone")
"""What is shown in pictures where nobody has written, or read, the words in her language."""


def document_pdf(one: Printable, both: Beside, *, language: str) -> bytes:
    """In `language` beside Norwegian; where nobody has written the words in it, Norwegian with the pictures."""
    return pdf(TEMPLATE, document_data(one, both, language=language))


def document_pages(one: Printable, both: Beside, *, language: str) -> Sequence[bytes]:
    """The same as pictures."""
    return pages(TEMPLATE, document_data(one, both, language=language))


def document_data(one: Printable, both: Beside, *, language: str) -> dict[str, Any]:
    on, kind = one.heading.today, one.found.kind
    signed = both.alone
    hers = language not in NORWEGIAN
    paper = _Paper(both)
    return {
        "lang": both.hers.code,
        "dir": both.hers.direction,
        "ours": both.ours.code,
        "whole": both.ours.code,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "title": kind.title.to(both.ours.code),
        "heading": paper.pair(Pair(both(f"title_{kind.kind}").hers, kind.title.to(both.ours.code))),
        "about": _about(one, paper),
        "draft": "" if one.found.version.complete else paper.word("draft"),
        "foot": paper.word("foot").format(title=kind.title.to(both.ours.code), number=one.found.version.number),
        "copy": None if signed else paper.say("copy"),
        "unreviewed": "" if both.alone else both.hers.unreviewed,
        "binds": None if signed else paper.say("norwegian_binds"),
        "explains": [paper.say(key.format(kind=kind.kind)) for key in ("purpose_{kind}", *EXPLAINS)],
        "explained": _explained(one.explained, paper) if hers or one.explained else [],
        "pictures": [_picture(key, paper) for key in PICTURES] if hers and (signed or both.hers.unreviewed) else [],
        "parts": _parts(one, paper),
        "ladder": ladder_data(one.ladder, both.ours) if one.ladder and one.ladder.rungs else None,
        "comment": _comment(one, paper),
        "rights": [{"title": paper.say(title), "lines": [paper.say(key) for key in keys]} for title, keys in RIGHTS],
        "signatures": _signatures(one, paper),
        "words": {key: paper.say(key) for key in ("signature", "signature_date")},
    }


class _Paper:
    """Words of the paper in both languages, as the template takes them."""

    def __init__(self, both: Beside) -> None:
        self.both, self.code = both, both.ours.code

    def pair(self, pair: Pair) -> dict[str, str]:
        return {"hers": pair.hers, "ours": pair.ours}

    def say(self, key: str) -> dict[str, str]:
        return self.pair(self.both(key))

    def word(self, key: str) -> str:
        return wording.word("paper", key, self.code)

    def title(self, text: Text) -> dict[str, str]:
        """English is the one other language that definitions are written in."""
        code = self.both.hers.code
        return self.pair(Pair(text.to(code) if code in LANGUAGES and not self.both.alone else "", text.to(self.code)))

    def day(self, on: date) -> str:
        return self.both.ours.day(on)


def _picture(key: str, paper: _Paper) -> dict[str, str]:
    return {"name": key, **paper.say(f"picture_{key}")}


def _about(one: Printable, paper: _Paper) -> list[list[str]]:
    """Label and value, in Norwegian."""
    document, version = one.found.document, one.found.version
    period = document.from_on and document.until_on and f"{document.from_on:%d.%m.%Y} – {document.until_on:%d.%m.%Y}"
    lines = (
        ("participant", one.heading.name),
        ("specialist", one.specialist),
        ("office", one.office),
        ("employer", one.employer),
        ("period", period),
        ("version", f"{version.number}, {paper.day(version.happened_on)}"),
    )
    return [[paper.word(label), value] for label, value in lines if value]


def _explained(found: Sequence[Explained], paper: _Paper) -> list[dict[str, str]]:
    if not found:
        return [paper.say("not_explained")]
    return [_explained_once(one, paper.both, paper) for one in found]


def _explained_once(one: Explained, both: Beside, paper: _Paper) -> dict[str, str]:
    """The language is named in each language by its own word for it."""
    key = "explained_on" if one.interpreter else "explained_without"
    ours = both.ours.say(key, language=named(one.language, both.ours.code), day=both.ours.day(one.on))
    if both.alone or key in both.hers.left_out:
        return paper.pair(Pair("", ours))
    spoken = both.hers.name if one.language == both.hers.code else named(one.language, both.hers.code)
    return paper.pair(Pair(both.hers.say(key, language=spoken, day=both.hers.day(one.on)), ours))


def _parts(one: Printable, paper: _Paper) -> list[dict[str, Any]]:
    kind, told = one.found.kind, one.found.circumstances.told
    return [
        {
            "title": paper.title(part.title),
            "fields": [_field(field, one, paper) for field in kind.in_part(part.key, told=told)],
        }
        for part in kind.parts
    ]


def _field(field: DocumentField, one: Printable, paper: _Paper) -> dict[str, Any]:
    given = one.content.get(field.key)
    shown: dict[str, Any] = {"title": paper.title(field.title), "own": field.kind == "own_words", "table": None}
    if field.kind == "rows":
        rows = given if isinstance(given, list) else []
        return {**shown, "words": "" if rows else paper.word("empty"), "table": _table(field, rows, paper)}
    words = _value(field, str(given), paper) if given else paper.word("empty")
    return {**shown, "words": words, "dir": direction(words), "given": bool(given)}


def _table(field: DocumentField, rows: Sequence[dict[str, str]], paper: _Paper) -> dict[str, Any] | None:
    """The rows that are always there have their names in a column of their own; names are said in both languages."""
    if not rows:
        return None
    fixed = {row.key: paper.title(row.title) for row in field.rows}
    columns: list[Cell] = [paper.title(column.title) for column in field.columns]
    lines: list[list[Cell]] = [
        [_value(column, row.get(column.key, ""), paper) for column in field.columns] for row in rows
    ]
    if fixed:
        columns = ["", *columns]
        lines = [[fixed.get(row.get(ROW, ""), ""), *line] for row, line in zip(rows, lines, strict=True)]
    return {"columns": columns, "rows": lines}


def _value(field: DocumentField, given: str, paper: _Paper) -> str:
    if not given:
        return ""
    if field.kind == "date":
        return paper.day(date.fromisoformat(given))
    if field.kind == "choice":
        return next((choice.title.to(paper.code) for choice in field.choices if choice.key == given), given)
    return given


def _comment(one: Printable, paper: _Paper) -> dict[str, str] | None:
    if one.comment is None:
        return None
    title = paper.word("on_behalf" if one.comment.on_behalf else "comment")
    return {
        "title": f"{title}, {paper.day(one.comment.on)}",
        "words": one.comment.words,
        "dir": direction(one.comment.words),
    }


def _signatures(one: Printable, paper: _Paper) -> list[dict[str, Any]]:
    """A line for each who has to agree; who has, and when, is told instead of asked again."""
    waits = [*one.found.standing.agreed, *one.found.standing.waiting_for]
    order = [party for party in ("participant", "guardian", "employer", "specialist", "supervisor") if party in waits]
    return [
        {
            "who": paper.say(f"sign_{party}"),
            "agreed": _agreed(one.found.standing.agreed.get(party), paper),
        }
        for party in order
    ]


def _agreed(on: date | None, paper: _Paper) -> str:
    return f"{paper.word('agreed')} {paper.day(on)}" if on else ""
