"""Effort and result over a random population, against a count that knows nothing of the engine."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import insert

from se_engine import processes
from se_engine.queries.effort import Effort, cases_behind, effort
from se_engine.queries.report_questions import Question
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.contacts import Contact, ContactTask
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.records.participants import Participant
from se_engine.records.tasks import TaskRecord
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY, make_user

MANY, WINDOW = 160, 90
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
TASKS = {task.key: task.dimension for task in processes.latest().tasks}


@pytest.fixture
def world(session, people, clock):
    """Rows of 160 cases with stays, contacts, tasks, jobs and answers, as lists of dicts and in the database."""
    chance = random.Random(86)  # noqa: S311 - chance, not secrets
    made: dict[type, list[dict]] = defaultdict(list)
    common = {"version": 1, "recorded_at": clock()}
    for number in range(1, MANY + 1):
        opened = TODAY - timedelta(days=chance.randint(0, 800))
        ended = opened + timedelta(days=chance.randint(0, 500)) if chance.random() < 0.5 else None
        ended = ended if ended and ended <= TODAY else None
        reason = chance.choice(("work", "education", "moved", "withdrew", "work_and_education")) if ended else None
        made[Participant].append({"id": number, "office_id": people.office_id, "ref": f"r{number}", "protected": False})
        made[Case].append({
            "id": number, "participant_id": number, "office_id": people.office_id, "protected": False,
            "process_name": "supported_employment", "process_version": 1, "template": "standard", "visit": 1,
            "step": "profiling", "status": "ended" if ended else "active", "opened_on": opened, "entered_on": opened,
            "ended_on": ended, "end_reason": reason, "last_event_on": opened,
        })  # fmt: skip
        entered = opened
        for ordinal in range(1, chance.randint(2, 5)):
            left = entered + timedelta(days=chance.randint(0, 90))
            made[StepPeriod].append({
                "case_id": number, "office_id": people.office_id, "process_name": "supported_employment",
                "ordinal": ordinal, "step": chance.choice(STEPS), "entered_on": entered, "left_on": left,
                "left_to": "x",
            })  # fmt: skip
            entered = left
        for _ in range(chance.choice((0, 2, 6, 12))):
            happened = opened + timedelta(days=chance.choice((*range(120), 89, 90, 300)))
            kind = chance.choice(("participant", "participant", "employer", "three_way"))
            made[Contact].append({
                "id": len(made[Contact]) + 1, "office_id": people.office_id, "case_id": number, "kind": kind,
                "channel": "in_person", "status": chance.choice(("held", "held", "held", "no_show", "planned")),
                "happened_on": happened, "minutes": chance.choice((None, 20, 45, 90, 200)), "shared": True,
                "source": "app", "concrete_job": chance.choice((None, "job")) if kind != "participant" else None,
            })  # fmt: skip
            for task in chance.sample(sorted(TASKS), chance.choice((0, 1, 1, 3))):
                record = len(made[TaskRecord]) + 1
                made[TaskRecord].append({"id": record, "case_id": number, "task": task, "status": "done",
                                         "happened_on": happened, "own_words": False, "voids_id": None})  # fmt: skip
                made[ContactTask].append({"contact_id": len(made[Contact]), "task_record_id": record})
                if chance.random() < 0.1:
                    made[TaskRecord].append({**made[TaskRecord][-1], "id": record + 1, "voids_id": record})
        for _ in range(chance.choice((0, 0, 1, 2))):
            job, start = len(made[Job]) + 1, opened + timedelta(days=chance.randint(0, 400))
            end = start + timedelta(days=chance.randint(0, 300)) if chance.random() < 0.4 else None
            made[Job].append({"id": job, "case_id": number, "started_on": start, "ended_on": end, "voided": False,
                              "paid": chance.choice((True, True, False)), "contract": None})  # fmt: skip
            for day in chance.sample(range(400), chance.choice((0, 2, 4))):
                made[Check].append({"case_id": number, "job_id": job, "happened_on": start + timedelta(days=day),
                                    "answer": chance.choice(("this_job", "this_job", "not_in_work")), "voided": False,
                                    "evidence": "own_words"})  # fmt: skip
    for table in (Participant, Case, StepPeriod, Contact, TaskRecord, ContactTask, Job, Check):
        known = {column.name for column in table.__table__.columns}
        session.execute(insert(table), [{k: v for k, v in (common | row).items() if k in known} for row in made[table]])
    return made


class Naive:
    """Row by row, day by day."""

    def __init__(self, made, as_of: date) -> None:
        self.made, self.as_of = made, as_of
        voided = {row["voids_id"] for row in made[TaskRecord]}
        tasks = {row["id"]: row["task"] for row in made[TaskRecord] if row["id"] not in voided}
        self.dimensions = defaultdict(set)
        for row in made[ContactTask]:
            if row["task_record_id"] in tasks:
                self.dimensions[row["contact_id"]].add(TASKS[tasks[row["task_record_id"]]])
        self.cases = {row["id"]: row for row in made[Case] if row["opened_on"] <= as_of}
        self.held = [
            row for row in made[Contact]
            if row["status"] == "held" and row["happened_on"] <= as_of and row["case_id"] in self.cases
        ]  # fmt: skip

    def step(self, contact) -> str:
        stays = [row for row in self.made[StepPeriod] if row["case_id"] == contact["case_id"]]
        stays.sort(key=lambda row: row["ordinal"])
        before = [row for row in stays if row["entered_on"] <= contact["happened_on"]]
        return (before[-1] if before else stays[0])["step"]

    def effort(self) -> dict[str, tuple[int, int, float]]:
        """Key → cases, contacts, hours."""
        cases, contacts, minutes = defaultdict(set), Counter(), Counter()
        for row in self.held:
            served = self.dimensions[row["id"]] or {"no_task"}
            for key, share in [*((one, len(served)) for one in served), (self.step(row), 1)]:
                cases[key].add(row["case_id"])
                contacts[key] += 1
                minutes[key] += Fraction(row["minutes"] or 0, share)
        return {key: (len(cases[key]), contacts[key], round(float(minutes[key]) / 60, 1)) for key in cases}

    def open_after(self, window: int) -> list[dict]:
        found = []
        for case in self.cases.values():
            over = case["opened_on"] + timedelta(days=window)
            ended = case["ended_on"] if case["ended_on"] and case["ended_on"] <= self.as_of else None
            if over <= self.as_of and (ended is None or ended >= over):
                found.append({**case, "over": over, "ended": ended})
        return found

    def band(self, case) -> str:
        minutes = sum(
            row["minutes"] or 0 for row in self.held
            if row["case_id"] == case["id"] and row["happened_on"] < case["over"]
        )  # fmt: skip
        return "low" if minutes < 240 else "middle" if minutes < 600 else "high"

    def counts(self, result: str) -> Counter:
        """(band, part) → how many; everybody under the empty band."""
        found: Counter = Counter()
        for case in self.open_after(WINDOW):
            if part := getattr(self, result)(case):
                for band in ("", self.band(case)):
                    found[band, part] += 1
        return found

    def meeting(self, case) -> str | None:
        if case["over"] + timedelta(days=60) > self.as_of:
            return None
        days = [
            (row["happened_on"] - case["over"]).days for row in self.held
            if row["case_id"] == case["id"] and row["concrete_job"]
        ]  # fmt: skip
        first = min(days, default=60)
        return "already" if first < 0 else "in_30" if first < 30 else "in_60" if first < 60 else "not_met"

    def first_job(self, case) -> dict | None:
        paid = [row for row in self.made[Job] if row["case_id"] == case["id"] and row["paid"]]
        begun = [row for row in paid if row["started_on"] <= self.as_of]
        return min(begun, key=lambda row: (row["started_on"], row["id"]), default=None)

    def day_180(self, case) -> str | None:
        last, job = case["over"] + timedelta(days=180), self.first_job(case)
        if last > self.as_of:
            return None
        if job and job["started_on"] < last:
            return "already" if job["started_on"] < case["over"] else "job"
        if case["ended"] and case["ended"] < last:
            return "job" if case["end_reason"] in ("work", "work_and_education") else f"ended.{case['end_reason']}"
        return "searching"


@pytest.mark.parametrize("as_of", [TODAY, TODAY - timedelta(days=200)])
def test_it_counts_what_a_patient_person_counts(session, world, as_of):
    found, naive = effort(session, OPERATOR, Question(as_of=as_of)), Naive(world, as_of)
    tables = [*found["effort"]["dimensions"], *found["effort"]["steps"]]
    told = {row["key"]: (row["cases"], row["contacts"], row["hours"]) for row in tables if row["contacts"]}
    assert told == naive.effort()
    assert found["cases"] == Counter(naive.band(case) for case in naive.open_after(WINDOW))
    for result, leaves in (("meeting", ("already", "in_30", "in_60", "not_met")), ("day_180", ("already", "job"))):
        counts = naive.counts(result)
        for row in next(one for one in found["results"] if one["result"] == result)["rows"]:
            assert [row[leaf] for leaf in leaves] == [counts[row["group"], leaf] for leaf in leaves]
            ended = {part.removeprefix("ended."): many for (band, part), many in counts.items()
                     if band == row["group"] and part.startswith("ended.")}  # fmt: skip
            assert row.get("reasons", {}) == ended
            asked = {"result": result, "part": "at_risk", "group": row["group"]}
            assert len(cases_behind(session, OPERATOR, Question(as_of=as_of), Effort(), **asked)) == row["at_risk"]


def test_retention_counts_the_first_paid_job_after_the_window(session, world):
    found, naive = effort(session, OPERATOR, Question(as_of=TODAY)), Naive(world, TODAY)
    for week in (13, 26, 52):
        rows = next(one for one in found["results"] if one["result"] == f"week_{week}")["rows"]
        begun: Counter = Counter()
        for case in naive.open_after(WINDOW):
            job = naive.first_job(case)
            if job and job["started_on"] >= case["over"] and job["started_on"] + timedelta(weeks=week) <= TODAY:
                begun.update(["", naive.band(case)])
        assert {row["group"]: row["reached"] for row in rows} == {
            band: begun[band] for band in ("", "low", "middle", "high")
        }
        assert all(row["in_work"] + row["not_in_work"] + row["not_known"] == row["reached"] for row in rows)


def test_what_is_published_is_true_as_of_its_day_and_never_small(session, world):
    found = effort(session, OPERATOR, Question(as_of=TODAY, publish=True))
    assert found["cases"] is None
    for result in ("meeting", "day_180"):
        block = next(one for one in found["results"] if one["result"] == result)
        counts = Naive(world, date.fromisoformat(block["as_of"])).counts(result)
        for row in block["rows"]:
            told = {
                part: many
                for part, many in row.items()
                if isinstance(many, int) and part in ("already", "in_30", "job")
            }
            assert not row["suppressed"] or set(row) == {"group", "suppressed"}
            assert all(many == counts[row["group"], part] for part, many in told.items())
            assert all(many == 0 or many >= found["threshold"] for many in told.values())
    for row in (*found["effort"]["dimensions"], *found["effort"]["steps"]):
        assert row["suppressed"] or row["cases"] >= found["threshold"]


def test_thirds_keep_equal_hours_together(session, world):
    found = effort(session, OPERATOR, Question(as_of=TODAY), Effort(of="culture", bands="thirds"))
    assert found["borders"][0] <= found["borders"][1]
    assert sum(found["cases"].values()) == len(Naive(world, TODAY).open_after(WINDOW))


def test_who_may_not_and_what_cannot_be_asked(session, people):
    question = Question(as_of=TODAY)
    mia = make_user(session, "Mia", "manager", people.office_id)
    with pytest.raises(NotPermitted):
        effort(session, people.jo, question)
    for actor, asked, code in (
        (mia, Effort(bands="thirds"), "published_effort_as_it_is"),
        (people.max, Effort(of="luck"), "report_option_unknown"),
        (people.max, Effort(window=91), "report_option_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            effort(session, actor, question, asked)
        assert refused.value.reason.code == code
    with pytest.raises(Refused, match="published_divided_once"):
        effort(session, people.ida, Question(as_of=TODAY, office=people.office_id))


def test_who_leads_a_team_reads_the_office_in_the_published_form(session, people, world):
    from se_engine.actions.people import add_team

    team = add_team(session, OPERATOR, people.office_id, "East")
    tea = make_user(session, "Tea", "supervisor", people.office_id, team_id=team.id)
    for question in (Question(as_of=TODAY), Question(as_of=TODAY, by="team", group="East")):
        assert effort(session, tea, question)["published"]
