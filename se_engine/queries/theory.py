"""An office's programme theory: the template, the office's own words, what each part is tied to, and every change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import processes, programme_theories
from se_engine.queries.access import offices_for_reports
from se_engine.records.offices import Office
from se_engine.records.people import User
from se_engine.records.supervision import TheoryChange
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.programme_theory import MEASURED, PARTS, Part, Theory
from se_engine.rules.roles import AGGREGATES, SUPERVISION, Actor


@dataclass(frozen=True)
class PartNow:
    line: str
    part: str
    words: str
    template: str
    own: bool
    """In the office's own words."""
    measure: str | None
    measurable: bool


@dataclass(frozen=True)
class Changed:
    """One row of the history, newest first; `words` None: back to the template."""

    line: str
    part: str
    words: str | None
    measure: str | None
    by: str | None
    at: datetime


@dataclass(frozen=True)
class OfficeTheory:
    office: Office
    offices: tuple[Office, ...]
    version: int
    draft: bool
    lines: tuple[tuple[PartNow, ...], ...]
    changes: tuple[Changed, ...]
    may_change: bool

    @property
    def measures(self) -> set[str]:
        return {part.measure for line in self.lines for part in line if part.measure}

    def part(self, line: str, part: str) -> PartNow:
        """NotFound where the theory has no such part."""
        found = (one for parts in self.lines for one in parts if (one.line, one.part) == (line, part))
        if (it := next(found, None)) is None:
            raise NotFound()
        return it


def office_theory(session: Session, actor: Actor, office_id: int | None, language: str) -> OfficeTheory:
    """Of the office asked for, else the reader's own or the first; NotFound for one out of reach."""
    if actor.role not in AGGREGATES:
        raise NotPermitted()
    offices = offices_for_reports(session, actor)
    office = next((one for one in offices if one.id == office_id), None) if office_id else next(iter(offices), None)
    if office is None:
        raise NotFound()
    theory = programme_theories.newest()
    changes = _changes(session, office.id)
    newest = {(one.line, one.part): one for one in reversed(changes)}
    lines = tuple(
        tuple(_now(theory, line.key, name, newest.get((line.key, name)), language) for name in PARTS)
        for line in theory.lines
    )
    return OfficeTheory(
        office, tuple(offices), theory.version, processes.is_draft(programme_theories.NAME, theory.version), lines,
        changes, may_reword(actor, office.id),
    )  # fmt: skip


def may_reword(actor: Actor, office_id: int) -> bool:
    """A supervisor words the theory of her own office."""
    return actor.role in SUPERVISION and (actor.role.everywhere or actor.office_id == office_id)


def _now(theory: Theory, line: str, name: str, change: Changed | None, language: str) -> PartNow:
    part = theory.part(line, name) or Part(theory.title)
    template = part.words.to(language)
    own = change is not None and change.words is not None
    words = change.words if change is not None and change.words is not None else template
    measure = change.measure if own and change is not None else part.measure
    return PartNow(line, name, words, template, own, measure, name in MEASURED)


def _changes(session: Session, office_id: int) -> tuple[Changed, ...]:
    rows = session.execute(
        select(TheoryChange, User.name)
        .outerjoin(User, User.id == TheoryChange.recorded_by)
        .where(TheoryChange.office_id == office_id)
        .order_by(TheoryChange.id.desc())
    )
    return tuple(Changed(one.line, one.part, one.words, one.measure, by, one.recorded_at) for one, by in rows)
