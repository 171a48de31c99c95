"""From what was measured to a suggested level, and from ratings to the results of a framework."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from se_engine.measures import fidelity
from se_engine.measures.fidelity import NOT_APPLICABLE, NOT_RATED, Rating, Total, total
from se_engine.rules.framework import Band, Framework, Item, Rateable

WHOLE = 100
"""Bands of a share are in per cent."""


@dataclass(frozen=True)
class Suggestion:
    """What the records suggest, never more than that: the level is given by a person."""

    level: int | None = None
    why: str | None = None
    """Why there is none, or, beside a level, that it was held down."""
    lowest: int | None = None
    highest: int | None = None
    """Of the items it is made of, before any cap."""
    at_most: int | None = None
    """The cap in force, whether or not it changes anything."""


@dataclass(frozen=True)
class Results:
    """What the ratings of one audit come to."""

    sections: Mapping[str, Total]
    """Every rated section, in the order of the framework; empty where the framework has no such result."""
    total: Total | None
    """None where the framework has no total."""
    comparable: bool
    """False where something was adapted or left out: not to be held beside a total from elsewhere."""


def suggested_level(item: Item, value: Fraction | float | None, n: int) -> Suggestion:
    """The level whose anchor the value reaches, or why there is none; a share is a fraction of one."""
    if item.measure is None:
        return Suggestion(why="no_indicator")
    if not item.suggests:
        return Suggestion(why="no_suggestion")
    if value is None or not n:
        return Suggestion(why="nothing_counted")
    if n < item.min_n:
        return Suggestion(why="too_few")
    reached = _level_of(item, Fraction(value))
    return Suggestion(reached, lowest=reached, highest=reached)


def _level_of(item: Item, value: Fraction) -> int:
    """A share where fewer is better is read in a mirror, so that no share is rounded across a boundary."""
    is_share = item.measure is not None and item.measure.unit == "share"
    mirrored = is_share and item.bands[0].at_most is not None
    per_cent = WHOLE * value if is_share else value
    return fidelity.level(WHOLE - per_cent if mirrored else per_cent, [_anchored(one, mirrored) for one in item.bands])


def _anchored(band: Band, mirrored: bool) -> fidelity.Band[int]:
    if band.at_most is not None:
        if mirrored:
            return {"level": band.level, "min": WHOLE - band.at_most}
        return {"level": band.level, "max": band.at_most}
    return {"level": band.level} if band.at_least is None else {"level": band.level, "min": band.at_least}


def suggestion_for(
    framework: Framework, rateable: Rateable, measured: Mapping[str, tuple[Fraction | float | None, int]]
) -> Suggestion:
    """For what is rated, by the value and the n of each item: its own level, or the lower middle of its items'.

    A cap holds it down while the value of the item that caps is above its limit, however few it stands on.
    """
    each = [suggested_level(item, *measured.get(item.key, (None, 0))) for item in rateable.items]
    levels = [one.level for one in each if one.level is not None]
    cap = _cap(framework, rateable, measured)
    if not levels:
        return Suggestion(why=_most_telling(each), at_most=cap)
    middle, lowest, highest = median_low(levels), min(levels), max(levels)
    if cap is not None and cap < middle:
        return Suggestion(cap, "capped", lowest, highest, cap)
    return Suggestion(middle, None, lowest, highest, cap)


def _cap(
    framework: Framework, rateable: Rateable, measured: Mapping[str, tuple[Fraction | float | None, int]]
) -> int | None:
    """The lowest cap in force on its section."""
    values = {key: value for key, (value, _) in measured.items()}
    held = [
        cap.level
        for cap in framework.caps
        if cap.section == rateable.section and (values.get(cap.item) or 0) > cap.above
    ]
    return min(held, default=None)


WHY = ("too_few", "nothing_counted", "no_suggestion", "no_indicator")
"""The one to tell of a cell, where its items differ: what would be there with more records comes first."""


def _most_telling(each: Collection[Suggestion]) -> str:
    told = {one.why for one in each}
    return next((why for why in WHY if why in told), "no_indicator")


def results_of(framework: Framework, ratings: Mapping[str, Rating], *, adapted: Collection[str] = ()) -> Results:
    """Each section and the total, by the rules of the framework; what has no rating counts as not rated.

    Where something was adapted no category is given, because the total is not comparable with others.
    """
    strange = sorted({*ratings, *adapted} - set(framework.rateable_by_key))
    if strange:
        raise ValueError(f"{framework.name} rates nothing called {', '.join(strange)}.")
    given = {one.key: ratings.get(one.key, NOT_RATED) for one in framework.rateable}
    lowest, highest = framework.scale.lowest, framework.scale.highest
    sections = {}
    if framework.aggregate.sections == "percent_of_max":
        for section in dict.fromkeys(one.section for one in framework.rateable):
            within = [given[one.key] for one in framework.rateable if one.section == section]
            sections[section] = total(within, lowest=lowest, highest=highest)
    of_all = None
    if framework.aggregate.total == "sum":
        categories = () if adapted else category_bands(framework)
        of_all = total(given, lowest=lowest, highest=highest, categories=categories)
    return Results(sections, of_all, comparable=not adapted and NOT_APPLICABLE not in given.values())


def category_bands(framework: Framework) -> list[fidelity.Band[str]]:
    """The categories of the total, best first; the last takes the rest."""
    return [
        {"level": one.key} if one.at_least is None else {"level": one.key, "min": one.at_least}
        for one in framework.aggregate.categories
    ]
