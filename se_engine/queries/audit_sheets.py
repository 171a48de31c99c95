"""One report as it can be printed today: its content, the words that may still be read, and who has signed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.queries.audit_reports import access_report, report_line
from se_engine.queries.audit_voices import words_of
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Printable:
    number: int
    kind: str
    digest: str
    content: dict[str, Any]
    said: tuple[str | None, ...]
    """The words of each voice, in the order of the content."""
    signed: tuple[tuple[str, date], ...]


def printable(session: Session, actor: Actor, audit_id: int, report_id: int) -> Printable:
    _, report = access_report(session, actor, audit_id, report_id)
    signed = tuple((one.name, one.signed_at.date()) for one in report_line(session, report).signed)
    said = tuple(words_of(session, report.content["voices"]))
    return Printable(report.id, report.kind, report.digest, report.content, said, signed)
