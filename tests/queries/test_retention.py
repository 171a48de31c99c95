"""Retention among many: what is known and what is not adds up, as a count of its own says too."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from se_engine.actions.languages import record_levels
from se_engine.queries.report_questions import Question
from se_engine.queries.retained_jobs import Counted
from se_engine.queries.retention import retention, retention_behind
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.records.participants import SchemeMembership
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.retention import JobFacts, at_week
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY

MANY = 10_000
PERSONS = 40
IN_TIME = {4: 34, 13: 104, 26: 195, 52: 381}


@pytest.fixture
def jobs(session, people, make_case, clock):
    """start(case, ago, …) writes jobs and answers as rows; what actions do with them is tested elsewhere."""

    def write(rows: list[dict], answers: list[dict]) -> None:
        known = dict.fromkeys(("ended_on", "contract", "plan_version"))
        given = [{"paid": True, "recorded_at": clock(), "version": 1, "voided": False, **known, **row} for row in rows]
        session.execute(insert(Job), given)
        if answers:
            told = {"evidence": "own_words", "recorded_at": clock(), "voided": False}
            session.execute(insert(Check), [{**told, **answer} for answer in answers])

    return write


def separately(jobs: list[dict], answers: list[dict], as_of: date, week: int) -> Counter:
    """Answer by answer, with nothing of the engine: what somebody with a calendar would count."""
    of_job: dict[int, dict[date, str]] = {}
    for one in sorted(answers, key=lambda one: (one["happened_on"], one["id"])):
        if one["happened_on"] <= as_of and not one.get("voided"):
            of_job.setdefault(one["job_id"], {}).setdefault(one["happened_on"], one["answer"])
    counts: Counter = Counter()
    for job in jobs:
        start, end = job["started_on"], job["ended_on"]
        if (as_of - start).days < week * 7:
            continue
        counts["total"] += 1
        if end is not None and end <= as_of:
            counts["in_work" if (end - start).days >= week * 7 else "not_in_work"] += 1
            continue
        word, told = None, dict(of_job.get(job["id"], {}))
        while told and word is None:
            day = min(told)
            said, number = told.pop(day), (day - start).days
            if number >= week * 7 and said == "this_job":
                word = "in_work" if number <= IN_TIME[week] else "late"
            elif number >= week * 7 and said in ("another_job", "not_in_work") and number <= IN_TIME[week]:
                word = "not_in_work"
        counts["in_work" if word == "late" else word or "not_known"] += 1
        counts["late"] += word == "late"
    return counts


TOLD = st.lists(st.tuples(st.integers(0, 420), st.sampled_from(("this_job", "another_job", "not_in_work"))), max_size=6)


@given(told=TOLD, lasted=st.none() | st.integers(0, 420), week=st.sampled_from(list(IN_TIME)))
def test_what_was_known_changes_on_the_days_on_which_it_does(told, lasted, week):
    """Against asking anew on every day."""
    answers = tuple((TODAY + timedelta(days=day), answer) for day, answer in sorted(told, key=lambda one: one[0]))
    ended_on = None if lasted is None else TODAY + timedelta(days=lasted)
    job = Counted(1, True, "", 1, JobFacts(TODAY, ended_on, answers))
    asked, before = [], None
    for day in (TODAY + timedelta(days=number) for number in range(week * 7, 440)):
        until = tuple(one for one in answers if one[0] <= day)
        as_known = JobFacts(TODAY, ended_on if ended_on and ended_on <= day else None, until)
        known = at_week(as_known, week, IN_TIME[week])
        asked += [] if known == before else [(day, known)]
        before = known
    assert list(job.changes(week)) == asked


def test_ten_thousand_jobs_add_up(session, people, make_case, jobs, clock):
    chance = random.Random(52)  # noqa: S311 - chance, not secrets
    cases = [make_case(opened_on=TODAY) for _ in range(PERSONS)]
    session.flush()
    rows, answers = [], []
    for number in range(1, MANY + 1):
        start = TODAY - timedelta(days=chance.randint(0, 700))
        end = start + timedelta(days=chance.randint(0, 600)) if chance.random() < 0.35 else None
        case = cases[number % PERSONS]
        rows.append({"id": number, "case_id": case.id, "started_on": start, "ended_on": end})
        for day in chance.sample(range(450), chance.choice((0, 1, 2, 4))):
            word = chance.choices(("this_job", "another_job", "not_in_work", "not_known"), (8, 1, 1, 1))[0]
            told = {"case_id": case.id, "job_id": number, "happened_on": start + timedelta(days=day), "answer": word}
            answers.append({"id": len(answers) + 1, "voided": chance.random() < 0.02, **told})
    jobs(rows, answers)
    report = retention(session, people.max, Question(as_of=TODAY, threshold=0))
    for block in report["checkpoints"]:
        counted = separately(rows, answers, TODAY, block["week"])
        assert {key: block[key] for key in ("total", "in_work", "not_in_work", "not_known", "late")} == dict(counted)
        assert block["in_work"] + block["not_in_work"] + block["not_known"] == block["total"]
        assert 0 < block["late"] < block["in_work"]
        assert block["total"] == sum((TODAY - row["started_on"]).days >= 7 * block["week"] for row in rows)
    firsts = {}
    for row in sorted(rows, key=lambda row: (row["started_on"], row["id"])):
        firsts.setdefault(row["case_id"], row)
    for block in report["first"]:
        counted = separately(list(firsts.values()), answers, TODAY, block["week"])
        assert block["total"] == counted["total"] == PERSONS
        assert block["not_known"] == counted["not_known"]


def test_what_is_dated_later_does_not_exist(session, people, make_case, jobs):
    case = make_case(opened_on=TODAY - timedelta(days=200))
    start = TODAY - timedelta(days=120)
    said = {"case_id": case.id, "job_id": 7, "answer": "this_job"}
    jobs(
        [{"id": 7, "case_id": case.id, "started_on": start, "ended_on": TODAY}],
        [{"id": 1, **said, "happened_on": start + timedelta(days=100)}],
    )

    def week_13(as_of: int) -> dict:
        found = retention(session, people.max, Question(as_of=start + timedelta(days=as_of), threshold=0))
        return found["checkpoints"][1]

    assert week_13(90)["total"] == 0
    assert (week_13(91)["not_known"], week_13(100)["in_work"], week_13(120)["in_work"]) == (1, 1, 1)


def test_placements_and_jobs_taken_back_are_not_counted(session, people, make_case, jobs):
    case = make_case(opened_on=TODAY)
    same = {"case_id": case.id, "started_on": TODAY - timedelta(days=40)}
    jobs(
        [
            {"id": 1, **same, "paid": False},
            {"id": 2, **same, "paid": None, "contract": "work_training"},
            {"id": 3, **same, "paid": None},
            {"id": 4, **same, "voided": True},
            {"id": 5, **same, "paid": True, "contract": "permanent"},
        ],
        [],
    )
    assert retention(session, people.max, Question(as_of=TODAY, threshold=0))["checkpoints"][0]["total"] == 2


def test_small_numbers_are_hidden_and_groups_are_counted_apart(session, people, make_case, jobs):
    cases = [make_case(opened_on=TODAY, sex=sex) for sex in ("female", "female", "male")]
    start = TODAY - timedelta(days=40)
    jobs([{"id": n, "case_id": case.id, "started_on": start} for n, case in enumerate(cases, 1)], [])
    hidden = retention(session, people.jo, Question(as_of=TODAY))["checkpoints"]
    assert hidden[0] == {"week": 4, "suppressed": True}
    groups = retention(session, people.max, Question(as_of=TODAY, threshold=0, by="sex"))["groups"]
    assert [(group["group"], group["checkpoints"][0]["total"]) for group in groups] == [("female", 2), ("male", 1)]
    none = retention(session, people.max, Question(as_of=TODAY, threshold=0, from_on=TODAY))["checkpoints"]
    assert none[0]["total"] == 0
    first = retention(session, OPERATOR, Question(as_of=TODAY, threshold=0), which="first")["checkpoints"]
    assert first[0]["total"] == 3


def test_a_first_job_is_counted_in_each_scheme_she_was_in_when_it_began(session, people, make_case, jobs, clock):
    start = TODAY - timedelta(days=40)
    both, none = make_case(opened_on=start), make_case(opened_on=start)
    written = {"recorded_at": clock(), "participant_id": both.participant_id}
    schemes = [("jobbsjansen", None, None), ("nav_follow_up", start, None), ("other", None, start - timedelta(days=1))]
    rows = [{**written, "scheme": one, "from_on": since, "until_on": until} for one, since, until in schemes]
    session.execute(delete(SchemeMembership).where(SchemeMembership.participant_id == both.participant_id))
    session.execute(delete(SchemeMembership).where(SchemeMembership.participant_id == none.participant_id))
    session.add_all([SchemeMembership(**row) for row in rows])
    session.flush()
    jobs([{"id": n, "case_id": case.id, "started_on": start} for n, case in enumerate((both, none), 1)], [])
    groups = retention(session, people.max, Question(as_of=TODAY, threshold=0, by="scheme"), which="first")["groups"]
    assert [(group["group"], group["checkpoints"][0]["total"]) for group in groups] == [
        ("jobbsjansen", 1), ("nav_follow_up", 1), ("none", 1),
    ]  # fmt: skip


def test_what_is_no_option_and_no_office(session, people):
    with pytest.raises(Refused, match="report_option_unknown"):
        retention(session, people.max, Question(as_of=TODAY), which="second")
    with pytest.raises(Refused, match="report_option_unknown"):
        retention(session, people.max, Question(as_of=TODAY, by="colour"))
    with pytest.raises(Refused, match="ends_before_it_starts"):
        retention(session, people.max, Question(as_of=TODAY, from_on=TODAY, to_on=TODAY - timedelta(days=1)))
    with pytest.raises(NotFound):
        retention(session, people.max, Question(as_of=TODAY, office=0))


def told_of(session, people, make_case, jobs, number, seed):
    """Random jobs of people who speak at two levels, begun within three years, with random answers."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    cases = [make_case(opened_on=TODAY, sex=chance.choice(("female", "male"))) for _ in range(12)]
    session.flush()
    rows, answers = [], []
    for one in range(1, number + 1):
        start = TODAY - timedelta(days=chance.randint(0, 900))
        end = start + timedelta(days=chance.randint(0, 600)) if chance.random() < 0.35 else None
        case = cases[one % len(cases)]
        rows.append({"id": one, "case_id": case.id, "started_on": start, "ended_on": end})
        for day in chance.sample(range(450), chance.choice((0, 1, 2, 4))):
            word = chance.choices(("this_job", "another_job", "not_in_work", "not_known"), (8, 1, 1, 1))[0]
            told = {"case_id": case.id, "job_id": one, "happened_on": start + timedelta(days=day), "answer": word}
            answers.append({"id": len(answers) + 1, **told})
    jobs(rows, answers)
    return cases


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_published_is_what_was_known_at_that_quarters_end(session, people, make_case, jobs):
    told_of(session, people, make_case, jobs, 600, 13)
    report = retention(session, people.ida, Question(as_of=TODAY))
    assert (report["published"], report["as_of"], report["asked_as_of"]) == (True, "2025-12-31", TODAY.isoformat())
    seen = 0
    for which in ("first", "any"):
        for block in report[which]:
            if block["suppressed"]:
                continue
            then = Question(as_of=date.fromisoformat(block["as_of"]), threshold=0)
            [known] = [one for one in retention(session, people.max, then)[which] if one["week"] == block["week"]]
            for part in ("total", "in_work", "not_in_work", "not_known", "late"):
                assert block[part] in (known[part], None)
                seen += block[part] is not None
    assert seen
    years = retention(session, people.ida, Question(as_of=TODAY, by="period"))["groups"]
    one = retention(session, people.ida, Question(as_of=TODAY, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31)))
    assert [group["checkpoints"] for group in years if group["group"] == "2025"] == [one["checkpoints"]]
    with pytest.raises(Refused, match="published_divided_once"):
        retention(session, people.ida, Question(as_of=TODAY, by="sex"), which="first")


def test_cases_behind_a_checkpoint(session, people, make_case, jobs):
    cases = told_of(session, people, make_case, jobs, 90, 4)
    a2 = {"levels": {"speaking": "A2"}, "source": "test", "happened_on": OPENED}
    record_levels(session, people.jo, cases[1].participant_id, **a2)
    for by in ("language", "period"):
        question = Question(as_of=TODAY, threshold=0, by=by)
        groups = retention(session, people.max, question, which="first")["groups"]
        for group in groups:
            for block in group["checkpoints"]:
                narrowed = Question(as_of=TODAY, threshold=0, by=by, group=group["group"])
                for part in ("total", "in_work", "not_known"):
                    behind = retention_behind(session, people.max, narrowed, block["week"], part=part, which="first")
                    assert len(behind) == block[part]
        assert sum(group["checkpoints"][0]["total"] for group in groups) == 12
    assert retention_behind(session, people.sam, Question(as_of=TODAY), 13) == []
    with pytest.raises(NotFound):
        retention_behind(session, people.max, Question(as_of=TODAY), 14)
