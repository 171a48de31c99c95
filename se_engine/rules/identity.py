"""What a reference, a year, a language or a country may look like."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from se_engine.rules.codes import COUNTRIES, LANGUAGES
from se_engine.rules.errors import Refused
from se_engine.rules.referrals import REFERRERS

SEXES = ("female", "male", "other", "unknown")
EDUCATION = ("none", "primary", "lower_secondary", "upper_secondary", "university")
DECISIONS = ("accepted", "waiting", "declined")
SCHEMES = ("jobbsjansen", "introduction_programme", "nav_follow_up", "other")
CHECK_RESULTS = ("not_checked", "met", "not_met", "unknown", "approved")
NEEDS = ("yes", "no")
OLDEST = 110

_REF = re.compile(r"[0-9A-Za-zÆØÅæøå][0-9A-Za-zÆØÅæøå._-]{0,39}")
_NATIONAL_NUMBER = re.compile(r"\d{11}")


def check_ref(ref: str) -> None:
    """An office's own key: letters, digits, full stop, underscore, hyphen – and never a national number."""
    if _NATIONAL_NUMBER.fullmatch(ref):
        raise Refused("national_number_as_ref")
    if not _REF.fullmatch(ref):
        raise Refused("ref_not_allowed")


def check_language(code: str) -> None:
    if code not in LANGUAGES:
        raise Refused("language_code_unknown", language=code)


def check_facts(facts: Mapping[str, Any], today: date) -> None:
    """Refused with the field and what is allowed, for the first fact that cannot be."""
    for field, allowed in (
        ("sex", SEXES),
        ("highest_education", EDUCATION),
        ("decision", DECISIONS),
        ("interpreter_need", NEEDS),
        ("referred_by", REFERRERS),
    ):
        if facts.get(field) is not None and facts[field] not in allowed:
            raise Refused("value_unknown", field=field, allowed=", ".join(allowed))
    for field in ("birth_year", "arrived_year"):
        year = facts.get(field)
        if year is not None and not today.year - OLDEST <= year <= today.year:
            raise Refused("year_not_allowed", field=field, first=today.year - OLDEST, last=today.year)
    if facts.get("country") is not None and facts["country"] not in COUNTRIES:
        raise Refused("country_unknown", country=facts["country"])
    if facts.get("interpreter_language") is not None:
        check_language(facts["interpreter_language"])
    for field in ("referred_on", "decided_on"):
        if facts.get(field) is not None and facts[field] > today:
            raise Refused("in_the_future", day=facts[field].isoformat(), today=today.isoformat())
