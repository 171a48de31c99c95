"""The result of an audit: what stands as agreed for each item, each section, and the map of dimensions and steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from se_engine.framework_results import Results, results_of
from se_engine.measures.fidelity import NOT_APPLICABLE, NOT_RATED, Rating, Total, total
from se_engine.queries import audit_charter
from se_engine.queries.access_audits import access_audit, part_of
from se_engine.queries.audit_agreement import open_consensus
from se_engine.queries.audit_agreement import settled as agreed
from se_engine.queries.audit_charter import adaptations_of
from se_engine.queries.audit_ratings import in_scope, left_out, newest_ratings, raters_of
from se_engine.records.audit_ratings import AuditRating
from se_engine.records.audits import Audit, AuditAdaptation
from se_engine.rules.audit_results import priorities, strengths
from se_engine.rules.audits import PARTS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.framework import Framework, Rateable
from se_engine.rules.roles import Actor, Role

CONSENSUS, OWN, SELF = "consensus", "own", "self"
"""The stages of a rating."""
BEFORE_COMPARING = ("charter", "self_assessment", "evidence", "sample", "on_site", "rating")
"""Until the two sheets are compared nobody sees another's ratings."""
BEFORE_THE_DRAFT = (*BEFORE_COMPARING, "agreement")
"""Until then the unit sees none: what is told orally is told without levels."""


@dataclass(frozen=True)
class Settled:
    """One item as it stands: written together, given alike, or one rater's own."""

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
    adapted: frozenset[str]
    """What is rated otherwise than the framework says, or left out."""
    results: Results
    open: tuple[str, ...]
    """Items that the auditors have still to agree on; they count as not rated."""

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
    """What of the framework the charter looks at, as it was when the audit began; Refused when its file is another."""
    return in_scope(audit, audit_charter.framework_of(audit))


def result_of(session: Session, audit: Audit, framework: Framework, *, rater: int | None = None) -> Result:
    """From what is agreed, or from one rater's own ratings alone. No check of who asks: `result_for` is the door."""
    adaptations = adaptations_of(session, audit.id)
    if rater is None:
        settled, unsettled = _agreed(session, audit), open_consensus(session, audit)
    else:
        own = newest_ratings(session, audit.id, OWN, of=[rater]).get(rater, {})
        settled, unsettled = {key: _of_rows([row]) for key, row in own.items()}, []
    known = framework.rateable_by_key
    out = left_out(adaptations) & set(known)
    adapted = _adapted(framework, adaptations) | {key for key, one in settled.items() if one.adapted and key in known}
    ratings = {key: one.rating for key, one in settled.items() if key in known}
    ratings |= dict.fromkeys(out, NOT_APPLICABLE)
    results = results_of(framework, ratings, adapted=sorted(adapted))
    results = replace(results, comparable=results.comparable and not audit.scope)
    return Result(framework, settled, adaptations, frozenset(adapted), results, tuple(unsettled))


def _adapted(framework: Framework, adaptations: Mapping[str, AuditAdaptation]) -> set[str]:
    """What is rated otherwise than written: itself, or an item that it is rated by."""
    return {
        one.key
        for one in framework.rateable
        if one.key in adaptations or any(item.key in adaptations for item in one.items)
    }


def _agreed(session: Session, audit: Audit) -> dict[str, Settled]:
    """What stands, with the words of everybody where it stands because they gave the same."""
    raters = [one.user_id for one in raters_of(session, audit.id)]
    own = newest_ratings(session, audit.id, OWN, of=raters)
    found = {}
    for key, one in agreed(session, audit).items():
        others = [own[rater][key] for rater in raters if key in own.get(rater, {})]
        found[key] = _of_rows([row for row in [one.row] if row] + others, level=one.level, code=one.code)
    return found


def _of_rows(rows: Sequence[AuditRating], **given: Any) -> Settled:
    """The first row decides; its words are its own, or everybody's where it has none."""
    first = rows[0] if rows else None
    alike = {"level": first.level, "code": first.code} if first else {"level": None, "code": None}
    own = rows[:1]
    return Settled(
        **alike | given,
        rationale=_words(one.rationale for one in own) or _words(one.rationale for one in rows),
        recommendation=_words(one.recommendation for one in own) or _words(one.recommendation for one in rows),
        adapted=bool(first and first.adapted),
    )


def _words(given: Iterable[str | None]) -> tuple[str, ...]:
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
    return cell | {"percent": percent_of(result.results.sections.get(section))}


def steps_of(result: Result) -> list[dict[str, Any]]:
    """Each step with the total of everything rated in it, whatever the dimension; empty where there are no steps."""
    scale = result.framework.scale
    found: dict[tuple[str, ...], list[Rating]] = {}
    for one in result.rateable:
        steps = result.framework.section_by_key[one.section].steps
        settled = result.settled.get(one.key)
        if steps:
            found.setdefault(steps, []).append(settled.rating if settled else NOT_RATED)
    return [
        {"steps": list(steps), **total_data(total(given, lowest=scale.lowest, highest=scale.highest))}
        for steps, given in found.items()
    ]


def percent_of(of: Total | None) -> list[float] | None:
    """Both bounds, to one decimal; they are one where nothing is missing."""
    bounds = of.percent_of_maximum if of else None
    return None if bounds is None else [round(bound, 1) for bound in bounds]


def total_data(of: Total) -> dict[str, Any]:
    """A total as JSON keeps it."""
    return {
        "value": of.value,
        "low": of.low,
        "high": of.high,
        "maximum": of.maximum,
        "rated": of.rated,
        "not_rated": of.not_rated,
        "not_applicable": of.not_applicable,
        "percent": percent_of(of),
        "category": of.category,
        "category_low": of.category_low,
        "category_high": of.category_high,
    }
