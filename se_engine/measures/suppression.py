"""Small numbers are hidden here, and nowhere else, before anything is drawn or exported."""

from collections.abc import Iterable, Mapping

Block = Mapping[str, object]

# What names a block. Everything else is a number or tells of one, so a key that is added later is hidden too.
NAMES = ("group", "step", "title", "week")


def suppress(table: Iterable[Block], threshold: int, *, count: str = "visits") -> list[dict[str, object]]:
    """Each block as it may be shown: below the threshold its names only, no visits at all included.

    Looks at each block by itself: it does not yet hide a second block where the first could be worked out.
    """
    return [_shown(block) if _size(block, count) >= threshold else _hidden(block) for block in table]


def _shown(block: Block) -> dict[str, object]:
    return {**block, "suppressed": False}


def _hidden(block: Block) -> dict[str, object]:
    return {name: block[name] for name in NAMES if name in block} | {"suppressed": True}


def _size(block: Block, count: str) -> int:
    size = block[count]
    if not isinstance(size, int):
        raise TypeError(f"The number of {count} must be a whole number, {size!r} is not.")
    return size
