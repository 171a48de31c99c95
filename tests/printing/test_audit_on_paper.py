"""The report of an audit on paper: whole or in its published form, a draft and a learning review seen as such."""

from datetime import date

import pytest

from se_engine import wording
from se_engine.printing.audit_report import report_data, report_pdf
from se_engine.queries.audit_public import evidence_as_published, public_of, scores_of
from se_engine.queries.audit_sheets import Sheet, in_form
from tests.support.paper import opened
from tests.support.rated_audits import small_content

SAID = ("Jo listened. My heart disease was told to nobody.",)
SIGNED = (("Ida", date(2026, 3, 20)),)
MARKS = {"health": "[health]", "economy": "[money]", "family": "[family]", "safety": "[safety]", "name": "[name]"}


def sheet(*, public=False, **content):
    return Sheet(small_content(**content), SAID, SIGNED, "d" * 64, public)


def test_the_whole_report_is_tagged_and_holds_what_was_found():
    found = opened(report_pdf(sheet(), "en"))
    assert (found.tagged, found.language, found.title) == (True, "en", "Report: formal audit")
    assert "pdfuaid" in found.claims
    assert "<pdfaid:part>3<" in found.claims
    for told in (
        "Lakselv", "Ida, lead auditor", "Percent of maximum", "70 %", "28 of 40", "Level 3 of 5", "12 of 15", "55–93 %",
        "Recommendation: Agree on", "heart disease", "=1+1 interpreters", "Steady work.",
    ):  # fmt: skip
        assert told in found.text, told
    assert "DRAFT" not in found.text


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_it_is_written_in_every_language_and_a_draft_says_so_on_each_page(language):
    found = opened(report_pdf(sheet(kind="draft"), language))
    assert all("UTKAST" in page.extract_text() for page in found.reader.pages)
    assert not [word for word in ("{", "}", "None") if word in found.text]


def test_the_public_version_shows_no_case_no_few_and_no_contact():
    found = str(report_data(sheet(public=True), "en"))
    for hidden in ("28 of 40", "heart disease", "Jo,", "2 of 44", "withdrew", "Case 3", "Own score", "Jo listened"):
        assert hidden not in found, hidden
    assert "[health – not shown]" in found
    assert "12 of 15" in found, "of retention, which stands in its published form already"


def test_a_learning_review_looks_otherwise_and_draws_no_conclusion():
    audit = {**small_content()["audit"], "kind": "learning"}
    formal, learning = (report_data(one, "nb") for one in (sheet(), sheet(audit=audit)))
    assert (formal["learning"], formal["note"]) == (False, "")
    assert learning["learning"]
    assert "ingen konklusjon" in learning["note"]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"unit": "share", "value": 0.7, "n": 43, "numerator": 30, "denominator": 43, "cases": 43}, (0.7, 40)),
        ({"unit": "share", "value": 0.95, "n": 43, "numerator": 41, "denominator": 43, "cases": 43}, (None, None)),
        ({"unit": "share", "value": 1.0, "n": 4, "numerator": 4, "denominator": 4, "cases": 4}, (None, None)),
        ({"unit": "day", "value": 24.26, "n": 31, "cases": 31}, (24.3, 30)),
        ({"unit": "day", "value": 24.26, "n": 31, "cases": 3}, (None, None)),
        ({"unit": "day", "value": 24.26, "n": 8, "cases": 8, "min_n": 10}, (None, None)),
    ],
)
def test_a_number_is_published_only_where_nobody_can_be_told_from_it(row, shown):
    found = evidence_as_published(row, 5)
    assert (found["value"], found["n"]) == shown
    assert found["suppressed"] is (shown == (None, None))


def test_windows_that_overlap_are_not_published_beside_each_other():
    row = {"id": "1.1", "unit": "day", "value": 24.0, "n": 31, "cases": 31}
    windows = [{"months": months, "from": "2025-01-01", "until": until, "indicators": [row]}
               for months, until in ((6, "2025-08-31"), (12, "2025-09-30"))]  # fmt: skip
    assert [one["months"] for one in public_of(small_content(past=windows), MARKS)["past"]] == [6]


def test_a_mean_of_few_scores_is_not_told():
    voices = [{"score": score} for score in (3, 4, 5, 4)]
    assert scores_of({"voices": voices}) == {"n": 4, "mean": 4.0}
    assert scores_of({"voices": voices}, 5)["mean"] is None


def test_the_whole_sheet_is_the_content_itself():
    whole = sheet()
    assert in_form(whole, "nb") is whole
    assert set(wording.words("masked", "nb")) == set(MARKS)
