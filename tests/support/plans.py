"""A case with a plan and everything that stands around it, for pages that need one of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor


def make_plan(
    session: Session, actor: Actor, case: Case, *, on: date, name: str = "Adult education"
) -> dict[str, object]:
    """What the parameters of the pages stand for."""
    from se_engine.actions.choices import offer_choice, put_to_her
    from se_engine.actions.commitments import Promise, record_commitments
    from se_engine.actions.goals import record_scores, record_wishes, set_goal
    from se_engine.actions.needs import note_need
    from se_engine.actions.partners import add_partner, record_partner_consents
    from se_engine.actions.problems import open_problem

    before = on - timedelta(days=20)
    put_to_her(
        session, actor, case.id, about="course", offer="A course in the evening.", offered_on=before,
        answer="declined", words="I am with my children then.", language="ar", interpreter="yes",
    )  # fmt: skip
    choice = offer_choice(session, actor, case.id, about="job", offer="Three days a week.", offered_on=on)
    goal = set_goal(session, actor, case.id, kind="individual", words="Speak at work.", set_on=before, language="ar")
    for day, motivation, confidence in ((before, 4, 2), (on, 6, 5)):
        record_scores(session, actor, case.id, motivation=motivation, confidence=confidence, happened_on=day)
    told = {("dream", 1): "My own café.", ("job_wishes", 1): "Kitchen", ("plans", 1): "Start in a canteen."}
    record_wishes(session, actor, case.id, told, happened_on=on)
    partner = add_partner(session, actor, case.office_id, name=name, kind="school", phone="55 00 00 00")
    answers = {"meetings": "yes", "language": "no"}
    record_partner_consents(session, actor, case.id, partner.id, answers=answers, happened_on=on, language="ar")
    note_need(session, actor, case.id, area="childcare", noted_on=before, sort_first=True)
    need = note_need(
        session, actor, case.id, area="housing", noted_on=before, words="Viewing of a flat.", sort_first=True,
        appointment_on=on + timedelta(days=3),
    )  # fmt: skip
    lines = [Promise("partner", partner.id, "Sends the plan of the course.", on + timedelta(days=7))]
    (made,) = record_commitments(session, actor, case.id, None, lines, made_on=on)
    problem = open_problem(
        session, actor, case.id, tag="tasks", brought_by="employer", words="The new shift starts too early.",
        opened_on=before,
    )  # fmt: skip
    return {
        "choice_id": choice.id, "goal_id": goal.id, "need_id": need.id, "commitment_id": made.id,
        "problem_id": problem.id, "partner_id": partner.id, "part": "wishes",
    }  # fmt: skip
