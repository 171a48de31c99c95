"""Small numbers are hidden."""

from se_engine.measures.suppression import shown, suppress


def block(step: str, visits: int) -> dict[str, object]:
    return {"step": step, "visits": visits, "median": 12.5, "curve": [[3, visits, 1, 0.5]]}


def test_step_below_the_threshold_shows_its_name_and_no_number() -> None:
    assert suppress([block("profiling", 4)], 5) == [{"step": "profiling", "suppressed": True}]


def test_step_at_the_threshold_is_shown_whole() -> None:
    assert suppress([block("profiling", 5)], 5) == [block("profiling", 5) | {"suppressed": False}]


def test_step_that_nobody_visited_is_hidden_like_one_with_few() -> None:
    assert suppress([block("profiling", 0)], 1) == [{"step": "profiling", "suppressed": True}]


def test_key_that_is_added_later_is_hidden_too() -> None:
    assert suppress([block("profiling", 2) | {"left_to": {"back": 1}}], 5) == [
        {"step": "profiling", "suppressed": True}
    ]


def test_blocks_keep_their_order() -> None:
    table = [block("job_finding", 9), block("engagement", 1), block("profiling", 7)]
    assert [shown["step"] for shown in suppress(table, 5)] == ["job_finding", "engagement", "profiling"]


def test_another_count_may_decide() -> None:
    assert suppress([{"group": "women", "jobs": 3}], 5, count="jobs") == [{"group": "women", "suppressed": True}]


def test_table_handed_in_is_left_as_it_was() -> None:
    table = [block("profiling", 2)]
    suppress(table, 5)
    assert table == [block("profiling", 2)]


def test_row_is_shown_with_none_for_what_is_hidden() -> None:
    row = {"name": "Ida", "cases": 12, "active": 9, "waiting": 3}
    assert shown(row, "Ida", {("Ida", "active"), ("Ida", "waiting"), ("Max", "cases")}, root="cases") == {
        "name": "Ida", "cases": 12, "active": None, "waiting": None, "suppressed": False,
    }  # fmt: skip


def test_row_with_a_hidden_root_shows_its_name_alone() -> None:
    assert shown({"name": "Ida", "cases": 3}, "Ida", {("Ida", "cases")}, root="cases") == {
        "name": "Ida", "suppressed": True,
    }  # fmt: skip
