"""The page of results: what stands now, and around it what the newest report froze, or what is counted anew."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.audit_comparison import changes_since, corrections_found_in, corrections_of, earlier_audits
from se_engine.queries.audit_content import content_of, result_data
from se_engine.queries.audit_results import CONSENSUS, result_for
from se_engine.queries.audit_voices import words_of
from se_engine.records.audit_results import AuditReport
from se_engine.records.audits import Audit
from se_engine.rules.roles import Actor, Role

AROUND = ("outcomes", "funnel", "voices", "past", "quality")


@dataclass(frozen=True)
class ResultPage:
    audit: Audit
    whose: str
    """Of what is agreed, or the reader's own ratings while they are not compared."""
    content: dict[str, Any]
    """As a report has it, as far as this page goes."""
    said: tuple[str | None, ...]
    counted_on: str | None
    """The day of the report that outcomes, voices and the past are taken from; None where nothing is counted yet."""
    may_count: bool
    """Whether the reader may have them counted now."""


def result_page(session: Session, actor: Actor, audit_id: int, *, count: bool = False) -> ResultPage:
    """The unit reads what its newest report says around the result; the auditors may count it anew."""
    audit, result, whose = result_for(session, actor, audit_id)
    counts = actor.role in (Role.AUDITOR, Role.OPERATOR) and whose == CONSENSUS
    if counts and count:
        content = content_of(session, actor, audit, "draft", written={})
        return ResultPage(audit, whose, content, tuple(words_of(session, content["voices"])), content["made_on"], True)
    earlier = earlier_audits(session, audit) if whose == CONSENSUS else []
    comparable = [one for one in earlier if one["same"] and result.results.comparable]
    newest = _newest(session, audit.id) if whose == CONSENSUS else None
    around = {key: newest.content[key] for key in AROUND} if newest else dict.fromkeys(AROUND)
    content = {
        **result_data(session, audit, result),
        "earlier": earlier,
        "changes": [changes_since(result, one) for one in comparable],
        "corrections": [{"audit": one.audit_id, "item": one.item, "words": one.words} for one in
                        corrections_found_in(session, audit.id)],
        "corrected": [{"item": one.item, "words": one.words} for one in corrections_of(session, audit.id)],
        "written": {},
        **around,
    }  # fmt: skip
    said = tuple(words_of(session, around["voices"] or []))
    return ResultPage(audit, whose, content, said, newest.content["made_on"] if newest else None, counts)


def _newest(session: Session, audit_id: int) -> AuditReport | None:
    rows = select(AuditReport).where(AuditReport.audit_id == audit_id).order_by(AuditReport.id.desc())
    return session.scalar(rows.limit(1))
