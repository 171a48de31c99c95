"""What a free text should not hold is found, and everyday words are left in peace."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.safe_text import CHECKED, findings, kinds


def _check_digits(nine: list[int]) -> list[int] | None:
    """The two that make the number whole; None for the few beginnings that have none."""
    digits = list(nine)
    for weights in CHECKED:
        digit = -sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11
        if digit == 10:
            return None
        digits.append(digit)
    return digits


@st.composite
def national_numbers(draw):
    day = draw(st.dates(date(1930, 1, 1), date(2039, 12, 31)))
    first = day.day + draw(st.sampled_from((0, 40)))
    month = day.month + draw(st.sampled_from((0, 40, 80)))
    nine = [int(sign) for sign in f"{first:02}{month:02}{day.year % 100:02}{draw(st.integers(0, 999)):03}"]
    return _check_digits(nine) or draw(national_numbers())


@given(
    number=national_numbers(),
    gaps=st.lists(st.sampled_from(("", "", "", " ", "-", ".", " - ")), min_size=10, max_size=10),
)
def test_a_national_number_is_found_however_it_is_written(number, gaps):
    written = "".join(f"{digit}{gap}" for digit, gap in zip(number, [*gaps, ""], strict=True))
    text = f"Hun sa {written}, tror jeg."
    assert [(one.kind, text[one.start : one.end]) for one in findings(text)] == [("national_number", written)]


@given(st.text(max_size=200))
def test_every_finding_is_a_place_in_the_text(text):
    assert all(0 <= one.start < one.end <= len(text) for one in findings(text, ("Amina", "Ali Reza")))


@pytest.mark.parametrize(
    "text",
    [
        "Ring 912 34 567 eller 22 33 44 55.",
        "Konto 1234.56.78903, organisasjonsnummer 923 609 016.",
        "12.03.2026 10.00 til 11.30, 15000 kroner",
        "Fikk 12.03.25 15500 kroner.",
        "12038512345",  # nobody's: the check digits do not fit
        "99999912345",
        "Bilag 32013 012345",
    ],
)
def test_other_numbers_are_left_in_peace(text):
    assert findings(text) == []


def test_two_days_of_a_period_are_no_number():
    """The first eleven digits of these are right by their check digits too."""
    assert kinds(["Arbeidstrening, 24 t/uke (29.12.2023–21.2.2024)"]) == set()


def test_six_digits_and_five_are_one_even_with_a_slip_in_them():
    assert kinds(["120385 12345"]) == {"national_number"}
    assert kinds(["120385-12345"]) == {"national_number"}
    assert kinds(["991385 12345"]) == set()


@pytest.mark.parametrize(
    "text",
    ["Hun er gravid.", "Han tar medisiner", "Ho er sjukmeld til fredag", "She has a DIAGNOSIS", "om depresjonen"],
)
def test_words_about_health_are_found(text):
    assert kinds([text]) == {"health"}


@pytest.mark.parametrize(
    "text",
    [
        "Hun vil bli sykepleier eller helsefagarbeider på sykehuset.",
        "Sykler til jobb, liker maskinoperatører og tar trappa.",
        "Lege i Syria, spesialist i barnesykdommer",
        "I'll ask her tomorrow; she still works at the hospital.",
        "Mannen hennes jobber. Oslo er langt unna.",
        "Barna går i barnehage, mor til to. NAV betaler.",
        "Moren til NAV",
    ],
)
def test_work_is_not_health_and_a_husband_has_no_name(text):
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mannen Ali henter", "Ali"),
        ("hennes datter, Sara", "Sara"),
        ("sønnen hennes Omar begynner", "Omar"),
        ("Her brother called Yusuf-Ali helps", "Yusuf-Ali"),
        ("søstera hennar som heiter Mariam", "Mariam"),
        ("mannen علي", "علي"),
    ],
)
def test_a_person_of_hers_with_a_name_is_found(text, name):
    found = findings(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [("third_party", name)]


def test_names_that_must_not_stand_are_found_as_whole_words():
    text = "Amina Yusuf traff Aminata; AMINA YUSUF takket."
    found = findings(text, ("amina yusuf", ""))
    assert [text[one.start : one.end] for one in found] == ["Amina Yusuf", "AMINA YUSUF"]
