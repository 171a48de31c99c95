"""Small numbers are hidden here, and nowhere else, before anything is drawn or exported.

`suppress` is for who may open the cases. What is published goes through publication, and is put in its form by `shown`.
"""

from collections.abc import Collection, Iterable, Mapping

from se_engine.measures.alternatives import Cell

Block = Mapping[str, object]

# What names a block. Everything else is a number or tells of one, so a key that is added later is hidden too.
NAMES = ("group", "name", "step", "title", "week")


def suppress(table: Iterable[Block], threshold: int, *, count: str = "visits") -> list[dict[str, object]]:
    """Each block as it may be shown: below the threshold its names only, no visits at all included.

    Looks at each block by itself: it does not hide a second block where the first could be worked out.
    """
    return [_shown(block) if _size(block, count) >= threshold else _hidden(block) for block in table]


def shown(row: Block, group: str, hidden: Collection[Cell], *, root: str) -> dict[str, object]:
    """A row of counts as it is published: its names only where its root is hidden, else None for each hidden part."""
    if (group, root) in hidden:
        return _hidden(row)
    return _shown({part: None if (group, part) in hidden else value for part, value in row.items()})


def names_of(block: Block) -> dict[str, object]:
    return {name: block[name] for name in NAMES if name in block}


def _shown(block: Block) -> dict[str, object]:
    return {**block, "suppressed": False}


def _hidden(block: Block) -> dict[str, object]:
    return names_of(block) | {"suppressed": True}


def _size(block: Block, count: str) -> int:
    size = block[count]
    if not isinstance(size, int):
        raise TypeError(f"The number of {count} must be a whole number, {size!r} is not.")
    return size
