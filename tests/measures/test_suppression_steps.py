"""Blocks of time per step as they are published."""

from collections import Counter
from typing import Any

from se_engine.measures.alternatives import WHOLE
from se_engine.measures.days import Days
from se_engine.measures.publication import hidden
from se_engine.measures.published_steps import published_block, step_counts, step_tree, waited_counts
from se_engine.measures.stays import Tally, block


def tally(*, forward: int, back: int, moved: int, running: int, waited: int = 0) -> Tally:
    days = [*((day, True, 1) for day in range(1, forward + back + 1)), (200, False, moved + running)]
    return Tally(
        days=Days.of(days), own=1234, waiting=waited, paused=7, waiting_by=Counter(employer=waited, participant=1),
        forward=forward, back=back, ended=Counter({"moved": moved} if moved else {}), open=running,
    )  # fmt: skip


def as_published(k: int = 5, stays: dict[str, int] | None = None, **groups: Tally) -> dict[str, dict[str, Any]]:
    blocks = {group: block("profiling", one, horizon=365) for group, one in groups.items()}
    counts = {cell: count for group, one in blocks.items() for cell, count in step_counts(group, one).items()}
    concealed = hidden(counts, step_tree([counts]), k)
    if stays:
        concealed |= hidden(*waited_counts({WHOLE: stays}), k)
    return {group: published_block(one, group, concealed, k, waited=stays) for group, one in blocks.items()}


def test_block_keeps_what_no_one_is_known_by() -> None:
    shown = as_published(**{WHOLE: tally(forward=30, back=6, moved=0, running=24)})[WHOLE]
    assert {key: shown[key] for key in ("step", "visits", "completed", "open", "suppressed")} == {
        "step": "profiling", "visits": 60, "completed": 36, "open": 24, "suppressed": False,
    }  # fmt: skip
    assert shown["left_to"] == {"forward": 30, "back": 6, "ended": {}, "open": 24}


def test_small_counts_are_none_and_not_alone() -> None:
    shown = as_published(**{WHOLE: tally(forward=30, back=6, moved=2, running=24)})[WHOLE]
    assert shown["left_to"] == {"forward": 30, "back": 6, "ended": {"moved": None}, "open": None}
    assert (shown["visits"], shown["open"]) == (62, 26)


def test_curve_is_a_stair_without_counts_and_quartiles_stand_on_it() -> None:
    shown = as_published(**{WHOLE: tally(forward=30, back=6, moved=0, running=24)})[WHOLE]
    assert shown["curve"][0] == [5, None, None, 0.916667]
    assert all(row[1:3] == [None, None] for row in shown["curve"])
    assert (shown["quartile_1"], shown["median"], shown["quartile_3"]) == (15, 30, None)
    assert shown["band"] == []
    assert [shown[key] for key in ("median_low", "median_high", "mean_to_horizon")] == [None] * 3


def test_means_are_in_whole_days() -> None:
    shown = as_published(**{WHOLE: tally(forward=30, back=6, moved=0, running=24, waited=600)})[WHOLE]
    assert (shown["own_days_mean"], shown["waiting_days_mean"], shown["paused_days_mean"]) == (21, 10, 0)


def test_party_waited_for_in_few_stays_is_hidden_and_one_nobody_counted_too() -> None:
    both = tally(forward=30, back=6, moved=0, running=24, waited=600)
    assert as_published(**{WHOLE: both})[WHOLE]["waiting_by"] == {"employer": None, "participant": None}
    few = as_published(stays={"employer": 20, "participant": 1}, **{WHOLE: both})[WHOLE]
    assert few["waiting_by"] == {"employer": None, "participant": None}
    many = as_published(stays={"employer": 20, "participant": 6}, **{WHOLE: both})[WHOLE]
    assert many["waiting_by"] == {"employer": 10, "participant": 0}


def test_small_group_shows_its_names_alone_and_the_curve_goes_with_what_left() -> None:
    small, large = tally(forward=2, back=1, moved=0, running=0), tally(forward=100, back=7, moved=5, running=65)
    whole = tally(forward=102, back=8, moved=5, running=65)
    shown = as_published(**{"": whole, "small": small, "large": large})
    assert shown["small"] == shown["large"] == {"step": "profiling", "suppressed": True}
    assert shown[""]["visits"] == 180


def test_no_curve_where_it_is_hidden_how_many_left() -> None:
    shown = as_published(**{WHOLE: tally(forward=3, back=0, moved=5, running=24)})[WHOLE]
    assert (shown["completed"], shown["curve"], shown["median"]) == (None, [], None)


def test_reason_to_end_is_named_where_it_would_tell_that_it_did_not_occur() -> None:
    one, other = tally(forward=20, back=6, moved=2, running=20), tally(forward=20, back=6, moved=0, running=20)
    shown = as_published(**{"": tally(forward=40, back=12, moved=2, running=40), "one": one, "other": other})
    assert shown["one"]["left_to"]["ended"] == shown["other"]["left_to"]["ended"] == {"moved": None}
