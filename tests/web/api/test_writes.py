"""Writing once, and only on what was seen."""

import threading

ADA = {"given_name": "Ada", "family_name": "Example", "languages": ["ti"]}
WAITING = {"waiting_for": "nav", "happened_on": "2026-03-10", "next_on": "2026-03-30"}


def test_the_same_key_and_body_give_the_first_answer_again(world):
    first = world.jo.post("/participants", ADA, **{"Idempotency-Key": "one"})
    again = world.jo.post("/participants", ADA, **{"Idempotency-Key": "one"})
    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert {again.headers[name] for name in ("Location", "ETag")} == {first.headers[n] for n in ("Location", "ETag")}
    assert (again.headers["Idempotency-Replayed"], "Idempotency-Replayed" in first.headers) == ("true", False)
    assert len(world.jo.get("/participants").json["participants"]) == 3


def test_a_repeated_move_is_answered_although_the_case_has_moved_on(world):
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    sent = {"If-Match": tag, "Idempotency-Key": "wait"}
    first = world.jo.post(f"/cases/{world.case}/waiting", WAITING, **sent)
    again = world.jo.post(f"/cases/{world.case}/waiting", WAITING, **sent)
    assert (first.status_code, again.status_code, again.json) == (200, 200, first.json)
    assert [e["kind"] for e in world.jo.get(f"/cases/{world.case}/history").json["events"]] == [
        "opened", "waiting_started",
    ]  # fmt: skip


def test_the_same_key_with_another_body_is_refused(world):
    world.jo.post("/participants", ADA, **{"Idempotency-Key": "one"})
    refused = world.jo.post("/participants", {**ADA, "given_name": "Eve"}, **{"Idempotency-Key": "one"})
    assert (refused.status_code, refused.json["code"]) == (422, "key_used_for_another")
    other = world.max.post("/participants", {**ADA, "given_name": "Eve"}, **{"Idempotency-Key": "one"})
    assert other.status_code == 201, "a key belongs to one client"


def test_what_is_kept_for_repeats_holds_no_name(world):
    from sqlalchemy import text

    world.jo.post("/participants", {**ADA, "participant_ref": "R1"}, **{"Idempotency-Key": "one"})
    with world.database.reading() as session:
        [kept] = session.execute(text("SELECT who, body FROM done_writes")).all()
    assert kept.who == f"client:{world.jo.id}"
    assert "R1" in kept.body
    assert "Ada" not in kept.body


def test_a_refused_write_gives_its_key_back(world):
    body = {"participant": world.waiting_participant, "opened_on": "2999-01-01"}
    assert world.jo.post("/cases", body, **{"Idempotency-Key": "open"}).status_code == 422
    body["opened_on"] = "2026-03-10"
    assert world.jo.post("/cases", body, **{"Idempotency-Key": "open"}).status_code == 201


def test_a_post_without_a_usable_key_is_refused(world):
    for key in ("", "with space", "x" * 101):
        refused = world.jo.post("/participants", ADA, **{"Idempotency-Key": key})
        assert (refused.status_code, refused.json["code"]) == (400, "key_needed")


def test_two_at_once_under_one_key_are_done_once(world):
    answers = []

    def send():
        answers.append(world.jo.post("/participants", ADA, **{"Idempotency-Key": "one"}))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["participant"] for answer in answers}) == 1


def test_of_two_at_once_with_the_same_etag_one_is_too_late(world):
    tag = world.jo.get(f"/cases/{world.case}").headers["ETag"]
    answers = []

    def send():
        answers.append(world.jo.post(f"/cases/{world.case}/waiting", WAITING, **{"If-Match": tag}))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


CHANGES = [
    ("moves", {"trigger": "end", "happened_on": "2026-03-10"}),
    ("waiting", WAITING),
    ("waiting/end", {"happened_on": "2026-03-10"}),
    ("pause", {"reason": "leave", "happened_on": "2026-03-10"}),
    ("resume", {"happened_on": "2026-03-10"}),
]


def test_a_change_says_what_was_seen(world):
    for place, body in CHANGES:
        path = f"/cases/{world.case}/{place}"
        missing = world.jo.post(path, body)
        assert (missing.status_code, missing.json["code"]) == (428, "if_match_needed"), place
        for wrong in ('"999"', 'W/"1"', "nonsense"):
            stale = world.jo.post(path, body, **{"If-Match": wrong})
            assert (stale.status_code, stale.json["code"]) == (412, "stale"), (place, wrong)


def test_a_participant_is_changed_only_as_seen(world):
    path = f"/participants/{world.participant}"
    tag = world.jo.get(path).headers["ETag"]
    assert world.jo.patch(path, {"sex": "female"}).status_code == 428
    assert world.jo.patch(path, {"sex": "female"}, **{"If-Match": tag}).status_code == 200
    stale = world.jo.patch(path, {"sex": "male"}, **{"If-Match": tag})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")


def test_scope_comes_before_what_was_seen(world):
    refused = world.far.post(f"/cases/{world.case}/waiting", WAITING, **{"If-Match": '"1"'})
    assert (refused.status_code, refused.json["code"]) == (404, "not_found")
