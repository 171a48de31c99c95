"""One rating as it is given: its parts, and what becomes of it when two people wrote at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from se_engine.rules.audits import must_talk
from se_engine.rules.errors import Reason, Refused, Stale

NOT_RATED, NOT_APPLICABLE = "NR", "NA"
LONGEST = 4_000
"""Characters of a rationale or a recommendation."""
CAP_UNHANDLED = "cap_unhandled"
NO_NOTE, NO_CASE_READ, NO_INTERVIEW = LACKS = ("no_note", "no_case_read", "no_interview")
"""What the missing list finds by itself; the code of a line."""
PARTS = ("rating", "rationale", "recommendation", "notes", "finished")
"""What is kept apart when two wrote at the same time."""


@dataclass(frozen=True)
class Given:
    """What somebody says of one item."""

    level: int | None = None
    code: str | None = None
    rationale: str = ""
    recommendation: str = ""
    notes: tuple[int, ...] = ()
    finished: bool = False

    @property
    def rating(self) -> int | str | None:
        """The level, NR or NA; None while there is none."""
        return self.code if self.code is not None else self.level

    @property
    def is_rated(self) -> bool:
        return self.rating is not None


NOTHING = Given()


def tidy(given: Given) -> Given:
    """Without blanks around, and each note once; Refused where a text is longer than a report has room for."""
    texts = (given.rationale.strip(), given.recommendation.strip())
    if max(map(len, texts)) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    return replace(given, rationale=texts[0], recommendation=texts[1], notes=tuple(sorted(set(given.notes))))


def over(base: Given, theirs: Given, mine: Given) -> Given:
    """Mine over theirs: what I have left as it was in `base` is as they have it now."""
    chosen: dict[str, Any] = {}
    for part in PARTS:
        was, their, my = (_part(one, part) for one in (base, theirs, mine))
        chosen[part] = their if my == was else my
    level, code = chosen.pop("rating")
    return Given(level=level, code=code, **chosen)


def merged(base: Given, theirs: Given, mine: Given) -> Given | None:
    """Both changes, where each changed something else since `base`; None where both changed the same otherwise."""
    for part in PARTS:
        was, their, my = (_part(one, part) for one in (base, theirs, mine))
        if was not in (their, my) and their != my:
            return None
    return over(base, theirs, mine)


def _part(given: Given, part: str) -> Any:
    return (given.level, given.code) if part == "rating" else getattr(given, part)


class ChangedMeanwhile(Stale):
    """Two wrote the same part of one rating: what stands there now, and what was sent, are both carried along."""

    def __init__(self, item: str, *, theirs: Given, mine: Given, newest_id: int) -> None:
        super().__init__()
        self.reason = Reason("rating_changed_meanwhile", {"item": item})
        self.theirs, self.mine, self.newest_id = theirs, mine, newest_id


def check_not_applicable(given: Given, *, declared: bool) -> None:
    """N/A is for what the charter left out, or with a reason; and what it left out has no level."""
    if given.code == NOT_APPLICABLE and not declared and not given.rationale:
        raise Refused("na_needs_a_reason")
    if declared and given.is_rated and given.code != NOT_APPLICABLE:
        raise Refused("left_out_by_the_charter")


def check_cap(given: Given, at_most: int | None) -> None:
    """While something is not handled, no level above the cap is given."""
    if at_most is not None and given.level is not None and given.level > at_most:
        raise Refused("rating_above_cap", at_most=at_most)


def lacking(sources: Sequence[str]) -> tuple[str, ...]:
    """What a cell's rating still stands without: a case that was read, and a participant who was asked."""
    needed = {"case_read": "case", "interview": "interview_participant"}
    return tuple(lack for lack, source in needed.items() if source not in sources)


@dataclass(frozen=True)
class Compared:
    """What the raters gave one item, in the order of the raters."""

    key: str
    given: tuple[int | str | None, ...]

    @property
    def same(self) -> bool:
        return len(set(self.given)) == 1 and self.given[0] is not None

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(one for one in self.given if isinstance(one, int))

    @property
    def distance(self) -> int | None:
        """Between the highest and the lowest; None where somebody gave no level."""
        if len(self.levels) < len(self.given) or not self.levels:
            return None
        return max(self.levels) - min(self.levels)

    @property
    def far_apart(self) -> bool:
        """By two levels, or a level beside NR or N/A, from which it has no distance."""
        return must_talk(self.levels) or (not self.same and len(self.levels) < len(self.given))


def compared(keys: Sequence[str], of_raters: Sequence[Mapping[str, Given]]) -> tuple[Compared, ...]:
    """Item by item, in the order of the framework."""
    return tuple(Compared(key, tuple(one.get(key, NOTHING).rating for one in of_raters)) for key in keys)
