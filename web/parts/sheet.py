"""The participant's sheet as a page shows it."""

from dataclasses import dataclass

from markupsafe import Markup

from se_engine.printing.pairs import Beside, Pair, direction
from se_engine.printing.paper import picture
from se_engine.printing.sheet import Told, told
from se_engine.queries.sheet import Sheet


@dataclass(frozen=True)
class Shown:
    told: Told
    lang: str
    dir: str
    ours: str
    weekday: Pair | None
    month: Pair | None
    clock: Pair | None
    own_dir: str
    unreviewed: str

    def pair(self, key: str) -> Pair:
        return self.told.both(key)

    def picture(self, key: str) -> Markup:
        """Beside words that say the same: nothing for a screen reader."""
        return Markup(picture(key).replace("<svg ", '<svg aria-hidden="true" focusable="false" '))  # noqa: S704 - our own file


def shown(sheet: Sheet, both: Beside) -> Shown:
    words = told(sheet, both)
    when = words.when
    return Shown(
        told=words,
        lang=both.hers.code,
        dir=both.hers.direction,
        ours=both.ours.code,
        weekday=both.weekday(when.on) if when else None,
        month=both.month(when.on) if when else None,
        clock=both("clock", time=when.at) if when and when.at else None,
        own_dir=direction(words.own.words) if words.own else "ltr",
        unreviewed="" if both.alone else both.hers.unreviewed,
    )
