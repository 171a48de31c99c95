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
SHAPED_ALIKE = {"nb", "nn", "en", "pl", "tr", "so", "sw", "ru", "uk"}
"""Where a PDF gives the letters back in the order they were written."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", languages())
def test_the_picture_sheet_is_one_page_with_her_words_and_norwegian(language):
    found, hers = opened(picture_sheet_pdf(Beside.of(language), TODAY)), words(language)
    assert (found.pages, found.tagged, found.title) == (1, True, hers["picture_title"])
    assert found.alternatives == PICTURES
    assert "<pdfaid:part>3<" in found.claims
    said = squeezed(found.text)
    assert squeezed(words("nb" if language != "nn" else "nn")["picture_interpreter"]) in said
    assert (squeezed(hers["picture_stop"]) in said) or language not in SHAPED_ALIKE


@pytest.mark.parametrize("language", languages())
def test_the_survey_is_one_page_with_every_question_and_five_faces(language):
    plan = follow_up_plans.newest()
    form = SurveyForm(17, plan.survey_weeks[0], plan, TODAY)
    found, hers = opened(survey_form_pdf(form, Beside.of(language))), words(language)
    ours = words("nn" if language == "nn" else "nb")
    assert (found.pages, found.tagged, found.title) == (1, True, hers["survey_title"])
    assert found.alternatives == 5 * len(plan.survey)
    said = squeezed(found.text)
    assert all(squeezed(ours[key]) in said for key in (*plan.survey, plan.survey_open, "survey_intro"))
    assert squeezed(f"Forløp 17, {'veke' if language == 'nn' else 'uke'} 13") in said


def test_what_nobody_has_read_says_so_on_both():
    both = Beside.of("uk")
    plan = follow_up_plans.newest()
    for made in (picture_sheet_pdf(both, TODAY), survey_form_pdf(SurveyForm(17, 52, plan, TODAY), both)):
        assert squeezed(both.hers.unreviewed) in squeezed(opened(made).text)


def test_a_language_without_words_has_the_pictures_with_norwegian_alone():
    found = opened(picture_sheet_pdf(Beside.of("yo"), TODAY))
    assert (found.pages, found.alternatives, found.language) == (1, PICTURES, "nb")


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
