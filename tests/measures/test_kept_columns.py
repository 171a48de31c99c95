"""A column of counts is read as it was kept, whether it is short or long, and whatever is in it."""

import json

import pytest

from se_engine.measures.kept_counts import PLAIN, Column, packed, unpacked


@pytest.mark.parametrize(
    ("column", "is_plain"),
    [
        ([], True),
        ([3, 0, 1], True),
        ([0] * PLAIN, True),
        ([0] * (PLAIN + 1), False),
        ([2**15 - 1, -(2**15), *range(40)], False),
        ([2**15, *range(40)], False),
        ([-(2**15) - 1, 2**40, *range(40)], False),
    ],
)
def test_column_comes_back(column: list[int], is_plain: bool) -> None:
    kept: Column = json.loads(json.dumps(packed(column)))
    assert (kept == column) is is_plain
    assert list(unpacked(kept)) == column


def test_column_that_was_kept_before_there_were_packed_ones_is_read() -> None:
    column = list(range(PLAIN + 40))
    assert unpacked(column) == column
