"""Texts are looked at before they are kept; what is found is told, and written down nowhere."""

import pytest
from sqlalchemy import text

from se_engine.actions.safe_text import check_nobody_named, check_words
from se_engine.actions.texts import keep_text
from se_engine.rules.errors import Refused
from tests.support.people import make_participant

NUMBER = "01.12.99-55070"


@pytest.fixture
def refusal(session, case):
    def refusal(check, *given, **rest):
        with pytest.raises(Refused) as refused:
            check(session, *given, **rest)
        return refused.value.reason

    return refusal


def test_a_national_number_is_kept_in_no_text_at_all(session, case, refusal):
    assert refusal(keep_text, case.participant, "evidence", f"Ring henne {NUMBER}").code == "national_number_in_text"
    assert refusal(check_words, case, f"{NUMBER}", kept=True).code == "national_number_in_text"


def test_other_finds_are_rewritten_or_kept_on_purpose(session, case, refusal):
    found = refusal(check_words, case, said="Mannen Ali er syk", agenda="")
    assert (found.code, found.values) == ("words_to_look_at", {"field": "said", "findings": "health, third_party"})
    check_words(session, case, said="Mannen Ali er syk", kept=True)
    check_words(session, case, "Hun liker kassa best", None)


def test_what_was_found_is_told_to_no_trail(session, case):
    with pytest.raises(Refused) as refused:
        check_words(session, case, "Hun er gravid")
    assert "gravid" not in str(refused.value.reason)
    assert "gravid" not in str(session.execute(text("SELECT * FROM trail_entries")).all())


@pytest.fixture
def office(session, people):
    for given, family in (("Amina", "Yusuf"), ("Amina", "Berg"), ("Oleksandr", "Kovalenko"), ("Mohammed", "Ali Reza")):
        make_participant(session, people, given_name=given, family_name=family)
    return people.office_id


@pytest.mark.parametrize(
    "said",
    [
        "Amina Yusuf begynner mandag",
        "vi snakket om Yusuf Amina.",
        "Aleksander Kovalenko",
        "Muhammad Ali Reza",
        "Oleksandr",
    ],
)
def test_the_employers_side_names_no_participant_however_spelt(refusal, office, said):
    assert refusal(check_nobody_named, office, note=said, confirmed=True).code == "participant_named"


@pytest.mark.parametrize(
    "said",
    ["Amina i kassa er kontakt", "Rema på Berg trenger folk", "Fadder er Amina, sjef er Kari. Berg er sted.", ""],
)
def test_a_first_name_that_many_have_and_the_name_of_a_place_are_let_stand(session, office, said):
    check_nobody_named(session, office, note=said, confirmed=True)


def test_her_own_name_never_stands_on_the_employers_side(session, people, office, refusal):
    her = make_participant(session, people, given_name="Amina", family_name="Noor")
    assert refusal(check_nobody_named, office, "Amina kan kassa", her=her, confirmed=True).code == "participant_named"
    check_nobody_named(session, office, "Amina kan kassa", confirmed=True)


def test_somebody_says_that_nobody_is_in_it(session, office, refusal):
    assert refusal(check_nobody_named, office, "De trenger folk", confirmed=False).code == "confirm_nobody_named"
    assert refusal(check_nobody_named, office, NUMBER, confirmed=True).code == "national_number_in_text"
    check_nobody_named(session, office, "", None, confirmed=False)
