"""When absences of one person meet, and when the one who stands in is away herself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from se_engine.rules.errors import Refused


@dataclass(frozen=True)
class Away:
    """Somebody is away on these days, both included."""

    user_id: int
    from_on: date
    until_on: date

    def meets(self, other: "Away") -> bool:
        return self.from_on <= other.until_on and other.from_on <= self.until_on


def check_absence(new: Away, substitute_id: int | None, known: Iterable[Away]) -> None:
    """Refused when it ends before it starts, meets another of the same person, or the substitute is away then."""
    if new.until_on < new.from_on:
        raise Refused("ends_before_it_starts", started=new.from_on.isoformat(), field="until_on")
    for other in known:
        if other.meets(new):
            _refuse(other, substitute_id)


def _refuse(other: Away, substitute_id: int | None) -> None:
    first, last = other.from_on.isoformat(), other.until_on.isoformat()
    if other.user_id == substitute_id:
        raise Refused("substitute_away", from_on=first, until_on=last, field="substitute")
    raise Refused("absence_overlaps", from_on=first, until_on=last, field="from_on")
