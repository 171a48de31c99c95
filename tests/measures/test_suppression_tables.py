"""What is hidden in published tables, and which of a series stands."""

from datetime import date

import pytest

from se_engine.measures.alternatives import WHOLE
from se_engine.measures.publication import hidden, publication_days, published, whole_year

VISITS = {"visits": ()}
ABC = {"n": ("a", "b", "c")}


def of_groups(**visits: int) -> dict[tuple[str, str], int]:
    return {(WHOLE, "visits"): sum(visits.values())} | {(group, "visits"): count for group, count in visits.items()}


def row(**parts: int) -> dict[tuple[str, str], int]:
    return {(WHOLE, "n"): sum(parts.values())} | {(WHOLE, part): count for part, count in parts.items()}


def hidden_groups(threshold: int, **visits: int) -> set[str]:
    return {group for group, _ in hidden(of_groups(**visits), VISITS, threshold)}


def hidden_parts(threshold: int, **parts: int) -> set[str]:
    return {part for _, part in hidden(row(**parts), ABC, threshold)}


def test_of_180_in_groups_of_3_and_177_both_are_hidden() -> None:
    assert hidden_groups(5, small=3, large=177) == {"small", "large"}


def test_small_group_takes_the_smallest_other_that_will_do_with_it() -> None:
    assert hidden_groups(5, small=3, middle=9, large=177) == {"small", "middle"}


def test_two_small_groups_that_sum_to_the_threshold_hide_each_other() -> None:
    assert hidden_groups(5, one=3, other=3, large=177) == {"one", "other"}


def test_empty_group_is_hidden_like_a_small_one() -> None:
    assert hidden_groups(5, none=0, middle=9, large=177) == {"none", "middle"}


def test_everything_is_hidden_below_the_threshold() -> None:
    assert hidden_groups(5, one=2, other=2) == {"", "one", "other"}
    assert hidden_parts(5, a=2, b=2, c=0) == {"n", "a", "b", "c"}


def test_only_group_is_shown_as_everybody_is() -> None:
    assert hidden_groups(5, all=9) == set()
    assert hidden(
        {("all", part): count for (_, part), count in row(a=9, b=2, c=8).items()} | row(a=9, b=2, c=8), ABC, 5
    ) == {(group, part) for group in (WHOLE, "all") for part in ("b", "c")}


def test_small_part_is_hidden_with_the_smallest_other_that_will_do() -> None:
    assert hidden_parts(5, a=40, b=2, c=8) == {"b", "c"}


def test_nought_stays_where_it_tells_of_nobody() -> None:
    assert hidden_parts(5, a=40, b=0, c=8) == set()


def test_nought_is_hidden_where_all_the_others_have_one_thing_in_common() -> None:
    assert len(hidden_parts(5, a=40, b=0, c=0)) == 2
    assert "a" in hidden_parts(5, a=40, b=0, c=0)


def test_threshold_below_three_counts_as_three() -> None:
    assert hidden_groups(1, small=2, middle=9, large=177) == {"small", "middle"}
    assert hidden_groups(0, small=3, large=177) == set()


def test_part_hidden_of_everybody_is_hidden_of_every_group() -> None:
    one, other = row(a=20, b=2, c=8), row(a=20, b=0, c=9)
    both = {(WHOLE, part): count + other[WHOLE, part] for (_, part), count in one.items()}
    groups = {(name, part): count for name, counts in (("x", one), ("y", other)) for (_, part), count in counts.items()}
    concealed = hidden(both | groups, ABC, 5)
    assert {("", "b"), ("x", "b"), ("y", "b")} <= concealed
    assert not {("", "n"), ("x", "n"), ("y", "n")} & concealed


@pytest.mark.parametrize(("later", "stands"), [(20, 1), (21, 0), (24, 0), (25, 1), (40, 1)])
def test_table_is_passed_over_until_a_threshold_more_came(later: int, stands: int) -> None:
    answer = published([row(a=10, b=10, c=0), row(a=10, b=later - 10, c=0)], ABC, 5)
    assert answer is not None
    assert answer.index == stands


def test_part_that_grew_by_less_than_the_threshold_is_hidden_until_it_grows_by_more() -> None:
    first, second, third = row(a=10, b=10, c=20), row(a=12, b=20, c=20), row(a=17, b=20, c=25)
    answers = [published([first, second, third][:many], ABC, 5) for many in (1, 2, 3)]
    assert [{part for _, part in answer.hidden} if answer else None for answer in answers] == [set(), {"a", "b"}, set()]


def test_nothing_is_published_of_no_series() -> None:
    assert published([], ABC, 5) is None


def test_groups_that_do_not_divide_everybody_are_refused() -> None:
    with pytest.raises(ValueError, match="groups do not divide the visits"):
        hidden({(WHOLE, "visits"): 9, ("x", "visits"): 9, ("y", "visits"): 2}, VISITS, 5)


def test_parts_that_do_not_sum_to_their_total_are_refused() -> None:
    with pytest.raises(ValueError, match="parts of n in everybody"):
        hidden({(WHOLE, "n"): 9, (WHOLE, "a"): 8}, ABC, 5)


@pytest.mark.parametrize(
    ("from_on", "to_on", "year"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 2026),
        (date(2026, 1, 2), date(2026, 12, 31), None),
        (date(2025, 1, 1), date(2026, 12, 31), None),
        (None, date(2026, 12, 31), None),
        (None, None, None),
    ],
)
def test_whole_year(from_on: date | None, to_on: date | None, year: int | None) -> None:
    assert whole_year(from_on, to_on) == year


def test_days_of_publication_are_the_last_days_of_quarters_that_are_over() -> None:
    assert publication_days(date(2025, 11, 3), date(2026, 8, 27)) == [
        date(2025, 12, 31),
        date(2026, 3, 31),
        date(2026, 6, 30),
    ]
    assert publication_days(date(2026, 3, 31), date(2026, 3, 31)) == [date(2026, 3, 31)]
    assert publication_days(date(2026, 4, 1), date(2026, 3, 31)) == []
