"""The picture sheet and the survey: one tagged A4 in every language, nobody named, every picture described."""

from datetime import date

import pytest

from se_engine import follow_up_plans
from se_engine.her_language import languages, words
from se_engine.printing.pairs import Beside
from se_engine.printing.paper import picture
from se_engine.printing.picture_sheet import ROWS, picture_sheet_pdf
from se_engine.printing.sheet import STEPS
from se_engine.printing.survey_form import SurveyForm, survey_form_pdf
from tests.support.paper import opened

TODAY = date(2026, 3, 16)
PICTURES = len(STEPS) + sum(map(len, ROWS)) + 1
SURVEY = SurveyForm(17, 13, follow_up_plans.newest(), TODAY)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", languages())
def test_the_picture_sheet_is_one_page(language):
    found = opened(picture_sheet_pdf(Beside.of(language), TODAY))
    assert (found.pages, found.tagged, found.title) == (1, True, words(language)["picture_title"])
    assert "<pdfaid:part>3<" in found.claims


@pytest.mark.parametrize("language", languages())
def test_the_survey_is_one_page(language):
    found = opened(survey_form_pdf(SURVEY, Beside.of(language)))
    assert (found.pages, found.tagged, found.title) == (1, True, words(language)["survey_title"])


@pytest.mark.parametrize("language", ["so", "uk"])
def test_both_say_it_in_her_language_and_in_norwegian(language):
    both = Beside.of(language)
    pictures = squeezed(opened(picture_sheet_pdf(both, TODAY)).text)
    survey = squeezed(opened(survey_form_pdf(SURVEY, both)).text)
    for said in (both.hers, both.ours):
        assert squeezed(said["picture_interpreter"]) in pictures
        assert all(squeezed(said[key]) in survey for key in (*SURVEY.plan.survey, "survey_open", "survey_intro"))
    assert all(squeezed(both.hers.unreviewed) in text for text in (pictures, survey))
    assert squeezed("Forløp 17, uke 13") in survey


def test_a_language_without_words_has_the_pictures_with_norwegian_alone():
    found = opened(picture_sheet_pdf(Beside.of("yo"), TODAY))
    assert (found.pages, found.alternatives, found.language) == (1, PICTURES, "nb")


def test_every_question_has_five_faces_with_words_for_who_does_not_see_them():
    found = opened(survey_form_pdf(SURVEY, Beside.of("nb")))
    assert found.alternatives == 5 * len(SURVEY.plan.survey)


def test_every_drawing_is_our_own_and_asks_for_nothing():
    for key in (
        *STEPS,
        "follow_up",
        *(key for row in ROWS for key in row),
        *(f"face_{score}" for score in range(1, 6)),
    ):
        drawn = picture(key)
        assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert not [part for part in ("<script", "href", "<text", "<image", "@import", "url(") if part in drawn], key
