"""Who keeps the template exactly is alarmed on none of its days: not in the list of cases, and not by a reminder."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, true

from se_engine import follow_up_plans
from se_engine.queries.follow_up_dues import dues
from se_engine.queries.schedules import as_kept
from se_engine.queries.worklists import worklist
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check, ScheduleChoice, Scores, Survey
from se_engine.records.jobs import Job
from se_engine.records.participants import Participant
from se_engine.rules.follow_up_plan import WEEK
from se_engine.rules.reminders import is_late
from tests.support.people import TODAY

PLAN = follow_up_plans.newest()
LIGHT = tuple(check.key for check in PLAN.light)
SCORED = dict.fromkeys(("safe", "understand", "learn", "belong", "stay"), 4)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def followed(session, people, make_case, clock):
    """followed({since: met}, left_out): for each day of a job a case of its own, which had every check until `met`."""
    first = make_case(owner=people.sam)

    def copied(row) -> dict:
        return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}

    def numbers(kind, rows) -> list[int]:
        return list(session.scalars(insert(kind).returning(kind.id, sort_by_parameter_order=True), rows))

    def make(met: dict[int, int], left_out: tuple[str, ...] = ()) -> dict[int, int]:
        """Case → since when she is in the job."""
        kept, told = as_kept(left_out, PLAN), {"recorded_at": clock()}
        person = copied(first.participant)
        hers = numbers(Participant, [person | {"ref": f"day-{since}"} for since in met])
        cases = numbers(
            Case,
            [
                copied(first)
                | {"participant_id": number, "owner_id": people.jo.user_id, "last_contact_on": day(last - since)}
                | {"step": "job_support" if since < 28 else "follow_up"}
                for number, (since, last) in zip(hers, met.items(), strict=True)
            ],
        )
        terms = {"paid": True, "hours_per_week": 30, "voided": False, "version": 1, "dropped_checks": kept, **told}
        jobs = numbers(
            Job, [{"case_id": case, "started_on": day(-since), **terms} for case, since in zip(cases, met, strict=True)]
        )
        rows: dict = {Check: [], Scores: [], Survey: [], ScheduleChoice: []}
        for case, job, (since, last) in zip(cases, jobs, met.items(), strict=True):
            own = {"case_id": case, "job_id": job, **told}
            yes = {"choice": "confirmed", "plan_version": PLAN.version, "happened_on": day(-since)}
            rows[ScheduleChoice].append(own | yes)
            for check in PLAN.checks:
                if check.day > last or check.key in left_out:
                    continue
                on = {"happened_on": day(check.day - since)}
                if check.asks:
                    said = {"answer": "this_job", "evidence": "own_words", "voided": False}
                    rows[Check].append(own | on | said)
                if check.full:
                    rows[Scores].append(own | on | SCORED)
                if check.survey:
                    asked = {"week": check.day // WEEK, "language": "nb", "filled_in": "alone", "plan_version": 1}
                    rows[Survey].append(own | on | asked)
        for kind, given in rows.items():
            known = {column.key for column in kind.__table__.columns}
            session.execute(insert(kind), [{key: one[key] for key in one if key in known} for one in given])
        return dict(zip(cases, met, strict=True))

    return make


def last_check(since: int, left_out: tuple[str, ...], *, before: bool = False) -> int:
    days = [check.day for check in PLAN.checks if check.key not in left_out]
    return max(number for number in days if number < since or (number == since and not before))


@pytest.mark.parametrize("left_out", [(), LIGHT], ids=["every check", "no light one"])
def test_on_none_of_364_days_after_the_first(session, people, followed, left_out):
    followed({since: last_check(since, left_out) for since in range(365)}, left_out)
    counts = worklist(session, people.jo).counts
    assert (counts["all"], counts["no_contact"], counts["follow_up"]) == (365, 0, 0)
    assert dues(session, true(), TODAY) == []


def test_on_the_day_of_a_check_it_is_due_and_not_late(session, people, followed):
    """Before she is met: one reminder each, none of them late, and nobody is missing a contact."""
    mornings = {check.day: last_check(check.day, (), before=True) for check in PLAN.checks if check.day > 0}
    followed(mornings)
    counts = worklist(session, people.jo).counts
    assert (counts["all"], counts["no_contact"], counts["follow_up"]) == (len(mornings), 0, len(mornings))
    found = [due for due in dues(session, true(), TODAY) if due.reason != "survey_due"]
    assert [(due.reason, due.on, is_late(due, TODAY)) for due in found] == [("check_due", TODAY, False)] * len(mornings)
