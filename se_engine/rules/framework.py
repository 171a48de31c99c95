"""A quality framework as data: what is rated, on which scale, and what the records can say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from se_engine.rules.text import Text

COMPUTABLE = ("i", "ii", "iii")
"""Counted whole from the records; counted in part and judged; judged by people only."""
DIMENSIONS = ("language", "participation", "culture")
RATED = ("item", "section")
"""Whether people give a level to each item, or to each section by the items in it."""
TOTALS = ("none", "sum")
SECTION_RESULTS = ("none", "percent_of_max")
PER = ("office", "specialist")
MARKS = ("D", "F", "K")
"""Our own; read in the source; known, and to be held against the official form before anybody relies on it."""
STATUSES = ("own", "protected", "licensed", "public_domain", "structure_only")
TEXT_ALLOWED = ("none", "paraphrase", "verbatim")
"""What may leave the service: no text of the items, our own words only, or the holder's wording too."""
CODES = ("NR", "NA")


@dataclass(frozen=True)
class Rights:
    """Whose the framework is, and what may be done with its text."""

    status: str
    holder: str
    source: str
    text_allowed: str
    licence: str = ""
    """By what agreement the holder's wording is kept here; it then stands in this installation only."""
    checked_by: str = ""
    checked_on: str = ""

    @property
    def may_keep_original(self) -> bool:
        return self.text_allowed == "verbatim" or bool(self.status == "licensed" and self.licence)


@dataclass(frozen=True)
class Scale:
    """The levels, lowest to highest; both 0 where the tool itself is not here."""

    lowest: int = 0
    highest: int = 0
    levels: Mapping[int, Text] | None = None
    """What a level means whatever the item, where the framework says so."""
    codes: Mapping[str, Text] | None = None
    """NR, not rated, and NA, not applicable by adaptation, in words."""


@dataclass(frozen=True)
class Section:
    """A part of the framework: a step, a chapter, or a cell of the matrix of dimensions and steps."""

    key: str
    title: Text
    steps: tuple[str, ...] = ()
    dimension: str | None = None
    rated: bool = True
    """False: its items are shown, and no level is given."""


@dataclass(frozen=True)
class Area:
    """A second way to sort the items, beside the sections."""

    key: str
    title: Text


@dataclass(frozen=True)
class Measure:
    """One version of one indicator, as an item uses it."""

    key: str
    version: int
    unit: str
    direction: str


@dataclass(frozen=True)
class Band:
    """One level with its anchor: at most, or at least; neither in the last one, which takes the rest.

    A share is in per cent. Best first, as in a printed form.
    """

    level: int
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Original:
    """The holder's wording, imported by somebody who may have it."""

    language: str
    title: str
    text: str
    levels: Mapping[int, str]


@dataclass(frozen=True)
class Item:
    """One criterion."""

    key: str
    section: str
    title: Text
    assessed: Text
    """What is looked at, in our own words."""
    levels: Mapping[int, Text]
    """What each level looks like; empty where bands or the scale say it."""
    evidence: Text | None
    basis: tuple[str, ...]
    mark: str
    comp: str
    measure: Measure | None
    bands: tuple[Band, ...]
    elements: int | None
    """How many things are counted, where the level is how many of them are in place."""
    suggests: bool
    """Whether the measured value suggests a level; else it is evidence beside the item."""
    min_n: int
    """Below so many no level is suggested, and a report outside the audit shows no percentage."""
    window_days: int
    per: str
    shown: tuple[Measure, ...]
    """Further numbers that stand beside this one and suggest nothing."""
    judgement: tuple[Text, ...]
    """What only people can see here."""
    adaptable: bool
    """Whether an audit may adapt it; the total is then not comparable with others."""
    areas: tuple[str, ...]
    original: Original | None
    steps: tuple[str, ...] = ()
    dimension: str | None = None
    """Both of its section."""

    @property
    def indicator(self) -> str | None:
        return self.measure.key if self.measure else None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every number that stands beside the item, the one that may suggest a level first."""
        return ((self.measure,) if self.measure else ()) + self.shown


@dataclass(frozen=True)
class Cap:
    """While the value of an item is above a limit, its section is suggested no more than a level."""

    item: str
    section: str
    level: int
    above: float


@dataclass(frozen=True)
class Category:
    """A name for the totals from a number up; the last one takes the rest."""

    key: str
    title: Text
    at_least: int | None
    at_most: int | None = None
    """As it is written; what counts is at_least."""


@dataclass(frozen=True)
class Aggregate:
    total: str
    sections: str
    categories: tuple[Category, ...] = ()
    """Best first; only where there is a total."""


@dataclass(frozen=True)
class Rateable:
    """What one rating is about: an item, or a section with its items."""

    key: str
    title: Text
    section: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Framework:
    """One version of a quality framework, checked as a whole."""

    name: str
    version: int
    title: Text
    about: Text
    mark: str
    rights: Rights
    rated: str
    scale: Scale
    aggregate: Aggregate
    sections: tuple[Section, ...]
    areas: tuple[Area, ...]
    items: tuple[Item, ...]
    caps: tuple[Cap, ...]

    @property
    def is_structure_only(self) -> bool:
        """Nothing can be rated: the criteria are with those who hold the tool."""
        return not self.items

    @property
    def has_original(self) -> bool:
        return any(item.original for item in self.items)

    @cached_property
    def item_by_key(self) -> Mapping[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def section_by_key(self) -> Mapping[str, Section]:
        return {section.key: section for section in self.sections}

    def items_of(self, section: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.section == section)

    @cached_property
    def rateable(self) -> tuple[Rateable, ...]:
        """What an auditor gives a level, in the order of the file."""
        sections = [section for section in self.sections if section.rated]
        if self.rated == "section":
            return tuple(Rateable(one.key, one.title, one.key, self.items_of(one.key)) for one in sections)
        within = {section.key for section in sections}
        return tuple(
            Rateable(item.key, item.title, item.section, (item,)) for item in self.items if item.section in within
        )

    @cached_property
    def rateable_by_key(self) -> Mapping[str, Rateable]:
        return {one.key: one for one in self.rateable}

    @property
    def maximum(self) -> int:
        """The highest possible sum, with nothing left out."""
        return self.scale.highest * len(self.rateable)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every indicator in use, each once, in the order of the items."""
        return tuple(dict.fromkeys(measure for item in self.items for measure in item.measures))

    def level_words(self, rated: Rateable, level: int) -> Text | None:
        """What a level looks like here: by the item's own words, the scale's, or the holder's where they are kept."""
        item = rated.items[0] if self.rated == "item" else None
        own = item.levels.get(level) if item else None
        words = own or (self.scale.levels or {}).get(level)
        if words or item is None or item.original is None or level not in item.original.levels:
            return words
        theirs = item.original.levels[level]
        return Text(theirs, theirs, theirs)
