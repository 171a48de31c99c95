"""Career and language over the API: recorded, taken back, and told on one address."""

import pytest

ON = "2026-03-10"


def made(answer, status=201):
    assert answer.status_code == status, answer.json
    return answer.json


def test_language_goes_from_goal_and_test_to_level(world):
    case = f"/cases/{world.case}"
    goal = {"skill": "speaking", "level": "B1", "set_on": ON, "by_on": "2026-09-01", "words": "Talk with the parents"}
    first = made(world.jo.post(f"{case}/language-goals", goal))
    assert "parents" not in str(first)
    made(world.jo.post(f"{case}/language-goals", {**goal, "level": "A2"}))
    test = {"kind": "norwegian_test", "taken_on": ON, "results": {"speaking": "A2", "writing": "not_passed"}}
    kept = world.jo.post(f"{case}/language-tests", test, **{"Idempotency-Key": "test"})
    assert world.jo.post(f"{case}/language-tests", test, **{"Idempotency-Key": "test"}).json == made(kept)
    twice = world.jo.post(f"{case}/language-tests", test)
    assert (twice.status_code, twice.json["code"]) == (422, "test_is_there")

    shown = world.jo.get(f"{case}/career").json
    assert [(one["level"], one["outcome"], one["reached"]) for one in shown["goals"]] == [
        ("A2", None, True), ("B1", "changed", False),
    ]  # fmt: skip
    assert shown["goals"][0]["words"] == "Talk with the parents"
    assert shown["tests"][0]["results"] == {"speaking": "A2", "writing": None}
    assert (shown["levels"][0]["level"], shown["levels"][0]["source"]) == ("A2", "test")

    end = f"/language-goals/{shown['goals'][0]['language_goal_id']}/end"
    assert made(world.jo.post(end, {"outcome": "reached", "ended_on": ON}), 200)["outcome"] == "reached"
    made(world.jo.post(f"{case}/language-tests/{kept.json['test_id']}/void", {"why": "Another day"}), 200)
    assert world.jo.get(f"{case}/career").json["tests"] == []


def test_steps_are_taken_and_taken_back(world):
    case = f"/cases/{world.case}"
    step = {"kind": "driving_licence", "happened_on": ON, "words": "Class B", "number": 40}
    kept = made(world.jo.post(f"{case}/career-steps", step))
    [shown] = world.jo.get(f"{case}/career").json["steps"]
    assert (shown["source"], shown["code"], shown["words"], shown["number"]) == ("step", step["kind"], "Class B", 40)
    assert shown["career_step_id"] == kept["career_step_id"]
    vague = world.jo.post(f"{case}/career-steps", {"kind": "other", "happened_on": ON})
    assert (vague.status_code, vague.json["code"]) == (422, "say_what_it_was")
    void = f"/career-steps/{kept['career_step_id']}/void"
    assert world.jo.post(void, {"why": ""}).json["code"] == "reason_needed"
    made(world.jo.post(void, {"why": "Not yet"}), 200)
    assert world.jo.post(void, {"why": "Again"}).status_code == 404
    assert world.jo.get(f"{case}/career").json["steps"] == []


@pytest.mark.parametrize("number", [True, "12", 0, -1, float("nan"), float("inf")])
def test_a_number_is_a_number(world, number):
    step = {"kind": "course", "happened_on": ON, "number": number}
    refused = world.jo.post(f"/cases/{world.case}/career-steps", step)
    assert refused.status_code in {400, 422}, refused.json


def test_education_changes_only_as_seen_and_keeps_what_is_not_named(world):
    case = f"/cases/{world.case}"
    new = {"level": "upper_secondary", "place": "Nordkyn school", "subject": "Health care", "started_on": ON}
    kept = world.jo.post(f"{case}/education", {**new, "support": "Homework help"})
    path, tag = f"/education/{made(kept)['education_id']}", kept.headers["ETag"]
    learned = {"learned": "Short days work"}
    assert world.jo.patch(path, learned).status_code == 428
    changed = world.jo.patch(path, learned, **{"If-Match": tag})
    assert made(changed, 200)["ended_on"] is None
    assert "Short" not in changed.text
    assert world.jo.patch(path, learned, **{"If-Match": tag}).status_code == 412
    half = world.jo.patch(path, {"outcome": "completed"}, **{"If-Match": changed.headers["ETag"]})
    assert (half.status_code, half.json["code"]) == (422, "say_when_it_ended")
    over = {"outcome": "completed", "ended_on": "2026-06-20"}
    ended = world.jo.patch(path, over, **{"If-Match": changed.headers["ETag"]})
    made(ended, 200)
    [shown] = world.jo.get(f"{case}/career").json["education"]
    assert (shown["place"], shown["support"], shown["learned"], shown["outcome"]) == (
        "Nordkyn school", "Homework help", "Short days work", "completed",
    )  # fmt: skip
    assert shown["etag"] == ended.headers["ETag"]
    assert world.jo.post(f"{path}/void", {"why": "Another person"}, **{"If-Match": tag}).status_code == 412
    made(world.jo.post(f"{path}/void", {"why": "Another person"}, **{"If-Match": shown["etag"]}), 200)
    assert world.jo.get(f"{case}/career").json["education"] == []


def test_competence_from_abroad_is_recognised_over_time(world):
    case = f"/cases/{world.case}"
    abroad = {"words": "Nurse", "country": "SY", "years": 4, "status": "needed", "happened_on": ON}
    kept = made(world.jo.post(f"{case}/qualifications", abroad))
    path = f"{case}/qualifications/{kept['qualification_id']}"
    made(world.jo.post(f"{path}/recognitions", {"status": "applied", "happened_on": "2026-03-20"}))
    [shown] = world.jo.get(f"{case}/career").json["qualifications"]
    assert (shown["words"], [one["status"] for one in shown["recognitions"]]) == ("Nurse", ["needed", "applied"])
    assert world.jo.post(f"{case}/qualifications", {**abroad, "years": 99}).json["code"] == "number_too_large"
    made(world.jo.post(f"{path}/void", {"why": "Twice"}), 200)
    assert world.jo.get(f"{case}/career").json["qualifications"] == []


def test_a_career_is_for_those_who_may_open_the_case(world):
    case = f"/cases/{world.case}"
    step = made(world.jo.post(f"{case}/career-steps", {"kind": "course", "happened_on": ON}))
    for who in ("far", "ida", "adam"):
        system = world.systems[who]
        assert system.get(f"{case}/career").status_code == 404
        assert system.post(f"/career-steps/{step['career_step_id']}/void", {"why": "x"}).status_code == 404
        assert system.post(f"{case}/qualifications/1/void", {"why": "x"}).status_code == 404
    assert world.writer.get(f"{case}/career").status_code == 403
    assert world.reader.post(f"{case}/career-steps", {"kind": "course", "happened_on": ON}).status_code == 403
    world.jo.get(f"{case}/career")
    assert ("case_read", world.case) in world.trail("what", "case_id")
