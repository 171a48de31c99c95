"""Takes the pictures of the documents from a demo that `./run` serves; `make screenshots` hands it the accounts."""

import json
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import chromium

PICTURES = Path(__file__).resolve().parent.parent / "docs/screenshots"
DESK = {"viewport": {"width": 1280, "height": 1360}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}


def sign_in(browser: Browser, address: str, person: dict[str, str], options: dict[str, object]) -> Page:
    page = browser.new_page(locale="nb-NO", **options)
    page.goto(f"{address}/sign-in")
    page.locator("#email").fill(person["email"])
    page.locator("#password").fill(person["password"])
    page.locator("#password").press("Enter")
    page.wait_for_load_state("load")
    page.locator("nav.se-nav").wait_for()  # an auditor is led on to her audits
    return page


def take(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def main(address: str = "http://127.0.0.1:8000") -> None:
    accounts = json.load(sys.stdin)
    roles = ("job_specialist", "supervisor", "auditor")
    person, supervisor, auditor = (next(one for one in accounts if one["role"] == role) for role in roles)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        for where, options in (("desk", DESK), ("phone", PHONE)):
            page = sign_in(browser, address, person, options)
            take(page, f"worklist-{where}")
            participant = page.locator("main a[href]").evaluate_all("links => links.map(link => link.pathname)")
            page.goto(address + next(path for path in participant if re.fullmatch(r"/(cases|participants)/\d+", path)))
            take(page, f"participant-{where}")
        page = sign_in(browser, address, supervisor, DESK)
        page.goto(f"{address}/reports/time-per-step")
        take(page, "time-per-step-desk")
        page = sign_in(browser, address, auditor, DESK)
        audits = page.locator("main a[href]").evaluate_all("links => links.map(link => link.pathname)")
        page.goto(f"{address}{next(path for path in audits if re.fullmatch(r'/audits/[0-9]+', path))}/ratings")
        take(page, "ratings-desk")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
