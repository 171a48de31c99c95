"""`web` and `workflows` are names that other packages use too: what is imported must be ours."""

import importlib
from pathlib import Path

import pytest

from tests.support.tree import TOP


@pytest.mark.parametrize("package", ["se_engine", "web"])
def test_the_package_is_ours(package):
    assert Path(importlib.import_module(package).__file__).parent == TOP / package


@pytest.mark.parametrize("folder", ["tests", "migrations", "fixtures"])
def test_folders_that_are_no_packages_do_not_look_like_one(folder):
    """With an __init__.py they would be installed, or hide somebody else's package of that name."""
    assert not (TOP / folder / "__init__.py").exists()
