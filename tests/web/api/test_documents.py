"""Agreements, plans and reports over the API: written, agreed to, changed, shared, printed and taken back."""

from __future__ import annotations

import io

import pytest

from tests.support.documents import HER_WORDS, READ, filled
from tests.support.people import TODAY

DAY = TODAY.isoformat()


@pytest.fixture
def new():
    def body(kind, *, on=TODAY, **changed):
        return {"kind": kind, "content": filled(kind, on=on, **changed), "happened_on": DAY}

    return body


def test_an_agreement_is_written_agreed_to_and_falls_when_it_says_something_else(world, new):
    case = f"/cases/{world.case}"
    listed = world.jo.get(f"{case}/documents")
    assert "cooperation_agreement" in listed.json["may_begin"]
    body = new("cooperation_agreement")
    made = world.jo.post(f"{case}/documents", body, **{"Idempotency-Key": "one"})
    assert made.status_code == 201, made.json
    assert HER_WORDS not in made.text
    assert world.jo.post(f"{case}/documents", body, **{"Idempotency-Key": "one"}).json == made.json
    assert world.jo.post(f"{case}/documents", body).json["code"] == "document_exists"
    path, tag = f"/documents/{made.json['document_id']}", made.headers["ETag"]
    assert made.headers["Location"] == f"/api/v1{path}"
    assert (made.json["status"], made.json["waiting_for"]) == ("ready", ["participant", "specialist"])

    approval = {"party": "participant", "happened_on": DAY, **READ}
    assert world.jo.post(f"{path}/approve", approval).status_code == 428
    nameless = world.jo.post(f"{path}/approve", {"party": "participant", "happened_on": DAY}, **{"If-Match": tag})
    assert (nameless.status_code, nameless.json["code"]) == (422, "document_language_needed")
    hers = world.jo.post(f"{path}/approve", approval, **{"If-Match": tag})
    assert (hers.status_code, hers.json["waiting_for"]) == (200, ["specialist"]), hers.json
    signed = world.jo.post(f"{path}/sign", {"parties": ["specialist"], "happened_on": DAY}, **{"If-Match": tag})
    assert (signed.json["status"], signed.json["agreed"]) == ("in_force", {"participant": DAY, "specialist": DAY})
    said = {"happened_on": DAY, "teach_back": True, "words": "You help me.", **READ}
    explained = world.jo.post(f"{path}/explain", said, **{"If-Match": tag})
    assert explained.json["understood"] is True

    shown = world.jo.get(path)
    assert (shown.headers["ETag"], shown.json["would_fall"]) == (tag, ["participant", "specialist"])
    assert [one["what"] for one in shown.json["events"]] == ["explained", "signed", "approved"]
    assert shown.json["events"][0]["words"] == "You help me."
    assert (shown.json["missing"], shown.json["definition"]) == ([], "cooperation_agreement/v1")
    same = world.jo.post(
        f"{path}/versions", {"content": shown.json["content"], "happened_on": DAY}, **{"If-Match": tag}
    )
    assert (same.json["fell"], same.json["status"]) == ([], "in_force")
    key = next(key for key, given in shown.json["content"].items() if given == HER_WORDS)
    other = {"content": {**shown.json["content"], key: "I want to cook."}, "happened_on": DAY}
    changed = world.jo.post(f"{path}/versions", other, **{"If-Match": tag})
    assert (changed.json["fell"], changed.json["number"]) == (["participant", "specialist"], 2), changed.json
    assert world.jo.post(f"{path}/approve", approval, **{"If-Match": tag}).status_code == 412
    again = world.jo.post(f"{path}/approve", approval, **{"If-Match": changed.headers["ETag"]})
    [event] = again.json["events"]
    back = world.jo.post(f"{path}/events/{event}/withdraw", {"why": "Another day", "happened_on": DAY})
    assert (back.status_code, back.json["agreed"]) == (200, {}), back.json
    assert world.jo.get(path).json["versions"][0]["changed"] == [key]
    closed = world.jo.post(f"{path}/close", {"closed_on": DAY}, **{"If-Match": changed.headers["ETag"]})
    assert closed.json["status"] == "closed"

    for who in ("far", "sam", "ida"):
        system = world.systems[who]
        assert system.get(path).status_code == 404
        assert system.get(f"{path}/pdf").status_code == 404
        assert system.get(f"{case}/sheet/pdf").status_code == 404
        assert system.get(f"{case}/documents").status_code == 404
        assert system.post(f"{path}/approve", approval, **{"If-Match": "*"}).status_code == 404
        withdrawn = system.post(f"{path}/events/{event}/withdraw", {"why": "x", "happened_on": DAY})
        assert withdrawn.status_code == 404
    assert world.reader.post(f"{case}/documents", body).status_code == 403
    assert world.writer.get(path).status_code == 403


def test_what_is_missing_is_said_before_anybody_signs(world, new):
    made = world.jo.post(f"/cases/{world.case}/documents", new("step_down_plan", natural_support=None))
    path, tag = f"/documents/{made.json['document_id']}", made.headers["ETag"]
    assert made.json["status"] == "draft"
    assert world.jo.get(path).json["missing"] == ["natural_support"]
    refused = world.jo.post(f"{path}/sign", {"parties": ["specialist"], "happened_on": DAY}, **{"If-Match": tag})
    assert (refused.status_code, refused.json["code"]) == (422, "document_incomplete")
    unknown = world.jo.post(f"/cases/{world.case}/documents", {**new("training_plan"), "content": {"colour": "red"}})
    assert unknown.status_code == 422
    wrong = world.jo.post(f"/cases/{world.case}/documents", {**new("step_down_plan"), "content": {"x": [[1]]}})
    assert (wrong.status_code, wrong.json["code"]) == (422, "request_not_valid")
    kinds = {one["kind"]: one for one in world.jo.get("/document-kinds").json["kinds"]}
    assert "natural_support" in {one["key"] for one in kinds["step_down_plan"]["fields"] if one["needed"]}
    assert kinds["three_party_agreement"]["about"] == "employer"


def test_a_report_is_shared_and_commented_on(world, new):
    body = {**new("interim_report"), "from_on": "2026-01-05", "until_on": DAY}
    made = world.jo.post(f"/cases/{world.case}/documents", body)
    assert made.status_code == 201, made.json
    path, seen = f"/documents/{made.json['document_id']}", {"If-Match": made.headers["ETag"]}
    comment = {"happened_on": DAY, "words": "It is right.", "language": "ti", "interpreter": "yes"}
    assert world.jo.post(f"{path}/comment", comment, **seen).json["code"] == "document_not_shared"
    late = world.jo.post(f"{path}/share", {"happened_on": DAY, "deadline_on": DAY}, **seen)
    assert late.json["code"] == "deadline_after_sharing"
    shared = world.jo.post(f"{path}/share", {"happened_on": DAY, "deadline_on": "2126-04-01"}, **seen)
    assert (shared.json["status"], shared.json["comment_by"]) == ("comment_due", "2126-04-01"), shared.json
    assert world.jo.post(f"{path}/comment", comment, **seen).json["status"] == "finished"


def test_a_document_and_her_sheet_come_as_pdf(world, new):
    from pypdf import PdfReader

    made = world.jo.post(f"/cases/{world.case}/documents", new("cooperation_agreement"))
    path = f"/documents/{made.json['document_id']}"
    for address in (f"{path}/pdf", f"{path}/pdf?language=ar", f"/cases/{world.case}/sheet/pdf?language=nn"):
        answer = world.jo.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text
        assert PdfReader(io.BytesIO(answer.data)).pages
    printed = world.jo.get(path).json["events"]
    assert [(one["what"], one["language"]) for one in printed] == [("printed", "ar"), ("printed", "nb")]
    assert "sheet_printed" in {what for (what,) in world.trail("what")}
    unwritten = world.jo.get(f"/cases/{world.case}/sheet/pdf?language=zz")
    assert (unwritten.status_code, unwritten.mimetype) == (422, "application/problem+json")
    given = world.jo.post(f"/cases/{world.case}/sheet/handed-over", {"language": "ar", "happened_on": DAY})
    assert given.status_code == 200, given.json
    assert world.writer.get(f"{path}/pdf").status_code == 403
