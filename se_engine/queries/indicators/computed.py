"""Every version of every indicator that is counted, and the function that counts it."""

from collections.abc import Mapping

from se_engine.queries.indicators import at_work, employers, first_contact, organisation, placements, profile
from se_engine.queries.indicators.registry import Count, Key, versions_of

MODULES = (organisation, first_contact, profile, employers, placements, at_work)

COMPUTED: Mapping[Key, Count] = {key: count for module in MODULES for key, count in versions_of(module.COUNTS).items()}
