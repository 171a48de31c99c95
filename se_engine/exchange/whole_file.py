"""A file that is there whole or not at all: written beside its place, then put into it."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from se_engine.rules.errors import Refused


@contextmanager
def whole_file(path: Path) -> Iterator[TextIOWrapper]:
    """Text in UTF-8, lines as they are given, or bytes to its buffer.

    Whatever goes wrong, what stood at `path` still stands there. Only its owner may read it: what leaves the service
    in files tells of people.
    """
    with refusing(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            with refusing(path):
                file.flush()
                os.fsync(file.fileno())
        with refusing(path):
            os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """What the machine says no to is a sentence, with the machine's own word."""
    try:
        yield
    except OSError as fault:
        raise Refused("file_not_written", file=str(path), fault=fault.strerror or str(fault)) from None
