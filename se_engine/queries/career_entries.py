"""Language and career as entries of the case's story: steps, education, tests, recognition, goals for Norwegian."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.career import tests_of
from se_engine.queries.entries import Entry
from se_engine.queries.qualifications import recognitions, standing
from se_engine.records.career import CareerStep, Education, LanguageGoal, LanguageTest
from se_engine.records.cases import Case


def career_entries(session: Session, case: Case) -> list[Entry]:
    """What stands; what belongs to the person is told in the case that ran on the day."""
    return [
        *_steps(session, case.id),
        *_educations(session, case.id),
        *_goals(session, case.id),
        *_tests(session, case),
        *_recognised(session, case),
    ]


def _steps(session: Session, case_id: int) -> Iterator[Entry]:
    void = aliased(CareerStep)
    rows = session.scalars(
        select(CareerStep)
        .outerjoin(void, void.voids_id == CareerStep.id)
        .where(CareerStep.case_id == case_id, CareerStep.voids_id.is_(None), void.id.is_(None))
    )
    for row in rows:
        yield Entry(
            "career_step", row.happened_on, row.recorded_at, row.recorded_by, row.id, text_id=row.text_id, code=row.kind
        )


def _educations(session: Session, case_id: int) -> Iterator[Entry]:
    rows = session.scalars(select(Education).where(Education.case_id == case_id, ~Education.voided))
    for row in rows:
        at, by = row.recorded_at, row.recorded_by
        yield Entry("education_started", row.started_on, at, by, row.id, text_id=row.subject_text_id, code=row.level)
        if row.ended_on:
            yield Entry(
                "education_ended", row.ended_on, at, None, row.id, recorded_on=row.ended_on,
                text_id=row.learned_text_id or row.subject_text_id, code=row.outcome,
            )  # fmt: skip


def _goals(session: Session, case_id: int) -> Iterator[Entry]:
    for row in session.scalars(select(LanguageGoal).where(LanguageGoal.case_id == case_id)):
        at, by = row.recorded_at, row.recorded_by
        yield Entry("language_goal_set", row.set_on, at, by, row.id, text_id=row.words_text_id, code=row.skill)
        if row.ended_on and row.outcome != "changed":  # one that changed is told by the one that follows
            yield Entry(
                "language_goal_ended", row.ended_on, at, None, row.id, recorded_on=row.ended_on, code=row.outcome
            )


def _tests(session: Session, case: Case) -> Iterator[Entry]:
    days = {test.id: test for test in tests_of(session, case.participant_id) if _within(case, test.on)}
    rows: Iterable[LanguageTest] = (
        session.scalars(select(LanguageTest).where(LanguageTest.id.in_(list(days)))) if days else ()
    )
    for row in rows:
        yield Entry("test_taken", row.taken_on, row.recorded_at, row.recorded_by, row.id, code=row.kind)


def _recognised(session: Session, case: Case) -> Iterator[Entry]:
    there = {one.id: one for one in standing(session, case.participant_id)}
    for row in recognitions(session, list(there)):
        if _within(case, row.happened_on):
            yield Entry(
                "recognised", row.happened_on, row.recorded_at, row.recorded_by, row.id,
                text_id=row.text_id or there[row.qualification_id].text_id, code=row.status,
            )  # fmt: skip


def _within(case: Case, on: date) -> bool:
    return case.opened_on <= on and (case.ended_on is None or on <= case.ended_on)
