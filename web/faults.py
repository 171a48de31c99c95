"""What the log may say of a fault: its kind and its place in the code, never the values, which may be a person's."""

import traceback
from collections.abc import Iterator

NAMES_CODE_ONLY = (AttributeError, ImportError, NameError, TypeError)
"""Their messages name what stands in the program; others repeat what was typed or stored."""


def told(fault: BaseException) -> str:
    """Like Python's own account of it, the first cause first."""
    parts = [f"{''.join(traceback.format_tb(one.__traceback__))}{_named(one)}" for one in _chain(fault)]
    return "\n\n".join(reversed(parts))


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _named(fault: BaseException) -> str:
    known = [getattr(fault, name, None) for name in ("sqlstate", "sqlite_errorname", "strerror")]
    known.append(getattr(getattr(fault, "diag", None), "constraint_name", None))
    if isinstance(fault, NAMES_CODE_ONLY):
        known.append(str(fault))
    said = " ".join(str(one) for one in known if one)
    return f"{type(fault).__module__}.{type(fault).__qualname__}{': ' if said else ''}{said}"
