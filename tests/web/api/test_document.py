"""The OpenAPI document says what the API does."""

import json
import re

import pytest

PROBLEM = "#/components/schemas/Problem"


@pytest.fixture
def document(app):
    answer = app.test_client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_openapi_3_1_with_a_name_and_a_version(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"].keys() >= {"title", "version", "description"}
    assert document["components"]["securitySchemes"]["client"] == {"type": "http", "scheme": "bearer"}


def test_it_has_every_route_and_no_other(document, app):
    routed = {
        (re.sub(r"<[^>]*:(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations(document)} == routed


def test_every_reference_leads_somewhere(document):
    for reference in set(re.findall(r'"\$ref": "#/([^"]*)"', json.dumps(document))):
        found = document
        for part in reference.split("/"):
            assert part in found, reference
            found = found[part]


def test_every_operation_is_named_described_and_closed(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
    for path, method, operation in operations(document):
        assert operation["summary"], path
        assert operation["tags"], path
        assert operation["security"] == [{"client": ["read" if method == "get" else "write"]}], path
        in_path = {parameter["name"] for parameter in operation["parameters"] if parameter.get("in") == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))


def test_every_problem_is_described_as_one(document):
    for path, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            assert answer["description"]
            if status >= "400":
                assert answer["content"] == {"application/problem+json": {"schema": {"$ref": PROBLEM}}}, path
        assert {"401", "403"} <= operation["responses"].keys()
        assert "WWW-Authenticate" in operation["responses"]["401"]["headers"]


def test_the_headers_of_writes_are_described(document):
    for path, method, operation in operations(document):
        named = {p["$ref"].rpartition("/")[2] for p in operation["parameters"] if "$ref" in p}
        assert ("Key" in named) == (method == "post"), path
        assert ("Seen" in named) == ("412" in operation["responses"]) == ("428" in operation["responses"]), path
        made = operation["responses"].get("201")
        assert made is None or "Location" in made["headers"], path


def test_bodies_take_no_unknown_field(document):
    schemas = document["components"]["schemas"]
    bodies = {
        content["schema"]["$ref"].rpartition("/")[2]
        for _, _, operation in operations(document)
        for content in operation.get("requestBody", {}).get("content", {}).values()
    }
    assert {"NewParticipant", "NewNote", "ChangedEmployer", "NewTrackMove"} <= bodies
    assert all(schemas[name]["additionalProperties"] is False for name in bodies)
