"""Participants over the API: the list, one of them, registering, and changing facts."""

ADA = {"given_name": "Ada", "family_name": "Example"}
PAT = {**ADA, "languages": ["ti"]}


def ids(listed):
    return [entry["participant"] for entry in listed["participants"]]


def test_one_participant_comes_with_name_and_facts(world):
    shown = world.jo.get(f"/participants/{world.participant}")
    assert shown.status_code == 200
    expected = {"participant_ref": "P0001", "given_name": "Pat", "family_name": "Example", "birth_year": 1990}
    assert expected.items() <= shown.json.items()
    assert shown.headers["ETag"] == shown.json["etag"]
    assert world.trail("what", "participant_id", "detail")[-1] == (
        "case_read", world.participant, f"client={world.jo.id}",
    )  # fmt: skip


def test_the_list_holds_no_names_and_no_facts(world):
    listed = world.max.get("/participants?limit=2").json
    assert ids(listed) == [world.participant, world.protected_participant]
    assert "Pat" not in world.max.get("/participants").text
    rest = world.max.get(f"/participants?cursor={listed['next']}").json
    assert (ids(rest), rest["next"]) == ([world.waiting_participant], None)


def test_the_list_finds_a_reference(world):
    [found] = world.max.get("/participants?participant_ref=P0001").json["participants"]
    assert found["participant"] == world.participant


def test_the_list_can_be_asked_for_what_was_changed(world):
    since = "/participants?updated_since=2026-03-17T00:00:00%2B01:00"
    assert world.jo.get(since).json["participants"] == []
    made = world.jo.post("/participants", PAT).json
    assert world.jo.get(since).json["participants"] == [made]


def test_others_do_not_see_her(world):
    for who in ("sam", "ida", "adam", "far"):
        assert world.systems[who].get(f"/participants/{world.participant}").status_code == 404, who
    # Without a case she is open to the casework of her office.
    assert ids(world.sam.get("/participants").json) == [world.waiting_participant]


def test_a_participant_is_registered(world):
    made = world.jo.post("/participants", {**PAT, "participant_ref": "A-7", "sex": "female", "country": "ER"})
    assert made.status_code == 201, made.json
    assert made.headers["Location"] == f"/api/v1/participants/{made.json['participant']}"
    assert "Ada" not in made.text, "the answer is kept for repeats"
    shown = world.jo.get(f"/participants/{made.json['participant']}").json
    assert {**ADA, "participant_ref": "A-7", "sex": "female", "country": "ER"}.items() <= shown.items()


def test_a_protected_participant_is_registered_for_the_account_alone(world):
    made = world.jo.post("/participants", {**PAT, "protected": True}).json
    assert world.jo.get(f"/participants/{made['participant']}").status_code == 200
    assert world.max.get(f"/participants/{made['participant']}").status_code == 404


def test_roles_without_casework_register_nobody(world):
    for who in ("ida", "adam"):
        refused = world.systems[who].post("/participants", PAT)
        assert (refused.status_code, refused.json["code"]) == (403, "not_permitted"), who


def test_a_reference_is_used_once(world):
    refused = world.jo.post("/participants", {**PAT, "participant_ref": "P0001"})
    assert (refused.status_code, refused.json["code"]) == (422, "ref_used")


def test_facts_are_changed_one_by_one(world):
    path = f"/participants/{world.participant}"
    tag = world.jo.get(path).headers["ETag"]
    changed = world.jo.patch(path, {"sex": "female", "birth_year": None}, **{"If-Match": tag})
    assert changed.status_code == 200, changed.json
    after = world.jo.get(path)
    assert (after.json["sex"], after.json["birth_year"], after.json["given_name"]) == ("female", None, "Pat")
    assert after.headers["ETag"] == changed.headers["ETag"] != tag
    told = [row for row in world.trail("what", "detail") if row[0] == "participant_changed"]
    assert f"client={world.jo.id}" in told[-1][1]


def test_a_merge_patch_may_be_called_by_its_name(world):
    path = f"/participants/{world.participant}"
    tag = world.jo.get(path).headers["ETag"]
    kind = {"If-Match": tag, "Content-Type": "application/merge-patch+json"}
    assert world.jo.patch(path, {"sex": "male"}, **kind).status_code == 200


def test_a_fact_that_cannot_be_is_refused(world):
    path = f"/participants/{world.participant}"
    tag = world.jo.get(path).headers["ETag"]
    refused = world.jo.patch(path, {"birth_year": 1801}, **{"If-Match": tag})
    assert (refused.status_code, refused.json["code"]) == (422, "year_not_allowed")
    assert world.jo.get(path).headers["ETag"] == tag
