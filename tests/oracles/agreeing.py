"""How a comparison is told: equal to six decimals, or where not."""

from collections.abc import Iterable
from math import isclose, isnan

DECIMALS = 6


class Comparison:
    """Counts what was compared under one name, and stops at the first number that differs."""

    def __init__(self, what: str, decimals: int = DECIMALS) -> None:
        self.what, self.decimals = what, decimals
        self.compared = 0

    def same(self, ours: Iterable[float], theirs: Iterable[float], about: object) -> None:
        for own, other in zip(ours, theirs, strict=True):
            alike = (isnan(own) and isnan(other)) or isclose(own, other, rel_tol=0, abs_tol=0.5 * 10**-self.decimals)
            assert alike, f"{self.what}: ours {own}, theirs {other}, of {about}"
            self.compared += 1

    def tell(self) -> None:
        assert self.compared, f"{self.what}: nothing was compared"
        print(f"{self.what}: {self.compared} numbers equal to {self.decimals} decimals")
