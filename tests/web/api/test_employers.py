"""Employers over the API: the register, the card and what it gathers."""

BAKERY = {"name": "Fjordens Bakeri AS", "org_number": "974 760 673", "limited_norwegian": "some_tasks"}


def test_a_card_is_added_changed_and_found(world):
    made = world.jo.post("/employers", BAKERY)
    assert made.status_code == 201, made.json
    path = made.headers["Location"].removeprefix("/api/v1")
    shown = world.sam.get(path)
    assert (shown.json["org_number"], shown.headers["ETag"]) == ("974760673", made.headers["ETag"])
    alike = world.jo.post("/employers", {"name": "Fjordens Bakeri"})
    assert (alike.status_code, alike.json["code"]) == (409, "employer_looks_known")
    assert world.jo.post("/employers", {"name": "Fjordens Bakeri", "another": True}).status_code == 201

    assert world.jo.patch(path, {"needs": ["mentor"]}).status_code == 428
    changed = world.jo.patch(path, {"needs": ["mentor"], "stage": "open"}, **{"If-Match": made.headers["ETag"]})
    assert changed.status_code == 200, changed.json
    stale = world.sam.patch(path, {"stage": "closed"}, **{"If-Match": made.headers["ETag"]})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    wrong = world.jo.patch(path, {"org_number": "974760674"}, **{"If-Match": changed.headers["ETag"]})
    assert (wrong.status_code, wrong.json["code"]) == (422, "org_number_check_digit")
    named = {"possible_tasks": "Pat Example may bake", "nobody_named": True}
    assert world.jo.patch(path, named, **{"If-Match": changed.headers["ETag"]}).json["code"] == "participant_named"
    after = world.jo.get(path).json
    assert (after["needs"], after["stage"], after["limited_norwegian"]) == (["mentor"], "open", "some_tasks")
    assert {one["field"] for one in world.jo.get(f"{path}/history").json["changes"]} == {"needs", "stage"}

    first = world.jo.get("/employers?words=bakeri&limit=1").json
    rest = world.jo.get(f"/employers?words=bakeri&limit=1&cursor={first['next']}").json
    assert len({one["employer_id"] for one in first["employers"] + rest["employers"]}) == 2
    assert (first["counts"]["all"], rest["next"]) == (2, None)


def test_a_card_gathers_people_agreements_and_notes(world):
    path = world.jo.post("/employers", BAKERY).headers["Location"].removeprefix("/api/v1")
    person = world.jo.post(f"{path}/people", {"name": "Kari Baker", "decides": True})
    assert person.status_code == 201, person.json
    assert "Kari" not in person.text
    span = {"from_on": "2026-01-01", "until_on": "2026-12-31", "places": 3}
    agreement = world.jo.post(f"{path}/agreements", span, **{"Idempotency-Key": "one"})
    assert world.jo.post(f"{path}/agreements", span, **{"Idempotency-Key": "one"}).json == agreement.json
    note = {"kind": "employer", "channel": "phone", "happened_on": "2026-03-12", "employer_text": "Shifts begin at 5"}
    unticked = world.jo.post(f"{path}/contacts", note)
    assert (unticked.status_code, unticked.json["code"]) == (422, "confirm_nobody_named")
    assert world.jo.post(f"{path}/contacts", {**note, "nobody_named": True}).status_code == 201
    card = world.jo.get(path).json
    assert [one["name"] for one in card["people"]] == ["Kari Baker"]
    assert [one["places"] for one in card["agreements"]] == [3]
    assert [one["text"] for one in card["notes"]] == ["Shifts begin at 5"]
    assert [one["employer_text"] for one in world.jo.get(f"{path}/contacts").json["contacts"]] == ["Shifts begin at 5"]

    left = f"{path}/people/{person.json['person_id']}/left"
    assert world.jo.post(left, {"left_on": "2026-03-15"}).status_code == 200
    assert world.jo.post(left, {"left_on": "2026-03-15"}).json["code"] == "person_has_left"
    end = f"{path}/agreements/{agreement.json['agreement_id']}/end"
    assert world.jo.post(end, {"ended_on": "2026-03-01"}).status_code == 200
    assert world.jo.get(path).json["people"] == []


def test_cards_are_for_the_casework_of_the_office(world):
    path = world.jo.post("/employers", BAKERY).headers["Location"].removeprefix("/api/v1")
    for who in ("far", "ida", "adam"):
        system = world.systems[who]
        assert system.get(path).status_code == 404, who
        assert system.patch(path, {"stage": "open"}, **{"If-Match": "*"}).status_code == 404, who
        assert system.post(f"{path}/people", {"name": "Kari"}).status_code == 404, who
    assert world.far.get("/employers").json["employers"] == []
    assert world.ida.get("/employers").status_code == 403
    assert world.reader.post("/employers", {"name": "Another"}).status_code == 403
