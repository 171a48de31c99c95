"""Wording a part of the office's programme theory, or taking the template's words again."""

from sqlalchemy.orm import Session

from se_engine import programme_theories
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.measures.theory import MEASURES
from se_engine.queries.access import access_office
from se_engine.queries.theory import may_reword, office_theory
from se_engine.records.supervision import TheoryChange
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.programme_theory import LONGEST, MEASURED
from se_engine.rules.roles import Actor


def reword(
    session: Session, actor: Actor, office_id: int, line: str, part: str, *, words: str | None,
    measure: str | None = None,
) -> TheoryChange:  # fmt: skip
    """The office's own words and measure from now on; None goes back to the template. Nothing is overwritten."""
    office = access_office(session, actor, office_id)
    if not may_reword(actor, office.id):
        raise NotPermitted()
    if programme_theories.newest().part(line, part) is None:
        raise NotFound()
    given = words.strip() if words is not None else None
    if given == "":
        raise Refused("theory_words_needed")
    if given is not None and len(given) > LONGEST:
        raise Refused("theory_words_too_long", most=LONGEST)
    tied = measure or None
    if tied is not None and (part not in MEASURED or tied not in MEASURES):
        raise Refused("theory_measure_unknown", allowed=", ".join(sorted(MEASURES)))
    before = office_theory(session, actor, office.id, actor.language).part(line, part)
    if (given, tied if given else None) == ((before.words, before.measure) if before.own else (None, None)):
        raise Refused("theory_unchanged")
    change = TheoryChange(
        office_id=office.id, line=line, part=part, words=given, measure=tied if given is not None else None,
        recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    session.add(change)
    session.flush()
    detail: dict[str, str | int | None] = {"office": office.id, "line": line, "part": part, "change": change.id}
    if given is None:
        write_trail(session, actor, "theory_reset", detail=detail)
    else:
        write_trail(session, actor, "theory_reworded", detail=detail)
    return change
