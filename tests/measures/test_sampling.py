"""A sample that is in proportion, leaves no stratum out, and is the same wherever it is drawn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.measures.sampling import frame_hash, stratified_sample

FRAME = {f"F-{number:03}": ("job_finding" if number % 3 else "profiling", "active") for number in range(12)}


def test_same_seed_gives_this_sample_anywhere() -> None:
    """Worked out once with nothing but sha256sum and sort, as whoever doubts the draw may do."""
    sample = stratified_sample(FRAME, 5, 2026)
    assert sample.cases == ("F-001", "F-007", "F-002", "F-009", "F-003")
    assert sample.frame_hash == "e3cc403c17df906a1bd6fe9a5e4219b9014ec6aa39e7e99a06a68e1503370141"


def test_frame_in_another_order_gives_the_same_sample() -> None:
    turned = list(reversed(FRAME.items()))
    assert stratified_sample(turned, 5, "spring") == stratified_sample(FRAME, 5, "spring")


def test_another_seed_gives_another_sample() -> None:
    assert len({stratified_sample(FRAME, 5, seed).cases for seed in range(20)}) > 10


def test_every_case_is_drawn_about_as_often() -> None:
    drawn = Counter(case for seed in range(400) for case in stratified_sample(FRAME, 6, seed).cases)
    assert set(drawn) == set(FRAME)
    assert all(150 < times < 250 for times in drawn.values())


def test_places_go_by_largest_remainder() -> None:
    frame = [
        (f"{stratum}{number}", stratum) for stratum, many in (("a", 47), ("b", 33), ("c", 20)) for number in range(many)
    ]
    sample = stratified_sample(frame, 10, 1)
    assert {drawn.stratum: len(drawn.cases) for drawn in sample.strata} == {"a": 5, "b": 3, "c": 2}


def test_small_stratum_gets_a_case_at_the_cost_of_the_others_in_proportion() -> None:
    frame = [
        (f"{stratum}{number}", stratum)
        for stratum, many in (("a", 60), ("b", 38), ("c", 1), ("d", 1))
        for number in range(many)
    ]
    sample = stratified_sample(frame, 10, 1)
    assert {drawn.stratum: len(drawn.cases) for drawn in sample.strata} == {"a": 5, "b": 3, "c": 1, "d": 1}


def test_fewer_places_than_strata_go_to_the_largest() -> None:
    frame = [
        (f"{stratum}{number}", stratum) for stratum, many in (("a", 1), ("b", 3), ("c", 2)) for number in range(many)
    ]
    sample = stratified_sample(frame, 2, 7)
    assert {drawn.stratum: len(drawn.cases) for drawn in sample.strata} == {"a": 0, "b": 1, "c": 1}


def test_replacement_is_the_next_in_order() -> None:
    smaller, larger = stratified_sample(FRAME, 6, 3), stratified_sample(FRAME, 12, 3)
    for before, after in zip(smaller.strata, larger.strata, strict=True):
        assert before.cases + before.reserve == after.cases


def test_case_that_leaves_does_not_shuffle_the_others() -> None:
    sample = stratified_sample(FRAME, 6, 3)
    gone = sample.strata[0].reserve[-1]
    rest = {case: stratum for case, stratum in FRAME.items() if case != gone}
    assert stratified_sample(rest, 6, 3).cases == sample.cases


def test_hash_tells_one_frame_from_another() -> None:
    others = [
        {**FRAME, "F-099": ("profiling", "active")},
        {**FRAME, "F-000": ("job_finding", "active")},
        {case: stratum for case, stratum in FRAME.items() if case != "F-000"},
    ]
    assert len({frame_hash(frame) for frame in [FRAME, *others]}) == 4
    assert frame_hash({1: "a"}) != frame_hash({"1": "a"})


@pytest.mark.parametrize("size", [13, -1])
def test_sample_larger_than_its_frame_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="from 12"):
        stratified_sample(FRAME, size, 1)


def test_case_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        stratified_sample([("F-1", "a"), ("F-1", "b")], 1, 1)


def test_empty_frame_gives_an_empty_sample() -> None:
    assert stratified_sample({}, 0, 1).cases == ()


@given(st.lists(st.integers(1, 12), max_size=8), st.data())
def test_sample_is_whole_in_proportion_and_leaves_nobody_out(sizes: list[int], data: st.DataObject) -> None:
    frame = [(f"{place}-{number}", place) for place, many in enumerate(sizes) for number in range(many)]
    size = data.draw(st.integers(0, len(frame)))
    sample = stratified_sample(frame, size, data.draw(st.integers()))
    assert len(sample.cases) == len(set(sample.cases)) == size
    assert {drawn.stratum: drawn.size for drawn in sample.strata} == dict(enumerate(sizes))
    for drawn in sample.strata:
        quota = size * drawn.size / len(frame)
        if size >= len(sizes):
            assert 1 <= len(drawn.cases) < max(quota, 1) + 1
        assert all(case.startswith(f"{drawn.stratum}-") for case in drawn.cases + drawn.reserve)
