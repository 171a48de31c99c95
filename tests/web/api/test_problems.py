"""Every no is a problem detail, in the language asked for, and repeats nothing that was sent."""

from dataclasses import replace

SHAPE = {"type", "title", "status", "code", "detail", "reasons"}
ADA = {"given_name": "Ada", "family_name": "Example", "languages": ["ti"]}


def assert_problem(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json.keys() == SHAPE
    assert answer.json["status"] == status
    assert all(reason.keys() == {"code", "task", "text", "who", "where"} for reason in answer.json["reasons"])
    assert answer.json["reasons"]


def test_what_http_does_not_allow_is_a_problem_too(world):
    assert_problem(world.jo.get("/nothing"), 404, "not_found")
    for method in ("GET", "POST"):
        assert_problem(world.jo.send(method, "/cases/0/moves", None), 404, "not_found")
    assert_problem(world.jo.get(f"/cases/{2**70}"), 404, "not_found")
    wrong = world.jo.send("DELETE", f"/cases/{world.case}", None)
    assert_problem(wrong, 405, "method_not_allowed")
    assert "GET" in wrong.headers["Allow"]
    assert_problem(world.nobody.get("/nothing"), 404, "not_found")


def test_a_wrong_content_type(world):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert_problem(world.jo.post("/participants", b"{}", **{"Content-Type": kind}), 415, "media_type_not_allowed")


def test_a_body_that_is_no_json(world):
    for body in (b"", b"{", b"\xff{}", b"[" * 100_000):
        assert_problem(world.jo.post("/participants", body), 400, "body_not_readable")


def test_a_body_that_is_no_object(world):
    for body in (b"[]", b"null", b"0", b'"x"', b"false"):
        assert_problem(world.jo.post("/participants", body), 422, "body_not_an_object")


def test_a_body_too_large(world):
    assert world.jo.post("/participants", b"x" * 3_000_000).status_code == 413


def test_every_wrong_field_is_named(world):
    body = {
        "participant_ref": "x" * 201, "given_name": 7, "sex": "often", "birth_year": "1990", "referred_on": 0,
        "decided_on": "2026-02-30", "shoe_size": 42,
    }  # fmt: skip
    answer = world.jo.post("/participants", body, **{"Accept-Language": "en"})
    assert_problem(answer, 422, "request_not_valid")
    assert {(reason["where"], reason["code"]) for reason in answer.json["reasons"]} == {
        ("field:participant_ref", "field_too_long"),
        ("field:given_name", "field_wrong"),
        ("field:family_name", "field_needed"),
        ("field:sex", "value_unknown"),
        ("field:birth_year", "field_wrong"),
        ("field:referred_on", "field_date"),
        ("field:decided_on", "field_date"),
        ("field:shoe_size", "field_unknown"),
    }
    [choice] = [reason["text"] for reason in answer.json["reasons"] if reason["code"] == "value_unknown"]
    assert "female, male, other, unknown" in choice


def test_what_was_sent_is_not_repeated(world):
    body = {"given_name": ["Zebedeus"], "family_name": "Quagmire", "Zebedeus Quagmire, born 1990": 1, "sex": "Zeb"}
    answer = world.jo.post("/participants", body)
    assert answer.status_code == 422
    assert not any(word in answer.text for word in ("Zeb", "Quagmire", "1990"))


WRONG_QUERIES = {
    "cursor=-1": "query:cursor",
    "cursor=x": "query:cursor",
    f"cursor={2**70}": "query:cursor",
    "limit=0": "query:limit",
    "limit=201": "query:limit",
    "updated_since=yesterday": "query:updated_since",
    "updated_since=2026-03-16T12:00:00": "query:updated_since",
    "updated_since=9999-12-31T23:59:59-12:00": "query:updated_since",
    "status=asleep": "query:status",
    "colour=red": "query:colour",
}


def test_a_wrong_query(world):
    for query, where in WRONG_QUERIES.items():
        answer = world.jo.get(f"/cases?{query}")
        assert_problem(answer, 422, "request_not_valid")
        assert [reason["where"] for reason in answer.json["reasons"]] == [where]


def test_text_no_database_can_keep(world):
    for text in ("nul \x00 inside", "\ud800"):
        assert_problem(world.jo.post("/participants", {**ADA, "given_name": text}), 422, "request_not_valid")


ASKED = {"nb": "nb", "nn": "nn", "en": "en", "en-GB,nb;q=0.5": "en", "no": "nb", "fr": "nb", "*": "nb", "": "nb"}
NOT_FOUND = {"nb": "Vi fant det ikke", "nn": "Vi fann det ikkje", "en": "We "}


def test_the_language_is_the_one_asked_for(world):
    for asked, spoken in ASKED.items():
        answer = world.jo.get("/cases/999999", **{"Accept-Language": asked})
        assert answer.json["detail"].startswith(NOT_FOUND[spoken]), asked
        assert answer.headers["Content-Language"] == spoken
        assert "Accept-Language" in answer.headers["Vary"]


def test_reasons_of_moves_follow_the_language(world):
    said = {
        language: world.jo.get(f"/cases/{world.case}/moves", **{"Accept-Language": language}).json[0]["reasons"][0]
        for language in ("nb", "nn", "en")
    }
    assert len({reason["text"] for reason in said.values()}) == 3
    assert len({reason["code"] for reason in said.values()}) == 1


def test_a_fault_of_ours_is_a_problem_with_a_number(world, settings):
    from web import create_app

    app = create_app(settings)

    @app.before_request
    def break_down():
        raise RuntimeError("a fault that is meant")

    answer = replace(world.jo, app=app).get("/cases")
    app.extensions["se_database"].dispose()
    assert_problem(answer, 500, "fault")
    assert "meant" not in answer.text
