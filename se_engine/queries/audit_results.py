"""The result of an audit: what stands as agreed for each item, each section, and the map of dimensions and steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.framework_results import Results, results_of
from se_engine.measures.fidelity import NOT_APPLICABLE, NOT_RATED, Rating, Total
from se_engine.queries.access_audits import access_audit, part_of
from se_engine.records.audit_ratings import AuditRating
from se_engine.records.audits import Audit, AuditAdaptation, AuditEvidence
from se_engine.rules.audit_results import priorities, strengths
from se_engine.rules.audits import PARTS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.framework import Framework, Rateable
from se_engine.rules.roles import Actor, Role

CONSENSUS, OWN, SELF = "consensus", "own", "self"
BEFORE_COMPARING = ("charter", "self_assessment", "evidence", "sample", "on_site", "rating")
"""Until the two sheets are compared nobody sees another's ratings."""
BEFORE_THE_DRAFT = (*BEFORE_COMPARING, "agreement")
"""Until then the unit sees none: what is told orally is told without levels."""


@dataclass(frozen=True)
class Settled:
    """One item as it stands: agreed, or rated alike by everybody who rated it."""

    level: int | None
    code: str | None
    rationale: tuple[str, ...]
    recommendation: tuple[str, ...]
    adapted: bool

    @property
    def rating(self) -> Rating:
        if self.level is not None:
            return self.level
        return NOT_APPLICABLE if self.code == NOT_APPLICABLE else NOT_RATED


@dataclass(frozen=True)
class Result:
    framework: Framework
    settled: Mapping[str, Settled]
    adaptations: Mapping[str, AuditAdaptation]
    results: Results
    open: tuple[str, ...]
    """Items that the auditors have rated differently and not agreed on yet; they count as not rated."""

    @property
    def levels(self) -> dict[str, int]:
        """What has a level, in the framework's order."""
        each = {one.key: self.settled.get(one.key) for one in self.rateable}
        return {key: one.level for key, one in each.items() if one and one.level is not None}

    @property
    def rateable(self) -> tuple[Rateable, ...]:
        return self.framework.rateable

    @property
    def strengths(self) -> list[str]:
        return strengths(self.levels, self.framework.scale.highest)

    @property
    def priorities(self) -> list[str]:
        return priorities(self.levels, self.framework.scale.highest)

    @property
    def without_recommendation(self) -> list[str]:
        """Items that are not fully met and say nothing of what would help."""
        highest = self.framework.scale.highest
        return [key for key, level in self.levels.items() if level < highest and not self.settled[key].recommendation]


def result_for(session: Session, actor: Actor, audit_id: int) -> tuple[Audit, Result, str]:
    """For a page: the audit, its result, and whose ratings it is made of.

    Until the ratings are compared a rater sees her own; the unit sees nothing before there is a draft.
    """
    audit = access_audit(session, actor, audit_id)
    if not may_see_result(session, actor, audit):
        raise NotPermitted("not_your_part")
    if audit.step in BEFORE_COMPARING:
        return audit, result_of(session, audit, framework_of(audit), rater=actor.user_id), OWN
    return audit, result_of(session, audit, framework_of(audit)), CONSENSUS


def may_see_result(session: Session, actor: Actor, audit: Audit) -> bool:
    """Auditors and observers always, who lead the unit and its contact when the draft is sent."""
    if actor.role in (Role.AUDITOR, Role.OPERATOR):
        return True
    if audit.step in BEFORE_THE_DRAFT:
        return False
    return actor.role is Role.SUPERVISOR or part_of(session, actor, audit.id) in PARTS


def framework_of(audit: Audit) -> Framework:
    """As it was when the audit began, and of it what the charter looks at; Refused when its file is another now."""
    whole = frameworks.pinned(audit.framework_name, audit.framework_version, audit.framework_digest)
    return within(whole, audit.scope) if audit.scope else whole


def within(framework: Framework, scope: Sequence[str]) -> Framework:
    """Some sections alone. No name is given to such a total: the names are for the whole of it."""
    return replace(
        framework,
        sections=tuple(one for one in framework.sections if one.key in scope),
        items=tuple(one for one in framework.items if one.section in scope),
        caps=tuple(one for one in framework.caps if one.section in scope),
        aggregate=replace(framework.aggregate, categories=()),
    )


def result_of(session: Session, audit: Audit, framework: Framework, *, rater: int | None = None) -> Result:
    """From what is agreed, or from one rater's own ratings alone. No check of who asks: `result_for` is the door."""
    found = list(newest_ratings(session, audit.id))
    if rater is not None:
        settled = {one.item: _one(one) for one in found if one.stage == OWN and one.user_id == rater}
        unsettled: tuple[str, ...] = ()
    else:
        settled, unsettled = _settled(found)
    adaptations = newest_adaptations(session, audit.id)
    known = framework.rateable_by_key
    adapted = {key for key, one in adaptations.items() if one.how != "as_written"}
    adapted = ({key for key, one in settled.items() if one.adapted} | adapted) & set(known)
    ratings = {key: one.rating for key, one in settled.items() if key in known}
    ratings |= {key: NOT_APPLICABLE for key in adapted if adaptations_leave_out(adaptations, key)}
    results = results_of(framework, ratings, adapted=sorted(adapted))
    results = replace(results, comparable=results.comparable and not audit.scope)
    return Result(framework, settled, adaptations, results, tuple(key for key in unsettled if key in known))


def adaptations_leave_out(adaptations: Mapping[str, AuditAdaptation], key: str) -> bool:
    return key in adaptations and adaptations[key].how == "not_applicable"


def self_ratings(session: Session, audit_id: int) -> dict[str, AuditRating]:
    """The unit's own, the newest of each item."""
    return {one.item: one for one in newest_ratings(session, audit_id) if one.stage == SELF}


def settled_ratings(session: Session, audit_id: int) -> dict[str, Settled]:
    """What stands as agreed."""
    return _settled(list(newest_ratings(session, audit_id)))[0]


def newest_ratings(session: Session, audit_id: int) -> Iterator[AuditRating]:
    """The newest row of each rater, stage and item, in the order in which they were written."""
    newest = (
        select(func.max(AuditRating.id))
        .where(AuditRating.audit_id == audit_id)
        .group_by(AuditRating.stage, AuditRating.user_id, AuditRating.item)
    )
    return iter(session.scalars(select(AuditRating).where(AuditRating.id.in_(newest)).order_by(AuditRating.id)))


def newest_adaptations(session: Session, audit_id: int) -> dict[str, AuditAdaptation]:
    """What stands of the adaptations; what was put back as written is still told."""
    rows = select(AuditAdaptation).where(AuditAdaptation.audit_id == audit_id).order_by(AuditAdaptation.id)
    return {one.item: one for one in session.scalars(rows)}


def evidence_of(session: Session, audit_id: int) -> AuditEvidence | None:
    """The newest evidence sheet."""
    rows = select(AuditEvidence).where(AuditEvidence.audit_id == audit_id).order_by(AuditEvidence.id.desc())
    return session.scalar(rows.limit(1))


def _settled(found: Sequence[AuditRating]) -> tuple[dict[str, Settled], tuple[str, ...]]:
    """The newest agreed rating of each item, or what everybody who rated it gave alike; the others are open."""
    agreed = {one.item: one for one in found if one.stage == CONSENSUS}
    own: dict[str, list[AuditRating]] = {}
    for one in found:
        if one.stage == OWN and (one.level is not None or one.code is not None):
            own.setdefault(one.item, []).append(one)
    settled = {key: _one(one, own.get(key, ())) for key, one in agreed.items() if _is_given(one)}
    left = {key: rows for key, rows in own.items() if key not in settled}
    alike = {key: rows for key, rows in left.items() if len({(one.level, one.code) for one in rows}) == 1}
    settled |= {key: _one(rows[0], rows) for key, rows in alike.items()}
    return settled, tuple(key for key in left if key not in alike)


def _is_given(rating: AuditRating) -> bool:
    return rating.level is not None or rating.code is not None


def _one(rating: AuditRating, others: Sequence[AuditRating] = ()) -> Settled:
    """With its own words, or with those of everybody where the agreed row has none."""
    rationale, recommendation = _words([rating.rationale]), _words([rating.recommendation])
    return Settled(
        rating.level,
        rating.code,
        rationale or _words(one.rationale for one in others),
        recommendation or _words(one.recommendation for one in others),
        rating.adapted or any(one.adapted for one in others),
    )


def _words(given: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in given if text and text.strip()))


def map_of(result: Result) -> dict[str, Any]:
    """Rows and columns of the map: dimensions and steps, or steps alone, with percent of maximum or the cell's level.

    {"columns": [[step…]…], "rows": [{"dimension": key or None, "cells": [{…} or None…]}]}
    """
    sections = [one for one in result.framework.sections if one.rated and one.steps]
    columns = list(dict.fromkeys(one.steps for one in sections))
    dimensions = list(dict.fromkeys(one.dimension for one in sections))
    by_place = {(one.dimension, one.steps): one.key for one in sections}
    rows = [
        {
            "dimension": dimension,
            "cells": [_cell(result, by_place.get((dimension, steps))) for steps in columns],
        }
        for dimension in dimensions
    ]
    return {"columns": [list(steps) for steps in columns], "rows": rows}


def _cell(result: Result, section: str | None) -> dict[str, Any] | None:
    if section is None:
        return None
    within = [one for one in result.rateable if one.section == section]
    cell: dict[str, Any] = {"section": section}
    if len(within) == 1 and result.framework.rated == "section":
        one = result.settled.get(section)
        return cell | {"level": one.level if one else None, "code": one.code if one else NOT_RATED}
    total = result.results.sections.get(section)
    return cell | {"percent": percent_of(total)}


def percent_of(total: Total | None) -> list[float] | None:
    """Both bounds, to one decimal; they are one where nothing is missing."""
    bounds = total.percent_of_maximum if total else None
    return None if bounds is None else [round(bound, 1) for bound in bounds]


def total_data(total: Total) -> dict[str, Any]:
    """A total as JSON keeps it."""
    return {
        "value": total.value,
        "low": total.low,
        "high": total.high,
        "maximum": total.maximum,
        "rated": total.rated,
        "not_rated": total.not_rated,
        "not_applicable": total.not_applicable,
        "percent": percent_of(total),
        "category": total.category,
        "category_low": total.category_low,
        "category_high": total.category_high,
    }
