"""The browser that the tests drive stays on this machine, and tells what a page did wrong."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page

from tests.support.axe import violations
from tests.support.browsers import BrokenPromises


@pytest.fixture
def address(served: Callable[[Flask], str]) -> str:
    app = Flask("small")
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>Small</title><h1>Hei</h1>")
    return served(app)


def test_a_page_served_here_opens(page: Page, address: str) -> None:
    page.goto(address)
    assert page.get_by_role("heading").inner_text() == "Hei"


def test_two_pages_are_two_people(open_page: Callable[..., Page], address: str) -> None:
    one, other = open_page(), open_page()
    one.goto(address)
    one.context.add_cookies([{"name": "who", "value": "Jo", "url": address}])
    assert other.context.cookies() == []


def test_another_host_is_out_of_reach(browser: Browser) -> None:
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_PROXY_CONNECTION_FAILED"):
        page.goto("http://192.0.2.1/")
    page.close()


def test_a_request_to_another_host_is_noted(browser: Browser, address: str) -> None:
    broken = BrokenPromises()
    page = browser.new_page()
    page.on("request", broken.request)
    page.goto(address)
    page.evaluate("fetch('http://192.0.2.1/font.woff2').catch(() => null)")
    page.close()
    assert broken.seen == ["asked 192.0.2.1: http://192.0.2.1/font.woff2"]


def test_axe_names_what_is_wrong(page: Page, address: str) -> None:
    page.goto(address)
    assert [line.split(" ")[0] for line in violations(page)] == ["html-has-lang", "landmark-one-main", "region"]
