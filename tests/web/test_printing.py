"""What is printed: who may, what the trail says of it, and that no file tells whose it is."""

import pytest
from sqlalchemy import text

from se_engine.processes import latest
from se_engine.rules.facts import TaskStatus
from tests.support.documents import start
from tests.support.paper import opened
from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, interpreter_need="yes", interpreter_language="ar")


@pytest.fixture
def document(office, noon, case):
    with transaction(office.database, noon) as session:
        return start(session, office.people.jo, case, "cooperation_agreement", on=TODAY)


def told(office, what):
    return [detail for done, _case, detail in office.trail() if done == what]


def test_the_page_speaks_her_language_and_norwegian(visit, case):
    page = visit("jo").get(f"/cases/{case.id}/sheet").text
    assert 'lang="ar" dir="rtl"' in page
    assert "Min vei til jobb" in page
    assert page.count("<svg aria-hidden") >= 5


def test_another_language_can_be_chosen(visit, case):
    shown = visit("jo").get(f"/cases/{case.id}/sheet?language=so").text
    assert 'lang="so"' in shown
    assert 'value="so" selected' in shown
    assert f"/cases/{case.id}/sheet.pdf?language=so" in shown


def test_a_language_without_words_is_said_so(visit, office, noon):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, interpreter_need="yes", interpreter_language="din")
    shown = visit("jo").get(f"/cases/{case.id}/sheet").text
    assert "Ingen har skrevet disse ordene på: dinka" in shown


def test_the_paper_is_in_the_trail_and_its_name_tells_nothing(visit, office, case):
    answer = visit("jo").get(f"/cases/{case.id}/sheet.pdf?language=ti")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="sheet.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert opened(answer.data).pages == 1
    assert told(office, "sheet_printed") == ["language=ti"]


def test_that_she_has_it_is_evidence_of_insight(visit, office, case):
    answer = visit("jo").submit(f"/cases/{case.id}/sheet", language="ar")
    assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}/sheet?language=ar")
    assert told(office, "sheet_handed_over") == ["language=ar"]
    with office.database.reading() as session:
        from se_engine.queries.access import access_case
        from se_engine.queries.facts import facts_of

        known = facts_of(session, access_case(session, office.people.jo, case.id), latest()).tasks["T1-M4"]
    assert (known.status, known.happened_on) == (TaskStatus.DONE, TODAY)


@pytest.mark.parametrize("typed", ["31.12.2030", "yesteryear"])
def test_a_day_that_cannot_be_is_said_at_its_field(visit, office, case, typed):
    answer = visit("jo").submit(f"/cases/{case.id}/sheet", language="ar", happened_on=typed)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert told(office, "sheet_handed_over") == []


def test_a_language_nobody_has_written_is_refused(visit, case):
    assert visit("jo").submit(f"/cases/{case.id}/sheet", language="xx").status_code == 422


def test_a_document_is_printed_in_norwegian_and_as_her_copy(visit, office, case, document):
    jo, place = visit("jo"), f"/cases/{case.id}/documents/{document.id}.pdf"
    assert "Navn" in opened(jo.get(place).data).text
    copy = jo.get(f"{place}?language=en")
    assert "This is a copy in your language." in opened(copy.data).text
    assert copy.headers["Content-Disposition"] == 'inline; filename="document.pdf"'
    with office.database.reading() as session:
        printed = session.execute(text("SELECT what, language FROM document_events ORDER BY id")).all()
    assert printed == [("printed", "nb"), ("printed", "en")]
    assert len(told(office, "document_printed")) == 2


def test_a_language_there_is_not_is_refused(visit, case, document):
    assert visit("jo").get(f"/cases/{case.id}/documents/{document.id}.pdf?language=%22x").status_code == 422


def test_a_letter_without_a_font_is_told_and_nothing_is_trailed(visit, office, noon, case):
    with transaction(office.database, noon) as session:
        made = start(session, office.people.jo, case, "step_down_plan", on=TODAY, changed={"own_words": "漢字"})
    answer = visit("jo").get(f"/cases/{case.id}/documents/{made.id}.pdf")
    assert answer.status_code == 422
    assert "«漢» (U+6F22)" in answer.text
    assert told(office, "document_printed") == []


def test_only_those_who_may_open_the_case_may_print(visit, office, case, document):
    for name in ("sam", "far", "ida"):
        for path in ("sheet", "sheet.pdf", f"documents/{document.id}.pdf"):
            assert visit(name).get(f"/cases/{case.id}/{path}").status_code == 404, (name, path)
