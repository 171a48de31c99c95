"""From a measured value to a level, and from the ratings of all items to a total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isfinite
from typing import Final, Generic, Literal, NotRequired, TypedDict, TypeVar

Value = int | float | Decimal | Fraction

Level = TypeVar("Level", int, str)


class Band(TypedDict, Generic[Level]):
    """One level with its anchor: at most `max`, or at least `min`; neither in the last one, which takes the rest."""

    level: Level
    max: NotRequired[float]
    min: NotRequired[float]


Rating = int | Literal["NR", "NA"]
"""A level, NR (not rated) or NA (not applicable by adaptation)."""
NOT_RATED: Final = "NR"
NOT_APPLICABLE: Final = "NA"


def level(value: Value, bands: Sequence[Band[Level]]) -> Level:
    """The first level, best first, whose anchor the value reaches.

    Anchors are whole numbers, values are not. With `max` (fewer is better: days, people) the value is rounded half
    up to a whole number first. With `min` (more is better: shares, counts) nothing is rounded, so a value in the
    gap between two anchors gets the lower level. A share is best handed over as 100 · k / n or as a Fraction.
    """
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} is no value that has a level.")
    exact = Fraction(value)
    for band in bands:
        if "max" in band:
            reached = floor(exact + Fraction(1, 2)) <= band["max"]
        else:
            reached = "min" not in band or exact >= band["min"]
        if reached:
            return band["level"]
    raise ValueError(f"The bands leave out {value}.")


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of ratings with what is missing from it said; no item leaves it unseen."""

    value: int | None
    """The sum of what was rated; None when nothing was."""
    rated: int
    not_rated: int
    not_applicable: int
    """Kept apart: neither in the sum, nor in the bounds, nor in the maximum."""
    low: int
    high: int
    """The sum if every item not rated were given the lowest, or the highest, level."""
    maximum: int
    category_low: str | None
    category_high: str | None
    """Of the bounds; None without categories, or where an adaptation makes them incomparable."""

    @property
    def category(self) -> str | None:
        """Only of a total from which nothing is missing, even where both bounds fall in one."""
        return None if self.not_rated else self.category_low

    @property
    def percent_of_maximum(self) -> tuple[float, float] | None:
        """Of the bounds, which are one where nothing is missing; None when nothing was rated."""
        if self.value is None:
            return None
        return 100 * self.low / self.maximum, 100 * self.high / self.maximum


def total(
    ratings: Mapping[str, Rating] | Iterable[Rating],
    *,
    lowest: int = 1,
    highest: int = 5,
    categories: Sequence[Band[str]] = (),
) -> Total:
    """The sum of the ratings with its bounds, and the category of each bound where the framework has categories."""
    given = list(ratings.values() if isinstance(ratings, Mapping) else ratings)
    rated = [rating for rating in given if isinstance(rating, int)]
    missing, left_out = given.count("NR"), given.count("NA")
    if len(rated) + missing + left_out < len(given) or not all(lowest <= rating <= highest for rating in rated):
        raise ValueError(f"A rating is a level from {lowest} to {highest}, NR or NA.")
    low, high = sum(rated) + lowest * missing, sum(rated) + highest * missing
    comparable = categories if rated and not left_out else ()
    return Total(
        value=sum(rated) if rated else None,
        rated=len(rated),
        not_rated=missing,
        not_applicable=left_out,
        low=low,
        high=high,
        maximum=highest * (len(rated) + missing),
        category_low=level(low, comparable) if comparable else None,
        category_high=level(high, comparable) if comparable else None,
    )
