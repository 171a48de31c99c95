"""Cases over the API: what may be read, how the list turns its pages, and opening one."""


def ids(listed):
    return [case["case"] for case in listed["cases"]]


def test_a_case_is_shown_as_the_command_line_shows_it(world):
    shown = world.jo.get(f"/cases/{world.case}")
    assert shown.status_code == 200
    assert shown.headers["ETag"] == shown.json["etag"]
    expected = {
        "case": world.case, "participant_ref": "P0001", "office": "Lakselv", "process": "supported_employment",
        "version": 1, "step": "engagement", "status": "active", "opened_on": "2026-01-05", "ended_on": None,
    }  # fmt: skip
    assert expected.items() <= shown.json.items()


def test_a_case_outside_the_accounts_reach_is_as_if_it_were_not_there(world):
    reach = {"sam": [], "ida": [], "adam": [], "far": [world.other_case]}
    for who, theirs in reach.items():
        system = world.systems[who]
        for path in ("", "/moves", "/tasks", "/history"):
            hers, nobodys = system.get(f"/cases/{world.case}{path}"), system.get(f"/cases/999999{path}")
            assert (hers.status_code, hers.json) == (404, nobodys.json), who
        assert ids(system.get("/cases").json) == theirs, who


def test_no_write_reaches_a_case_outside(world):
    body = {"tasks": ["T1-M1"], "status": "done", "happened_on": "2026-03-10", "words": "We talked"}
    for who in ("sam", "ida", "adam", "far"):
        assert world.systems[who].post(f"/cases/{world.case}/tasks", body).status_code == 404, who
        move = {"trigger": "begin_profiling", "happened_on": "2026-03-10"}
        assert world.systems[who].post(f"/cases/{world.case}/moves", move, **{"If-Match": '"1"'}).status_code == 404


def test_a_protected_case_exists_for_the_named_only(world):
    assert world.jo.get(f"/cases/{world.protected_case}").status_code == 404
    assert world.jo.get(f"/participants/{world.protected_participant}").status_code == 404
    assert world.max.get(f"/cases/{world.protected_case}").status_code == 200
    assert world.protected_case not in ids(world.jo.get("/cases").json)
    assert world.protected_case in ids(world.max.get("/cases").json)


def test_the_list_turns_its_pages_by_cursor(world):
    first = world.max.get("/cases?limit=1").json
    assert ids(first) == [world.case]
    second = world.max.get(f"/cases?limit=1&cursor={first['next']}").json
    assert ids(second) == [world.protected_case]
    assert second["next"] is None


def test_the_list_can_be_narrowed(world):
    assert len(world.max.get("/cases?status=active").json["cases"]) == 2
    assert world.max.get("/cases?status=ended").json["cases"] == []
    hers = world.max.get(f"/cases?participant={world.participant}").json["cases"]
    assert [case["case"] for case in hers] == [world.case]


def test_the_list_can_be_asked_for_what_was_changed(world):
    assert world.jo.get("/cases?updated_since=2026-03-17T00:00:00Z").json["cases"] == []
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]  # a look is no change
    assert world.jo.get("/cases?updated_since=2026-03-17T00:00:00Z").json["cases"] == []
    body = {"waiting_for": "nav", "happened_on": "2026-03-16", "next_on": "2026-03-30"}
    assert world.jo.post(f"/cases/{world.case}/waiting", body, **{"If-Match": tag}).status_code == 200
    changed = world.jo.get("/cases?updated_since=2026-03-17T00:00:00Z").json["cases"]
    assert [case["case"] for case in changed] == [world.case]


def test_a_look_at_a_case_is_told_by_the_trail_with_the_client(world):
    world.jo.get(f"/cases/{world.case}")
    assert world.trail("what", "case_id", "user_id", "detail")[-1] == (
        "case_read", world.case, world.people.jo.user_id, f"client={world.jo.id}",
    )  # fmt: skip


def test_a_case_is_opened(world):
    opened = world.jo.post("/cases", {"participant": world.waiting_participant, "opened_on": "2026-03-10"})
    assert opened.status_code == 201, opened.json
    assert opened.headers["Location"] == f"/api/v1/cases/{opened.json['case']}"
    assert opened.json["step"] == "engagement"
    assert opened.json["owner"] == world.people.jo.user_id
    assert world.jo.get(f"/cases/{opened.json['case']}").json == opened.json
    assert f"client={world.jo.id}" in [row[0] or "" for row in world.trail("detail")][-3]


def test_a_supervisor_opens_a_case_for_somebody(world):
    body = {"participant": world.waiting_participant, "opened_on": "2026-03-10", "owner": world.people.sam.user_id}
    opened = world.max.post("/cases", body)
    assert (opened.status_code, opened.json["owner"]) == (201, world.people.sam.user_id)
    assert world.sam.get(f"/cases/{opened.json['case']}").status_code == 200


def test_a_second_case_at_a_time_is_refused(world):
    refused = world.jo.post("/cases", {"participant": world.participant, "opened_on": "2026-03-10"})
    assert (refused.status_code, refused.json["code"]) == (422, "case_is_running")


def test_history_comes_with_its_words(world):
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    body = {"reason": "sickness", "happened_on": "2026-03-10", "note": "The hip"}
    assert world.jo.post(f"/cases/{world.case}/pause", body, **{"If-Match": tag}).status_code == 200
    opened, paused = world.jo.get(f"/cases/{world.case}/history").json["events"]
    assert (opened["kind"], opened["happened_on"], opened["step"], opened["text"]) == (
        "opened", "2026-01-05", "engagement", None,
    )  # fmt: skip
    assert (paused["kind"], paused["reason"], paused["text"]) == ("paused", "sickness", "The hip")
