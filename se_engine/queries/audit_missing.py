"""What is still to be found out before leaving: what the notes lack, and what auditors have put on the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.audit_charter import adaptations_of, framework_of
from se_engine.queries.audit_ratings import left_out, notes_by_key, rateable_of, tagged_notes
from se_engine.records.audit_ratings import AuditMissing, AuditNote
from se_engine.records.audits import Audit
from se_engine.rules.audit_ratings import CAP_UNHANDLED, LACKS, lacking
from se_engine.rules.framework import Cap, Framework


@dataclass(frozen=True)
class MissingLine:
    """One thing that is lacking: computed, with a code and what it is about, or typed, with words."""

    key: str
    """What it is settled by: a code with an item, or the number of the typed row."""
    code: str | None
    item: str | None
    words: str | None
    settled: str | None = None
    """The words that settled it."""
    by: int | None = None
    at: datetime | None = None


def listed(session: Session, audit_id: int) -> list[AuditMissing]:
    rows = session.scalars(select(AuditMissing).where(AuditMissing.audit_id == audit_id).order_by(AuditMissing.id))
    return list(rows)


def missing_lines(session: Session, audit: Audit) -> list[MissingLine]:
    """Every line: what is lacking now, what was typed, and what was settled of either."""
    rows = listed(session, audit.id)
    settled = {row.settles_id: row for row in rows if row.settles_id}
    of_code = {f"{row.words}:{row.item}": row for row in rows if _is_computed(row)}
    lines = []
    for code, item in _lacking_now(session, audit):
        key = f"{code}:{item}"
        lines.append(_line(MissingLine(key, code, item, None), settled, of_code.get(key)))
    typed = [row for row in rows if not row.settles_id and not _is_computed(row)]
    lines += [_line(MissingLine(str(row.id), None, row.item, row.words), settled, row) for row in typed]
    return lines


def open_missing(session: Session, audit: Audit) -> list[MissingLine]:
    """What has to be settled before the visit is over."""
    return [line for line in missing_lines(session, audit) if line.settled is None]


def _is_computed(row: AuditMissing) -> bool:
    """Its words are a code then: it was opened only to be settled."""
    return row.item is not None and row.words in (CAP_UNHANDLED, *LACKS)


def _line(line: MissingLine, settled: Mapping[int, AuditMissing], row: AuditMissing | None) -> MissingLine:
    done = settled.get(row.id) if row else None
    return replace(line, settled=done.words, by=done.recorded_by, at=done.recorded_at) if done else line


def _lacking_now(session: Session, audit: Audit) -> list[tuple[str, str]]:
    """Code and item. A cell needs a case read and a participant asked; an item, one note from anywhere."""
    framework = framework_of(audit)
    out = left_out(adaptations_of(session, audit.id))
    rated = [one for one in rateable_of(audit, framework) if one.key not in out]
    notes = notes_by_key(tagged_notes(session, audit.id), rated)
    found = []
    for one in rated:
        for lack in lacks_of(framework, notes.get(one.key, ())):
            found.append((f"no_{lack}", one.key))
    return found


def lacks_of(framework: Framework, notes: Sequence[AuditNote]) -> tuple[str, ...]:
    """What a rating would stand without."""
    if framework.rated == "section":
        return lacking([note.source for note in notes])
    return () if notes else ("note",)


def handled_caps(session: Session, audit_id: int) -> dict[str, AuditMissing]:
    """Items whose cap an auditor has lifted, with the row that says how what it is about was handled."""
    rows = listed(session, audit_id)
    opened = {row.id: row.item for row in rows if row.words == CAP_UNHANDLED and row.item}
    return {opened[row.settles_id]: row for row in rows if row.settles_id in opened}


def with_caps_left(framework: Framework, handled: Mapping[str, object]) -> Framework:
    """The framework as it binds here: without the caps that were handled."""
    return replace(framework, caps=tuple(cap for cap in framework.caps if cap.item not in handled))


def caps_in_force(framework: Framework, measured: Mapping[str, tuple[Fraction | None, int]]) -> list[Cap]:
    """Those whose item is above its limit in the evidence."""
    return [cap for cap in framework.caps if (measured.get(cap.item, (None, 0))[0] or 0) > cap.above]
