"""Her choices and goals, and the problems that came up, as entries of the case's story."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.entries import Entry
from se_engine.records.choices import Choice, Goal
from se_engine.records.needs import Problem


def plan_entries(session: Session, case_id: int, *, limit: int | None = None) -> list[Entry]:
    """Newest first of each kind; what was taken back stands on the plan alone."""
    choices = select(Choice).where(Choice.case_id == case_id, ~Choice.voided).order_by(Choice.offered_on.desc())
    goals = select(Goal).where(Goal.case_id == case_id).order_by(Goal.set_on.desc())
    problems = select(Problem).where(Problem.case_id == case_id).order_by(Problem.opened_on.desc())
    found: list[Entry] = []
    for query, told in ((choices, _choice), (goals, _goal), (problems, _problem)):
        rows: Any = session.scalars(query.limit(limit))
        found += [entry for row in rows for entry in told(row)]
    return found


def _choice(row: Choice) -> Iterator[Entry]:
    """Offered and answered in one talk is one entry."""
    at, by = row.recorded_at, row.recorded_by
    if row.answered_on != row.offered_on:
        yield Entry("choice_offered", row.offered_on, at, by, row.id, text_id=row.offer_text_id, code=row.about)
    if row.answered_on:
        yield Entry(
            "choice_answered", row.answered_on, at, None if row.answered_on != row.offered_on else by, row.id,
            recorded_on=row.answered_on, text_id=row.words_text_id or row.offer_text_id, code=row.answer,
            own_words=row.words_text_id is not None,
        )  # fmt: skip


def _goal(row: Goal) -> Iterator[Entry]:
    at, by = row.recorded_at, row.recorded_by
    hers = row.whose in ("own", "interpreted")
    yield Entry("goal_set", row.set_on, at, by, row.id, text_id=row.text_id, code=row.kind, own_words=hers)
    if row.ended_on and row.outcome != "changed":  # one that changed is told by the one that follows
        yield Entry(
            "goal_ended", row.ended_on, at, None, row.id, recorded_on=row.ended_on, text_id=row.text_id,
            code=row.outcome,
        )  # fmt: skip


def _problem(row: Problem) -> Iterator[Entry]:
    at = row.recorded_at
    yield Entry("problem_opened", row.opened_on, at, row.recorded_by, row.id, text_id=row.text_id, code=row.tag)
    if row.closed_on:
        yield Entry(
            "problem_closed", row.closed_on, at, None, row.id, recorded_on=row.closed_on,
            text_id=row.solution_text_id, code=row.tag,
        )  # fmt: skip
