"""Moves and tasks over the API."""

from tests.support.answers import answer_step


def test_moves_are_listed_with_every_reason(world):
    moves = world.jo.get(f"/cases/{world.case}/moves").json
    forward = moves[0]
    assert forward.keys() == {"trigger", "to", "allowed", "reasons"}
    assert (forward["to"], forward["allowed"]) == ("profiling", False)
    assert len([reason for reason in forward["reasons"] if reason["code"] == "task_open"]) >= 5
    for reason in forward["reasons"]:
        assert reason.keys() == {"code", "task", "text", "who", "where"}
        assert all(reason[key] for key in ("text", "who", "where"))
        assert reason["where"].startswith(f"/cases/{world.case}")


def test_moves_are_those_of_the_command_line(world):
    from se_engine.queries.access import access_case
    from se_engine.queries.case_data import case_data, moves_data

    with world.database.reading() as session:
        case = access_case(session, world.people.jo, world.case)
        shown, moves = case_data(session, case), moves_data(session, world.people.jo, case, "nn")
    assert world.jo.get(f"/cases/{world.case}/moves", **{"Accept-Language": "nn"}).json == moves
    assert shown.items() <= world.jo.get(f"/cases/{world.case}").json.items()


def test_a_blocked_move_gives_the_same_reasons_and_changes_nothing(world):
    moves = world.jo.get(f"/cases/{world.case}/moves")
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    body = {"trigger": moves.json[0]["trigger"], "happened_on": "2026-03-10"}
    refused = world.jo.post(f"/cases/{world.case}/moves", body, **{"If-Match": tag})
    assert (refused.status_code, refused.json["code"]) == (422, "blocked")
    assert refused.json["reasons"] == moves.json[0]["reasons"]
    assert world.jo.get(f"/cases/{world.case}").headers["ETag"] == tag
    assert ("refused", world.case) in [(what, case) for what, case in world.trail("what", "case_id")]


def test_a_move_is_taken(world):
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    end = next(m for m in world.jo.get(f"/cases/{world.case}/moves").json if m["to"] == "ended" and m["allowed"])
    body = {"trigger": end["trigger"], "happened_on": "2026-03-10", "end_reason": "moved", "decided_by": "participant"}
    moved = world.jo.post(f"/cases/{world.case}/moves", {**body, "note": "To another town"}, **{"If-Match": tag})
    assert moved.status_code == 200, moved.json
    assert (moved.json["step"], moved.json["status"], moved.json["ended_on"], moved.json["end_reason"]) == (
        "ended", "ended", "2026-03-10", "moved",
    )  # fmt: skip
    assert moved.headers["ETag"] == world.jo.get(f"/cases/{world.case}").headers["ETag"] != tag
    last = world.jo.get(f"/cases/{world.case}/history").json["events"][-1]
    assert (last["kind"], last["decided_by"], last["reason"], last["text"]) == (
        "ended", "participant", "moved", "To another town",
    )  # fmt: skip


def test_a_move_may_be_another_roles_to_take(world):
    """Where a role may not take a move, the answer is 403 and says who may."""
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    theirs = [
        move["trigger"]
        for move in world.jo.get("/process").json["moves"]
        if "engagement" in move["from"] and "job_specialist" not in move["roles"]
    ]
    for trigger in theirs:
        body = {"trigger": trigger, "happened_on": "2026-03-10", "note": "Because"}
        refused = world.jo.post(f"/cases/{world.case}/moves", body, **{"If-Match": tag})
        assert (refused.status_code, refused.json["code"]) == (403, "move_not_permitted")


def test_an_unknown_move_and_a_wrong_day_are_refused(world):
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    body = {"trigger": "fly", "happened_on": "2026-03-10"}
    assert world.jo.post(f"/cases/{world.case}/moves", body, **{"If-Match": tag}).json["code"] == "no_such_move"
    early = {"trigger": "end", "happened_on": "2025-01-01", "end_reason": "moved"}
    end = next(m for m in world.jo.get(f"/cases/{world.case}/moves").json if m["to"] == "ended" and m["allowed"])
    early["trigger"] = end["trigger"]
    assert world.jo.post(f"/cases/{world.case}/moves", early, **{"If-Match": tag}).json["code"] == "before_step"


def test_tasks_are_listed_with_titles(world):
    tasks = world.jo.get(f"/cases/{world.case}/tasks").json["tasks"]
    assert {task["dimension"] for task in tasks} == {"core", "language", "participation", "culture"}
    assert all(task["titles"]["nb"] and task["titles"]["nn"] and task["titles"]["en"] for task in tasks)
    of_step = world.jo.get(f"/cases/{world.case}/tasks?step=engagement").json["tasks"]
    assert {task["step"] for task in of_step} == {"engagement"}


def test_a_statement_closes_tasks(world):
    path = f"/cases/{world.case}/tasks"
    tasks = world.jo.get(f"{path}?step=engagement").json["tasks"]
    plain = [task["key"] for task in tasks if not task["closed_by"] and task["dimension"] == "participation"][:1]
    body = {"tasks": plain, "status": "done", "happened_on": "2026-03-10", "words": "We sat down together"}
    recorded = world.jo.post(path, body)
    assert recorded.status_code == 200, recorded.json
    assert (recorded.json["tasks"], recorded.headers["ETag"]) == (plain, recorded.json["etag"])
    assert recorded.headers["ETag"] == world.jo.get(f"/cases/{world.case}").headers["ETag"]
    after = {task["key"]: task for task in world.jo.get(f"{path}?step=engagement").json["tasks"]}
    assert (after[plain[0]]["status"], after[plain[0]]["happened_on"]) == ("done", "2026-03-10")


def test_a_task_with_an_employer_comes_once_for_each(world):
    path = f"/cases/{world.case}/tasks"
    key = "T3-A07"  # belongs to one employer, and no record closes it
    for employer in ("Byens Bakeri AS", "Vask & Co"):
        body = {"tasks": [key], "status": "done", "happened_on": "2026-03-10", "words": "Said", "employer": employer}
        recorded = world.jo.post(path, body)
        assert recorded.status_code == 200, recorded.json
    rows = [task for task in world.jo.get(path).json["tasks"] if task["key"] == key]
    assert [(row["employer"], row["status"]) for row in rows] == [("Byens Bakeri AS", "done"), ("Vask & Co", "done")]


def test_a_task_without_evidence_is_refused(world):
    tasks = world.jo.get(f"/cases/{world.case}/tasks?step=engagement").json["tasks"]
    key = next(task["key"] for task in tasks if not task["closed_by"] and task["dimension"] == "participation")
    body = {"tasks": [key], "status": "done", "happened_on": "2026-03-10"}
    refused = world.jo.post(f"/cases/{world.case}/tasks", body)
    assert (refused.status_code, refused.json["code"]) == (422, "line_needed")


def test_an_ordinary_move_is_taken_when_everything_is_answered(world, clock):
    from se_engine.queries.access import access_case
    from tests.support.people import transaction

    with transaction(world.database, clock) as session:
        answer_step(session, world.people.jo, access_case(session, world.people.jo, world.case), clock.day)
    case = world.jo.get(f"/cases/{world.case}")
    forward = world.jo.get(f"/cases/{world.case}/moves").json[0]
    assert forward["allowed"], forward
    body = {"trigger": forward["trigger"], "happened_on": "2026-03-16"}
    moved = world.jo.post(f"/cases/{world.case}/moves", body, **{"If-Match": case.headers["ETag"]})
    assert (moved.status_code, moved.json["step"]) == (200, "profiling")


def test_waiting_and_pausing(world):
    path, tag = f"/cases/{world.case}", world.jo.get(f"/cases/{world.case}").headers["ETag"]
    steps = [
        ("waiting", {"waiting_for": "nav", "happened_on": "2026-03-01", "next_on": "2026-03-20"}, "waiting_for", "nav"),
        ("waiting/end", {"happened_on": "2026-03-05"}, "waiting_for", None),
        ("pause", {"reason": "leave", "happened_on": "2026-03-06", "contact_on": "2026-03-20"}, "status", "paused"),
        ("resume", {"happened_on": "2026-03-10"}, "status", "active"),
    ]
    for place, body, field, value in steps:
        answer = world.jo.post(f"{path}/{place}", body, **{"If-Match": tag})
        assert answer.status_code == 200, answer.json
        assert answer.json[field] == value
        tag = answer.headers["ETag"]


def test_the_process_is_told_with_its_titles(world):
    process = world.jo.get("/process").json
    assert (process["process"], process["steps"][0]["key"], process["steps"][-1]["key"]) == (
        "supported_employment", "engagement", "ended",
    )  # fmt: skip
    assert process["steps"][0]["titles"].keys() == {"nb", "nn", "en"}
    assert {"trigger", "from", "to", "kind", "roles", "needs_reason", "titles"} == process["moves"][0].keys()
    assert world.jo.get("/process?version=1").json == process
    assert world.jo.get("/process?version=99").status_code == 404
