"""One report as it can be read today: its content, the words that may still be read, and who has signed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine import wording
from se_engine.queries.audit_public import public_of
from se_engine.queries.audit_reports import access_report, report_line
from se_engine.queries.audit_voices import words_of
from se_engine.rules.masking import masked
from se_engine.rules.roles import Actor

MARKS = "masked"


@dataclass(frozen=True)
class Sheet:
    """What is printed, and written to files."""

    content: Mapping[str, Any]
    said: tuple[str | None, ...]
    """The words of each voice, in the order of the content; None for those that are gone."""
    signed: tuple[tuple[str, date], ...] = ()
    digest: str = ""
    public: bool = False


def sheet_of(session: Session, actor: Actor, audit_id: int, report_id: int, *, public: bool) -> Sheet:
    _, report = access_report(session, actor, audit_id, report_id)
    signed = tuple((one.name, one.signed_at.date()) for one in report_line(session, report).signed)
    said = tuple(words_of(session, report.content["voices"]))
    return Sheet(report.content, said, signed, report.digest, public)


def in_form(sheet: Sheet, language: str) -> Sheet:
    """The same sheet with its content and voices as they are shown; whole, nothing is changed."""
    if not sheet.public:
        return sheet
    # What stands in the place of what is left out: «[name]».
    marks = {kind: f"[{word}]" for kind, word in wording.words(MARKS, language).items()}
    content = sheet.content
    names = [one["name"] for one in content["people"]] + [one["owner"] for one in content["plan"]]
    said = tuple(text and masked(text, names, marks) for text in sheet.said)
    return replace(sheet, content=public_of(content, marks), said=said)
