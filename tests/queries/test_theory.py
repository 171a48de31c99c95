"""The numbers beside a programme theory, over a random population, as somebody with a calendar counts them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from se_engine.measures.theory import MEASURES
from se_engine.queries.jobs import case_employers
from se_engine.queries.report_questions import Question
from se_engine.queries.theory_numbers import behind_number, theory_numbers
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.follow_up import Scores
from se_engine.records.jobs import Job
from se_engine.records.needs import Need, Problem
from se_engine.records.participants import LanguageLevel, Participant
from se_engine.records.texts import ParticipantText
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound, NotPermitted
from tests.support.people import TODAY, make_user
from tests.support.training import ladder_at

MANY = 120
LEVELS = ("A1", "A2", "B1", "B2")


@pytest.fixture
def world(session, people, clock):
    chance = random.Random(9)  # noqa: S311 - chance, not secrets
    made = {
        table: []
        for table in (
            Employer, Participant, ParticipantText, Case, Contact, Job, LanguageLevel, Scores, Need, Track, Problem,
        )
    }  # fmt: skip
    places = [{"id": number, "office_id": people.office_id, "name": f"Place {number}"} for number in range(1, 40)]
    made[Employer] = places
    for number in range(1, MANY + 1):
        opened = TODAY - timedelta(days=chance.randint(0, 700))
        ended = opened + timedelta(days=chance.randint(0, 500))
        ended = ended if ended <= TODAY and chance.random() < 0.6 else None

        def later(most: int, opened=opened):
            return opened + timedelta(days=chance.randint(0, most))

        made[Participant].append({"id": number, "office_id": people.office_id, "ref": f"r{number}", "protected": False})
        made[Case].append({
            "id": number, "participant_id": number, "office_id": people.office_id, "protected": False,
            "process_name": "supported_employment", "process_version": 1, "template": "standard", "visit": 1,
            "step": "profiling", "status": "ended" if ended else "active", "opened_on": opened, "entered_on": opened,
            "ended_on": ended, "end_reason": chance.choice(("work", "withdrew", "moved")) if ended else None,
            "last_event_on": opened,
        })  # fmt: skip
        if chance.random() < 0.6:
            made[Contact].append({"office_id": people.office_id, "case_id": number, "kind": "employer", "shared": True,
                                  "channel": "phone", "status": "held", "source": "app", "concrete_job": "job",
                                  "happened_on": later(60), "minutes": 60})  # fmt: skip
        if chance.random() < 0.6:
            made[Job].append({"case_id": number, "started_on": later(400), "paid": chance.random() < 0.7,
                              "employer_id": chance.randint(1, 39), "contract": None, "voided": False})  # fmt: skip
        for _ in range(chance.choice((0, 1, 2, 3))):
            made[LanguageLevel].append({"participant_id": number, "skill": "speaking", "level": chance.choice(LEVELS),
                                        "source": "teacher", "happened_on": later(400)})  # fmt: skip
        made[Scores] += [
            {"case_id": number, "happened_on": later(300), "belong": chance.randint(1, 5),
             **dict.fromkeys(("safe", "understand", "learn", "stay"), 3)}
            for _ in range(chance.choice((0, 1, 2)))
        ]  # fmt: skip
        noted = later(100)
        made[Need].append({"case_id": number, "area": "childcare", "sort_first": False, "noted_on": noted,
                           "status": chance.choice(("in_place", "open", "not_needed")),
                           "ended_on": noted + timedelta(days=chance.randint(0, 200))})  # fmt: skip
        made[ParticipantText].append({"id": number, "participant_id": number, "kind": "reason", "digest": "-"})
        made[Problem].append({"case_id": number, "tag": chance.choice(("language", "norms", "tasks")),
                              "text_id": number, "brought_by": "employer", "opened_on": later(500)})  # fmt: skip
        begun = later(300)
        made[Track].append({
            "case_id": number, "employer_id": chance.randint(1, 39), "process_name": "employer_track",
            "process_version": 1, "step": "ended", "opened_on": begun, "entered_on": begun,
            "wish": chance.choice((None, 1, 2)), "ended_on": begun + timedelta(days=chance.randint(0, 90)),
            "close_reason": chance.choice(("language", "no_tasks", "opened_by_mistake")),
        })  # fmt: skip
    for table, rows in made.items():
        known = {column.name for column in table.__table__.columns}
        common = {"version": 1, "recorded_at": clock()}
        session.execute(insert(table), [{k: v for k, v in (common | row).items() if k in known} for row in rows])
    return made


def naive(world) -> dict[str, Counter]:
    found = {key: Counter() for key in ("stays_180", "met_employer_30", "job_365", "level_up_365", "belonging",
                                        "need_in_place_90", "own_wish", "not_for_language", "without_norms_90",
                                        "without_misunderstanding_90", "another_there_365")}  # fmt: skip
    for case in world[Case]:
        number, opened, ended, reason = case["id"], case["opened_on"], case["ended_on"], case["end_reason"]
        age = (TODAY - opened).days

        def days(table, own, number=number, opened=opened):
            return [(row[own] - opened).days for row in world[table]
                    if row["case_id"] == number and row[own] <= TODAY]  # fmt: skip

        lasted = (ended - opened).days if ended else 10_000
        if age >= 180:
            stayed = lasted >= 180 or reason == "work"
            found["stays_180"]["yes" if stayed else "not_known" if reason == "moved" else "no"] += 1
        if age >= 30:
            found["met_employer_30"]["yes" if min(days(Contact, "happened_on"), default=99) < 30 else "no"] += 1
        if age >= 365:
            paid = [
                row for row in world[Job] if row["case_id"] == number and row["paid"] and row["started_on"] <= TODAY
            ]
            began = min(((row["started_on"] - opened).days for row in paid), default=9999) < 365
            word = "yes" if began or (lasted < 365 and reason == "work") else "not_known" if lasted < 365 else "no"
            found["job_365"][word] += 1
            told = [row for row in world[LanguageLevel] if row["participant_id"] == number]
            told.sort(key=lambda row: row["happened_on"])
            first = [row["level"] for row in told if (row["happened_on"] - opened).days <= 30]
            rest = [row["level"] for row in told if 30 < (row["happened_on"] - opened).days < 365]
            up = first and rest and max(rest) > first[-1]
            found["level_up_365"]["not_known" if not first or not rest else "yes" if up else "no"] += 1
        scores = [row for row in world[Scores] if row["case_id"] == number and row["happened_on"] <= TODAY]
        if scores:
            newest = max(enumerate(scores), key=lambda one: (one[1]["happened_on"], one[0]))[1]
            found["belonging"]["yes" if newest["belong"] >= 4 else "no"] += 1
    for need in world[Need]:
        if need["status"] != "not_needed" and need["noted_on"] + timedelta(days=90) <= TODAY:
            quick = need["status"] == "in_place" and (need["ended_on"] - need["noted_on"]).days <= 90
            found["need_in_place_90"]["yes" if quick else "no"] += 1
    for track in world[Track]:
        if track["close_reason"] != "opened_by_mistake":
            if track["opened_on"] <= TODAY:
                found["own_wish"]["yes" if track["wish"] else "no"] += 1
            if track["ended_on"] <= TODAY:
                found["not_for_language"]["no" if track["close_reason"] == "language" else "yes"] += 1
    for job in world[Job]:
        last = job["started_on"] + timedelta(days=90)
        for tag, key in (("norms", "without_norms_90"), ("language", "without_misunderstanding_90")):
            if last <= TODAY:
                met = [one for one in world[Problem] if one["case_id"] == job["case_id"] and one["tag"] == tag
                       and job["started_on"] <= one["opened_on"] <= last]  # fmt: skip
                found[key]["no" if met else "yes"] += 1
    for place in {job["employer_id"] for job in world[Job]}:
        there = sorted((job["started_on"], job["case_id"]) for job in world[Job] if job["employer_id"] == place)
        if there[0][0] + timedelta(days=365) <= TODAY:
            again = [day for day, case in there[1:] if case != there[0][1] and (day - there[0][0]).days <= 365]
            found["another_there_365"]["yes" if again else "no"] += 1
    return found


def test_a_first_task_is_mastered_or_not_within_the_month(session, people, make_case):
    case = make_case("employer_engagement")
    place = case_employers(session, people.jo, case.id)[0]
    employer = session.scalars(select(Employer.id).where(Employer.name == place)).one()
    ladder_at(session, people.jo, case, employer, on=TODAY)
    question = Question(as_of=TODAY + timedelta(days=31), office=people.office_id)
    number = theory_numbers(session, people.max, question, {"mastered_30"})[1]["mastered_30"]
    assert (number.total, number.yes) == (1, 1)


def test_each_number_is_what_somebody_with_a_calendar_counts(session, people, world):
    question, wanted = Question(as_of=TODAY, office=people.office_id), naive(world)
    whole, numbers = theory_numbers(session, people.max, question, set(MEASURES))
    assert whole
    assert {key: Counter(yes=it.yes, not_known=it.not_known, no=it.total - it.yes - it.not_known)
            for key, it in numbers.items() if key in wanted} == wanted  # fmt: skip
    behind = behind_number(session, people.max, question, "stays_180", "yes")
    assert len(behind) == wanted["stays_180"]["yes"]
    hours = numbers["hours_core"]
    assert hours.total == sum(
        row["opened_on"] <= TODAY - timedelta(days=90)
        and (row["ended_on"] is None or row["ended_on"] >= row["opened_on"] + timedelta(days=90))
        for row in world[Case]
    )


def test_others_read_the_published_form_and_nobody_else_reads(session, people, world):
    question = Question(as_of=TODAY, office=people.office_id)
    for actor in (people.ida, make_user(session, "Mia", "manager", people.office_id)):
        whole, numbers = theory_numbers(session, actor, question, {"stays_180", "belonging", "hours_core"})
        assert not whole
        assert all(it.total is None or it.total >= 5 for it in numbers.values())
        assert all(it.as_of is None or (it.as_of + timedelta(days=1)).day == 1 for it in numbers.values())
        assert behind_number(session, actor, question, "stays_180", "total") == []
    with pytest.raises(NotPermitted):
        theory_numbers(session, people.jo, question, {"stays_180"})
    with pytest.raises(NotFound):
        behind_number(session, people.max, question, "luck", "yes")
