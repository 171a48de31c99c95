"""LIX by its formula, on texts counted by hand."""

import pytest

from se_engine.rules.readability import EASY, lix

CHILD = "Du får hjelp. Vi går på jobb. Du sier stopp."
OFFICE = (
    "Gjennomføringen av arbeidsmarkedstiltaket forutsetter dokumentert samtykke fra deltakeren, "
    "herunder konkretisering av informasjonsutvekslingen mellom samarbeidspartene."
)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("", 0),
        ("… 👍 –", 0),
        ("En to tre.", 3),
        ("En to tre. Fire fem seks.", 3),
        ("Jobbspesialist", 101),
        ("Du møter jobbspesialist", 3 + 33),
        ("Overskrift\nEn to tre fire", 2.5 + 20),
        ("Vi møtes 16.03 klokka 10:30.", 7),
        ("Møt meg: klokka 10.", 2),
    ],
)
def test_it_counts_as_the_formula_says(text, known):
    assert abs(lix(text) - known) <= 0.5


def test_short_words_in_short_sentences_are_easy_and_an_office_is_not():
    assert lix(CHILD) < 10 < EASY < 60 < lix(OFFICE)


def test_one_long_sentence_is_harder_than_the_same_words_in_two():
    assert lix("Du kan si ja og du kan si nei") > lix("Du kan si ja. Og du kan si nei")
