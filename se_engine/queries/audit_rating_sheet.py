"""The page on which somebody rates: one line for each item, with the computed evidence beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from se_engine.framework_results import Results, Suggestion, results_of, suggestion_for
from se_engine.queries.access_audits import access_as, access_as_unit, access_audit, part_of
from se_engine.queries.audit_charter import adaptations_of, framework_of
from se_engine.queries.audit_missing import caps_in_force, handled_caps, lacks_of, with_caps_left
from se_engine.queries.audit_ratings import (
    computed_of,
    given_of,
    in_scope,
    left_out,
    locks_of,
    measured_of,
    newest_evidence,
    newest_ratings,
    notes_by_key,
    rateable_of,
    raters_of,
    tagged_notes,
)
from se_engine.queries.people import people_of
from se_engine.rating_agreement import ratings_of
from se_engine.records.audit_ratings import AuditNote, AuditRating
from se_engine.records.audits import Audit, AuditAdaptation, AuditEvidence
from se_engine.rules.audit_ratings import NOTHING, Given
from se_engine.rules.audits import RATED_IN, RATERS
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.framework import Cap, Framework, Rateable
from se_engine.rules.roles import Actor, Role


@dataclass(frozen=True)
class RatingLine:
    """One item, or one cell with its items."""

    rated: Rateable
    row: AuditRating | None
    given: Given
    evidence: tuple[dict[str, Any], ...]
    """Of each of its items, as the stored sheet has it."""
    suggestion: Suggestion
    lacks: tuple[str, ...]
    """What a rating here still stands without: a case that was read, an interview, any note."""
    notes: tuple[AuditNote, ...]
    adaptation: AuditAdaptation | None
    window: tuple[date, date] | None
    """Of the evidence; None while no sheet was computed."""

    @property
    def key(self) -> str:
        return self.rated.key

    @property
    def left_out(self) -> bool:
        return self.adaptation is not None and self.adaptation.how == "not_applicable"

    @property
    def adapted(self) -> bool:
        return self.adaptation is not None


@dataclass(frozen=True)
class RatingSheet:
    audit: Audit
    framework: Framework
    stage: str
    lines: tuple[RatingLine, ...]
    evidence: AuditEvidence | None
    results: Results
    locked: bool
    """By the reader, or by the unit."""
    writes: bool
    """Whether the reader may rate here and now."""
    raters: tuple[tuple[str, bool], ...]
    """Name of each, and whether hers are locked: nothing of what they gave."""
    caps: tuple[Cap, ...]
    handled: Mapping[str, str]
    """Items whose cap was lifted, with the words about how."""

    def line(self, key: str) -> RatingLine:
        for line in self.lines:
            if line.key == key:
                return line
        raise NotFound()


def rating_sheet(session: Session, actor: Actor, audit_id: int, stage: str) -> RatingSheet:
    """For the raters: each sees her own, and nothing of the others. The unit's own is the unit's until it is handed
    in, and the auditors' to read from then on."""
    audit = access_to_stage(session, actor, audit_id, stage)
    framework = framework_of(audit)
    locks = locks_of(session, audit.id)
    is_locked = _is_locked(locks, actor, stage)
    own = newest_ratings(session, audit.id, stage, of=[actor.user_id]).get(
        actor.user_id if stage == "own" else None, {}
    )
    lines = lines_of(session, audit, framework, own)
    return RatingSheet(
        audit=audit,
        framework=framework,
        stage=stage,
        lines=lines.lines,
        evidence=lines.evidence,
        results=results_here(in_scope(audit, framework), lines.lines),
        locked=is_locked,
        writes=not is_locked and audit.step in RATED_IN[stage] and _may_write(session, actor, audit, stage),
        raters=_raters(session, audit, locks) if stage == "own" else (),
        caps=lines.caps,
        handled=lines.handled,
    )


def access_to_stage(session: Session, actor: Actor, audit_id: int, stage: str) -> Audit:
    """Own ratings are the raters'; the unit's are the unit's, and the auditors' once they are handed in."""
    if stage == "own":
        return access_as(session, actor, audit_id, *RATERS)
    if stage != "self":
        raise NotFound()
    audit = access_audit(session, actor, audit_id)
    if actor.role is Role.AUDITOR:
        if not any(of == "self" for of, _ in locks_of(session, audit.id)):
            raise NotPermitted("self_assessment_not_handed_in")
        return audit
    return access_as_unit(session, actor, audit_id)


def _may_write(session: Session, actor: Actor, audit: Audit, stage: str) -> bool:
    if actor.user_id is None:
        return False
    if stage == "own":
        return part_of(session, actor, audit.id) in RATERS
    return actor.role is not Role.AUDITOR


def _is_locked(locks: set[tuple[str, int]], actor: Actor, stage: str) -> bool:
    return any(of == stage and (stage != "own" or who == actor.user_id) for of, who in locks)


def _raters(session: Session, audit: Audit, locks: set[tuple[str, int]]) -> tuple[tuple[str, bool], ...]:
    raters = raters_of(session, audit.id)
    names = people_of(session, [one.user_id for one in raters])
    return tuple((names[one.user_id], ("own", one.user_id) in locks) for one in raters)


@dataclass(frozen=True)
class Lines:
    lines: tuple[RatingLine, ...]
    evidence: AuditEvidence | None
    caps: tuple[Cap, ...]
    handled: Mapping[str, str]


def lines_of(session: Session, audit: Audit, framework: Framework, given: Mapping[str, AuditRating]) -> Lines:
    """Every item that is rated here, with what stands beside it."""
    rated = rateable_of(audit, framework)
    evidence = newest_evidence(session, audit.id)
    computed, measured = computed_of(evidence), measured_of(evidence)
    handled = handled_caps(session, audit.id)
    binding = with_caps_left(framework, handled)
    notes = notes_by_key(tagged_notes(session, audit.id), rated)
    adaptations = adaptations_of(session, audit.id)
    return Lines(
        tuple(
            RatingLine(
                rated=one,
                row=given.get(one.key),
                given=_given(given.get(one.key), left=one.key in left_out(adaptations)),
                evidence=tuple(computed[item.key] for item in one.items if item.key in computed),
                suggestion=_suggestion(binding, one, computed, measured),
                lacks=lacks_of(framework, notes.get(one.key, ())),
                notes=tuple(notes.get(one.key, ())),
                adaptation=adaptations.get(one.key),
                window=(audit.from_on, audit.until_on) if evidence else None,
            )
            for one in rated
        ),
        evidence,
        tuple(caps_in_force(binding, measured)),
        {item: row.words for item, row in handled.items()},
    )


def _suggestion(
    framework: Framework,
    rated: Rateable,
    computed: Mapping[str, dict[str, Any]],
    measured: Mapping[str, tuple[Fraction | None, int]],
) -> Suggestion:
    """As the sheet has it for an item, where each specialist may count for herself; of a cell by what is in it."""
    found = suggestion_for(framework, rated, measured)
    stored = computed.get(rated.key)
    if framework.rated == "section" or stored is None:
        return found
    level, at_most = stored["suggested_level"], found.at_most
    if level is not None and at_most is not None and at_most < level:
        return Suggestion(at_most, "capped", at_most=at_most)
    return Suggestion(level, stored.get("why"), at_most=at_most)


def _given(row: AuditRating | None, *, left: bool) -> Given:
    if left:
        return Given(code="NA", rationale=row.rationale or "" if row else "")
    return given_of(row) if row else NOTHING


def results_here(framework: Framework, lines: Sequence[RatingLine]) -> Results:
    """What the ratings so far come to; what is missing counts as not rated and widens the bounds."""
    adapted = [line.key for line in lines if line.adapted]
    return results_of(framework, ratings_of(framework, {line.key: line.given for line in lines}), adapted=adapted)
