"""The closing talk over the API, the ends that lack something, and what is due."""

ON = "2026-03-10"
TALK = {
    "happened_on": "2026-11-02", "confirmed": "yes", "decision": "I want to go on by myself", "whom": "Jo",
    "phone": "900 00 000", "language": "ti", "natural_support": "The baker beside me", "present": ["employer"],
}  # fmt: skip


def job_of(world):
    job = {"started_on": ON, "employer": "Byens Bakeri AS", "hours_per_week": 25, "contract": "permanent", "paid": True}
    answer = world.jo.post(f"/cases/{world.case}/jobs", job)
    assert answer.status_code == 201, answer.json
    return answer.json["job_id"]


def test_the_question_is_made_of_facts(world):
    path = f"/cases/{world.case}/closing"
    none = world.jo.get(path)
    assert (none.json["job"], none.json["answer"], none.json["end_reason"]) == (None, "not_in_work", None)
    job = job_of(world)
    asked = world.jo.get(path)
    assert asked.json["job"] == {
        "job_id": job, "employer": "Byens Bakeri AS", "occupation": None, "since": ON, "hours": 25,
        "contract": "permanent",
    }  # fmt: skip
    assert (asked.json["answer"], asked.json["end_reason"]) == ("this_job", "work")
    assert asked.headers["ETag"] == asked.json["etag"] != none.headers["ETag"]
    for who in ("far", "ida", "adam"):
        assert world.systems[who].get(path).status_code == 404
        assert world.systems[who].post(path, TALK, **{"If-Match": "*"}).status_code == 404


def test_a_talk_is_held_as_seen_and_says_nothing_back(world):
    job_of(world)
    path = f"/cases/{world.case}/closing"
    tag = world.jo.get(path).headers["ETag"]
    assert world.jo.post(path, TALK).status_code == 428
    assert world.jo.post(path, {**TALK, "whom": ""}, **{"If-Match": tag}).status_code == 422
    wrong = world.jo.post(path, {**TALK, "phone": "call me"}, **{"If-Match": tag})
    assert (wrong.status_code, wrong.json["code"]) == (422, "phone_not_allowed")
    sent = {"If-Match": tag, "Idempotency-Key": "talk"}
    held = world.jo.post(path, TALK, **sent)
    assert (held.status_code, held.json["last_answer"], held.json["ended_on"]) == (201, "this_job", None), held.json
    assert world.jo.post(path, TALK, **sent).json == held.json
    assert "myself" not in held.text
    assert world.jo.post(path, TALK, **{"If-Match": tag}).status_code == 412
    talk = world.jo.get(path).json["talk"]
    assert (talk["decision"], talk["whom_to_call"], talk["present"]) == (
        TALK["decision"], "Jo, 900 00 000", ["employer"],
    )  # fmt: skip
    assert world.jo.get(path).json["answered_on"] == TALK["happened_on"]


def test_a_question_of_other_hours_is_another_question(world):
    path, job = f"/cases/{world.case}/closing", job_of(world)
    tag = world.jo.get(path).headers["ETag"]
    hours = {"what": "hours", "happened_on": "2026-10-01", "number": 15}
    assert world.jo.post(f"/jobs/{job}/changes", hours).status_code == 201
    assert world.jo.post(path, TALK, **{"If-Match": tag}).status_code == 412
    asked = world.jo.get(path)
    assert asked.json["job"]["hours"] == 15
    assert world.jo.post(path, TALK, **{"If-Match": asked.headers["ETag"]}).status_code == 201


def test_with_a_reason_the_case_ends_on_the_day_of_the_talk(world):
    path = f"/cases/{world.case}/closing"
    tag = world.jo.get(path).headers["ETag"]
    ended = world.jo.post(path, {**TALK, "end_reason": "moved", "confirmed": "not_known"}, **{"If-Match": tag})
    assert ended.status_code == 201, ended.json
    assert (ended.json["ended_on"], ended.json["end_reason"]) == (TALK["happened_on"], "moved")
    assert (ended.json["last_answer"], world.jo.get(path).json["trigger"]) == ("not_known", None)


def test_ends_are_listed_without_names_until_the_register_is_told(world, clock):
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    report = f"/cases/{world.case}/register-reports"
    early = world.jo.post(report, {"reported_on": "2026-11-20"})
    assert (early.status_code, early.json["code"]) == (422, "case_is_running")
    trigger = world.jo.get(f"/cases/{world.case}/closing").json["trigger"]
    end = {"trigger": trigger, "happened_on": "2026-11-10", "end_reason": "unknown", "decided_by": "participant"}
    ended = world.jo.post(f"/cases/{world.case}/moves", end, **{"If-Match": tag})
    assert ended.status_code == 200, ended.json
    listed = world.jo.get("/closings")
    [line] = listed.json["ends"]
    assert (line["case"], line["without_reason"], line["ended_on"]) == (world.case, True, "2026-11-10")
    assert "Pat" not in listed.text
    told = world.jo.post(report, {"reported_on": "2026-11-20"})
    assert (told.status_code, told.json["reported_on"]) == (201, "2026-11-20")
    assert world.far.get("/closings").json["ends"] == []
    assert world.far.post(report, {"reported_on": "2026-11-20"}).status_code == 404
    assert world.ida.get("/closings").status_code == 403
    again = world.jo.post(f"/cases/{world.case}/closing", TALK, **{"If-Match": "*"})
    assert (again.status_code, again.json["code"]) == (422, "case_ended")


def test_reminders_are_the_accounts_own_and_name_nobody(world):
    job_of(world)
    found = world.jo.get("/reminders?on=2026-04-20")
    assert found.status_code == 200, found.json
    assert found.json["on"] == "2026-04-20"
    assert found.json["total"] == len(found.json["reminders"]) > 0
    assert {one["case"] for one in found.json["reminders"]} == {world.case}
    assert all(one["path"].startswith(f"/cases/{world.case}") for one in found.json["reminders"])
    assert len({one["reason"] for one in found.json["reminders"]}) == found.json["total"]
    assert "Pat" not in found.text
    assert "check_due" in {reason for one in found.json["reminders"] for reason in (one["reason"], *one["also"])}
    assert world.case in {one["case"] for one in world.max.get("/reminders?on=2026-04-20").json["reminders"]}
    assert world.max.get("/reminders?on=2026-04-20&whose=own").json["reminders"] == []
    assert world.case not in {one["case"] for one in world.far.get("/reminders").json["reminders"]}
    assert world.ida.get("/reminders").status_code == 403
    assert world.jo.get("/reminders?whose=all").status_code == 422
