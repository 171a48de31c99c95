"""Signs in to a running SE Engine as one of its demo accounts and reads the worklist, as a person would.

`python bin/first_look.py ADDRESS ACCOUNTS.json`; the accounts as `se-engine demo accounts --format json` prints them.
Standard library only: it must also work where nothing but the server is installed.
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

PATIENCE_SECONDS = 60


class Page(HTMLParser):
    """What matters here of a page: its hidden fields, its links, and whether it asks for a password."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.links: list[str] = []
        self.asks_for_password = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag == "input" and found.get("type") == "hidden":
            self.hidden[found.get("name") or ""] = found.get("value") or ""
        if tag == "input" and found.get("type") == "password":
            self.asks_for_password = True


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        # Straight to this machine, whatever proxy the environment names.
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def open(self, path: str, form: dict[str, str] | None = None) -> Page:
        data = urllib.parse.urlencode(form).encode() if form else None
        with self.opener.open(self.address + path, data, timeout=30) as answer:
            return Page(answer.read().decode())

    def wait_until_served(self) -> None:
        last = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                self.open("/healthz")
                return
            except urllib.error.HTTPError as error:
                sys.exit(f"/healthz answered {error.code}")
            except OSError as error:
                if time.monotonic() > last:
                    sys.exit(f"Nobody answers at {self.address}: {error}")
                time.sleep(0.1)

    def sign_in(self, account: dict[str, str]) -> None:
        form = {"email": account["email"], "password": account["password"]}
        if self.open("/sign-in", {**self.open("/sign-in").hidden, **form}).asks_for_password:
            sys.exit(f"{account['email']} was not let in.")


def main(address: str, accounts: str) -> None:
    specialists = [a for a in json.loads(Path(accounts).read_text()) if a["role"] == "job_specialist"]
    if not specialists:
        sys.exit("The demo has no job specialist.")
    account = specialists[0]
    visitor = Visitor(address)
    visitor.wait_until_served()
    visitor.sign_in(account)
    worklist = visitor.open("/")
    participants = {link for link in worklist.links if "/cases/" in link or "/participants/" in link}
    if worklist.asks_for_password or not participants:
        sys.exit(f"{account['email']} sees no participant on the worklist.")
    print(f"{account['email']} signed in and sees {len(participants)} participants on the worklist.")


if __name__ == "__main__":
    main(*sys.argv[1:])
