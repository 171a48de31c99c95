"""Waiting, pausing and putting life in order first, on pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=10))


@pytest.fixture
def jo(visit):
    return visit("jo")


def test_waiting_starts_and_ends(jo, case):
    answer = jo.submit(f"/cases/{case.id}/waiting", waiting_for="employer", happened_on="10.3.", next_on="20.3.")
    assert answer.status_code == 303
    page = jo.page(f"/cases/{case.id}").text
    assert "20. mars 2026" in page
    assert "venting 6" in page
    assert jo.submit(f"/cases/{case.id}/waiting/end").status_code == 303
    assert jo.submit(f"/cases/{case.id}/waiting/end").status_code == 422


def test_waiting_for_nobody_is_refused_and_the_note_stays(jo, case):
    answer = jo.submit(f"/cases/{case.id}/waiting", note="The letter from the office.")
    assert answer.status_code == 422
    assert "The letter from the office." in answer.text


def test_a_pause_has_a_day_for_new_contact_within_thirty_days(jo, case):
    late = jo.submit(f"/cases/{case.id}/pause", reason="travel", contact_on="1.6.2026", note="To her mother.")
    assert late.status_code == 422
    assert "To her mother." in late.text
    assert "15. april 2026" in late.text
    assert jo.submit(f"/cases/{case.id}/pause", reason="travel").status_code == 303
    assert "15. apr. 2026" in jo.page(f"/cases/{case.id}").text
    assert jo.submit(f"/cases/{case.id}/pause/renew", contact_on="10.4.").status_code == 303
    assert jo.submit(f"/cases/{case.id}/resume").status_code == 303


def test_a_stale_page_pauses_nothing_and_keeps_the_note(jo, case, visit):
    filled = jo.page(f"/cases/{case.id}/pause").form(f"/cases/{case.id}/pause").values
    visit("max").submit(f"/cases/{case.id}/waiting", waiting_for="nav")
    answer = jo.client.post(f"/cases/{case.id}/pause", data={**filled, "reason": "travel", "note": "Kept."})
    assert answer.status_code == 409
    assert "Kept." in answer.text


def test_putting_life_in_order_is_work_without_guide_time(jo, case):
    assert "veiledende tid 21" in jo.page(f"/cases/{case.id}").text
    assert jo.submit(f"/cases/{case.id}/sort-first").status_code == 303
    assert "veiledende tid 21" not in jo.page(f"/cases/{case.id}").text
    assert jo.submit(f"/cases/{case.id}/sort-first/end").status_code == 303


def test_an_event_is_corrected_and_history_shows_both(jo, case):
    jo.submit(f"/cases/{case.id}/waiting", waiting_for="employer", happened_on="10.3.", next_on="20.3.")
    path = next(link for link in jo.page(f"/cases/{case.id}/history").links if "/correct" in link)
    silent = jo.submit(path, what="replace", happened_on="11.3.")
    assert silent.status_code == 422
    answer = jo.submit(path, what="replace", happened_on="11.3.", code="nav", why="It was NAV we waited for.")
    assert answer.status_code == 303
    history = jo.page(f"/cases/{case.id}/history").text
    assert "Begynte å vente: NAV" in history
    assert "Begynte å vente: Arbeidsgiver" in history
    assert "It was NAV we waited for." in history


def test_the_opening_can_be_moved_but_not_taken_back(jo, case):
    opened = [link for link in jo.page(f"/cases/{case.id}/history").links if "/correct" in link][-1]
    assert jo.submit(opened, what="void", why="Never opened.").status_code == 422
    assert jo.submit(opened, what="replace", happened_on="4.3.2026", why="Two days earlier.").status_code == 303
    assert "4. mars 2026" in jo.page(f"/cases/{case.id}/history").text


def test_an_unmoved_case_cannot_be_waited_for_in_the_future(jo, case):
    answer = jo.submit(f"/cases/{case.id}/waiting", waiting_for="nav", happened_on="17.3.2026", next_on="20.3.2026")
    assert answer.status_code == 422
    assert "17. mars 2026 er ikke kommet ennå" in answer.text
