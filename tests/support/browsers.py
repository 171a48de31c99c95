"""Fixtures: pages in Chromium that reach this machine only, and fail a test whose page breaks a promise.

Playwright is imported where it is used: most tests need no browser and should not wait for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.support import chromium
from tests.support.loopback import LOOPBACK
from tests.support.required import skip_or_fail

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    program = chromium.find()
    if program is None:
        skip_or_fail("a browser (SE_CHROMIUM, or chromium on the path)", "SE_REQUIRE_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class BrokenPromises:
    """What no page may do: ask another host, break the content policy, or throw in a script."""

    seen: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in LOOPBACK:
            self.seen.append(f"asked {address.hostname}: {request.url}")

    def console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.seen.append(message.text)

    def error(self, error: Exception) -> None:
        self.seen.append(f"script error: {error}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(viewport={"width": 320, "height": 640}, java_script_enabled=False, color_scheme="dark")`

    Each page has cookies of its own, so two pages are two people.
    """
    contexts = []
    broken = BrokenPromises()

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"locale": "nb-NO", "service_workers": "block", **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("request", broken.request)
        context.on("console", broken.console)
        page = context.new_page()
        page.on("pageerror", broken.error)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not broken.seen, "\n".join(broken.seen)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()
