"""Every version of every indicator that is counted, and the function that counts it."""

from collections.abc import Mapping

from se_engine.queries.indicators import (
    at_work,
    culture,
    employers,
    equity,
    first_contact,
    language,
    leadership,
    organisation,
    participation,
    placements,
    profile,
)
from se_engine.queries.indicators.registry import Count, Key, versions_of

MODULES = (
    organisation, leadership, first_contact, profile, employers, placements, at_work, language, participation, culture,
    equity,
)  # fmt: skip

COMPUTED: Mapping[Key, Count] = {key: count for module in MODULES for key, count in versions_of(module.COUNTS).items()}
