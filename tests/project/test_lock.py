"""requirements.lock holds everything that setup.cfg asks for, with hashes, from no particular registry."""

import configparser
import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.tree import TOP

LOCK = (TOP / "requirements.lock").read_text()
# One entry: a name at the start of a line, its version, and then its hashes on lines of their own.
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)([^\n]*\n(?: +--hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", re.MULTILINE)
LOCKED = {canonicalize_name(entry[1]): entry for entry in ENTRY.finditer(LOCK)}


def requirements() -> list[Requirement]:
    config = configparser.ConfigParser()
    config.read(TOP / "setup.cfg")
    lines = config["options"]["install_requires"].splitlines()
    for extra in config["options.extras_require"].values():
        lines += extra.splitlines()
    return [Requirement(line) for line in lines if line]


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.name)
def test_what_setup_asks_for_is_locked(requirement):
    locked = LOCKED.get(canonicalize_name(requirement.name))
    assert locked, f"{requirement.name} is not in requirements.lock: make lock"
    assert requirement.specifier.contains(locked[2]), f"{locked[0]} does not fit {requirement}: make lock"


def test_every_entry_has_its_hashes():
    assert [name for name, entry in LOCKED.items() if "--hash=sha256:" not in entry[3]] == []


def test_the_lock_names_no_registry():
    assert re.findall(r"^--\S+|https?://\S+", LOCK, re.MULTILINE) == []
