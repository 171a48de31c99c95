"""What axe-core finds wrong with a page that is open in the browser."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tests.support.tree import TOP

if TYPE_CHECKING:
    from playwright.sync_api import Page


@lru_cache
def source() -> str:
    return (TOP / "tests/vendor/axe.min.js").read_text(encoding="utf-8")


def stands_ready(page: Page) -> None:
    """For a walk over many pages: each has axe in it as it opens, instead of being sent it anew."""
    page.add_init_script(source())


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule; evaluated, because the content policy lets no script in."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(source())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']} ({rule['impact']}): {node['html']}" for rule in found for node in rule["nodes"]]
