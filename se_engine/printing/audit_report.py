"""The report of an audit on paper: as it was made, whole for the unit and the auditors, or in its published form."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from se_engine.audit_words import Block, Words
from se_engine.printing import audit_parts, audit_parts_after
from se_engine.printing.audit_parts_after import FUNNEL
from se_engine.printing.drawings import drawing
from se_engine.printing.paper import pdf
from se_engine.queries.audit_public import scores_of, threshold_of
from se_engine.queries.audit_sheets import Sheet, in_form

TEMPLATE = "audit_report"


def report_pdf(sheet: Sheet, language: str) -> bytes:
    return pdf(TEMPLATE, report_data(sheet, language), drawings=_drawings(sheet, language))


def blocks(sheet: Sheet, language: str) -> list[Block]:
    """Everything after the cover, in its order."""
    words, found = Words(language), in_form(sheet, language)
    content, said = found.content, found.said
    scores = content["scores"] if sheet.public else scores_of(content)
    return [
        *audit_parts.summary(content, words),
        *audit_parts.scope_and_method(content, words),
        *audit_parts.unit(content, words),
        *audit_parts.the_map(content, words),
        *audit_parts.items(content, words),
        *audit_parts_after.outcomes(content, words),
        audit_parts_after.voices(content, words, said, scores),
        *audit_parts_after.system(content, words),
        audit_parts_after.plan(content, words),
        *audit_parts_after.appendix(content, words, public=sheet.public, threshold=threshold_of(sheet.content)),
    ]


def report_data(sheet: Sheet, language: str) -> dict[str, Any]:
    """As the template takes it."""
    words, content = Words(language), sheet.content
    made = date.fromisoformat(content["made_on"])
    learning = content["audit"]["kind"] == "learning"
    kind = words.of("audit_kind", content["audit"]["kind"])
    return {
        "lang": language,
        "dir": "ltr",
        "ours": language,
        "year": made.year,
        "month": made.month,
        "day": made.day,
        "title": words("title", kind=kind.lower()),
        "office": content["office"]["name"],
        "kind": kind,
        "learning": learning,
        "note": words("learning_note") if learning else "",
        "mark": words("draft_mark") if content["kind"] == "draft" else "",
        "foot": words("page", title=words(content["kind"]), office=content["office"]["name"]),
        "cover": [list(line) for line in _cover(sheet, words)],
        "first": words("in_short"),
        "blocks": [_block(one) for one in blocks(sheet, language)],
    }


def _cover(sheet: Sheet, words: Words) -> list[tuple[str, str]]:
    content = sheet.content
    audit, framework = content["audit"], content["framework"]
    people = [one for one in content["people"] if not sheet.public or one["part"] != "contact"]
    named = words("framework_version", title=words.text(framework["title"]), version=framework["version"])
    lines = [
        (words("unit"), content["office"]["name"]),
        (words("framework"), named),
        (words("window"), words.days(audit["from"], audit["until"])),
        (words("visit"), words.day(audit["visit_on"])),
        (words("auditors"), "; ".join(_person(one, words) for one in people)),
        (words("status"), words(content["kind"])),
        (words("version"), words("public" if sheet.public else "full")),
        (words("made_on"), words.day(content["made_on"])),
    ]
    if audit["previous"]:
        lines.insert(3, (words("follows"), words("audit_number", number=audit["previous"])))
    if sheet.signed:
        signed = "; ".join(words("signed_by", name=name, day=words.day(on.isoformat())) for name, on in sheet.signed)
        lines.append((words("signed"), signed))
    return [*lines, (words("digest"), sheet.digest)] if sheet.digest else lines


def _person(one: Mapping[str, str], words: Words) -> str:
    return words("person", name=one["name"], part=words.of("audit_part", one["part"]))


def _block(block: Block) -> dict[str, Any]:
    found = asdict(block)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()} | {
        "rows": [list(row) for row in block.rows]
    }


def _drawings(sheet: Sheet, language: str) -> dict[str, str]:
    """Only what can be drawn; a report without a funnel says so in words."""
    data = audit_parts_after.funnel_drawing(sheet.content, Words(language))
    made = drawing("funnel", data, language, paper=True) if data else None
    return {FUNNEL: made} if made else {}
