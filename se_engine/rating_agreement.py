"""How far the raters of an audit agree, and which items they have to talk about; from their locked ratings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from se_engine.framework_results import results_of
from se_engine.measures.agreement import icc, share_within, weighted_kappa
from se_engine.measures.fidelity import NOT_RATED, Rating
from se_engine.rules.audit_ratings import Compared, Given, compared
from se_engine.rules.framework import Framework


@dataclass(frozen=True)
class Pair:
    """Two raters, over the items to which both gave a level. Kappa is None where it is not defined."""

    n: int
    exact: float | None
    within_one: float | None
    kappa: float | None
    linear: float | None
    quadratic: float | None


@dataclass(frozen=True)
class Agreement:
    items: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    """Each two of the raters; one pair where there are two."""
    icc: float | None
    """ICC(2,1), agreement in the levels themselves, over the items to which all gave one."""
    forced_by_totals: bool
    """Whether the totals fall in different categories: then every item is talked about."""

    @property
    def to_talk_about(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.items if self.forced_by_totals or one.far_apart)

    @property
    def to_settle(self) -> tuple[str, ...]:
        """Where an agreed rating has to be written down: nothing chooses between two that differ."""
        return tuple(one.key for one in self.items if self.forced_by_totals or not one.same)

    def record(self) -> dict[str, Any]:
        """As the report keeps it."""
        return {
            "raters": max((len(one.given) for one in self.items), default=0),
            "items": len(self.items),
            "pairs": [
                {name: getattr(pair, name) for name in ("n", "exact", "within_one", "kappa", "linear", "quadratic")}
                for pair in self.pairs
            ],
            "icc": self.icc,
            "differ_by_two": [one.key for one in self.items if one.far_apart],
            "talked_about": list(self.to_talk_about),
            "forced_by_totals": self.forced_by_totals,
        }


def agreement(
    framework: Framework,
    keys: Sequence[str],
    of_raters: Sequence[Mapping[str, Given]],
    *,
    adapted: Collection[str] = (),
) -> Agreement:
    """Of two raters or more, over these items."""
    items = compared(keys, of_raters)
    by_all = [one.levels for one in items if len(one.levels) == len(of_raters)]
    return Agreement(
        items=items,
        pairs=tuple(_pair(items, one, other) for one, other in combinations(range(len(of_raters)), 2)),
        icc=icc(by_all)["ICC2"],
        forced_by_totals=len({_categories(framework, one, adapted) for one in of_raters} - {None}) > 1,
    )


def _pair(items: Sequence[Compared], one: int, other: int) -> Pair:
    both = [(item.given[one], item.given[other]) for item in items]
    levels = [(a, b) for a, b in both if isinstance(a, int) and isinstance(b, int)]
    a, b = [one for one, _ in levels], [other for _, other in levels]
    return Pair(
        n=len(levels),
        exact=share_within(a, b),
        within_one=share_within(a, b, 1),
        kappa=weighted_kappa(a, b),
        linear=weighted_kappa(a, b, "linear"),
        quadratic=weighted_kappa(a, b, "quadratic"),
    )


def _categories(
    framework: Framework, given: Mapping[str, Given], adapted: Collection[str]
) -> tuple[str | None, str | None] | None:
    """Of the two bounds of one rater's total; None where the framework, or what was left out, gives none."""
    total = results_of(framework, ratings_of(framework, given), adapted=adapted).total
    if total is None or total.category_low is None:
        return None
    return total.category_low, total.category_high


def ratings_of(framework: Framework, given: Mapping[str, Given]) -> dict[str, Rating]:
    """As results are made of them: what nobody rated is NR."""
    told: dict[str, Rating] = {}
    for key, one in given.items():
        if key in framework.rateable_by_key:
            told[key] = one.level if one.level is not None else "NA" if one.code == "NA" else NOT_RATED
    return told
