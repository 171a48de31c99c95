"""Employer tracks over the API: opened, moved, matched and closed, and what the employer may be told."""


def test_a_track_goes_from_lead_to_end(world):
    case = f"/cases/{world.case}"
    new = {"opened_on": "2026-03-02", "employer": "Byens Bakeri AS", "occupation": "baker"}
    made = world.jo.post(f"{case}/tracks", new, **{"Idempotency-Key": "one"})
    assert made.status_code == 201, made.json
    assert world.jo.post(f"{case}/tracks", new, **{"Idempotency-Key": "one"}).json == made.json
    twice = world.jo.post(f"{case}/tracks", new)
    assert (twice.status_code, twice.json["code"]) == (422, "track_is_open")
    path, tag = f"/tracks/{made.json['track_id']}", made.headers["ETag"]
    [listed] = world.jo.get(f"{case}/tracks").json["tracks"]
    assert (listed["step"], listed["etag"]) == ("lead", tag)
    forward = next(move for move in listed["moves"] if move["kind"] == "forward" and move["allowed"])
    move = {"trigger": forward["trigger"], "happened_on": "2026-03-03"}
    assert world.jo.post(f"{path}/moves", move).status_code == 428
    moved = world.jo.post(f"{path}/moves", move, **{"If-Match": tag})
    assert (moved.status_code, moved.json["step"]) == (200, forward["to"]), moved.json
    assert world.jo.post(f"{path}/moves", move, **{"If-Match": tag}).status_code == 412

    told = {
        "employer_id": made.json["employer_id"], "decision": "told", "may_tell": ["name"], "by_whom": "together",
        "words": "My name and that I bake", "happened_on": "2026-03-04",
    }  # fmt: skip
    said = world.jo.post(f"{case}/disclosures", told)
    assert said.status_code == 201, said.json
    assert "bake" not in said.text
    assert [one["words"] for one in world.jo.get(f"{case}/disclosures").json["disclosures"]] == [told["words"]]
    sheet = {"happened_on": "2026-03-05", "skills": {"speaking": {"required": "B1", "remedy": "buddy"}}, "own_score": 4}
    matched = world.jo.post(f"{path}/matches", sheet)
    assert matched.status_code == 201, matched.json
    shown = world.jo.get(path)
    assert (shown.json["score"], shown.json["matches"][0]["skills"][0]["remedy"]) == (4, "buddy")
    assert (len(shown.json["events"]), len(shown.json["disclosures"])) == (2, 1)

    language = {"happened_on": "2026-03-06", "reason": "language"}
    vague = world.jo.post(f"{path}/close", language, **{"If-Match": shown.headers["ETag"]})
    assert (vague.status_code, vague.json["code"]) == (422, "language_needs_task_and_skill")
    why = {**language, "skill": "speaking", "words": "Taking orders"}
    closed = world.jo.post(f"{path}/close", why, **{"If-Match": shown.headers["ETag"]})
    assert (closed.status_code, closed.json["closing_talk"]) == (200, "to_be_held"), closed.json
    assert world.jo.post(f"{path}/closing-talk", {"happened_on": "2026-03-10"}).json["closing_talk"] == "held"
    assert world.jo.get(path).json["close_words"] == "Taking orders"
    end = next(one for one in world.jo.get(path).json["events"] if one["trigger"] == "close")
    back = world.jo.post(f"{path}/events/{end['event_id']}/void", {"why": "They said yes"})
    assert back.status_code in (200, 422), back.json

    for who in ("far", "sam", "ida"):
        system = world.systems[who]
        assert system.get(path).status_code == 404
        assert system.get(f"{case}/tracks").status_code == 404
        assert system.post(f"{path}/matches", sheet).status_code == 404
        assert system.post(f"{path}/close", why, **{"If-Match": "*"}).status_code == 404
    assert world.reader.post(f"{case}/tracks", new).status_code == 403
    assert world.jo.get("/track-process").json["process"] == "employer_track"
