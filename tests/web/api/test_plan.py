"""Her plan and what stands around a job over the API."""


def test_a_proposal_is_offered_answered_and_taken_back(world):
    case = f"/cases/{world.case}"
    offer = {"about": "course", "offer": "A course in the kitchen", "offered_on": "2026-03-10"}
    made = world.jo.post(f"{case}/choices", offer, **{"Idempotency-Key": "one"})
    assert made.status_code == 201, made.json
    assert "kitchen" not in made.text
    assert world.jo.post(f"{case}/choices", offer, **{"Idempotency-Key": "one"}).json == made.json
    path = f"/choices/{made.json['choice_id']}"
    vague = world.jo.post(f"{path}/answer", {"answer": "something_else", "answered_on": "2026-03-12"})
    assert (vague.status_code, vague.json["code"]) == (422, "say_what_instead")
    no = {"answer": "declined", "answered_on": "2026-03-12", "words": "Not now", "language": "ti"}
    assert world.jo.post(f"{path}/answer", no).json["answer"] == "declined"
    goal = {"kind": "individual", "words": "Drive a car", "set_on": "2026-03-10"}
    set_one = world.jo.post(f"{case}/goals", goal).json["goal_id"]
    ended = world.jo.post(f"/goals/{set_one}/end", {"outcome": "reached", "ended_on": "2026-03-15"})
    assert (ended.status_code, ended.json["outcome"]) == (200, "reached")
    assert world.jo.post(f"{case}/scores", {"happened_on": "2026-03-10", "motivation": 8}).status_code == 201
    plan = world.jo.get(f"{case}/plan").json
    assert [(one["offer"], one["words"]) for one in plan["choices"]] == [("A course in the kitchen", "Not now")]
    assert ([one["words"] for one in plan["goals"]], plan["numbers"]["declined"]) == (["Drive a car"], 1)
    assert plan["scores"] == [{"on": "2026-03-10", "motivation": 8, "confidence": None}]
    assert world.jo.post(f"{path}/void", {"why": "Another's"}).json["voided"] is True

    assert world.far.post(f"{path}/void", {"why": "x"}).status_code == 404
    assert world.far.post(f"/goals/{set_one}/end", {"outcome": "dropped", "ended_on": "2026-03-15"}).status_code == 404
    assert world.far.get(f"{case}/plan").status_code == 404
    assert world.reader.post(f"{case}/goals", goal).status_code == 403


def test_needs_partners_promises_and_problems(world):
    case = f"/cases/{world.case}"
    partner = world.jo.post("/partners", {"name": "NAV Lakselv", "kind": "nav"}).json["partner_id"]
    assert world.jo.patch(f"/partners/{partner}", {"phone": "55 55 33 33"}).status_code == 200
    assert [one["name"] for one in world.sam.get("/partners").json["partners"]] == ["NAV Lakselv"]
    need = world.jo.post(f"{case}/needs", {"area": "housing", "noted_on": "2026-03-10", "words": "A new flat"})
    assert need.status_code == 201, need.json
    path = f"/needs/{need.json['need_id']}"
    assert world.jo.patch(path, {"on": "2026-03-12"}).status_code == 428
    change = {"on": "2026-03-12", "status": "appointed", "appointment_on": "2026-03-20", "partner_id": partner}
    appointed = world.jo.patch(path, change, **{"If-Match": need.headers["ETag"]})
    assert appointed.status_code == 200, appointed.json
    assert world.jo.patch(path, change, **{"If-Match": need.headers["ETag"]}).status_code == 412
    done = world.jo.patch(path, {"on": "2026-03-15", "sort_first": True}, **{"If-Match": appointed.headers["ETag"]})
    assert (done.json["status"], done.json["partner_id"], done.json["rank"]) == ("appointed", partner, 1)

    promise = {"who": "partner", "partner_id": partner, "text": "Calls the landlord", "due_on": "2026-03-20"}
    meeting = {"promises": [promise], "made_on": "2026-03-12"}
    closed = world.jo.post(f"{case}/commitments", meeting)
    assert (closed.status_code, closed.json["code"]) == (422, "partner_consent_needed")
    yes = {"partner_id": partner, "answers": {"meetings": "yes"}, "happened_on": "2026-03-11"}
    assert world.jo.post(f"{case}/partner-consents", yes).status_code == 201
    [made] = world.jo.post(f"{case}/commitments", meeting).json["commitments"]
    kept = world.jo.post(f"/commitments/{made['commitment_id']}/done", {"done_on": "2026-03-14"})
    assert kept.json["done_on"] == "2026-03-14"
    problem = {"tag": "attendance", "brought_by": "employer", "words": "Came late", "opened_on": "2026-03-12"}
    opened = world.jo.post(f"{case}/problems", problem).json
    assert opened["answer_by"] == "2026-03-13"
    solved = {"solution": "Another bus", "closed_on": "2026-03-13"}
    assert world.jo.post(f"/problems/{opened['problem_id']}/close", solved).status_code == 200

    shown = world.jo.get(f"{case}/needs").json
    assert [one["words"] for one in shown["needs"]] == ["A new flat"]
    assert [one["text"] for one in shown["commitments"]] == ["Calls the landlord"]
    assert [one["solution"] for one in shown["problems"]] == ["Another bus"]
    assert {one["topic"] for one in shown["consents"][0]["topics"] if one["shared"]} == {"meetings"}
    for write in (
        world.far.patch(path, {"on": "2026-03-15"}, **{"If-Match": "*"}),
        world.far.patch(f"/partners/{partner}", {"name": "X"}),
        world.far.post(f"/commitments/{made['commitment_id']}/drop", {"why": "x", "dropped_on": "2026-03-15"}),
        world.far.post(f"/problems/{opened['problem_id']}/close", solved),
    ):
        assert write.status_code == 404
