"""Which function counts which version of which indicator. A new way of counting stands beside the old one."""

from collections.abc import Callable, Mapping

from se_engine.queries.indicators.evidence import Evidence, Measured

Count = Callable[[Evidence], Measured]
Key = tuple[str, int]


def versions_of(counts: Mapping[str, Count]) -> dict[Key, Count]:
    """The first version of each of them."""
    return {(key, 1): count for key, count in counts.items()}
