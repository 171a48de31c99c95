"""Something of everything that a career page shows, made through the actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor


def make_career(session: Session, actor: Actor, case: Case, *, on: date) -> dict[str, Any]:
    """Their numbers, by the names that addresses call them."""
    from se_engine.actions.career import record_step
    from se_engine.actions.education import add_education
    from se_engine.actions.language_goals import set_language_goal
    from se_engine.actions.language_tests import record_test
    from se_engine.actions.qualifications import add_qualification, record_recognition

    before = on - timedelta(days=2)
    results = {"speaking": "A2", "listening": "A2", "reading": "A1", "writing": "not_passed"}
    record_test(session, actor, case.id, kind="norwegian_test", taken_on=before, results=results, attempt=1)
    waits = record_test(session, actor, case.id, kind="norwegian_test", taken_on=on, attempt=2)
    goal = set_language_goal(
        session, actor, case.id, skill="speaking", level="B1", set_on=on, by_on=on + timedelta(days=90),
        words="Talk with the children’s parents",
    )  # fmt: skip
    step = record_step(session, actor, case.id, kind="driving_licence", happened_on=on, words="Class B")
    education = add_education(
        session, actor, case.id, level="upper_secondary", place="Nordkyn school", subject="Health care",
        started_on=on, support="Homework help on Tuesdays",
    )  # fmt: skip
    qualification = add_qualification(
        session, actor, case.id, words="Nurse", country="SY", level="university", years=4, documented="partly",
        status="needed", happened_on=before,
    )  # fmt: skip
    record_recognition(session, actor, case.id, qualification.id, status="applied", happened_on=on)
    return {
        "test_id": waits[0].id,
        "language_goal_id": goal.id,
        "step_id": step.id,
        "career_step_id": step.id,
        "education_id": education.id,
        "qualification_id": qualification.id,
    }


def give_photo(session: Session, actor: Actor) -> dict[str, Any]:
    """A picture of a specialist."""
    from se_engine.actions.contact_details import set_own_photo
    from tests.rules.test_pictures import png

    return {"colleague_id": set_own_photo(session, actor, png()).user_id}
