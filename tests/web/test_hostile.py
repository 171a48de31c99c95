"""What nobody would send in good faith is answered with a sentence, never with a fault of ours."""

from __future__ import annotations

import pytest

from tests.support.pages import Page
from tests.support.people import make_case, transaction

NUMBERS = ("0", "-1", str(2**63), str(2**70), "9" * 5_000, "²", "x")


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people)


def test_a_reference_that_only_looks_like_a_day_is_no_fault(visit):
    first = visit("jo").submit("/participants/new", given_name="Pat", language_1="ti", ref="2026-13-45")
    second = visit("jo").submit("/participants/new", given_name="Pat", language_1="ti", ref="2026-13-45")
    assert (first.status_code, second.status_code) == (303, 422)
    assert "2026-13-45" in Page(second.text).text


@pytest.mark.parametrize(
    "query",
    ["for=abc", "status=abc", "step=abc", "after=abc", "after=2026-11-20.x", "before=9999-12-31.0"]
    + [f"owner={number}" for number in NUMBERS],
)
def test_a_worklist_that_nobody_offers(visit, query):
    assert visit("max").get(f"/?{query}").status_code in (200, 404, 422)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_nothing_has_is_nobodys(visit, case, number):
    jo, there = visit("jo"), f"/participants/{case.participant_id}"
    assert jo.get(f"{there}/looked?before={number}").status_code in (200, 404)
    assert jo.submit(f"/cases/{case.id}/waiting", version=number, waiting_for="nav").status_code == 409
    assert jo.submit(f"/cases/{case.id}/checks/new", job=number, answer="not_known").status_code == 422
    back = jo.client.post(f"{there}/name?case={number}", data=jo.page(f"{there}/name").form(f"{there}/name").values)
    assert back.status_code == 303
    max_ = visit("max")
    assert max_.submit(f"{there}/protection", protected="yes", readers=number).status_code == 422
    assert max_.submit("/participants/new", given_name="Pat", language_1="ti", owner=number).status_code == 422


def test_what_is_too_long_is_told_how_long_it_may_be(stranger, visit):
    assert "høyst 254 tegn" in stranger.submit("/sign-in", email="x" * 10_000, password="x").text
    refused = visit("jo").submit("/account/password", old="x", new="y" * 1001, again="y" * 1001)
    assert refused.status_code == 422
    assert "høyst 1000 tegn" in Page(refused.text).text
