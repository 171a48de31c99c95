"""The cases behind a number, page by page: all of them under the same filter, in the order of their numbers."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import request, url_for

from se_engine.queries.case_lists import CaseLine, cases_by_number
from web.auth import actor
from web.session import reporting
from web.worklists import number_from

SHOWN = 200
"""Cases on one page."""


@dataclass(frozen=True)
class Page:
    many: int
    """All of them, whichever page this is."""
    ids: Sequence[int]
    before: int = 0
    """How many stand on the pages before."""

    @property
    def last(self) -> int:
        return self.before + len(self.ids)

    @property
    def next_after(self) -> int | None:
        """Where the next page begins: after this number, so that a new case moves nobody over the edge."""
        return self.ids[-1] if self.last < self.many else None


def page_after(ids: Sequence[int], after: int, shown: int) -> Page:
    ordered = sorted(ids)
    before = bisect_right(ordered, after)
    return Page(len(ordered), ordered[before : before + shown], before)


@dataclass(frozen=True)
class Behind:
    """What the templates take; `found` are those of the page that this reader may open."""

    page: Page
    found: Sequence[CaseLine]
    next_url: str | None
    first_url: str | None

    @property
    def many(self) -> int:
        return self.page.many

    def __iter__(self) -> Iterator[CaseLine]:
        return iter(self.found)


def behind(ids: Sequence[int]) -> Behind:
    """The page that the address asks for."""
    page = page_after(ids, number_from(request.args.get("after")) or 0, SHOWN)
    following = _here(page.next_after) if page.next_after is not None else None
    return Behind(
        page, cases_by_number(reporting(), actor(), page.ids), following, _here(None) if page.before else None
    )


def _here(after: int | None) -> str:
    given = {name: value for name, value in request.args.items() if name != "after"}
    asked = given if after is None else {**given, "after": str(after)}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **asked})
