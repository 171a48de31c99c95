"""Follow-up over the API: the schedule and her choices, answers at checks, scores, surveys, and how many stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

NOW = datetime.now(UTC).date()
"""The application goes by the real clock."""
DAY, START = NOW.isoformat(), NOW - timedelta(days=30)
NO_INTERPRETER = {"needed": "no", "not_needed_because": "common_language"}
SCORES = {"safe": 4, "understand": 3, "learn": 5, "belong": 2, "stay": 5}


@pytest.fixture
def job(world):
    from se_engine.actions.jobs import start_job

    with world.database.session() as session:
        jo = world.people.jo
        return start_job(session, jo, world.case, started_on=START, employer="Kiwi", paid=True, hours_per_week=30).id


def test_she_says_yes_leaves_one_out_and_wishes_more(world, job):
    path = f"/jobs/{job}/follow-up"
    yes = {"happened_on": DAY, "words": "These days are good"}
    made = world.jo.post(f"{path}/confirm", yes, **{"Idempotency-Key": "one"})
    assert (made.status_code, made.json["choice"]) == (200, "confirmed"), made.json
    assert "good" not in made.text
    assert world.jo.post(f"{path}/confirm", yes, **{"Idempotency-Key": "one"}).json == made.json
    heavy = world.jo.post(f"{path}/drop", {"point": "w13", "happened_on": DAY, "words": "No time"})
    assert (heavy.status_code, heavy.json["code"]) == (422, "check_not_light")
    left_out = {"point": "w30", "happened_on": DAY, "words": "I call myself"}
    assert world.jo.post(f"{path}/drop", left_out).json["point"] == "w30"
    wished = (NOW + timedelta(days=9)).isoformat()
    assert world.jo.post(f"{path}/more", {"day": wished, "happened_on": DAY}).json["day"] == wished

    [schedule] = world.jo.get(f"/cases/{world.case}/follow-up").json["schedules"]
    assert (schedule["leads"], schedule["employer"], schedule["plan_version"]) == (True, "Kiwi", 1)
    assert schedule["confirmed"]["words"] == "These days are good"
    assert ([one["words"] for one in schedule["dropped"]], len(schedule["more"])) == (["I call myself"], 1)
    points = {one["key"]: one for one in schedule["points"]}
    assert (points["w30"]["state"], points["w13"]["state"], points["w13"]["full"]) == ("dropped", "ahead", True)
    assert points["w4"]["on"] == (START + timedelta(weeks=4)).isoformat()
    back = world.jo.post(f"{path}/restore", {"point": "w30", "happened_on": DAY})
    assert (back.status_code, back.json["choice"]) == (200, "restored")
    plan = world.jo.get("/follow-up-plan").json
    assert "w30" in {one["key"] for one in plan["checks"] if one["light"]}
    assert (plan["survey_weeks"], len(plan["survey"])) == ([13, 52], 8)

    for who in ("far", "sam", "ida"):
        system = world.systems[who]
        assert system.get(f"/cases/{world.case}/follow-up").status_code == 404
        assert system.post(f"{path}/confirm", yes).status_code == 404
    assert world.reader.post(f"{path}/confirm", yes).status_code == 403


def test_an_answer_is_told_with_topics_and_scores_and_taken_back(world, job):
    case = f"/cases/{world.case}"
    told = {"happened_on": DAY, "answer": "this_job", "evidence": "own_words"}
    bare = world.jo.post(f"{case}/checks", {"happened_on": DAY, "answer": "this_job"})
    assert (bare.status_code, bare.json["code"]) == (422, "evidence_unknown")
    early = world.jo.post(f"{case}/checks", {**told, "job_id": job, "happened_on": "2026-01-06"})
    assert (early.status_code, early.json["code"]) == (422, "answer_before_job")
    ahead = (NOW + timedelta(days=2)).isoformat()
    assert world.jo.post(f"{case}/checks", {**told, "happened_on": ahead}).json["code"] == "in_the_future"
    made = world.jo.post(f"{case}/checks", told)
    assert (made.status_code, made.json["job_id"]) == (201, job), made.json
    check = made.json["check_id"]
    topic = {"side": "participant", "topic": "language", "state": "to_do", "words": "New words for the oven"}
    talked = world.jo.post(f"{case}/checks/{check}/topics", {"topics": [topic]})
    assert talked.status_code == 201, talked.json
    assert "oven" not in talked.text
    closed = world.jo.post(f"{case}/checks/{check}/topics", {"topics": [{**topic, "side": "employer"}]})
    assert closed.status_code == 422
    scores = {"happened_on": DAY, **SCORES, "words": "They eat with me", "check_id": check}
    assert world.jo.post(f"{case}/follow-up/scores", {**scores, "safe": 6}).json["code"] == "request_not_valid"
    kept = world.jo.post(f"{case}/follow-up/scores", scores)
    assert (kept.status_code, kept.json["check_id"]) == (201, check), kept.json

    shown = world.jo.get(f"{case}/follow-up").json
    [listed] = shown["checks"]
    assert (listed["answer"], [one["words"] for one in listed["topics"]]) == ("this_job", ["New words for the oven"])
    assert [(one["belong"], one["words"]) for one in shown["scores"]] == [(2, "They eat with me")]
    assert shown["schedules"][0]["stands"] == "in_work"
    why = {"why": "It was her sister"}
    void = f"{case}/checks/{check}/void"
    assert world.jo.post(void, why).status_code == 428
    tag = world.jo.get(case).headers["ETag"]
    assert world.far.post(void, why, **{"If-Match": tag}).status_code == 404
    back = world.jo.post(void, why, **{"If-Match": tag})
    assert back.status_code == 200, back.json
    assert world.jo.get(f"{case}/follow-up").json["checks"] == []
    assert world.jo.post(void, why, **{"If-Match": back.headers["ETag"]}).status_code == 404
    for who in ("far", "sam", "ida"):
        assert world.systems[who].post(f"{case}/checks", told).status_code == 404
        assert world.systems[who].post(f"{case}/follow-up/scores", scores).status_code == 404


def test_one_note_tells_whether_she_is_in_the_job(world, job):
    talk = {"happened_on": DAY, "kind": "participant", "channel": "in_person", "interpreter": NO_INTERPRETER}
    told = {**talk, "said": "The oven went well", "in_work": {"answer": "this_job", "evidence": "payslip"}}
    made = world.jo.post(f"/cases/{world.case}/contacts", told)
    assert made.status_code == 201, made.json
    [check] = world.jo.get(f"/cases/{world.case}/follow-up").json["checks"]
    assert (check["answer"], check["evidence"], check["job_id"]) == ("this_job", "payslip", job)


def test_the_survey_is_answered_once_a_week_that_asks(world, job):
    survey = {
        "week": 13, "language": "ar", "filled_in": "alone", "happened_on": DAY, "answers": {"survey_1": 5},
        "words": "You listened",
    }  # fmt: skip
    other = world.jo.post(f"/jobs/{job}/surveys", {**survey, "week": 14})
    assert (other.status_code, other.json["code"]) == (422, "survey_week")
    assert world.jo.post(f"/jobs/{job}/surveys", {**survey, "answers": {"survey_99": 5}}).status_code == 422
    made = world.jo.post(f"/jobs/{job}/surveys", survey)
    assert made.status_code == 201, made.json
    assert world.jo.post(f"/jobs/{job}/surveys", survey).json["code"] == "survey_answered"
    [schedule] = world.jo.get(f"/cases/{world.case}/follow-up").json["schedules"]
    assert [(one["answers"], one["words"]) for one in schedule["surveys"]] == [({"survey_1": 5}, "You listened")]
    assert world.far.post(f"/jobs/{job}/surveys", survey).status_code == 404


def test_retention_is_as_on_the_command_line(world, job):
    from se_engine.queries.report_questions import Question
    from se_engine.queries.retention import retention

    with world.database.reading() as session:
        expected = retention(session, world.people.max, Question(as_of=NOW, threshold=0), which="first")
        by_office = retention(session, world.people.max, Question(as_of=NOW, by="office"))
    found = world.max.get(f"/reports/retention?which=first&threshold=0&as_of={DAY}")
    assert (found.status_code, found.json) == (200, expected)
    assert found.json["checkpoints"][0]["total"] == 1
    assert world.max.get(f"/reports/retention?by=office&as_of={DAY}").json == by_office
    later = world.max.get(f"/reports/retention?from={DAY}&office=Lakselv").json
    assert (later["from"], later["office"]) == (DAY, "Lakselv")
    assert world.max.get("/reports/retention?office=Atlantis").status_code == 404
    turned = world.max.get(f"/reports/retention?from={DAY}&to=2026-01-01")
    assert (turned.status_code, turned.json["code"]) == (422, "ends_before_it_starts")
    assert world.max.get("/reports/retention?by=name").json["code"] == "request_not_valid"
