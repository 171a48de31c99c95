"""Tests of Norwegian: registered for, taken, and the result in each skill, which is also her level on that day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.actions.career import check_running, checked_reason
from se_engine.actions.languages import record_levels
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.queries.levels import newest_rows
from se_engine.records.career import LanguageTest
from se_engine.records.cases import Case
from se_engine.rules.career import NOT_PASSED, check_test
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.languages import SKILLS
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def record_test(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    kind: str,
    taken_on: date,
    results: Mapping[str, str] | None = None,
    passed: bool | None = None,
    attempt: int | None = None,
) -> list[LanguageTest]:
    """A day to come registers her for it; `results` is the level, or `not_passed`, for each skill that was tested."""
    case = access_case(session, actor, case_id)
    check_running(case)
    given = dict(results or {})
    for skill in given:
        check_code("skill", skill, SKILLS)
    check_test(kind, taken_on, today(session), results=given.values(), passed=passed)
    there = standing(session, case.participant_id, kind, taken_on)
    told = {row.skill for row in there if has_result(row)}
    new: set[str | None] = {*given} or {None}
    if told & new or (there and not given and passed is None):
        raise Refused("test_is_there", field="taken_on", day=taken_on.isoformat())
    rows = [_row(actor, case, kind, taken_on, attempt, skill, result) for skill, result in given.items()]
    if not rows:
        rows = [_row(actor, case, kind, taken_on, attempt, None, None)]
        rows[0].passed = passed
    for row in rows:
        row.recorded_at = now(session)
    session.add_all(rows)
    session.flush()
    write_trail(
        session, actor, "test_recorded", case=case, happened_on=taken_on,
        detail={"test": rows[0].id, "kind": kind, "results": _worded(given) or None},
    )  # fmt: skip
    levels = {skill: result for skill, result in given.items() if result != NOT_PASSED}
    if levels:
        record_levels(session, actor, case.participant_id, levels=levels, source="test", happened_on=taken_on)
    return rows


def void_test(session: Session, actor: Actor, case_id: int, test_id: int, *, why: str) -> None:
    """Everything told of one test on one day; a level that only the test has shown is then not known."""
    case = access_case(session, actor, case_id)
    check_running(case)
    test = test_of(session, case, test_id)
    rows = standing(session, case.participant_id, test.kind, test.taken_on)
    reason = keep_text(session, case.participant, "void_reason", checked_reason(session, case, why))
    for row in rows:
        session.add(
            LanguageTest(
                participant_id=row.participant_id,
                kind=row.kind,
                skill=row.skill,
                taken_on=row.taken_on,
                voids_id=row.id,
                recorded_by=actor.user_id,
                recorded_at=now(session),
            )
        )
    write_trail(session, actor, "test_voided", case=case, text=reason, detail={"test": test.id})
    _take_levels_back(session, actor, case, rows)
    session.flush()


def test_of(session: Session, case: Case, test_id: int) -> LanguageTest:
    """A test of this participant that stands; NotFound for another's."""
    test = session.get(LanguageTest, test_id)
    if test is None or test.participant_id != case.participant_id:
        raise NotFound()
    if test.id not in {row.id for row in standing(session, case.participant_id, test.kind, test.taken_on)}:
        raise NotFound()
    return test


def standing(session: Session, participant_id: int, kind: str, taken_on: date) -> Sequence[LanguageTest]:
    """What is told of one test on one day and was not taken back."""
    void = aliased(LanguageTest)
    taken_back = select(void.id).where(void.voids_id == LanguageTest.id)
    return session.scalars(
        select(LanguageTest)
        .where(LanguageTest.participant_id == participant_id, LanguageTest.kind == kind)
        .where(LanguageTest.taken_on == taken_on, LanguageTest.voids_id.is_(None), ~taken_back.exists())
        .order_by(LanguageTest.id)
    ).all()


def has_result(row: LanguageTest) -> bool:
    return row.level is not None or row.passed is not None


def _take_levels_back(session: Session, actor: Actor, case: Case, rows: Sequence[LanguageTest]) -> None:
    newest = newest_rows(session, case.participant_id)
    for taken_on in {row.taken_on for row in rows}:
        unknown: dict[str, str | None] = {
            row.skill: None
            for row in rows
            if row.skill and row.level and row.skill in newest and newest[row.skill][:2] == ("test", taken_on)
        }
        if unknown:
            record_levels(session, actor, case.participant_id, levels=unknown, source="test", happened_on=taken_on)


def _row(
    actor: Actor, case: Case, kind: str, taken_on: date, attempt: int | None, skill: str | None, result: str | None
) -> LanguageTest:
    return LanguageTest(
        participant_id=case.participant_id,
        kind=kind,
        skill=skill,
        taken_on=taken_on,
        attempt=attempt,
        level=result if result != NOT_PASSED else None,
        passed=None if result is None else result != NOT_PASSED,
        recorded_by=actor.user_id,
    )


def _worded(results: Mapping[str, str]) -> str:
    return ",".join(f"{skill}:{result}" for skill, result in results.items())
