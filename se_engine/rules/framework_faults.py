"""What only shows when the parts of a framework are held together: bands, indicators, counts, keys and rights."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from se_engine.rules.framework import Framework, Item, Measure
from se_engine.rules.indicators import Indicator

Bounds = Sequence[tuple[Any, Any, Any]]
"""Level, least and most, as they are written."""


def band_faults(label: str, bands: Bounds, *, direction: str) -> list[str]:
    """Whether the bands, best first, cover the whole line once, and each level stands once.

    The anchor is the most where fewer is better, else the least. The other bound may be written too, as printed forms
    have it; then it has to follow the anchor of the band before.
    """
    if not bands:
        return []
    levels = [level for level, _, _ in bands]
    faults = [f"{label}: level {one} stands twice in the bands" for one in _twice(levels)]
    if all(isinstance(level, int) for level in levels):
        faults += [
            f"{label}: level {other} stands after level {one}; the best comes first"
            for one, other in pairwise(levels)
            if other > one
        ]
    written = [bound for _, low, high in bands for bound in (low, high) if bound is not None]
    if not all(isinstance(bound, int | float) and not isinstance(bound, bool) for bound in written):
        return [*faults, f"{label}: the bounds of a band are numbers"]
    down = direction == "down"
    anchors = [(level, high if down else low) for level, low, high in bands]
    called = "max" if down else "min"
    faults += [f"{label}: the band of level {level} has no {called}" for level, at in anchors[:-1] if at is None]
    faults += _order_faults(label, [one for one in anchors[:-1] if one[1] is not None], down)
    faults += _rest_faults(label, bands, down)
    return faults + _touching_faults(label, bands, down)


def _order_faults(label: str, anchors: list[tuple[Any, float]], down: bool) -> list[str]:
    faults = []
    for (level, one), (after, other) in pairwise(anchors):
        if one == other:
            faults.append(f"{label}: levels {level} and {after} have the same anchor, {one:g}")
        elif (other < one) is down:
            faults.append(f"{label}: the bands of levels {level} and {after} overlap")
    return faults


def _rest_faults(label: str, bands: Bounds, down: bool) -> list[str]:
    """The last band is open; a bound of 0 below, where more is better, is as good as none."""
    level, low, high = bands[-1]
    anchor = high if down else low
    if anchor is None or (not down and anchor == 0):
        return []
    beyond = f"above {anchor:g}" if down else f"below {anchor:g}"
    return [f"{label}: nothing is said of values {beyond}; the last band, level {level}, takes the rest"]


def _touching_faults(label: str, bands: Bounds, down: bool) -> list[str]:
    """Where both bounds are written, a band begins one after the band before it ends."""
    faults = []
    for (level, low, high), (after, next_low, next_high) in pairwise(bands):
        ends, begins = (high, next_low) if down else (next_high, low)
        if ends is None or begins is None or begins == ends + 1:
            continue
        said = "overlap" if begins <= ends else "leave a gap between them"
        between = f"{min(begins, ends):g} and {max(begins, ends):g}"
        faults.append(f"{label}: the bands of levels {level} and {after} {said}, at {between}")
    return faults


def indicator_faults(framework: Framework, indicators: Mapping[tuple[str, int], Indicator]) -> list[str]:
    """Every number that an item uses is defined, and counted the way the item reads it."""
    faults = []
    for item in framework.items:
        label = f"item «{item.key}»"
        if item.comp == "i" and item.measure is None:
            faults.append(f"{label}: it is counted from the records (i) and names no indicator")
        for measure in item.measures:
            faults += _against(f"{label}: indicator «{measure.key}»", measure, indicators)
    return faults


def _against(label: str, measure: Measure, indicators: Mapping[tuple[str, int], Indicator]) -> Iterable[str]:
    known = indicators.get((measure.key, measure.version))
    if known is None:
        versions = sorted(version for key, version in indicators if key == measure.key)
        there = f"; there is {', '.join(map(str, versions))}" if versions else ""
        return [f"{label} does not exist in version {measure.version}{there}"]
    return [
        f"{label} has {what} {its}, not {said}"
        for what, its, said in (
            ("the unit", known.unit, measure.unit),
            ("the direction", known.direction, measure.direction),
        )
        if its != said
    ]


def faults_between(framework: Framework, declared: Mapping[str, int]) -> list[str]:
    return [
        *_key_faults(framework),
        *_count_faults(framework, declared),
        *_section_faults(framework),
        *(fault for item in framework.items for fault in _item_faults(framework, item)),
        *_cap_faults(framework),
        *_right_faults(framework),
    ]


def _key_faults(framework: Framework) -> list[str]:
    kinds = {
        "section": [one.key for one in framework.sections],
        "area": [one.key for one in framework.areas],
        "item": [one.key for one in framework.items],
        "category": [one.key for one in framework.aggregate.categories],
    }
    return [f"{kind} «{key}» stands twice" for kind, keys in kinds.items() for key in _twice(keys)]


def _count_faults(framework: Framework, declared: Mapping[str, int]) -> list[str]:
    faults = []
    if declared["items"] != len(framework.items):
        faults.append(f"the file: items says {declared['items']}, and there are {len(framework.items)} items")
    placed = all(item.section in framework.section_by_key for item in framework.items)
    if placed and declared["maximum"] != framework.maximum:
        faults.append(f"the file: maximum says {declared['maximum']}, and {framework.maximum} is the highest sum")
    if framework.rights.status == "structure_only":
        return faults + (["the file: a structure has no items"] if framework.items else [])
    if not framework.items:
        faults.append("the file: there is no item")
    if not framework.scale.highest:
        faults.append("the file: there is no scale")
    return faults + _category_faults(framework)


def _category_faults(framework: Framework) -> list[str]:
    """Every category has totals, and every possible total a category."""
    found = framework.aggregate.categories
    least, most = framework.scale.lowest * len(framework.rateable), framework.maximum
    faults = [
        f"category «{one.key}»: no total reaches it; totals go from {least} to {most}"
        for one in found
        if isinstance(one.at_least, int) and not least <= one.at_least <= most
    ]
    if found and isinstance(found[0].at_most, int) and found[0].at_most < most:
        faults.append(f"category «{found[0].key}»: totals above {found[0].at_most} have no category")
    return faults


def _section_faults(framework: Framework) -> list[str]:
    if framework.is_structure_only:
        return [] if framework.sections else ["the file: there is no section"]
    filled = {item.section for item in framework.items}
    return [f"section «{one.key}» has no item" for one in framework.sections if one.key not in filled]


def _item_faults(framework: Framework, item: Item) -> list[str]:
    label, scale = f"item «{item.key}»", framework.scale
    faults = []
    if item.section and item.section not in framework.section_by_key:
        faults.append(f"{label}: section «{item.section}» stands nowhere")
    areas = {area.key for area in framework.areas}
    faults += [f"{label}: area «{area}» stands nowhere" for area in item.areas if area not in areas]
    used = {*item.levels, *(band.level for band in item.bands), *(item.original.levels if item.original else ())}
    outside = sorted(level for level in used if not scale.lowest <= level <= scale.highest)
    faults += [f"{label}: level {one} is not on the scale, {scale.lowest} to {scale.highest}" for one in outside]
    if item.levels:
        lacking = [level for level in range(scale.lowest, scale.highest + 1) if level not in item.levels]
        faults += [f"{label}: nothing is said about level {level}" for level in lacking]
    return faults + _suggestion_faults(label, item)


def _suggestion_faults(label: str, item: Item) -> list[str]:
    if not item.suggests:
        return []
    if item.measure is None:
        return [f"{label}: without an indicator nothing suggests a level"]
    if item.measure.unit == "ratio" or item.measure.direction == "inside":
        return [f"{label}: a ratio, or what is to stay inside limits, suggests no level"]
    return [] if item.bands else [f"{label}: without bands no level is suggested"]


def _cap_faults(framework: Framework) -> list[str]:
    faults = []
    for cap in framework.caps:
        label, item = f"cap by «{cap.item}»", framework.item_by_key.get(cap.item)
        if item is None:
            faults.append(f"{label}: there is no such item")
        elif item.measure is None:
            faults.append(f"{label}: the item has no indicator to hold it by")
        if cap.section not in framework.section_by_key:
            faults.append(f"{label}: section «{cap.section}» stands nowhere")
        if not framework.scale.lowest <= cap.level <= framework.scale.highest:
            faults.append(f"{label}: level {cap.level} is not on the scale")
    return faults


def _right_faults(framework: Framework) -> list[str]:
    if framework.rights.may_keep_original:
        return []
    return [
        f"item «{item.key}»: the holder's wording stands here, and rights allow {framework.rights.text_allowed} only"
        for item in framework.items
        if item.original
    ]


def _twice(values: Iterable[Any]) -> list[Any]:
    listed = list(values)
    return sorted({value for value in listed if listed.count(value) > 1}, key=str)
