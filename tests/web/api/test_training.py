"""The training ladder over the API: tasks, who says that she masters them, words to learn, and what is taken off."""

from __future__ import annotations

from tests.support.people import TODAY

DAY = TODAY.isoformat()


def test_a_ladder_is_built_climbed_and_cleared(world):
    case = f"/cases/{world.case}"
    track = world.jo.post(f"{case}/tracks", {"opened_on": DAY, "employer": "Byens Bakeri AS"}).json
    new = {
        "employer_id": track["employer_id"], "step": 1, "task": "Set the tables", "added_on": DAY,
        "teacher": "The shift leader", "words": [{"norwegian": "forkle", "own": "مئزر"}],
    }  # fmt: skip
    made = world.jo.post(f"{case}/rungs", new, **{"Idempotency-Key": "one"})
    assert made.status_code == 201, made.json
    assert "tables" not in made.text
    assert world.jo.post(f"{case}/rungs", new, **{"Idempotency-Key": "one"}).json == made.json
    path, tag = f"/rungs/{made.json['rung_id']}", made.headers["ETag"]
    assert world.jo.post(f"{case}/rungs", {**new, "step": 9}).json["code"] == "ladder_step_unknown"
    elsewhere = world.jo.post(f"{case}/rungs", {**new, "employer_id": 10**6})
    assert elsewhere.status_code == 404

    assert world.jo.patch(path, {"on": DAY, "method": "show"}).status_code == 428
    changed = world.jo.patch(path, {"on": DAY, "method": "show", "safety": "Gloves"}, **{"If-Match": tag})
    assert (changed.status_code, changed.json["method"], changed.json["step"]) == (200, "show", 1), changed.json
    assert world.jo.patch(path, {"on": DAY, "method": None}, **{"If-Match": tag}).status_code == 412
    bare = world.jo.patch(path, {"on": DAY, "teacher": None}, **{"If-Match": changed.headers["ETag"]})
    assert bare.status_code == 200, bare.json
    second = world.jo.post(f"{case}/rungs", {**new, "task": "Bake the buns", "words": []}).json["rung_id"]
    assert world.jo.post(f"/rungs/{second}/earlier", {}).status_code == 200

    for says in ("participant", "buddy"):
        said = world.jo.post(f"{path}/masteries", {"says": says, "happened_on": DAY})
        assert (said.status_code, said.json["mastered"]) == (201, True), said.json
    added = world.jo.post(f"{path}/words", {"words": [{"norwegian": "bestikk"}], "on": DAY})
    assert added.status_code == 201, added.json
    word = added.json["words"][0]["word_id"]
    assert world.jo.post(f"/rung-words/{word}/learned", {"on": DAY}).json["learned_on"] == DAY

    [ladder] = world.jo.get(f"{case}/training").json["ladders"]
    assert [one["task"] for one in ladder["rungs"]] == ["Bake the buns", "Set the tables"]
    rung = ladder["rungs"][1]
    assert (rung["status"], rung["mastered_on"], rung["teacher"], rung["safety"]) == ("mastered", DAY, None, "Gloves")
    assert [(one["norwegian"], one["learned_on"]) for one in rung["words"]] == [("forkle", None), ("bestikk", DAY)]
    gone = world.jo.post(f"{path}/remove", {"why": "The machine does it", "removed_on": DAY})
    assert (gone.status_code, gone.json["removed_on"]) == (200, DAY)
    assert world.jo.post(f"{path}/masteries", {"says": "buddy", "happened_on": DAY}).json["code"] == "rung_was_removed"

    for who in ("far", "sam", "ida"):
        system = world.systems[who]
        assert system.get(f"{case}/training").status_code == 404
        assert system.post(f"{case}/rungs", new).status_code == 404
        assert system.patch(f"/rungs/{second}", {"on": DAY}, **{"If-Match": "*"}).status_code == 404
        assert system.post(f"/rungs/{second}/words", {"words": [{"norwegian": "x"}], "on": DAY}).status_code == 404
        assert system.post(f"/rung-words/{word}/learned", {"on": DAY}).status_code == 404
    assert world.reader.post(f"{case}/rungs", new).status_code == 403
