"""The tail of chi-square against closed forms and against values known to many digits."""

from math import erfc, exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.measures.chi_square import upper_tail


@pytest.mark.parametrize(
    ("chi2", "df", "p"),
    [
        (3.841458820694124, 1, 0.05),
        (5.991464547107979, 2, 0.05),
        (7.814727903251179, 3, 0.05),
        (0.5, 7, 0.9994464813904249),
        (40, 12, 7.190884052842894e-05),
        (100, 80, 0.064570368921133),
        (250, 99, 4.844312411385307e-15),
        (1900, 2000, 0.9449453137692619),
        (2300, 2000, 2.87377606039237e-06),
        (700, 1, 2.990226975124623e-154),
        (1e-8, 3, 0.999999999999734),
    ],
)
def test_tail_equals_known_values(chi2: float, df: int, p: float) -> None:
    assert upper_tail(chi2, df) == pytest.approx(p, rel=1e-10, abs=0)


@given(st.floats(0, 600))
def test_tail_equals_the_closed_forms_of_few_degrees(chi2: float) -> None:
    half = chi2 / 2
    closed = [erfc(sqrt(half)), exp(-half), exp(-half) * (1 + half), exp(-half) * (1 + half + half**2 / 2)]
    assert [upper_tail(chi2, df) for df in (1, 2, 4, 6)] == pytest.approx(closed, rel=1e-10)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 60))
def test_tail_is_a_chance_that_falls_with_the_statistic_and_rises_with_the_degrees(
    one: float, other: float, df: int
) -> None:
    low, high = sorted((one, other))
    assert 0 <= upper_tail(high, df) <= upper_tail(low, df) * (1 + 1e-9) <= 1 + 1e-9
    assert upper_tail(low, df) <= upper_tail(low, df + 1) * (1 + 1e-9)


def test_nothing_to_compare_surprises_nobody() -> None:
    assert upper_tail(0, 0) == 1
    assert upper_tail(1, 0) == 0


@pytest.mark.parametrize(("chi2", "df"), [(-1, 1), (1, -1), (float("nan"), 1)])
def test_statistic_that_cannot_be_is_an_error(chi2: float, df: int) -> None:
    with pytest.raises(ValueError, match="chi-square"):
        upper_tail(chi2, df)
