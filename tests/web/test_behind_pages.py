"""Lists behind a number, page by page: everybody once, the count of all of them on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.people import TODAY, make_case, transaction
from web.reports import behind
from web.reports.behind import page_after


@pytest.mark.parametrize(("many", "shown"), [(0, 3), (3, 3), (4, 3), (10, 3), (9, 3)])
def test_the_pages_together_are_everybody_in_order(many, shown):
    ids = [7 * number % 31 + 1 for number in range(many)]
    seen, after = [], 0
    while True:
        page = page_after(ids, after, shown)
        assert (page.many, page.before, len(page.ids) <= shown) == (many, len(seen), True)
        seen += page.ids
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == sorted(ids)


def test_who_comes_meanwhile_moves_nobody_over_the_edge():
    first = page_after([2, 4, 6, 8], 0, 2)
    assert page_after([1, 2, 3, 4, 6, 8], first.next_after, 2).ids == [6, 8]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_long_list_goes_on_under_the_same_filter(visit, office, noon, monkeypatch):
    monkeypatch.setattr(behind, "SHOWN", 2)
    with transaction(office.database, noon) as session:
        opened_on = TODAY - timedelta(days=200)
        cases = [make_case(session, office.people, opened_on=opened_on).id for _ in range(3)]
    starts = (
        "/reports/time-per-step/cases?step=engagement&part=running",
        "/reports/cases?report=caseload&part=cases",
        "/reports/effort/cases?result=cases",
    )
    for start in starts:
        page = visit("max").page(start)
        [further] = [link for link in page.links if "after=" in link]
        assert f"1 til 2 av {len(cases)}" in page.text
        rest = visit("max").page(further)
        shown = [link for one in (page, rest) for link in one.links if link.startswith("/cases/")]
        assert shown == [f"/cases/{case}" for case in cases], start
        assert not [link for link in rest.links if "after=" in link]
