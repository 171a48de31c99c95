"""When a task at the workplace is mastered: by her own word and that of one who has seen it, and by nobody's alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.training import SAYERS, WITNESSES, Said, mastered_on, newest_of_each, status_of

DAY = date(2026, 3, 2)


def said(*words: tuple[str, bool, int]) -> list[Said]:
    return [
        Said(says, mastered, DAY + timedelta(days=day), number) for number, (says, mastered, day) in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ([], None),
        ([("participant", True, 0)], None),
        ([("buddy", True, 0), ("specialist", True, 0)], None),
        ([("participant", True, 0), ("buddy", True, 3)], 3),
        ([("specialist", True, 1), ("participant", True, 4)], 4),
        ([("participant", True, 0), ("buddy", True, 3), ("specialist", True, 9)], 3),
        ([("participant", True, 0), ("buddy", True, 3), ("specialist", False, 5)], None),
        ([("participant", True, 0), ("buddy", True, 3), ("buddy", False, 5), ("buddy", True, 8)], 8),
        ([("participant", False, 0), ("participant", True, 0), ("buddy", True, 0)], 0),
    ],
)
def test_she_masters_it_from_the_day_on_which_both_have_said_so(words, since):
    assert mastered_on(said(*words)) == (None if since is None else DAY + timedelta(days=since))


WORDS = st.lists(st.tuples(st.sampled_from(SAYERS), st.booleans(), st.integers(0, 9)), max_size=12)


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_read_changes_nothing(words, chance):
    every = said(*words)
    shuffled = list(every)
    chance.shuffle(shuffled)
    assert mastered_on(shuffled) == mastered_on(every)
    newest = newest_of_each(every)
    hers, seen = newest.get("participant"), [one for one in newest.values() if one.says in WITNESSES]
    agreed = hers is not None and bool(seen) and all(one.mastered for one in newest.values())
    since = mastered_on(every)
    assert (since is not None) == agreed
    assert since is None or any(one.happened_on == since for one in every)


@pytest.mark.parametrize(
    ("starts", "words", "status"),
    [
        (None, [], "planned"),
        (1, [], "planned"),
        (0, [], "training"),
        (1, [("buddy", False, 0)], "training"),
        (None, [("participant", True, 0), ("specialist", True, 0)], "mastered"),
    ],
)
def test_a_task_is_to_come_in_training_or_mastered(starts, words, status):
    starts_on = None if starts is None else DAY + timedelta(days=starts)
    assert status_of(starts_on, said(*words), DAY) == status
