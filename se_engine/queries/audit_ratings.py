"""What the raters of an audit have given so far: the newest row of each counts, and whose may be seen by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, aliased

from se_engine.queries.access_audits import members_of
from se_engine.records.audit_ratings import AuditLock, AuditNote, AuditNoteItem, AuditRating
from se_engine.records.audits import Audit, AuditAdaptation, AuditEvidence, AuditMember
from se_engine.rules.audit_charter import WINDOW
from se_engine.rules.audit_ratings import Given
from se_engine.rules.audits import RATERS
from se_engine.rules.framework import Framework, Rateable

NewestOfAll = dict[int | None, dict[str, AuditRating]]


def rateable_of(audit: Audit, framework: Framework) -> tuple[Rateable, ...]:
    """What is rated here: all of it, or the sections that the charter names."""
    return tuple(one for one in framework.rateable if not audit.scope or one.section in audit.scope)


def in_scope(audit: Audit, framework: Framework) -> Framework:
    """For results: without the sections that are not looked at, and then without a total, which would be of a part."""
    if not audit.scope:
        return framework
    return replace(
        framework,
        sections=tuple(one for one in framework.sections if one.key in audit.scope),
        items=tuple(one for one in framework.items if one.section in audit.scope),
        aggregate=replace(framework.aggregate, total="none", categories=()),
    )


def left_out(adaptations: Mapping[str, AuditAdaptation]) -> frozenset[str]:
    """What the charter says is not applicable: nobody has to rate it."""
    return frozenset(key for key, row in adaptations.items() if row.how == "not_applicable" and key != WINDOW)


def newest_ratings(session: Session, audit_id: int, stage: str, *, of: Iterable[int | None] = ()) -> NewestOfAll:
    """By rater and item. What the unit wrote, and what was agreed on, belongs to all of them and stands under None."""
    counted = [AuditRating.audit_id == audit_id, AuditRating.stage == stage]
    if stage == "own":
        counted.append(AuditRating.user_id.in_(list(of)))
    apart = (AuditRating.user_id, AuditRating.item) if stage == "own" else (AuditRating.item,)
    newest = select(func.max(AuditRating.id)).where(*counted).group_by(*apart)
    found: NewestOfAll = {}
    for row in session.scalars(select(AuditRating).where(AuditRating.id.in_(newest))):
        found.setdefault(row.user_id if stage == "own" else None, {})[row.item] = row
    return found


def newest_rating(session: Session, audit_id: int, stage: str, key: str, user_id: int | None) -> AuditRating | None:
    """Of one item: by this rater, or by anybody where they rate together."""
    whose: ColumnElement[bool] = AuditRating.user_id == user_id if stage == "own" else true()
    return session.scalar(
        select(AuditRating)
        .where(AuditRating.audit_id == audit_id, AuditRating.stage == stage, AuditRating.item == key, whose)
        .order_by(AuditRating.id.desc())
        .limit(1)
    )


def given_of(row: AuditRating | None) -> Given:
    if row is None:
        return Given()
    return Given(
        level=row.level,
        code=row.code,
        rationale=row.rationale or "",
        recommendation=row.recommendation or "",
        notes=tuple(row.notes or ()),
        finished=row.finished,
    )


def raters_of(session: Session, audit_id: int) -> list[AuditMember]:
    """The lead first."""
    return [one for one in members_of(session, audit_id) if one.part in RATERS]


def locks_of(session: Session, audit_id: int) -> set[tuple[str, int]]:
    """Stage and rater."""
    rows = session.execute(select(AuditLock.stage, AuditLock.user_id).where(AuditLock.audit_id == audit_id))
    return {(row.stage, row.user_id) for row in rows}


def locked(session: Session, audit: Audit, stage: str) -> bool:
    """Whether a stage stands: the unit has handed its own in, or each of the raters has locked hers."""
    locks = locks_of(session, audit.id)
    if stage == "own":
        raters = raters_of(session, audit.id)
        return bool(raters) and all(("own", one.user_id) in locks for one in raters)
    return any(of == stage for of, _ in locks)


def newest_evidence(session: Session, audit_id: int) -> AuditEvidence | None:
    return session.scalar(
        select(AuditEvidence).where(AuditEvidence.audit_id == audit_id).order_by(AuditEvidence.id.desc()).limit(1)
    )


def computed_of(evidence: AuditEvidence | None) -> dict[str, dict[str, Any]]:
    """The stored sheet by item."""
    return {str(one["id"]): one for one in (evidence.indicators or [])} if evidence else {}


def measured_of(evidence: AuditEvidence | None) -> dict[str, tuple[Fraction | None, int]]:
    """Value and n by item. As it is written, not as it is stored in bits: 0.96 is on its anchor, not below it."""
    return {
        key: (None if one["value"] is None else Fraction(str(one["value"])), one["n"] or 0)
        for key, one in computed_of(evidence).items()
    }


def tagged_notes(session: Session, audit_id: int) -> list[tuple[AuditNote, str]]:
    """The notes that count, each once for every item it is tagged with: not replaced, and not taken back."""
    later = aliased(AuditNote)
    rows = session.execute(
        select(AuditNote, AuditNoteItem.item)
        .join(AuditNoteItem, AuditNoteItem.note_id == AuditNote.id)
        .outerjoin(later, later.follows_id == AuditNote.id)
        .where(AuditNote.audit_id == audit_id, AuditNote.voided.is_(False), later.id.is_(None))
        .order_by(AuditNote.id)
    )
    return [(row[0], row[1]) for row in rows]


def notes_by_key(rows: Iterable[tuple[AuditNote, str]], rated: Iterable[Rateable]) -> dict[str, list[AuditNote]]:
    """By what is rated: a note tagged with an item belongs to the cell of the item too."""
    belongs: dict[str, list[str]] = {}
    for one in rated:
        for tag in {one.key, *(item.key for item in one.items)}:
            belongs.setdefault(tag, []).append(one.key)
    found: dict[str, dict[int, AuditNote]] = {}
    for note, tag in rows:
        for key in belongs.get(tag, ()):
            found.setdefault(key, {})[note.id] = note
    return {key: list(notes.values()) for key, notes in found.items()}
