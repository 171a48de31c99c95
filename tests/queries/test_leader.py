"""What a quarter has changed, from two published reports: nothing is said of what either of them hides."""

from datetime import date

from se_engine.queries.leader import LeaderPage, new_and_ended
from se_engine.rules.supervision import Quarter

QUARTER = Quarter(2026, 1)


def outcomes(as_of: date, total: int | None, **ended: int | None) -> dict[str, object]:
    if total is None:
        return {"as_of": as_of.isoformat(), "suppressed": True}
    reasons = [{"reason": reason, "n": many} for reason, many in ended.items()]
    return {"as_of": as_of.isoformat(), "suppressed": False, "total": total, "outcomes": reasons}


def page(now: dict[str, object], before: dict[str, object]) -> LeaderPage:
    return LeaderPage(QUARTER, "Lakselv", 5, {"outcomes": now}, {"outcomes": before}, None, None, has_next=False)


def test_the_difference_of_two_published_counts_is_told():
    found = page(
        outcomes(QUARTER.last, 40, work=15, moved=6, health=None), outcomes(QUARTER.before.last, 30, work=8, health=5)
    )
    assert found.since("outcomes") == (date(2025, 12, 31), date(2026, 3, 31))
    assert new_and_ended(found) == (10, {"work": 7, "moved": 6, "health": None})


def test_nothing_is_told_of_a_hidden_report_or_of_one_that_stands_as_it_was():
    hidden = outcomes(QUARTER.last, None)
    shown, earlier = outcomes(QUARTER.last, 40, work=15), outcomes(QUARTER.before.last, 30, work=8)
    assert new_and_ended(page(hidden, earlier)) == (None, {})
    assert new_and_ended(page(shown, outcomes(QUARTER.before.last, None))) == (None, {"work": None})
    passed_over = page(earlier, earlier)
    assert passed_over.since("outcomes") is None
    assert new_and_ended(passed_over) == (None, {})
