"""Every kind of document becomes a tagged PDF: Norwegian to sign, and her copy that says what it is."""

from datetime import timedelta

import pytest

from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.document_events import comment_document, explain_document, share_document, sign_document
from se_engine.actions.tasks import find_employer
from se_engine.her_language import languages, words
from se_engine.printing.documents import document_pdf
from se_engine.printing.pairs import Beside
from se_engine.queries.document_print import printable
from se_engine.rules.document_kinds import KINDS
from se_engine.rules.errors import NotFound
from tests.support.documents import HER_WORDS, READ, start
from tests.support.paper import opened
from tests.support.people import EMPLOYER, OPENED, TODAY
from tests.support.training import ladder_at

DAY = OPENED + timedelta(days=3)
ABOUT_A_PLACE = ("three_party_agreement", "training_plan")
ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
"""Paper is the same whichever database its words come from."""
UNWRITTEN = "din"


def written(session, people, case, kind="cooperation_agreement"):
    if kind not in ABOUT_A_PLACE:
        return start(session, people.jo, case, kind, on=DAY)
    employer_id = find_employer(session, case.office_id, "Kiwi").id
    record_disclosure(
        session, people.jo, case.id, employer_id, decision="told", may_tell=(), by_whom="together", words="Yes.",
        happened_on=OPENED,
    )  # fmt: skip
    return start(session, people.jo, case, kind, on=DAY, employer_id=employer_id)


def paper(session, people, made, language="nb"):
    found = printable(session, people.jo, made.case_id, made.id)
    return opened(document_pdf(found, Beside.of(language), language=language))


@ONE_ENGINE
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_tagged_and_says_what_was_written(session, people, case, kind):
    made = written(session, people, case, kind)
    for language, norwegian in (("nb", "nb"), ("nn", "nn"), ("en", "nb")):
        found = paper(session, people, made, language)
        assert (found.tagged, found.language.split("-")[0]) == (True, norwegian), language
        assert "<pdfaid:part>3<" in found.claims
        assert found.title
        assert words(norwegian)[f"purpose_{kind}"] in found.text, language
        assert HER_WORDS in found.text, language


@ONE_ENGINE
def test_a_table_of_an_english_copy_is_headed_in_both_languages(session, people, case):
    made = written(session, people, case, "vocational_profile")
    ours, copy = (" ".join(paper(session, people, made, language).text.split()) for language in ("nb", "en"))
    assert "Jobb eller yrke" in copy
    # The answer in the one row says it as well.
    assert copy.count("Job or occupation") == ours.count("Job or occupation") + 1


@ONE_ENGINE
def test_a_copy_has_norwegian_beside_is_never_signed_and_says_who_has_read_it(session, people, case):
    made, ours = written(session, people, case), words("nb")
    for language in sorted(set(languages()) - {"nb", "nn"}):
        found, hers = paper(session, people, made, language), words(language)
        assert all(ours[key] in found.text for key in ("copy", "norwegian_binds", "not_explained")), language
        assert ours["signature_date"] not in found.text.split(ours["voluntary"])[1], language
        # What has not been read is shown in pictures too.
        assert (found.alternatives > 0) is bool(hers.unreviewed), language
        if hers.direction == "ltr" and language not in ("ta", "ti"):  # a file keeps other letters in another order
            assert " ".join(hers.unreviewed.split()) in found.text, language


@ONE_ENGINE
def test_without_her_words_it_is_norwegian_with_pictures_and_how_it_was_explained(session, people, case):
    made, ours = written(session, people, case), words("nb")
    assert ours["not_explained"] in paper(session, people, made, UNWRITTEN).text
    explain_document(
        session, people.jo, made.id, seen_version=1, happened_on=DAY, language=UNWRITTEN, interpreter="yes",
        teach_back=True, words=HER_WORDS,
    )  # fmt: skip
    found = paper(session, people, made, UNWRITTEN)
    assert f"Forklart av tolk på dinka {ours.day(DAY)}" in found.text
    assert found.alternatives == 8
    assert ours["copy"] not in found.text
    assert ours["signature_date"] in found.text


@ONE_ENGINE
def test_who_has_signed_is_told(session, people, case):
    made = written(session, people, case)
    sign_document(session, people.jo, made.id, seen_version=1, parties=["participant"], happened_on=DAY, **READ)
    assert f"Godkjent {words('nb').day(DAY)}" in paper(session, people, made).text


@ONE_ENGINE
def test_her_comment_stands_on_the_report(session, people, case):
    made = written(session, people, case, "interim_report")
    share_document(session, people.jo, made.id, seen_version=1, happened_on=DAY, deadline_on=TODAY, language="ar")
    comment_document(session, people.jo, made.id, seen_version=1, happened_on=DAY, words="I agree. #let x = 1")
    assert "#let x = 1" in paper(session, people, made).text


@ONE_ENGINE
def test_the_training_plan_has_its_ladder_and_her_words(session, people, make_case):
    case = make_case("employer_engagement", days_per_step=2)
    employer_id = find_employer(session, case.office_id, EMPLOYER).id
    made = start(session, people.jo, case, "training_plan", on=TODAY, employer_id=employer_id)
    ladder_at(session, people.jo, case, employer_id, on=TODAY)
    found = paper(session, people, made)
    for said in ("Set the tables.", "Gloves at the oven", "forkle", "Gjøre sammen", words("nb").day(TODAY)):
        assert said in found.text, said
    assert "Carry the sacks." not in found.text


def test_a_document_of_another_case_is_not_there(session, people, case, make_case):
    made = written(session, people, case)
    with pytest.raises(NotFound):
        printable(session, people.jo, make_case(given_name="Other").id, made.id)
    with pytest.raises(NotFound):
        printable(session, people.sam, case.id, made.id)
