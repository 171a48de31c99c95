"""Ratings: each auditor alone, the unit its own, and together what they agree on; and locking them for good.

Every saved version is a row of its own, so that nothing anybody wrote is lost. The suggestion of the records is kept
beside a rating and never becomes one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access_audits import access_as, access_as_unit
from se_engine.queries.audit_agreement import agreement_for
from se_engine.queries.audit_charter import framework_of
from se_engine.queries.audit_rating_sheet import RatingLine, lines_of
from se_engine.queries.audit_ratings import given_of, locked, locks_of, newest_rating, newest_ratings, raters_of
from se_engine.records.audit_ratings import AuditLock, AuditNote, AuditRating
from se_engine.records.audits import Audit
from se_engine.records.base import write_row
from se_engine.rules.audit_ratings import (
    NOTHING,
    ChangedMeanwhile,
    Given,
    check_cap,
    check_not_applicable,
    merged,
    over,
    tidy,
)
from se_engine.rules.audits import RATED_IN, RATERS, STAGES, check_rating
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def rate(
    session: Session,
    actor: Actor,
    audit_id: int,
    stage: str,
    key: str,
    *,
    level: int | None = None,
    code: str | None = None,
    rationale: str = "",
    recommendation: str = "",
    notes: Iterable[int] = (),
    finished: bool = False,
    seen_id: int | None = None,
) -> AuditRating | None:
    """What somebody gives one item, as far as she has come; None while she has given nothing.

    `seen_id` is the row she had in front of her. Where another has been written since – in another window of hers, or
    by the other auditor – both changes are kept if they are of different parts; else it is Stale, and nothing is lost.
    """
    audit = open_for_rating(session, actor, audit_id, stage)
    framework = framework_of(audit)
    mine = tidy(Given(level, code, rationale, recommendation, tuple(notes), finished))
    line = _line(session, audit, framework, key)
    newest = newest_rating(session, audit.id, stage, key, actor.user_id)
    given = _over(session, newest, mine, seen_id)
    if newest is None and given == NOTHING:
        return None
    if newest is not None and given == given_of(newest):
        return newest
    _check(session, audit, framework, line, given)
    return _write(session, actor, audit, stage, line, given, seen_id)


def open_for_rating(session: Session, actor: Actor, audit_id: int, stage: str) -> Audit:
    """The audit, held until the transaction ends; Refused where this stage is not, or no longer, hers to write."""
    check_code("stage", stage, STAGES)
    if stage == "self":
        audit = access_as_unit(session, actor, audit_id, lock=True)
    else:
        audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if actor.user_id is None:
        raise NotPermitted("not_your_part")
    of_stage = {who for of, who in locks_of(session, audit.id) if of == stage}
    if of_stage if stage == "self" else actor.user_id in of_stage:
        raise Refused("ratings_are_locked")
    if audit.step not in RATED_IN[stage] or (stage == "consensus" and not locked(session, audit, "own")):
        raise Refused("not_rated_now")
    return audit


def _line(session: Session, audit: Audit, framework: Framework, key: str) -> RatingLine:
    for line in lines_of(session, audit, framework, {}).lines:
        if line.key == key:
            return line
    raise NotFound()


def _over(session: Session, newest: AuditRating | None, mine: Given, seen_id: int | None) -> Given:
    """Her words over the newest row, where she had it in front of her, or changed other parts of it."""
    if newest is None or newest.id == seen_id:
        return mine
    seen = session.get(AuditRating, seen_id) if seen_id else None
    if seen is not None and (seen.audit_id, seen.item, seen.stage) != (newest.audit_id, newest.item, newest.stage):
        raise NotFound()
    base, theirs = given_of(seen), given_of(newest)
    together = merged(base, theirs, mine)
    if together is None:
        raise ChangedMeanwhile(newest.item, theirs=theirs, mine=over(base, theirs, mine), newest_id=newest.id)
    return together


def _check(session: Session, audit: Audit, framework: Framework, line: RatingLine, given: Given) -> None:
    scale = framework.scale
    check_rating(level=given.level, code=given.code, lowest=scale.lowest, highest=scale.highest)
    check_not_applicable(given, declared=line.left_out)
    check_cap(given, line.suggestion.at_most)
    check_audit_words(session, audit, rationale=given.rationale, recommendation=given.recommendation)
    for number in given.notes:
        note = session.get(AuditNote, number)
        if note is None or note.audit_id != audit.id:
            raise NotFound()


def _write(
    session: Session, actor: Actor, audit: Audit, stage: str, line: RatingLine, given: Given, seen_id: int | None
) -> AuditRating:
    number = write_row(
        session,
        AuditRating,
        audit_id=audit.id,
        stage=stage,
        item=line.key,
        user_id=actor.user_id,
        level=given.level,
        code=given.code,
        rationale=given.rationale or None,
        recommendation=given.recommendation or None,
        adapted=line.adapted,
        finished=given.finished,
        notes=list(given.notes) or None,
        computed=computed_beside(line),
        follows_id=seen_id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    detail: dict[str, str | int | None] = {"audit": audit.id, "stage": stage, "item": line.key, "rating": number}
    write_trail(session, actor, "audit_rated", detail=detail)
    return session.get_one(AuditRating, number)


def computed_beside(line: RatingLine) -> list[dict[str, Any]]:
    """What the rater had beside the item: the suggestion, then value, n and window of each number."""
    told = line.suggestion
    numbers = [
        {name: one.get(name) for name in ("id", "value", "unit", "n", "numerator", "denominator", "suggested_level")}
        for one in line.evidence
    ]
    window = {"from": line.window[0].isoformat(), "to": line.window[1].isoformat()} if line.window else {}
    return [{"suggested": told.level, "why": told.why, "at_most": told.at_most, **window}, *numbers]


def lock(session: Session, actor: Actor, audit_id: int, stage: str) -> AuditLock:
    """From here on hers stand, and no later act opens them; Refused with the items that have no rating yet."""
    check_code("stage", stage, ("self", "own"))
    audit = open_for_rating(session, actor, audit_id, stage)
    given = newest_ratings(session, audit.id, stage, of=[actor.user_id]).get(
        actor.user_id if stage == "own" else None, {}
    )
    lines = lines_of(session, audit, framework_of(audit), given).lines
    missing = [line.key for line in lines if not line.given.is_rated]
    if missing:
        raise Refused("items_not_rated", items=", ".join(missing))
    row = AuditLock(audit_id=audit.id, stage=stage, user_id=actor.user_id, locked_at=now(session))
    session.add(row)
    session.flush()
    write_trail(session, actor, "audit_ratings_locked", detail={"audit": audit.id, "stage": stage})
    return row


def take_as_result(session: Session, actor: Actor, audit_id: int) -> list[AuditRating]:
    """The one auditor of a learning review says that her ratings are the result; Refused where there are two."""
    audit = open_for_rating(session, actor, audit_id, "consensus")
    if len(raters_of(session, audit.id)) > 1:
        raise Refused("two_raters_agree")
    return _take_over(session, actor, audit, "audit_ratings_taken")


def confirm_equal(session: Session, actor: Actor, audit_id: int) -> list[AuditRating]:
    """Both have talked through what they gave alike, and it stands: for totals that fall in different categories."""
    audit = open_for_rating(session, actor, audit_id, "consensus")
    found = agreement_for(session, audit)
    if found is None:
        raise Refused("one_rater_only")
    alike = [one.key for one in found.items if one.same]
    return _take_over(session, actor, audit, "audit_equal_ratings_confirmed", only=alike)


def _take_over(
    session: Session, actor: Actor, audit: Audit, what: str, *, only: Sequence[str] | None = None
) -> list[AuditRating]:
    """The lead's own ratings as what was agreed on, for items on which nothing has been written yet."""
    lead = raters_of(session, audit.id)[0].user_id
    own = newest_ratings(session, audit.id, "own", of=[lead]).get(lead, {})
    written = newest_ratings(session, audit.id, "consensus").get(None, {})
    lines = lines_of(session, audit, framework_of(audit), own).lines
    taken = [
        _write(session, actor, audit, "consensus", line, replace(line.given, finished=True), None)
        for line in lines
        if line.key not in written and not line.left_out and (only is None or line.key in only)
    ]
    write_trail(session, actor, what, detail={"audit": audit.id, "items": len(taken)})
    return taken
