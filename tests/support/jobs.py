"""Something of everything that the page of a job shows, made through the actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor


def fill_job(session: Session, actor: Actor, job_id: int, *, on: date) -> dict[str, Any]:
    """A change, one taken back, a subsidy in steps, days away, a plan; their numbers, as addresses call them."""
    from se_engine.actions.job_changes import change_job, void_change
    from se_engine.actions.job_words import record_job_words
    from se_engine.actions.subsidies import apply_for_subsidy, decide_subsidy
    from se_engine.actions.work_absences import record_work_absence

    leader = change_job(session, actor, job_id, what="leader", words="A new leader in the bakery.", happened_on=on)
    void_change(session, actor, job_id, leader.id, why="It was the other bakery.")
    change = change_job(session, actor, job_id, what="hours", number=25, happened_on=on)
    subsidy = apply_for_subsidy(session, actor, job_id, kind="wage_subsidy", applied_on=on)
    last = on + timedelta(days=364)
    decide_subsidy(
        session, actor, subsidy.id, decision="granted", decided_on=on, from_on=on, until_on=last,
        steps={on: 60, on + timedelta(days=182): 50},
    )  # fmt: skip
    away = record_work_absence(session, actor, job_id, kind="leave", from_on=on)
    record_job_words(session, actor, job_id, {"support_plan": "The buddy helps every Monday."})
    return {"change_id": change.id, "subsidy_id": subsidy.id, "away_id": away.id, "what": "hours"}


def lost_job(session: Session, actor: Actor, case: Case, *, began_on: date, ended_on: date) -> int:
    """A job that has ended, with what both sides say of it and an offer that she answered."""
    from se_engine.actions.job_loss import offer_new_search
    from se_engine.actions.job_words import record_job_words
    from se_engine.actions.jobs import end_job, start_job

    job = start_job(
        session, actor, case.id, started_on=began_on, employer="Kiwi", occupation="shop", occupation_code="5223",
        hours_per_week=15, contract="temporary", paid=True,
    )  # fmt: skip
    words = {"her_words": "Too early in the morning.", "employer_words": "A good colleague."}
    end_job(session, actor, case.id, job.id, ended_on=ended_on, reason="mutual", cause="travel", words=words)
    record_job_words(session, actor, job.id, {"worked_her": "The customers.", "next": "A shop near home."})
    offer_new_search(session, actor, job.id, offered_on=ended_on, answer="yes", words="I want to work.")
    return job.id
