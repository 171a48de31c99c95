"""Referrals over the API, likely duplicates, and the parts of a record."""

from datetime import UTC, datetime, timedelta

AHEAD = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
"""The application goes by the real clock."""
NEW = {"given_name": "Oleksandr", "family_name": "Kovalenko", "languages": ["uk"], "referred_on": "2026-03-01"}
DECIDED = {"decided_on": "2026-03-10", "decided_by": "supervisor"}


def test_a_referral_is_assigned_kept_waiting_and_accepted(world):
    made = world.max.post("/participants", NEW)
    assert made.status_code == 201, made.json
    path = f"/referrals/{made.json['participant']}"
    listed = world.max.get("/referrals")
    assert made.json["participant"] in [one["participant"] for one in listed.json["referrals"]]
    assert "Kovalenko" not in listed.text
    assert {"Jo", "Sam", "Max"} == {one["name"] for one in world.max.get("/specialists").json["specialists"]}
    sam = {"specialist": world.people.sam.user_id}
    not_jos = world.jo.post(f"{path}/assign", sam, **{"If-Match": made.headers["ETag"]})
    assert (not_jos.status_code, not_jos.json["code"]) == (403, "ask_supervisor")
    given = world.max.post(f"{path}/assign", sam, **{"If-Match": made.headers["ETag"]})
    assert (given.status_code, given.json["specialist"]) == (200, world.people.sam.user_id)
    wait = {**DECIDED, "reason": "starts_later", "look_again_on": AHEAD, "note": "After the course"}
    assert world.max.post(f"{path}/wait", wait, **{"If-Match": made.headers["ETag"]}).status_code == 412
    waits = world.max.post(f"{path}/wait", wait, **{"If-Match": given.headers["ETag"]})
    assert (waits.status_code, waits.json["decision"]) == (200, "waiting"), waits.json
    shown = world.max.get(path)
    assert (shown.json["name"], shown.json["languages"]) == ("Oleksandr Kovalenko", ["uk"])
    assert [one["words"] for one in shown.json["decisions"]] == ["After the course"]
    yes = {**DECIDED, "decided_on": "2026-03-12", "opened_on": "2026-03-12"}
    opened = world.max.post(f"{path}/accept", yes, **{"If-Match": shown.headers["ETag"]})
    assert (opened.status_code, opened.json["owner"]) == (201, world.people.sam.user_id), opened.json
    template = {"template": "youth_fast", "happened_on": "2026-03-12", "why": "She asks for time"}
    changed = world.max.post(f"/cases/{opened.json['case']}/template", template, **{"If-Match": opened.json["etag"]})
    assert changed.status_code == 200, changed.json
    assert changed.json["template"] == "youth_fast"
    for who in ("far", "ida"):
        assert world.systems[who].get(path).status_code == 404
        assert world.systems[who].post(f"{path}/accept", yes, **{"If-Match": "*"}).status_code == 404


def test_who_looks_registered_is_pointed_out_first(world):
    first = world.jo.post("/participants", {**NEW, "participant_ref": "A-1"}).json["participant"]
    alike = {**NEW, "given_name": "Aleksander"}
    asked = world.jo.post("/participants", alike, **{"Idempotency-Key": "again"})
    assert (asked.status_code, asked.json["code"]) == (409, "looks_registered")
    assert [(one["code"], one["where"]) for one in asked.json["reasons"]] == [
        ("looks_like", f"/api/v1/participants/{first}")
    ]
    assert "Kovalenko" not in asked.text
    other = world.jo.post("/participants", {**alike, "another_person": True}, **{"Idempotency-Key": "again"})
    assert other.status_code == 201, other.json
    number = other.json["participant"]
    assert world.jo.get(f"/referrals/{number}").json["perhaps"] == {"participants": [], "hidden": 0}
    assert world.jo.post(f"/participants/{number}/same", {"other": first, "same": True}).status_code == 200
    assert world.jo.get(f"/referrals/{number}").json["linked"]["participants"] == [first]
    hidden = world.far.post(f"/participants/{number}/same", {"other": first, "same": True})
    assert hidden.status_code == 404
    pats = {"given_name": "Pat", "family_name": "Example", "languages": ["ti"]}
    assert "looks_like_hidden" in {one["code"] for one in world.sam.post("/participants", pats).json["reasons"]}


def test_name_languages_levels_and_consents_of_a_record(world):
    path = f"/participants/{world.participant}"
    tag = world.jo.get(path).headers["ETag"]
    assert world.jo.post(f"{path}/name", {"given_name": "Pat", "family_name": "Nova"}).status_code == 428
    named = world.jo.post(f"{path}/name", {"given_name": "Pat", "family_name": "Nova"}, **{"If-Match": tag})
    assert named.status_code == 200, named.json
    assert "Nova" not in named.text
    assert world.jo.get(path).json["family_name"] == "Nova"
    assert world.jo.post(f"{path}/languages", {"languages": ["ti", "ar"]}).status_code == 200
    unknown = world.jo.post(f"{path}/languages", {"languages": ["zz"]})
    assert (unknown.status_code, unknown.json["code"]) == (422, "language_code_unknown")
    assert world.jo.get(f"{path}/languages").json["languages"] == ["ti", "ar"]
    levels = {"levels": {"speaking": "A2", "writing": None}, "source": "teacher", "happened_on": "2026-03-10"}
    assert world.jo.post(f"{path}/levels", levels).status_code == 201
    assert {(one["skill"], one["level"]) for one in world.jo.get(f"{path}/levels").json["levels"]} == {
        ("speaking", "A2"), ("writing", None),
    }  # fmt: skip
    answers = {"answers": {"messages": "yes", "research": "no"}, "form": "oral", "happened_on": "2026-03-10"}
    assert world.jo.post(f"{path}/consents", answers).status_code == 201
    assert {(one["line"], one["answer"]) for one in world.jo.get(f"{path}/consents").json["consents"]} == {
        ("messages", "yes"), ("research", "no"),
    }  # fmt: skip
    joined = world.jo.post(f"{path}/schemes", {"scheme": "jobbsjansen", "from_on": "2026-01-01"})
    assert joined.status_code == 201, joined.json
    check = f"{path}/schemes/{joined.json['schemes'][0]['membership_id']}/check"
    [first, *_] = world.jo.get(check).json["questions"]
    asked = {"answers": {first["key"]: first["allowed"][0] if first["allowed"] else "7"}}
    made = world.jo.post(check, asked, **{"Idempotency-Key": "check"})
    assert made.status_code == 200, made.json
    assert made.json["findings"][0].keys() == {"key", "verdict", "titles", "source"}
    again = world.jo.post(check, asked, **{"Idempotency-Key": "check"})
    assert again.json == {**made.json, "findings": []}, "reasons would tell what was answered: they are not kept"
    assert world.jo.post(check, {"answers": {"income": "1"}}).json["code"] == "field_unknown"
    assert world.jo.get(f"{path}/schemes").json["schemes"][0]["rule_version"] == made.json["rules"]
    for part in ("languages", "levels", "consents", "schemes"):
        assert world.far.get(f"{path}/{part}").status_code == 404
        assert world.writer.get(f"{path}/{part}").status_code == 403
    assert world.far.post(f"{path}/levels", levels).status_code == 404
