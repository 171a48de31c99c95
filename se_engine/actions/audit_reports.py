"""Making the report of an audit, as a draft and as final, and signing it. What was made stays as it was made."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access_audits import access_as
from se_engine.queries.audit_content import WRITTEN, content_of, digest_of
from se_engine.queries.audit_reports import DRAFT, FINAL, MADE_IN, access_report, newest_report
from se_engine.queries.audit_results import Result, framework_of, result_of
from se_engine.queries.audit_voices import words_of
from se_engine.records.audit_results import AuditReport, AuditSignature
from se_engine.records.audits import Audit
from se_engine.rules.audit_results import TOLD_FIRST
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotPermitted, Refused, Stale
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Actor

LONGEST = 8_000
First = Mapping[str, Collection[str]]
NOBODY_CHOSE: First = {}
SHORTEST_QUOTE = 40
"""So many letters of the holder's wording in a row are a quotation, fewer are words that everybody uses."""


def make_draft(
    session: Session, actor: Actor, audit_id: int, *, written: Mapping[str, str], first: First = NOBODY_CHOSE
) -> AuditReport:
    """What the unit checks for facts. It may have items without a recommendation, and says where.

    `first` are the strengths and priorities of the first page; where none are chosen the levels choose.
    """
    audit = _ready(session, actor, audit_id, DRAFT)
    return _make(session, actor, audit, DRAFT, written, first)


def make_final(
    session: Session, actor: Actor, audit_id: int, *, written: Mapping[str, str], first: First = NOBODY_CHOSE
) -> AuditReport:
    """What is signed. Every item has been agreed on, and what is not fully met says what would help."""
    audit = _ready(session, actor, audit_id, FINAL)
    result = result_of(session, audit, framework_of(audit))
    _check_whole(result)
    return _make(session, actor, audit, FINAL, written, first)


def sign_report(session: Session, actor: Actor, audit_id: int, report_id: int, *, digest: str) -> AuditSignature:
    """She signs the report that she has read: `digest` is that of the page she saw."""
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    _, report = access_report(session, actor, audit.id, report_id)
    if actor.user_id is None:
        raise NotPermitted("not_your_part")
    if report.kind != FINAL:
        raise Refused("draft_is_not_signed")
    newest = newest_report(session, audit, FINAL)
    if newest is None or newest.id != report.id or digest != report.digest:
        raise Stale()
    if audit.step not in MADE_IN[FINAL]:
        raise Refused("not_in_audit_step")
    found = _signature(session, report.id, actor.user_id)
    if found is not None:
        return found
    signature = AuditSignature(
        report_id=report.id, user_id=actor.user_id, digest=report.digest, signed_at=now(session)
    )
    session.add(signature)
    session.flush()
    write_trail(session, actor, "audit_report_signed", detail={"audit": audit.id, "report": report.id})
    return signature


def _signature(session: Session, report_id: int, user_id: int) -> AuditSignature | None:
    rows = session.query(AuditSignature).filter_by(report_id=report_id, user_id=user_id)
    return rows.one_or_none()


def _ready(session: Session, actor: Actor, audit_id: int, kind: str) -> Audit:
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step not in MADE_IN[kind]:
        raise Refused("not_in_audit_step")
    return audit


def _check_whole(result: Result) -> None:
    if result.open:
        raise Refused("ratings_not_settled", items=", ".join(result.open))
    wanting = result.without_recommendation
    if wanting:
        raise Refused("recommendations_missing", items=", ".join(wanting))


def _make(
    session: Session, actor: Actor, audit: Audit, kind: str, written: Mapping[str, str], first: First
) -> AuditReport:
    if any(len(words) > LONGEST for words in written.values()):
        raise Refused("text_too_long", longest=LONGEST)
    summary, unit, system = (written.get(key) for key in WRITTEN)
    check_audit_words(session, audit, summary=summary, unit=unit, system=system)
    content = content_of(session, actor, audit, kind, written=written)
    _put_first(content, first)
    check_rights(framework_of(audit), [*_texts(content), *(words_of(session, content["voices"]))])
    report = AuditReport(
        audit_id=audit.id,
        kind=kind,
        content=content,
        digest=digest_of(content),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(report)
    session.flush()
    write_trail(session, actor, "audit_report_made", detail={"audit": audit.id, "report": report.id, "kind": kind})
    return report


def _put_first(content: dict[str, Any], first: First) -> None:
    """What the auditors chose for the first page, in the order of the framework."""
    rated = [one["key"] for one in content["items"] if one["level"] is not None]
    for name in ("strengths", "priorities"):
        chosen = set(first.get(name, ()))
        if len(chosen) > TOLD_FIRST:
            raise Refused("too_many_told_first", most=TOLD_FIRST, field=name)
        if chosen - set(rated):
            raise Refused("no_such_audit_item", item=", ".join(sorted(chosen - set(rated))))
        if chosen:
            content[name] = [key for key in rated if key in chosen]


def check_rights(framework: Framework, texts: list[str | None]) -> None:
    """Refused where a text repeats wording that its holder has not given to be spread."""
    if framework.rights.text_allowed == "verbatim":
        return
    kept = [_plain(text) for item in framework.items if item.original for text in _original(item.original)]
    long_ones = [text for text in kept if len(text) >= SHORTEST_QUOTE]
    told = [_plain(text) for text in texts if text]
    if any(text in one for text in long_ones for one in told):
        raise Refused("framework_text_kept", name=framework.name, holder=framework.rights.holder)


def _original(original: Any) -> Iterator[str]:
    """Sentence by sentence: who copies a part of a text copies whole sentences of it."""
    for text in (original.title, original.text, *original.levels.values()):
        yield from text.replace("\n", ". ").split(". ")


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .").casefold()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
