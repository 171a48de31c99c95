"""Organisation numbers, likeness of names, branches, and what a card may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules import employers as rules
from se_engine.rules.errors import Refused
from se_engine.rules.text import LANGUAGES
from se_engine.wording import refusal

REAL = ("974760673", "923609016", "889640782")
"""The Brønnøysund Register Centre, Equinor, NAV."""
EIGHT = st.integers(80_000_000, 99_999_999).map(str)


@pytest.mark.parametrize("number", REAL)
def test_numbers_of_the_register_are_taken_with_any_spaces(number):
    assert rules.org_number(number) == number
    assert rules.org_number(f" {number[:3]} {number[3:6]}\u00a0{number[6:]}") == number
    assert rules.org_number(f"NO{number}MVA") == number


@given(EIGHT, st.integers(0, 9))
def test_one_ninth_digit_fits_and_no_other(eight, ninth):
    if rules.check_digit(eight) == ninth:
        assert rules.org_number(f"{eight}{ninth}") == f"{eight}{ninth}"
    else:
        with pytest.raises(Refused, match="org_number_check_digit"):
            rules.org_number(f"{eight}{ninth}")


@given(EIGHT.filter(lambda eight: rules.check_digit(eight) is not None), st.integers(0, 8), st.integers(1, 9))
def test_a_slip_in_one_digit_is_always_found(eight, place, more):
    digits = list(f"{eight}{rules.check_digit(eight)}")
    digits[place] = str((int(digits[place]) + more) % 10)
    with pytest.raises(Refused):
        rules.org_number("".join(digits))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("97476067", "org_number_length"), ("9747606733", "org_number_length"), ("12345678", "org_number_length"),
        ("174760673", "org_number_start"), ("974760674", "org_number_check_digit"),
        ("97476067a", "org_number_not_digits"),
        ("٩٧٤٧٦٠٦٧٣", "org_number_not_digits"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_told_what_is_wrong(given, code):
    with pytest.raises(Refused, match=code) as refused:
        rules.org_number(given)
    assert all(refusal(refused.value, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Byens Bakeri AS", "byens bakeri"), ("Rema 1000", "REMA 1000 Lørenskog"),
        ("Solbakken barnehage BA", "Solbakken Barnehage"),
        ("Bakeri & Byen AS", "Byen Bakeri"), ("Kiwi Hagan", "Kiwi Hagen"), ("Økern hotell", "ØKERN HOTELL ASA"),
    ],
)  # fmt: skip
def test_names_that_may_be_one_employer(one, other):
    assert rules.alike(rules.name_words(one), rules.name_words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Byens Bakeri AS", "Byens Blomster AS"), ("Rema 1000 Skedsmo", "Rema 1000 Strømmen"), ("Kiwi", "Coop"),
        ("Nordre skole", "Søndre skole"),
    ],
)  # fmt: skip
def test_names_of_two_employers(one, other):
    assert not rules.alike(rules.name_words(one), rules.name_words(other))


@pytest.mark.parametrize(("given", "section"), [("G", "G"), ("g", "G"), ("47.110", "G"), ("56", "I"), ("88911", "R")])
def test_a_branch_by_letter_or_number(given, section):
    assert rules.section_of(given) == section


@pytest.mark.parametrize("given", ["W", "4", "00.1", "retail"])
def test_no_branch(given):
    with pytest.raises(Refused, match="value_unknown"):
        rules.section_of(given)


def test_every_division_belongs_to_one_section():
    divisions = [division for span in rules.SECTIONS.values() for division in span]
    assert len(divisions) == len(set(divisions))


def test_a_card_keeps_codes_in_order_and_blanks_as_unknown():
    facts = rules.check_facts(
        {"needs": "mentor, wage_subsidy", "address": "  Storgata   1 ", "size": "", "next_on": None}
    )
    assert facts == {"needs": "wage_subsidy,mentor", "address": "Storgata 1", "size": None, "next_on": None}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"owner": "x"}, "field_unknown"), ({"needs": "money"}, "value_unknown"), ({"stage": "old"}, "value_unknown"),
        ({"phone": "call me"}, "phone_not_allowed"), ({"reading": "D1"}, "value_unknown"),
        ({"possible_tasks": "x" * 4001}, "text_too_long"), ({"org_number": "1"}, "org_number_length"),
    ],
)  # fmt: skip
def test_a_card_says_what_may_not_stand_there(facts, code):
    with pytest.raises(Refused, match=code):
        rules.check_facts(facts)
