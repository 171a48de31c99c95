"""Names sound the same however they were written down, and a typed beginning finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.names import alike, asked, beginnings, closeness, matches, skeletons

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzæøåéüß", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhammad Mohamed Mohamad محمد Мухаммад",
        "Oleksandr Aleksander Alexander Aleksandr Олександр",
        "Yusuf Jusuf Youssef Yousef يوسف",
        "Fatima Fatimah Fatma Fatemeh فاطمة Фатіма",
        "Khadija Khadidja Khadidža Khadijah خديجة Хадиджа",
        "Serhii Sergej Sergey Sergei Сергій",
        "Tatjana Tatiana Tatyana Татьяна",
        "Yuliia Julia Iuliia Julija Юлія",
        "Ibrahim Ebrahim Ibrahem إبراهيم ابراهيم",
        "Omar Umar عمر",
        "Najib Nadjib Najeeb نجيب",
        "Hussein Hossein Husayn حسين",
        "Nur Noor Nour نور",
        "Zahra Zahraa زهراء",
        "Marwan Marouane مروان",
        "Abdullah Abdulla عبدالله",
        "Sarah Sara שרה",
        "Oleh Oleg",
        "Shevchenko Sjevtsjenko Шевченко",
        "Lukasz Łukasz",
        "Gulsen Gülşen",
        "Kristina Christina",
    ],
)
def test_spellings_of_a_name_sound_the_same(spellings: str) -> None:
    assert len(set(skeletons(spellings))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Fatima", "Fadumo"), ("Maria", "Marta"), ("Ahmed", "Mohammed"), ("Olena", "Olha"), ("Najib", "Nabil")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert skeletons(one) != skeletons(other)


def test_hyphens_part_and_particles_are_left_out() -> None:
    assert skeletons("Anne-Marie al-Hassan") == skeletons("Anne Marie Hassan")
    assert skeletons("Al") == ("al",)


@given(WRITTEN)
def test_whatever_is_typed_has_a_skeleton_or_none(name: str) -> None:
    assert all(found and " " not in found for found in skeletons(name))
    assert all(1 <= len(beginning) <= 3 for beginning in beginnings(name))


@given(WRITTEN)
def test_a_name_is_found_by_itself_and_its_keys(name: str) -> None:
    wanted = asked(name)
    assert matches(name, wanted) == bool(wanted)
    for variants in wanted:
        assert any(variant[:3] in beginnings(name) for variant in variants)


@given(LATIN, st.integers(3, 12))
def test_case_and_accents_say_nothing(name: str, length: int) -> None:
    assert skeletons(name.upper()) == skeletons(name.casefold())


@pytest.mark.parametrize("typed", ["mo", "Moham", "Abdi", "abdi muham", "Мухам", "مح"])
def test_a_beginning_finds(typed: str) -> None:
    assert matches("Mohammed Abdi Warsame", asked(typed))


@pytest.mark.parametrize("typed", ["", " - ", "Mohammed Ali", "Ahmed"])
def test_every_typed_token_must_be_there(typed: str) -> None:
    assert not matches("Mohammed Abdi Warsame", asked(typed))


def test_alike_whatever_the_order_and_with_more_names() -> None:
    assert alike("Mohammed Abdi Warsame", "Warsame Muhammad")
    assert alike("Oleksandr Шевченко", "Shevchenko, Alexander", born=1990, other_born=1991)
    assert alike("Khadija", "Khadidja Omar")
    assert not alike("Mohammed Abdi", "Mohammed Omar")
    assert not alike("Mohammed Abdi", "Mohammed Abdi", born=1990, other_born=1980)
    assert not alike("", "Mohammed")


@given(WRITTEN, WRITTEN)
def test_alike_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)


def test_the_closest_spelling_comes_first() -> None:
    assert closeness("Hadi", "Hadi") > closeness("Huda", "Hadi")
