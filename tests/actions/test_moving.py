"""Taking a move: what is written, and what is refused."""

import pytest

from tests.support.answers import ORDINARY_MOVES


@pytest.mark.parametrize("step", ORDINARY_MOVES)
def test_a_case_comes_to_every_step_by_ordinary_moves(make_case, step):
    case = make_case(step)
    assert case.step == step
