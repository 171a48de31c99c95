"""A letter that no shipped font has is refused by name, whoever wrote it; what needs no drawing is never in the way."""

import pytest

from se_engine.printing import glyphs
from se_engine.printing.pairs import direction
from se_engine.rules.errors import Refused
from se_engine.wording import refusal


@pytest.mark.parametrize(
    "text", ["Ærlig talt, Åge", "أريد أن أعمل", "می‌خواهم", "ሰላም", "வேலை", "Їжак", "Łódź", "\u2068x\u2069\n"]
)
def test_what_our_languages_are_written_in_can_be_drawn(text):
    assert glyphs.missing([text]) == []


def test_what_cannot_be_drawn_is_named_once():
    assert glyphs.missing(["漢字", "漢 😀"]) == ["漢", "字", "😀"]
    with pytest.raises(Refused) as no:
        glyphs.check(["Hei 漢"])
    assert "«漢» (U+6F22)" in refusal(no.value, "nb")


def test_a_sign_that_cannot_be_seen_is_named_by_its_number():
    with pytest.raises(Refused) as no:
        glyphs.check(["a\x01b"])
    assert no.value.reason.values["letters"] == "«» (U+0001)"


@pytest.mark.parametrize(("text", "runs"), [("12: أهلا", "rtl"), ("«Hei» أهلا", "ltr"), ("", "ltr"), ("?!", "ltr")])
def test_words_run_as_their_first_letter_does(text, runs):
    assert direction(text) == runs
