"""What to do when something is missing that a test cannot do without."""

import os
from typing import NoReturn

import pytest


def skip_or_fail(what: str, variable: str) -> NoReturn:
    """A developer may work without it; continuous integration sets the variable and may not."""
    if os.environ.get(variable) == "1":
        pytest.fail(f"{variable}=1, but {what} was not found")
    pytest.skip(f"{what} was not found")
