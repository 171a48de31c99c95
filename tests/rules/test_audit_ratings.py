"""A rating that two wrote at once, what may be given, and how far two raters agree."""

from dataclasses import replace

import pytest

from se_engine import frameworks
from se_engine.rating_agreement import agreement
from se_engine.rules.audit_ratings import (
    LONGEST,
    NOTHING,
    Given,
    check_cap,
    check_not_applicable,
    compared,
    lacking,
    merged,
    over,
    tidy,
)
from se_engine.rules.errors import Refused

BASE = Given(level=3, rationale="Seen", recommendation="Ask")
A = (5, 5, 4, 3, 3, 4, 5, 4, 5, 4, 3, 3, 4, 4, 5, 4, 3, 3, 5, 5, 5, 4, 4, 3, 4)
B = (5, 4, 4, 3, 2, 4, 5, 4, 5, 4, 3, 4, 4, 4, 5, 4, 2, 3, 5, 5, 5, 4, 3, 3, 4)
"""Two raters made up for this: totals 101 and 98, on both sides of a category, and no item differs by two."""


@pytest.mark.parametrize(
    ("theirs", "mine", "together"),
    [
        (replace(BASE, level=4), replace(BASE, rationale="More"), replace(BASE, level=4, rationale="More")),
        (replace(BASE, notes=(1,)), BASE, replace(BASE, notes=(1,))),
        (BASE, replace(BASE, level=None, code="NR"), replace(BASE, level=None, code="NR")),
        (replace(BASE, level=4), replace(BASE, level=4, finished=True), replace(BASE, level=4, finished=True)),
        (replace(BASE, level=4), replace(BASE, level=5), None),
        (replace(BASE, rationale="Hers"), replace(BASE, rationale="Mine"), None),
        (replace(BASE, level=4), replace(BASE, level=None, code="NR"), None),
    ],
)
def test_changes_of_different_parts_are_both_kept_and_of_the_same_part_neither_is_chosen(theirs, mine, together):
    assert merged(BASE, theirs, mine) == together
    assert merged(BASE, mine, theirs) == together


def test_what_was_left_alone_is_as_the_other_has_made_it_even_where_the_rest_is_to_be_chosen():
    theirs, mine = replace(BASE, level=4, rationale="Hers"), replace(BASE, rationale="Mine", finished=True)
    assert merged(BASE, theirs, mine) is None
    assert over(BASE, theirs, mine) == Given(level=4, rationale="Mine", recommendation="Ask", finished=True)


def test_texts_are_tidied_and_no_longer_than_a_report_has_room_for():
    assert tidy(Given(rationale=" a \n", notes=(3, 1, 3))) == Given(rationale="a", notes=(1, 3))
    with pytest.raises(Refused, match="text_too_long"):
        tidy(Given(recommendation="a" * (LONGEST + 1)))


def test_not_applicable_is_for_the_charter_or_with_a_reason():
    check_not_applicable(Given(code="NA", rationale="One specialist only"), declared=False)
    check_not_applicable(Given(code="NA"), declared=True)
    check_not_applicable(Given(code="NR"), declared=False)
    with pytest.raises(Refused, match="na_needs_a_reason"):
        check_not_applicable(Given(code="NA"), declared=False)
    with pytest.raises(Refused, match="left_out_by_the_charter"):
        check_not_applicable(Given(level=3), declared=True)


def test_a_cap_binds_levels_above_it_alone():
    for given in (Given(level=2), Given(code="NR"), NOTHING):
        check_cap(given, 2)
    check_cap(Given(level=5), None)
    with pytest.raises(Refused, match="rating_above_cap"):
        check_cap(Given(level=3), 2)


def test_what_a_cell_stands_without():
    assert lacking([]) == ("case_read", "interview")
    assert lacking(["document", "interview_participant"]) == ("case_read",)
    assert lacking(["case", "interview_participant"]) == ()


@pytest.mark.parametrize(
    ("given", "same", "far"),
    [
        ((3, 3), True, False),
        ((3, 4), False, False),
        ((2, 4), False, True),
        (("NR", "NR"), True, False),
        (("NR", "NA"), False, True),
        ((3, "NA"), False, True),
        ((1, 2, 3), False, True),
    ],
)
def test_which_items_lie_far_apart(given, same, far):
    one = compared(["3.1"], [{"3.1": _given(rating)} for rating in given])[0]
    assert (one.same, one.far_apart) == (same, far)


def _given(rating: int | str) -> Given:
    return Given(code=rating) if isinstance(rating, str) else Given(level=rating)


def _of(framework, levels) -> dict[str, Given]:
    return {one.key: _given(level) for one, level in zip(framework.rateable, levels, strict=False)}


def test_the_golden_pair_is_to_talk_about_everything_because_its_totals_lie_in_two_categories():
    framework = frameworks.latest("ips25")
    found = agreement(framework, [one.key for one in framework.rateable], [_of(framework, A), _of(framework, B)])
    (pair,) = found.pairs
    assert (pair.n, pair.exact, pair.within_one) == (25, 20 / 25, 1.0)
    assert (pair.kappa, pair.linear, pair.quadratic) == pytest.approx((0.705189, 0.778761, 0.857793), abs=1e-6)
    assert found.icc == pytest.approx(0.8627, abs=1e-4)
    assert not any(one.far_apart for one in found.items)
    assert found.forced_by_totals
    assert found.to_talk_about == found.to_settle == tuple(one.key for one in framework.rateable)
    assert found.record()["talked_about"] == [one.key for one in framework.rateable]


def test_without_a_total_only_what_differs_is_settled_and_codes_are_in_no_statistic():
    framework = frameworks.latest("dimensions")
    keys = [one.key for one in framework.rateable]
    one = dict.fromkeys(keys, Given(level=3))
    other = one | {keys[0]: Given(level=5), keys[1]: Given(level=4), keys[2]: Given(code="NR")}
    found = agreement(framework, keys, [one, other])
    assert found.to_talk_about == (keys[0], keys[2])
    assert found.to_settle == tuple(keys[:3])
    assert found.pairs[0].n == len(keys) - 1
    assert found.pairs[0].exact == pytest.approx((len(keys) - 3) / (len(keys) - 1))


def test_where_both_give_one_level_throughout_kappa_is_not_defined():
    framework = frameworks.latest("dimensions")
    keys = [one.key for one in framework.rateable]
    found = agreement(framework, keys, [dict.fromkeys(keys, Given(level=3))] * 2)
    assert (found.pairs[0].kappa, found.pairs[0].quadratic, found.icc) == (None, None, None)
    assert (found.pairs[0].exact, found.to_settle) == (1.0, ())
