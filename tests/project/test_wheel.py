"""What is installed from a wheel can do what a checkout can: migrate, load definitions, show pages."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.support.tree import files, name

SHIPPED = ("se_engine/", "web/", "workflows/", "migrations/", "fixtures/")


@pytest.fixture(scope="module")
def in_the_wheel(tmp_path_factory) -> set[str]:
    """Built from a copy: building leaves folders behind, and would pick up what an earlier build left."""
    source = tmp_path_factory.mktemp("source")
    for path in files():
        target = source / name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", target, source], check=True, capture_output=True, text=True)
    (wheel,) = target.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_nothing_is_left_at_home(in_the_wheel):
    ours = {name(path) for path in files() if name(path).startswith(SHIPPED)}
    assert ours - in_the_wheel == set()


def test_nothing_else_is_installed(in_the_wheel):
    """Another folder at the top would lie beside everybody's packages."""
    others = {inside for inside in in_the_wheel if not inside.startswith(SHIPPED)}
    assert {inside for inside in others if ".dist-info/" not in inside} == set()
