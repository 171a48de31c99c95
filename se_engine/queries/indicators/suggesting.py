"""From what was measured to the level it suggests: specialist by specialist where an item says so."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from se_engine.framework_results import Suggestion, suggested_level, suggestion_for
from se_engine.queries.indicators.evidence import Measured
from se_engine.rules.framework import Framework, Item, Rateable

SPECIALIST = "specialist"


def suggested(item: Item, measured: Measured | None) -> Suggestion:
    """What the records suggest for one item; where each specialist is rated, the mean level rounded half up."""
    if measured is None:
        return suggested_level(item, None, 0)
    found = suggested_level(item, measured.value, measured.n)
    each = measured.detail.get("each")
    return _averaged(item, each) if found.level is not None and item.per == SPECIALIST and each else found


def _averaged(item: Item, each: list[Fraction]) -> Suggestion:
    levels = [level for value in each if (level := suggested_level(item, value, item.min_n).level) is not None]
    average = floor(Fraction(sum(levels), len(levels)) + Fraction(1, 2))
    return Suggestion(average, lowest=min(levels), highest=max(levels))


def suggested_for(framework: Framework, rateable: Rateable, measured: Mapping[str, Measured]) -> Suggestion:
    """The same for whatever is rated: an item, or a cell by the items in it."""
    if len(rateable.items) == 1 and rateable.items[0].key == rateable.key:
        return suggested(rateable.items[0], measured.get(rateable.key))
    return suggestion_for(framework, rateable, {key: (one.value, one.n) for key, one in measured.items()})


def median_says_otherwise(item: Item, measured: Measured) -> bool:
    """Whether the median with those who still wait falls on another level than the mean of those who do not."""
    if "median" not in measured.detail:
        return False
    mean = suggested_level(item, measured.value, measured.n).level
    if mean is None:
        return False
    median = measured.detail["median"]
    return median is None or suggested_level(item, median, measured.n).level != mean
