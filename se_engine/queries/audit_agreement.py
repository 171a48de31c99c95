"""What raters agree on: statistics of their locked ratings, what is still to be settled, and what stands."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from se_engine.framework_results import Results
from se_engine.queries.access_audits import access_as
from se_engine.queries.audit_charter import adaptations_of, framework_of
from se_engine.queries.audit_rating_sheet import RatingLine, lines_of, results_here
from se_engine.queries.audit_ratings import given_of, in_scope, left_out, locked, newest_ratings, rateable_of, raters_of
from se_engine.queries.people import people_of
from se_engine.rating_agreement import Agreement, agreement
from se_engine.records.audit_ratings import AuditRating
from se_engine.records.audits import Audit
from se_engine.rules.audit_ratings import NOT_APPLICABLE, Given
from se_engine.rules.audits import RATED_IN, RATERS
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Actor

Givens = dict[str, Given]


@dataclass(frozen=True)
class Settled:
    """What stands as the rating of one item, and how it came to stand."""

    key: str
    level: int | None
    code: str | None
    rationale: str
    recommendation: str
    notes: tuple[int, ...]
    how: str
    """consensus: written together; same: both gave it; taken: one auditor's; charter: left out there."""
    row: AuditRating | None = None
    """The row it is read from: of the consensus, or the lead's own."""


def own_ratings(session: Session, audit: Audit) -> list[Givens]:
    """Of each rater, the lead first; only for what may know them all."""
    raters = [one.user_id for one in raters_of(session, audit.id)]
    rows = newest_ratings(session, audit.id, "own", of=raters)
    return [{key: given_of(row) for key, row in rows.get(rater, {}).items()} for rater in raters]


def agreement_for(session: Session, audit: Audit) -> Agreement | None:
    """None where one rater is alone: there is nothing to compare."""
    given = own_ratings(session, audit)
    if len(given) < 2:
        return None
    framework = in_scope(audit, framework_of(audit))
    adaptations = adaptations_of(session, audit.id)
    out = left_out(adaptations)
    keys = [one.key for one in framework.rateable if one.key not in out]
    adapted = [key for key in adaptations if key in framework.rateable_by_key]
    return agreement(framework, keys, [_with_left_out(one, out) for one in given], adapted=adapted)


def _with_left_out(given: Givens, out: frozenset[str]) -> Givens:
    return given | {key: Given(code=NOT_APPLICABLE) for key in out}


def agreement_record(session: Session, audit: Audit) -> dict[str, Any]:
    """The statistics as a report keeps them; empty with one rater, and before all have locked."""
    found = agreement_for(session, audit) if locked(session, audit, "own") else None
    return found.record() if found else {}


def open_consensus(session: Session, audit: Audit) -> list[str]:
    """Items that have no agreed rating yet and need one, in the order of the framework.

    Nothing chooses between two who differ, so every difference is settled by a written rating; where they lie two
    apart, or one gave a code, by words as well. With one rater it is all of them, until she takes hers as the result.
    """
    found = agreement_for(session, audit)
    written = written_together(session, audit)
    if found is None:
        out = left_out(adaptations_of(session, audit.id))
        needed = [one.key for one in rateable_of(audit, framework_of(audit)) if one.key not in out]
        return [key for key in needed if key not in written or not written[key].is_rated]
    far = {one.key for one in found.items if one.far_apart}
    return [key for key in found.to_settle if not _is_settled(written.get(key), needs_words=key in far)]


def _is_settled(given: Given | None, *, needs_words: bool) -> bool:
    return given is not None and given.is_rated and bool(given.rationale or not needs_words)


def written_together(session: Session, audit: Audit) -> Givens:
    return {key: given_of(row) for key, row in newest_ratings(session, audit.id, "consensus").get(None, {}).items()}


def settled(session: Session, audit: Audit) -> dict[str, Settled]:
    """What stands, by item; items that still have to be settled are not in it."""
    raters = [one.user_id for one in raters_of(session, audit.id)]
    own = newest_ratings(session, audit.id, "own", of=raters)
    together = newest_ratings(session, audit.id, "consensus").get(None, {})
    out = left_out(adaptations_of(session, audit.id))
    open_still = set(open_consensus(session, audit)) if locked(session, audit, "own") else None
    found: dict[str, Settled] = {}
    for one in rateable_of(audit, framework_of(audit)):
        key = one.key
        if key in out:
            found[key] = Settled(key, None, NOT_APPLICABLE, "", "", (), "charter")
        elif open_still is None or key in open_still:
            continue
        elif key in together:
            found[key] = _settled(together[key], "consensus" if len(raters) > 1 else "taken")
        elif raters and key in own.get(raters[0], {}):
            found[key] = _settled(own[raters[0]][key], "same")
    return found


def _settled(row: AuditRating, how: str) -> Settled:
    given = given_of(row)
    return Settled(row.item, given.level, given.code, given.rationale, given.recommendation, given.notes, how, row)


@dataclass(frozen=True)
class AgreementLine:
    """One item after the locks: what each gave, what they wrote together, and whether they have to talk."""

    line: RatingLine
    """With the newest row of the consensus in it."""
    own: tuple[Given, ...]
    unit: Given | None
    must_talk: bool
    needed: bool
    """Whether an agreed rating has to be written down."""
    open: bool


@dataclass(frozen=True)
class AgreementPage:
    audit: Audit
    framework: Framework
    names: tuple[str, ...]
    """Of the raters, in the order of what they gave."""
    agreement: Agreement | None
    """None with one rater."""
    lines: tuple[AgreementLine, ...]
    results: Results
    """What stands so far comes to; what is open counts as not rated."""
    writes: bool
    wrote: dict[int, str]
    """Names of those who wrote the rows of the consensus."""

    def line(self, key: str) -> AgreementLine:
        for one in self.lines:
            if one.line.key == key:
                return one
        raise NotFound()


def agreement_of(session: Session, actor: Actor, audit_id: int) -> AgreementPage:
    """For those who audit, once every rater has locked; Refused before, so that nobody sees what another gave."""
    audit = access_as(session, actor, audit_id, *RATERS, "observer")
    if not locked(session, audit, "own"):
        raise Refused("ratings_locked")
    framework = framework_of(audit)
    raters = raters_of(session, audit.id)
    own = own_ratings(session, audit)
    unit = {key: given_of(row) for key, row in newest_ratings(session, audit.id, "self").get(None, {}).items()}
    rows = newest_ratings(session, audit.id, "consensus").get(None, {})
    found = agreement_for(session, audit)
    still_open = set(open_consensus(session, audit))
    talk = set(found.to_talk_about) if found else set()
    names = people_of(
        session, {one.user_id for one in raters} | {row.recorded_by for row in rows.values() if row.recorded_by}
    )
    lines = tuple(
        AgreementLine(
            line=line,
            own=tuple(one.get(line.key, Given()) for one in own),
            unit=unit.get(line.key),
            must_talk=line.key in talk,
            needed=found is None or line.key in found.to_settle,
            open=line.key in still_open,
        )
        for line in lines_of(session, audit, framework, rows).lines
    )
    return AgreementPage(
        audit=audit,
        framework=framework,
        names=tuple(names[one.user_id] for one in raters),
        agreement=found,
        lines=lines,
        results=results_here(in_scope(audit, framework), [_as_it_stands(one) for one in lines]),
        writes=audit.step in RATED_IN["consensus"] and any(one.user_id == actor.user_id for one in raters),
        wrote=names,
    )


def _as_it_stands(one: AgreementLine) -> RatingLine:
    """With what both gave alike where nothing was written."""
    if one.line.given.is_rated or one.open or not one.own:
        return one.line
    return replace(one.line, given=one.own[0])
