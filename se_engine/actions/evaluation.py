"""The trail of an export for evaluation: who made it, what for, and that each case was in it."""

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail, write_trail_of_each
from se_engine.records.cases import Case
from se_engine.rules.roles import Actor

WHAT = "evaluation_exported"
AT_ONCE = 500


def note_export(
    session: Session, actor: Actor, cases: Sequence[int], *, purpose: str, reference: str, participants: int
) -> None:
    """One entry for the export, one for each case: a participant may ask whether she was in it."""
    detail: dict[str, str | int | None] = {"purpose": purpose, "reference": reference, "participants": participants}
    write_trail(session, actor, "evaluation_exported", detail=detail)
    left = iter(cases)
    while some := list(islice(left, AT_ONCE)):
        write_trail_of_each(session, actor, WHAT, session.scalars(select(Case).where(Case.id.in_(some))).all())
