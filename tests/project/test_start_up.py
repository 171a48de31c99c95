"""The scripts with which everything begins run in any POSIX shell, and install only what the lock names."""

import os
import shutil
import subprocess

import pytest

from tests.support.tree import TOP, name

SHELL_SCRIPTS = [TOP / "run", TOP / "test", TOP / "bin/setup.sh", TOP / "bin/oracles.sh"]


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=name)
def test_it_is_valid_posix_shell(script):
    done = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", [TOP / "run", TOP / "test", TOP / ".ci/run"], ids=name)
def test_it_can_be_started(script):
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith(("#!/bin/sh\n", "#!/usr/bin/env bash\n"))


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("script", [*SHELL_SCRIPTS, TOP / ".ci/run"], ids=name)
def test_shellcheck_finds_nothing(script):
    done = subprocess.run(["shellcheck", "--external-sources", script], cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_an_unknown_argument_is_wrong_usage():
    done = subprocess.run([TOP / "run", "--twice"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "./run --once" in done.stderr


def test_continuous_integration_may_skip_nothing():
    script = (TOP / ".ci/run").read_text()
    assert "SE_REQUIRE_BROWSER=1" in script
    assert "SE_REQUIRE_POSTGRES=1" in script
    assert "./test" in script
