"""What a reference, a year, a language or a country may look like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.codes import COUNTRIES, LANGUAGES
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_facts, check_language, check_ref
from se_engine.rules.languages import LEVELS, needs_language_support

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize("ref", ["P0001", "A-1", "øst.7_b", "7", "x" * 40, "0101701234", "010170123456"])
def test_an_offices_own_key_is_allowed(ref: str) -> None:
    check_ref(ref)


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_a_national_number_is_never_a_key(number: str) -> None:
    with pytest.raises(Refused) as refused:
        check_ref(number)
    assert refused.value.reason.code == "national_number_as_ref"


@pytest.mark.parametrize("ref", ["", " P1", "P 1", "-P1", "P1\n", "x" * 41, "P;1", "=1+1"])
def test_what_is_no_key_is_refused(ref: str) -> None:
    with pytest.raises(Refused) as refused:
        check_ref(ref)
    assert refused.value.reason.code == "ref_not_allowed"


def test_languages_and_countries_are_codes() -> None:
    assert {"ti", "ar", "uk", "so", "prs", "nb", "nn"} <= LANGUAGES
    assert {"ER", "SY", "UA", "SO", "AF", "NO"} <= COUNTRIES
    for wrong in ("", "no way", "NB", "xx"):
        with pytest.raises(Refused):
            check_language(wrong)


@pytest.mark.parametrize(
    "facts",
    [
        {"birth_year": TODAY.year + 1}, {"birth_year": TODAY.year - 111}, {"arrived_year": TODAY.year + 1},
        {"sex": "x"}, {"highest_education": "phd"}, {"decision": "perhaps"}, {"interpreter_need": "maybe"},
        {"country": "no"}, {"interpreter_language": "English"}, {"referred_on": date(2026, 3, 17)},
        {"decided_on": date(2030, 1, 1)},
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(Refused):
        check_facts(facts, TODAY)


def test_what_is_not_known_yet_is_no_fault() -> None:
    check_facts(dict.fromkeys(["birth_year", "sex", "country", "referred_on", "interpreter_need"]), TODAY)


@given(st.fixed_dictionaries({skill: st.sampled_from([None, *LEVELS]) for skill in ("listening", "speaking")}))
def test_language_support_is_needed_unless_both_oral_skills_are_b2_or_better(levels: dict[str, str | None]) -> None:
    enough = all(level is not None and level >= "B2" for level in levels.values())
    assert needs_language_support(levels) is not enough
