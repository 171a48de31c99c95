"""Where a page of a list that is not in the order of its ids begins: a day and a number, as one word."""

import re
from datetime import date

from se_engine.rules.errors import Reason
from web.api.problems import Unreadable

PLACE = re.compile(r"(?:([0-9])\.)?(\d{4}-\d\d-\d\d)\.([0-9]{1,18})")


def cursor_of(place: tuple[date, int] | tuple[int, date, int] | None) -> str | None:
    """`2026-03-12.17`, or with a rank before it `0.2026-03-12.17`."""
    if place is None:
        return None
    return ".".join(part.isoformat() if isinstance(part, date) else str(part) for part in place)


def day_and_number(cursor: str) -> tuple[date, int] | None:
    found = _place(cursor)
    return found[1:] if found else None


def rank_day_and_number(cursor: str) -> tuple[int, date, int] | None:
    return _place(cursor)


def _place(cursor: str) -> tuple[int, date, int] | None:
    if not cursor:
        return None
    found = PLACE.fullmatch(cursor)
    try:
        if found:
            return int(found[1] or 0), date.fromisoformat(found[2]), int(found[3])
    except ValueError:
        pass  # 30 February
    raise Unreadable(422, Reason("field_wrong", {"field": "cursor"}, where="query:cursor"))
