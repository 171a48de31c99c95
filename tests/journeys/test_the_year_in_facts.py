"""The year as it is on the phone, through the actions and on both engines: what a fact asks for and what settles it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from se_engine.actions.cases import advance
from se_engine.actions.checks import Answer, TopicAnswer, record_topics
from se_engine.actions.closing import Talk, close
from se_engine.actions.contacts import record_note
from se_engine.actions.job_loss import offer_new_search
from se_engine.actions.job_words import record_job_words
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.schedules import confirm_plan, drop_check
from se_engine.actions.scores import record_scores, record_survey
from se_engine.queries.follow_up_dues import dues as follow_up_dues
from se_engine.queries.job_dues import dues as job_dues
from se_engine.queries.report_questions import Question
from se_engine.queries.retention import retention
from se_engine.queries.worklists import worklist
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.rules.contacts import Note
from se_engine.rules.errors import Refused
from se_engine.rules.interpreters import InterpreterOutcome
from se_engine.rules.reminders import is_late, one_each
from tests.support.answers import decides_what_is_told
from tests.support.people import EMPLOYER

FIRST = date(2026, 3, 16)
LOST, SECOND = FIRST + timedelta(weeks=20), FIRST + timedelta(weeks=26)
CAFE = "Havna Kafé AS"
SCORES = {"safe": 4, "understand": 3, "learn": 5, "belong": 4, "stay": 5}


@pytest.fixture
def year(session, people, make_case, clock):
    return Year(session, people, clock, make_case("job_support", opened_on=FIRST - timedelta(days=35)))


class Year:
    """Jo at one case, day by day."""

    def __init__(self, session: Any, people: Any, clock: Any, case: Case) -> None:
        self.session, self.people, self.clock, self.case = session, people, clock, case

    def act(self, action: Any, *given: Any, **named: Any) -> Any:
        return action(self.session, self.people.jo, *given, **named)

    def go(self, day: date) -> None:
        self.clock.day = day

    def met(self, *days: date, evidence: str = "own_words") -> Check:
        """A talk on each of the days, with its answer; the last of them."""
        for day in days:
            told = self.talk(day, "It goes well.", Answer("this_job", evidence))
        return self.session.query(Check).filter_by(contact_id=told.id).one()

    def talk(self, day: date, said: str, answer: Answer | None = None) -> Any:
        note = Note(day, "participant", "phone", minutes=20, said=said)
        return self.act(record_note, self.case.id, note, answer=answer, interpreter=InterpreterOutcome(minutes=20))

    def scored(self, check: Check, *sides: str) -> None:
        day = check.happened_on
        self.act(record_scores, self.case.id, happened_on=day, check_id=check.id, **SCORES)
        topics = {"participant": "work", "employer": "mastery"}
        said = tuple(TopicAnswer(side, topics[side], "well") for side in sides)
        self.act(record_topics, self.case.id, check.id, topics=said)

    def asked(self, job: Any, week: int) -> None:
        self.act(
            record_survey, self.case.id, job.id, week=week, language="ti", filled_in="with_interpreter",
            happened_on=self.clock.day, answers={"survey_1": 5},
        )  # fmt: skip

    def due(self) -> dict[str, bool]:
        """Reason → late, as one contact settles several."""
        on = self.clock.day
        found = [due for part in (follow_up_dues, job_dues) for due in part(self.session, Case.id == self.case.id, on)]
        contacts = [one for one in one_each(found, on) if one.also or one.due.reason.endswith(("due", "contact"))]
        assert len([one for one in contacts if one.due.reason != "survey_due"]) <= 1
        return {due.reason: is_late(due, on) for due in found}

    def listed(self) -> int:
        return worklist(self.session, self.people.jo).counts["follow_up"]

    def known(self) -> list[tuple[int, ...]]:
        found = retention(self.session, self.people.max, Question(as_of=self.clock.day, threshold=0))["checkpoints"]
        return [tuple(block[key] for key in ("in_work", "not_in_work", "not_known", "late")) for block in found]


def weeks(start: date, *numbers: int) -> list[date]:
    return [start + timedelta(weeks=number) for number in numbers]


def until_the_loss(year: Year) -> Any:
    case = year.case.id
    year.go(FIRST)
    job = year.act(start_job, case, started_on=FIRST, employer=EMPLOYER, hours_per_week=30, paid=True)
    year.act(confirm_plan, case, job.id, happened_on=FIRST)
    year.met(FIRST)
    year.go(FIRST + timedelta(weeks=4))
    year.met(FIRST + timedelta(days=2), *weeks(FIRST, 1, 2, 3))
    assert (year.due(), year.listed()) == ({"check_due": False}, 1)
    year.scored(year.met(year.clock.day, evidence="employer"), "participant", "employer")
    assert (year.due(), year.listed()) == ({}, 0)
    year.go(FIRST + timedelta(weeks=13))
    year.scored(year.met(*weeks(FIRST, 6, 8, 10, 13)), "participant")
    assert year.due() == {"survey_due": False}
    year.asked(job, 13)
    year.go(LOST)
    year.met(*weeks(FIRST, 17))
    words = {"her_words": "I would have stayed.", "employer_words": "Too few orders."}
    year.act(end_job, case, job.id, ended_on=LOST, reason="employer", cause="work_over", words=words)
    return job


def test_a_year_with_a_loss_and_another_job(year: Year) -> None:
    case, first = year.case.id, until_the_loss(year)
    year.go(LOST + timedelta(days=4))
    assert year.due() == {"return_contact": True, "new_search": False}
    year.talk(LOST + timedelta(days=2), "She wants to go on.")
    year.act(record_job_words, first.id, {"worked_her": "The colleagues.", "next": "Cafés."})
    year.act(offer_new_search, first.id, offered_on=year.clock.day, answer="yes")
    year.act(advance, case, "search_again", seen_version=None, happened_on=year.clock.day, decided_by="participant",
             note="The job is over.")  # fmt: skip
    assert (year.case.step, year.due()) == ("job_finding", {})
    year.go(SECOND)
    second = a_place_that_is_told_nothing(year)
    late_and_then_known(year, second)
    to_the_end(year, second)


def a_place_that_is_told_nothing(year: Year) -> Any:
    case = year.case.id
    decides_what_is_told(year.session, year.people.jo, year.case, SECOND, CAFE, decision="not_told")
    job = year.act(start_job, case, started_on=SECOND, employer=CAFE, hours_per_week=25, paid=True)
    year.act(advance, case, "job_found", seen_version=None, happened_on=SECOND, decided_by="participant")
    assert year.due() == {"plan_unconfirmed": False, "answer_missing": False}, "she was asked about the café today"
    year.act(confirm_plan, case, job.id, happened_on=SECOND)
    with pytest.raises(Refused, match="workplace_not_told"):
        year.met(SECOND, evidence="employer")
    year.go(SECOND + timedelta(weeks=4))
    check = year.met(SECOND, SECOND + timedelta(days=2), *weeks(SECOND, 1, 2, 3, 4), evidence="payslip")
    with pytest.raises(Refused, match="workplace_not_told"):
        year.scored(check, "employer")
    assert year.due() == {}
    return job


def late_and_then_known(year: Year, job: Any) -> None:
    year.go(SECOND + timedelta(weeks=14))
    assert (year.due(), year.listed(), year.known()[1]) == ({"check_due": True, "survey_due": False}, 1, (1, 0, 1, 0))
    year.go(SECOND + timedelta(weeks=16))
    check = year.met(year.clock.day)
    assert (year.due(), year.known()[1]) == ({"content_missing": True, "survey_due": True}, (2, 0, 0, 1))
    year.scored(check, "participant")
    year.asked(job, 13)
    assert year.due() == {}


def to_the_end(year: Year, job: Any) -> None:
    case = year.case.id
    year.act(advance, case, "begin_follow_up_anyway", seen_version=None, happened_on=year.clock.day,
             decided_by="participant", note="She needs little now.")  # fmt: skip
    year.go(SECOND + timedelta(weeks=26))
    year.scored(year.met(*weeks(SECOND, 21, 26)), "participant")
    year.act(drop_check, case, job.id, point="w30", happened_on=year.clock.day, words="I am away then.")
    year.go(SECOND + timedelta(days=211))
    assert (year.due(), year.listed()) == ({}, 0)
    year.go(SECOND + timedelta(weeks=34))
    assert (year.due(), year.listed()) == ({"check_due": False}, 1)
    year.go(SECOND + timedelta(weeks=52))
    year.scored(year.met(*weeks(SECOND, 34, 39, 43, 47, 52)), "participant")
    year.asked(job, 52)
    talk = Talk(year.clock.day, "this_job", "ti", "I manage on my own now.", whom_to_call="Jo, 22 00 00 00")
    ends = {"trigger": "close_follow_up", "end_reason": "work"}
    year.act(close, case, talk, seen_version=None, job_id=job.id, **ends)
    assert (year.case.status, year.case.end_reason, year.due()) == ("ended", "work", {})
    assert year.known() == [(2, 0, 0, 0), (2, 0, 0, 1), (1, 1, 0, 0), (1, 1, 0, 0)]
