"""What every test can ask for, and the rules that bind all of them."""

import os

import pytest
from hypothesis import settings

from tests.support import chromium, postgres
from tests.support.loopback import stay_on_this_machine

pytest_plugins = [
    "tests.support.browsers",
    "tests.support.databases",
    "tests.support.applications",  # which imports the one before
    "tests.support.people",
    "tests.support.serving",
]

# Examples on a shared machine may take long, and what fails in continuous integration must fail again at home.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

stay_on_this_machine()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped tests are easily overlooked among hundreds, so what was missing is said once more."""
    for what, found in (("PostgreSQL", postgres.find_binaries()), ("a browser", chromium.find())):
        if found is None:
            terminalreporter.write_sep("*", f"NOT TESTED: {what} was not found", red=True, bold=True)
