"""Finds the browser that the tests drive. Run as a program it succeeds when there is one."""

import os
import shutil
import sys
from pathlib import Path

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Loopback bypasses a proxy; everything else meets a port where nobody listens.
    "--proxy-server=http://127.0.0.1:9",
    # The sandbox refuses to start as root and in many containers; the pages are our own.
    "--no-sandbox",
]


def find() -> str | None:
    chosen = os.environ.get("SE_CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return playwrights_own()


def playwrights_own() -> str | None:
    """The build that `playwright install chromium` keeps, for machines without a packaged browser."""
    store = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    builds = sorted(store.glob("chromium-*/chrome-linux*/chrome"))
    return str(builds[-1]) if builds else None


if __name__ == "__main__":
    sys.exit(0 if find() else 1)
