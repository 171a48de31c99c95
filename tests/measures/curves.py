"""Published histories, written as day:seen (0 = censored), and how to read them."""

from math import isnan

# Acute myelogenous leukaemia, weeks in remission: Miller 1997, as shipped with R's survival.
MAINTAINED = "9:1 13:1 13:0 18:1 23:1 28:0 31:1 34:1 45:0 48:1 161:0"
NOT_MAINTAINED = "5:1 5:1 8:1 8:1 12:1 16:0 23:1 27:1 30:1 33:1 43:1 45:1"
# Freireich and others 1963, weeks in remission under 6-MP and under placebo (all relapsed).
SIX_MP = "6:1 6:1 6:1 6:0 7:1 9:0 10:1 10:0 11:0 13:1 16:1 17:0 19:0 20:0 22:1 23:1 25:0 32:0 32:0 34:0 35:0"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def read(text: str) -> tuple[list[int], list[bool]]:
    pairs = [(*pair.split(":"), "1")[:2] for pair in text.split()]
    return [int(day) for day, _ in pairs], [seen == "1" for _, seen in pairs]


def printed(value: float, shown: str) -> bool:
    """Equal to every digit that is shown."""
    if shown in ("NaN", "NA"):
        return isnan(value)
    return f"{value:.{len(shown.partition('.')[2])}f}" == shown
