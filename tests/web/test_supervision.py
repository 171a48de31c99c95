"""The supervisor's week, the talk sheet, one's own numbers and the leader's page, as they are met and printed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.paper import opened
from tests.support.people import OPENED, TODAY, make_case, transaction

ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
"""Words and paper are the same whichever database they come from."""


@pytest.fixture
def cases(office, noon):
    """Ann has moved on, and nobody has spoken with Bo for long."""
    with transaction(office.database, noon) as session:
        ann = make_case(session, office.people, "profiling", given_name="Ann", family_name="Example")
        bo = make_case(session, office.people, given_name="Bo", opened_on=TODAY - timedelta(days=60))
        return {"ann": ann.id, "bo": bo.id}


@ONE_ENGINE
def test_every_number_of_the_week_opens_the_cases_it_counts(visit, cases):
    max_ = visit("max")
    page = max_.page(f"/team?since={OPENED.isoformat()}")
    links = [link for link in page.links if link.startswith(("/team/since/", "/team/not-moving/"))]
    assert {link.partition("?")[0].rpartition("/")[2] for link in links} == {
        "new", "forward", "over_guide", "no_contact", "information_missing",
    }  # fmt: skip
    for link in links:
        assert [found for found in max_.page(link).links if found.startswith("/cases/")], link
    assert "Bo Example" in page.text


@ONE_ENGINE
def test_a_week_that_cannot_be_is_a_sentence(visit, cases):
    max_ = visit("max")
    ahead = max_.get("/team?since=2026-04-01")
    assert (ahead.status_code, "er ikke kommet ennå" in ahead.text) == (422, True)
    for path in ("/team?since=soon", "/team/since/nothing", "/team/not-moving/nothing", "/team/since/new?since=x"):
        assert max_.get(path).status_code == 404, path
    assert max_.get("/team/since/new?since=2020-01-01").status_code == 422


@ONE_ENGINE
def test_the_monday_paper_is_one_page_without_a_participants_name(visit, cases):
    paper = opened(visit("max").get(f"/team/since.pdf?since={OPENED.isoformat()}").data)
    assert (paper.pages, paper.tagged, paper.language.split("-")[0]) == (1, True, "nb")
    assert "<pdfaid:part>3<" in paper.claims
    assert "Nye forløp" in paper.text
    assert "Example" not in paper.text


@ONE_ENGINE
def test_the_talk_sheet_is_read_by_two_and_each_reading_is_trailed(visit, office, cases):
    jo, max_ = office.people.jo.user_id, visit("max")
    sheet = f"/team/talk/{jo}"
    told = office.trail().count(("case_read", cases["bo"], None))
    text = max_.page(sheet).text
    assert "Bo Example" in text
    assert "Slik teller vi" in text
    assert office.trail().count(("case_read", cases["bo"], None)) == told + 1
    paper = opened(max_.get(f"{sheet}.pdf").data)
    assert (paper.tagged, "Bo Example" in paper.text) == (True, True)
    assert office.trail().count(("case_read", cases["bo"], None)) == told + 2
    assert "Bo Example" in visit("jo").page(sheet).text
    for name in ("sam", "fay", "far", "mia", "ida"):
        assert visit(name).get(sheet).status_code == 404, name


@ONE_ENGINE
def test_own_numbers_are_met_by_nobody_else(visit, office, cases):
    assert "mars 2026" in visit("jo").page("/numbers/mine").text.lower()
    mine = f"/numbers/mine?user={office.people.jo.user_id}"
    assert visit("max").page(mine).text == visit("max").page("/numbers/mine").text


@ONE_ENGINE
@pytest.mark.parametrize(("language", "title"), [("nb", "4. kvartal 2025"), ("en", "Quarter 4, 2025")])
def test_a_leader_meets_a_finished_quarter_and_no_other(visit, cases, language, title):
    mia = visit("mia")
    mia.send("/preferences/language", language=language)
    page = mia.page("/leader")
    assert title in page.text
    assert not [link for link in page.links if link.startswith("/cases/")]
    paper = opened(mia.get("/leader.pdf?quarter=2025-4").data)
    assert (paper.pages, paper.tagged, paper.language.split("-")[0]) == (1, True, language)
    assert title in paper.text
    running = mia.get("/leader?quarter=2026-1")
    assert running.status_code == 422
    assert mia.get("/leader?quarter=2026-7").status_code == 404
