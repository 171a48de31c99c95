"""Whole numbers as they come in addresses and forms: typed by people, and by those who try what happens."""

LARGEST = 2**63 - 1
"""The largest number a database could hold; what is larger is nobody's."""


def whole_number(given: str) -> int | None:
    """None for what is no number, or one that nothing has; of very many digits Python itself makes no number."""
    if not given.isdecimal() or len(given) > len(str(LARGEST)):
        return None
    number = int(given)
    return number if number <= LARGEST else None
