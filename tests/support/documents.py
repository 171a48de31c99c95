"""Documents with everything filled in, and the ways they come into force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.records.documents import Document
    from se_engine.rules.document_kinds import DocumentField
    from se_engine.rules.roles import Actor

HER_WORDS = "I want to bake bread."
READ = {"language": "ar", "interpreter": "yes"}


def filled(kind: str, *, on: date, told: bool = True, **changed: Any) -> dict[str, Any]:
    """A content that lacks nothing; `changed` replaces fields, None leaves one out."""
    from se_engine import document_kinds

    content = {one.key: _answer(one, on) for one in document_kinds.latest(kind).shown(told=told)}
    if "terms" in content:
        content["terms"] = "ordinary"
    content |= changed
    return {key: value for key, value in content.items() if value is not None}


def _answer(field: DocumentField, on: date) -> Any:
    if field.kind == "rows":
        rows: list[dict[str, str]] = [{"row": row.key} for row in field.rows] or [{}]
        return [row | {column.key: _answer(column, on) for column in field.columns} for row in rows]
    if field.kind == "date":
        return (on + timedelta(days=14)).isoformat()
    if field.kind == "number":
        return str(max(field.at_least, 7))
    if field.kind == "choice":
        return field.choices[0].key
    return HER_WORDS if field.kind == "own_words" else f"{field.title.en}."


def start(session: Session, actor: Actor, case: Case, kind: str, *, on: date, **rest: Any) -> Document:
    """A complete document; a report covers the days before."""
    from se_engine.actions.documents import start_document

    period = {"from_on": on - timedelta(days=60), "until_on": on} if kind.endswith("report") else {}
    content = filled(kind, on=on, told=rest.pop("told", True), **rest.pop("changed", {}))
    return start_document(session, actor, case.id, kind, content, happened_on=on, **period, **rest)


def agree(session: Session, actor: Actor, document_id: int, *, on: date, **rest: Any) -> None:
    """Everybody who has not agreed signs on paper."""
    from se_engine.actions.document_events import sign_document
    from se_engine.queries.documents import open_document

    found, _case = open_document(session, actor, document_id)
    sign_document(
        session, actor, document_id, seen_version=found.version.number, parties=found.standing.waiting_for,
        happened_on=on, **{**READ, **rest},
    )  # fmt: skip


def approved_profile(session: Session, actor: Actor, case: Case, *, on: date) -> dict[str, object]:
    """Her profile, changed and approved; what its pages are called by."""
    from se_engine.actions.document_agreeing import agree_on
    from se_engine.queries.documents import open_document

    for qualities in ("Quick.", "Calm."):
        made = agree_on(
            session, actor, case.id, "vocational_profile", filled("vocational_profile", on=on, qualities=qualities),
            happened_on=on, **READ,
        )  # fmt: skip
    found, _case = open_document(session, actor, made.id)
    return {"document_id": made.id, "entry_id": found.happenings[-1].id, "kind": "three_party_agreement"}
