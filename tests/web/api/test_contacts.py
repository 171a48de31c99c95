"""Contacts over the API: planned, moved, told, taken back; interpreters, days, and what is refused."""

from datetime import UTC, datetime, timedelta

AHEAD = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
"""The application goes by the real clock."""
HELD = {"kind": "participant", "channel": "in_person", "happened_on": "2026-03-12", "said": "She likes the bakery"}
NO_INTERPRETER = {"needed": "no", "not_needed_because": "common_language"}
NOTE = {**HELD, "interpreter": NO_INTERPRETER}
MEETING = {
    "kind": "participant", "happened_on": AHEAD, "starts_at": "10:00", "minutes": 30, "place": "The library",
    "interpreter": {"needed": "yes", "language": "ti", "dialect": "Asmara"},
}  # fmt: skip


def test_a_meeting_is_planned_moved_told_and_taken_back(world):
    made = world.jo.post(f"/cases/{world.case}/meetings", MEETING)
    assert made.status_code == 201, made.json
    assert "library" not in made.text, "the answer is kept for repeats"
    path = made.headers["Location"].removeprefix("/api/v1")
    shown = world.jo.get(path)
    assert (shown.json["words"]["place"], shown.json["interpreter"]["dialect"]) == ("The library", "Asmara")
    assert shown.headers["ETag"] == made.headers["ETag"]

    moved = world.jo.patch(path, {"starts_at": "11:00", "place": None}, **{"If-Match": shown.headers["ETag"]})
    assert moved.status_code == 200, moved.json
    after = world.jo.get(path).json
    assert (after["starts_at"], after["minutes"], "place" in after["words"]) == ("11:00", 30, False)

    ordered = {"needed": "yes", "language": "ti", "ordered_on": "2026-03-16"}
    stale = world.jo.post(f"{path}/interpreter", ordered, **{"If-Match": shown.headers["ETag"]})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    booked = world.jo.post(f"{path}/interpreter", ordered, **{"If-Match": moved.headers["ETag"]})
    assert booked.status_code == 200, booked.json
    assert booked.headers["ETag"] != moved.headers["ETag"], "the interpreter is part of what was seen"
    invitation = world.jo.get(f"{path}/invitation").json
    assert "11" in invitation["text_nb"]

    early = world.jo.post(f"{path}/note", {"happened_on": AHEAD}, **{"If-Match": booked.headers["ETag"]})
    assert (early.status_code, early.json["code"]) == (422, "in_the_future")
    why = {"by": "participant", "why": "Her bus did not come"}
    called_off = world.jo.post(f"{path}/cancel", why, **{"If-Match": booked.headers["ETag"]})
    assert (called_off.status_code, called_off.json["status"]) == (200, "cancelled")
    back = world.jo.post(f"{path}/void", {"why": "Wrong case"}, **{"If-Match": called_off.headers["ETag"]})
    assert (back.status_code, back.json["status"]) == (200, "voided")


def test_one_note_tells_of_a_contact_and_its_tasks(world):
    path = f"/cases/{world.case}/contacts"
    undecided = world.jo.post(path, HELD)
    assert (undecided.status_code, undecided.json["code"]) == (422, "interpreter_decision_needed")
    task = world.jo.get(f"/cases/{world.case}/tasks?step=engagement").json["tasks"]
    key = next(one["key"] for one in task if not one["closed_by"] and one["dimension"] == "participation")
    note = {**NOTE, "her_words": "I want to bake", "tasks": [key], "next_on": "2026-03-25"}
    made = world.jo.post(path, note, **{"Idempotency-Key": "note"})
    assert made.status_code == 201, made.json
    again = world.jo.post(path, note, **{"Idempotency-Key": "note"})
    assert (again.json, again.headers["ETag"]) == (made.json, made.headers["ETag"])
    [told] = world.jo.get(path).json["contacts"]
    assert (told["words"]["her_words"], told["tasks"], told["success"]) == ("I want to bake", [key], True)
    assert world.jo.get(f"/cases/{world.case}").json["last_contact_on"] == "2026-03-12"
    assert world.trail("what", "case_id")[-1] == ("case_read", world.case)

    assert world.jo.post(f"/cases/{world.case}/calls", {"answered": False}).status_code == 201
    first = world.jo.get(f"{path}?limit=1").json
    assert [one["status"] for one in first["contacts"]] == ["no_answer"]
    rest = world.jo.get(f"{path}?limit=1&cursor={first['next']}").json
    assert ([one["status"] for one in rest["contacts"]], rest["next"]) == (["held"], None)

    outcome = {"came_as": "child", "status": "not_qualified"}
    child = world.jo.post(f"/contacts/{told['contact_id']}/interpreter/outcome", outcome, **{"If-Match": told["etag"]})
    assert (child.status_code, child.json["code"]) == (422, "child_needs_reason")


def test_words_that_do_not_belong_are_refused_at_their_field(world):
    path = f"/cases/{world.case}/contacts"
    number = world.jo.post(path, {**NOTE, "said": "01010750160 is hers"})
    assert (number.status_code, number.json["code"]) == (422, "national_number_in_text")
    assert number.json["reasons"][0]["where"] == "field:said"
    assert "01010750160" not in number.text
    looked = world.jo.post(path, {**NOTE, "said": "Hun har en depresjon"})
    assert looked.json["code"] == "words_to_look_at"
    assert world.jo.post(path, {**NOTE, "said": "Hun har en depresjon", "kept": True}).status_code == 201


def test_contacts_are_for_those_who_may_open_the_case(world):
    made = world.jo.post(f"/cases/{world.case}/contacts", NOTE).json["contact_id"]
    for who in ("far", "sam", "ida", "adam"):
        system = world.systems[who]
        assert system.get(f"/contacts/{made}").status_code == 404, who
        assert system.get(f"/cases/{world.case}/contacts").status_code == 404, who
        assert system.post(f"/cases/{world.case}/contacts", NOTE).status_code == 404, who
        assert system.post(f"/contacts/{made}/void", {"why": "x"}, **{"If-Match": "*"}).status_code == 404, who
    assert world.reader.get(f"/contacts/{made}").status_code == 200
    assert world.reader.post(f"/cases/{world.case}/contacts", NOTE).status_code == 403
    assert world.writer.get(f"/contacts/{made}").status_code == 403
    assert world.jo.post(f"/contacts/{made}/void", {"why": "x"}).status_code == 428


def test_days_hold_no_names_and_no_words(world):
    assert world.jo.post(f"/cases/{world.case}/meetings", MEETING).status_code == 201
    day = world.jo.get(f"/agenda/own?on={AHEAD}")
    assert [line["case"] for line in day.json["lines"]] == [world.case]
    assert "Pat" not in day.text
    assert "library" not in day.text
    period = f"/agenda/team?from_on={AHEAD}&to_on={AHEAD}"
    assert len(world.max.get(period).json["lines"]) == 1
    assert world.sam.get(period).json["lines"] == []
    assert world.jo.get("/agenda/team?from_on=2026-03-16&to_on=2027-03-22").json["code"] == "period_not_allowed"
