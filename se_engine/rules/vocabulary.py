"""Closed vocabularies: a code is one of those that may be, or it is refused with the list of them."""

from collections.abc import Sequence

from se_engine.rules.errors import Refused


def check_code(field: str, given: str | None, allowed: Sequence[str]) -> None:
    if given not in allowed:
        raise Refused("value_unknown", field=field, allowed=", ".join(allowed))
