"""The worklist over the API, reminders, and the sheet for handing over."""


def test_the_worklist_turns_its_pages_and_holds_no_names(world):
    shown = world.max.get("/worklist?limit=1").json
    assert shown["counts"]["all"] == 2
    rest = world.max.get(f"/worklist?limit=1&cursor={shown['next']}").json
    assert {row["case"] for row in shown["rows"] + rest["rows"]} == {world.case, world.protected_case}
    listed = world.jo.get("/worklist?status=needs_me")
    assert [row["case"] for row in listed.json["rows"]] == [world.case]
    assert "Pat" not in listed.text
    wrong = world.jo.get("/worklist?status=requests")
    assert (wrong.status_code, wrong.json["code"]) == (422, "status_unknown")
    assert world.ida.get("/worklist").status_code == 403
    assert world.jo.get("/worklist?cursor=2026-02-30.1").status_code == 422


def test_a_reminder_is_ones_own_and_a_sheet_everybodys_who_may_open_the_case(world):
    case = f"/cases/{world.case}"
    assert world.jo.get(f"{case}/sticky").status_code == 404
    kept = world.jo.post(f"{case}/sticky", {"text": "Ask about the bus", "due_on": "2026-12-01"})
    assert kept.status_code == 200, kept.json
    assert "bus" not in kept.text
    assert world.jo.get(f"{case}/sticky").json["text"] == "Ask about the bus"
    assert world.max.get(f"{case}/sticky").status_code == 404
    empty = world.jo.post(f"{case}/sticky", {})
    assert (empty.status_code, empty.json["code"]) == (422, "sticky_empty")
    sheet = world.max.get(f"{case}/handover").json
    assert (sheet["step"], sheet["owner"], sheet["tracks"]) == ("engagement", world.people.jo.user_id, [])
    assert sheet["possible"][0]["lacks"]
    assert world.far.get(f"{case}/handover").status_code == 404
    assert world.far.post(f"{case}/sticky", {"text": "x"}).status_code == 404
    assert world.writer.get(f"{case}/handover").status_code == 403
