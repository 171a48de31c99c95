"""A framework file is read whole, or refused with every fault in a sentence."""

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.framework import Framework
from se_engine.rules.framework_definition import read_framework
from se_engine.rules.framework_faults import band_faults
from se_engine.rules.framework_reading import ALLOWED
from se_engine.rules.indicators import Indicator
from se_engine.rules.text import Text

Document = dict[str, Any]
WORDS = {"nb": "ord", "nn": "ord", "en": "words"}
TEXT = Text("ord", "ord", "words")
STEPS = ("engagement", "profiling")


def indicator(key: str, unit: str, direction: str) -> Indicator:
    return Indicator(key, 1, unit, direction, ("cases",), TEXT, TEXT, TEXT, TEXT)


INDICATORS = {
    (one.key, one.version): one
    for one in (indicator("days", "day", "down"), indicator("told", "share", "up"), indicator("even", "ratio", "up"))
}


def criterion(key: str, **others: Any) -> Document:
    plain = {"key": key, "section": "S1", "title": WORDS, "assessed": WORDS, "mark": "D", "comp": "iii"}
    return plain | others


def uses(key: str, unit: str, direction: str) -> Document:
    return {"indicator": {"key": key, "version": 1, "unit": unit, "direction": direction}}


DOCUMENT: Document = {
    "name": "ours",
    "title": WORDS,
    "about": WORDS,
    "mark": "D",
    "items": 3,
    "maximum": 15,
    "rights": {"status": "own", "holder": "us", "source": "here", "text_allowed": "verbatim"},
    "scale": {"lowest": 1, "highest": 5, "codes": {"NR": WORDS, "NA": WORDS}},
    "aggregate": {"total": "sum", "sections": "percent_of_max", "missing": "bounds"},
    "category": [{"key": "good", "title": WORDS, "min": 10, "max": 15}, {"key": "poor", "title": WORDS, "max": 9}],
    "area": [{"key": "people", "title": WORDS}],
    "section": [{"key": "S1", "title": WORDS, "steps": ["engagement"], "dimension": "language"}],
    "item": [
        criterion(
            "1",
            comp="i",
            **uses("days", "day", "down"),
            shown=[uses("told", "share", "up")["indicator"]],
            judgement=[WORDS],
            basis=["elsewhere"],
            evidence=WORDS,
            areas=["people"],
            bands=[
                {"level": 5, "max": 30},
                {"level": 4, "min": 31, "max": 60},
                {"level": 3, "min": 61, "max": 150},
                {"level": 2, "min": 151, "max": 270},
                {"level": 1, "min": 271},
            ],
        ),
        criterion("2", comp="i", **uses("told", "share", "up"), bands=[{"level": 5, "min": 90}, {"level": 1}]),
        criterion("3", levels={str(level): WORDS for level in range(1, 6)}),
    ],
    "cap": [{"item": "1", "section": "S1", "level": 2}],
}


def read(document: Document) -> Framework:
    return read_framework(document, name="ours", version=1, source="v1.toml", indicators=INDICATORS, steps=STEPS)


def faults(change: Callable[[Document], object]) -> tuple[str, ...]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(InvalidDefinition) as invalid:
        read(document)
    return invalid.value.faults


def test_a_whole_file_is_read() -> None:
    found = read(DOCUMENT)
    assert [one.key for one in found.rateable] == ["1", "2", "3"]
    assert (found.maximum, found.items[0].steps, found.items[0].dimension) == (15, ("engagement",), "language")
    anchors = [(band.level, band.at_most) for band in found.items[0].bands]
    assert anchors == [(5, 30), (4, 60), (3, 150), (2, 270), (1, None)]
    assert [one.suggests for one in found.items] == [True, True, False]
    assert found.level_words(found.rateable[2], 4) == TEXT
    assert found.level_words(found.rateable[0], 4) is None


def test_twelve_planted_faults_are_twelve_sentences() -> None:
    document = copy.deepcopy(DOCUMENT)
    one, other, third = document["item"]
    one["bands"][1]["min"] = 25  # overlaps the band before
    one["weight"] = 2  # no such key
    other["indicator"]["key"] = "heard"  # no such indicator
    other["bands"][0]["level"] = 7  # off the scale
    other["section"] = "S9"  # stands nowhere
    third["title"] = {"nb": "ord", "en": "words"}  # not said in nynorsk
    third["original"] = {"language": "en", "text": "Theirs, word for word."}  # the rights forbid it
    document["rights"]["text_allowed"] = "paraphrase"
    document["items"] = 4  # there are three
    document["section"][0]["steps"] = ["courtship"]  # no such step
    document["category"][1]["max"] = 8  # a total of 9 has no category
    document["cap"][0]["item"] = "9"  # no such item
    document["mark"] = "Z"  # no such mark
    with pytest.raises(InvalidDefinition) as invalid:
        read(document)
    assert len(invalid.value.faults) == 12
    assert sorted(invalid.value.faults) == sorted(
        [
            "category: the bands of levels good and poor leave a gap between them, at 8 and 10",
            "cap by «9»: there is no such item",
            "item «1»: the bands of levels 5 and 4 overlap, at 25 and 30",
            f"item «1»: unknown key «weight»; allowed: {', '.join(sorted(ALLOWED['item']))}",
            "item «2»: indicator «heard» does not exist in version 1",
            "item «2»: level 7 is not on the scale, 1 to 5",
            "item «2»: section «S9» stands nowhere",
            "item «3»: the holder's wording stands here, and rights allow paraphrase only",
            "item «3»: title: text is missing in nn",
            "section «S1»: steps «courtship» is unknown; allowed: engagement, profiling",
            "the file: items says 4, and there are 3 items",
            "the file: mark «Z» is unknown; allowed: D, F, K",
        ]
    )


def put(document: Any, where: str, value: Any) -> None:
    """Sets `item.0.min_n` and the like."""
    *path, last = where.split(".")
    for part in path:
        document = document[int(part) if isinstance(document, list) else part]
    document[int(last) if isinstance(document, list) else last] = value


@pytest.mark.parametrize(
    ("where", "value", "sentence"),
    [
        ("name", "theirs", "the file: it is named «theirs» and lies in the folder of «ours»"),
        ("maximum", 20, "the file: maximum says 20, and 15 is the highest sum"),
        ("scale.highest", 1, "scale: highest (1) is not above lowest (1)"),
        ("scale.codes", {"NR": WORDS}, "scale: the code NA has no words"),
        ("aggregate.missing", "forget", "aggregate: missing «forget» is unknown; allowed: bounds"),
        ("aggregate.total", "none", "category: only a total that is a sum has categories"),
        ("category.0.max", 14, "category «good»: totals above 14 have no category"),
        ("category.0.min", 16, "category «good»: no total reaches it; totals go from 3 to 15"),
        ("section.0.dimension", "weather",
         "section «S1»: dimension «weather» is unknown; allowed: language, participation, culture"),
        ("item.1.key", "1", "item «1» stands twice"),
        ("item.0.min_n", 0, "item «1»: min_n must be a whole number from 1 up"),
        ("item.0.window_days", 4000, "item «1»: window_days is at most 1098, three years"),
        ("item.0.comp", "iv", "item «1»: comp «iv» is unknown; allowed: i, ii, iii"),
        ("item.0.indicator.unit", "count", "item «1»: indicator «days» has the unit day, not count"),
        ("item.0.indicator.version", 2, "item «1»: indicator «days» does not exist in version 2; there is 1"),
        ("item.1.indicator.direction", "inside", "item «2»: indicator «told» has the direction up, not inside"),
        ("item.1.bands", [], "item «2»: without bands no level is suggested"),
        ("item.1.indicator", uses("even", "ratio", "up")["indicator"],
         "item «2»: a ratio, or what is to stay inside limits, suggests no level"),
        ("item.2.comp", "i", "item «3»: it is counted from the records (i) and names no indicator"),
        ("item.2.suggests", True, "item «3»: without an indicator nothing suggests a level"),
        ("item.2.levels", {"1": WORDS, "best": WORDS}, "item «3»: levels: «best» is no level"),
        ("item.2.levels", {"5": WORDS}, "item «3»: nothing is said about level 4"),
        ("item.2.areas", ["money"], "item «3»: area «money» stands nowhere"),
        ("cap.0.level", 6, "cap by «1»: level 6 is not on the scale"),
        ("cap.0.item", "3", "cap by «3»: the item has no indicator to hold it by"),
        ("cap.0.section", "S2", "cap by «1»: section «S2» stands nowhere"),
        ("rights.status", "licensed", "rights: what is licensed names its licence, checked_by and checked_on"),
        ("rights.checked_on", "yesterday", "rights: checked_on must be a date"),
        ("section", [{"key": "S1", "title": WORDS}, {"key": "S2", "title": WORDS}], "section «S2» has no item"),
        ("item", "all of them", "item must be a list of tables"),
    ],
)  # fmt: skip
def test_a_fault_is_named(where: str, value: Any, sentence: str) -> None:
    assert sentence in faults(lambda document: put(document, where, value))


def places(value: Any, at: str = "") -> Iterator[str]:
    """Every place in a document: `item`, `item.0`, `item.0.title.nb` and so on."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield f"{at}{key}"
        yield from places(one, f"{at}{key}.")


@pytest.mark.parametrize("junk", [None, True, -1, 2.5, "", "?", [], [3], [[]], {}, {"x": 1}, {"nb": 3}], ids=str)
def test_whatever_stands_anywhere_is_a_fault_and_no_crash(junk: Any) -> None:
    for place in places(DOCUMENT):
        document = copy.deepcopy(DOCUMENT)
        put(document, place, junk)
        with suppress(InvalidDefinition):
            read(document)


def test_an_empty_file_and_a_structure_with_items_are_faults() -> None:
    assert "the file: there is no item" in faults(lambda document: document.clear())
    assert "the file: a structure has no items" in faults(lambda one: put(one, "rights.status", "structure_only"))


def test_the_wording_may_be_kept_under_a_licence() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["item"][2] |= {"levels": {}, "original": {"language": "en", "text": "Theirs.", "levels": {"4": "Fourth"}}}
    document["rights"] |= {
        "text_allowed": "paraphrase", "status": "licensed", "licence": "agreement 7", "checked_by": "A",
        "checked_on": date(2026, 11, 1),
    }  # fmt: skip
    found = read(document)
    assert found.has_original
    assert found.level_words(found.rateable[2], 4) == Text("Fourth", "Fourth", "Fourth")


DOWN = [(5, None, 30), (4, 31, 60), (3, 61, 150), (2, 151, 270), (1, 271, None)]
UP = [(5, 96, None), (4, 90, 95), (3, 75, 89), (2, 60, 74), (1, None, 59)]


@pytest.mark.parametrize(
    ("bands", "direction"), [(DOWN, "down"), (UP, "up"), ([(5, 6, None), (1, 0, 5)], "up"), ([], "up")]
)
def test_bands_that_cover_the_line_once(bands: list[Any], direction: str) -> None:
    assert band_faults("x", bands, direction=direction) == []


@pytest.mark.parametrize(
    ("bands", "direction", "sentence"),
    [
        # As a web copy of the 15-item scale prints "rapid search": levels 3 and 4 in the same words.
        ([(5, None, 31), (4, 181, 270), (3, 181, 270), (2, 271, 365), (1, 366, None)], "down",
         "x: levels 4 and 3 have the same anchor, 270"),
        ([(5, None, 30), (4, None, 20), (1, None, None)], "down", "x: the bands of levels 5 and 4 overlap"),
        ([(5, 90, None), (4, 95, None), (1, None, None)], "up", "x: the bands of levels 5 and 4 overlap"),
        ([(5, None, 30), (4, 32, 60), (1, None, None)], "down",
         "x: the bands of levels 5 and 4 leave a gap between them, at 30 and 32"),
        ([(5, 96, None), (4, 90, 96), (1, None, None)], "up", "x: the bands of levels 5 and 4 overlap, at 96 and 96"),
        ([(5, None, 30), (4, None, 60)], "down",
         "x: nothing is said of values above 60; the last band, level 4, takes the rest"),
        ([(5, 90, None), (4, 75, None)], "up",
         "x: nothing is said of values below 75; the last band, level 4, takes the rest"),
        ([(5, None, 30), (5, None, 60), (1, None, None)], "down", "x: level 5 stands twice in the bands"),
        ([(4, None, 30), (5, None, 60), (1, None, None)], "down",
         "x: level 5 stands after level 4; the best comes first"),
        ([(5, 30, None), (4, None, 60), (1, None, None)], "down", "x: the band of level 5 has no max"),
        ([(5, None, "30"), (1, None, None)], "down", "x: the bounds of a band are numbers"),
    ],
)  # fmt: skip
def test_bands_with_a_gap_an_overlap_or_an_anchor_twice(bands: list[Any], direction: str, sentence: str) -> None:
    assert sentence in band_faults("x", bands, direction=direction)
