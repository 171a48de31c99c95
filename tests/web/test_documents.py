"""Documents on pages: what is missing is said before anybody signs, and what falls before it is saved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.documents import HER_WORDS, agree, filled, start
from tests.support.people import TODAY, make_case, transaction

DAY = TODAY - timedelta(days=2)


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=100), days_per_step=3)


@pytest.fixture
def begun(office, noon, case):
    """Begins a document of a kind, all agreed or not, and gives its path."""

    def begin(kind, *, agreed=False, **rest):
        with transaction(office.database, noon) as session:
            made = start(session, office.people.jo, case, kind, on=DAY, **rest)
            if agreed:
                agree(session, office.people.jo, made.id, on=DAY)
            return f"/cases/{case.id}/documents/{made.id}"

    return begin


@pytest.fixture
def jo(visit):
    return visit("jo")


def typed(kind, on=TODAY, **changed):
    """A whole content as the boxes of its form."""
    boxes = {}
    for key, given in filled(kind, on=on, **changed).items():
        for number, row in enumerate(given if isinstance(given, list) else [], 1):
            boxes |= {f"{key}__{number}__{column}": words for column, words in row.items() if column != "row"}
        if isinstance(given, str):
            boxes[key] = given
    return {name: spoken(words) for name, words in boxes.items()}


def spoken(words):
    """A day as a person writes it."""
    from datetime import date

    try:
        return date.fromisoformat(words).strftime("%d.%m.%Y")
    except ValueError:
        return words


def test_what_is_written_in_a_talk_is_agreed_to_in_the_same_form(jo, case):
    new = f"/cases/{case.id}/documents/new/step_down_plan"
    both = {"agreed_by": ["participant", "specialist"], "agreed_how": "oral", "agreed_language": "nb"}
    nameless = jo.submit(new, **typed("step_down_plan"), **{**both, "agreed_language": ""})
    assert nameless.status_code == 422
    assert "Skriv hvilket språk det ble lest på." in nameless.text
    early = jo.submit(new, **typed("step_down_plan", natural_support=None), **both)
    assert early.status_code == 422
    assert "Hvem på jobben hjelper" in early.text
    assert HER_WORDS in early.text
    assert jo.get(f"/cases/{case.id}/documents").text.count("Nedtrappingsplan") == 1  # nothing was kept
    path = jo.submit(new, **typed("step_down_plan"), **both).headers["Location"]
    page = jo.page(path).text
    assert "Gjelder" in page
    assert "Godkjent" in page
    one = jo.submit(f"{path}/change", **typed("step_down_plan", whom_to_call="Kari"), agreed_by=["participant"])
    assert one.status_code == 303
    assert "Gjelder" not in jo.page(path).text


def test_an_agreement_from_the_first_word_to_both_signatures(jo, case):
    new = f"/cases/{case.id}/documents/new/cooperation_agreement"
    answer = jo.submit(new, **typed("cooperation_agreement", meetings=None), meetings="")
    assert answer.status_code == 303
    path = answer.headers["Location"]
    page = jo.page(path).text
    assert "Utkast" in page
    assert "Hvor ofte og hvor vi møtes" in page
    assert HER_WORDS in page
    early = jo.submit(f"{path}/sign", parties=["participant", "specialist"], language="arabisk", interpreter="yes")
    assert early.status_code == 422
    assert "Dette mangler: Hvor ofte og hvor vi møtes." in early.text
    assert jo.submit(f"{path}/change", **typed("cooperation_agreement")).status_code == 303
    assert jo.submit(f"{path}/sign", parties=["participant", "specialist"], language="arabisk",
                     interpreter="yes").status_code == 303  # fmt: skip
    page = jo.page(path).text
    assert "Gjelder" in page
    assert "Skrevet under på papir: Deltakeren" in page
    assert "arabisk" in page
    assert "1 endring" in page
    assert "Gjelder" in jo.page(f"/cases/{case.id}/documents").text


def test_the_form_says_whose_approval_falls_before_it_is_saved(jo, begun):
    path = begun("cooperation_agreement", agreed=True)
    form = jo.page(f"{path}/change")
    assert "faller godkjenningen fra: Deltakeren, Jobbspesialisten" in form.text
    same = typed("cooperation_agreement", DAY)
    assert jo.submit(f"{path}/change", **same).status_code == 303
    assert "Versjon 2" not in jo.page(path).text  # nothing was changed
    assert jo.submit(f"{path}/change", **{**same, "purpose": "Another job."}).status_code == 303
    page = jo.page(path).text
    assert "Venter på: Deltakeren, Jobbspesialisten" in page
    assert "Another job." in page


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(jo, case):
    new = f"/cases/{case.id}/documents/new/step_down_plan"
    sent = typed("step_down_plan", own_words="Call me on Fridays")
    bad = jo.submit(new, **{**sent, "phases__1__days_between": "0"})
    assert bad.status_code == 422
    assert "Skriv et tall fra 1 til 90." in bad.text
    assert "Call me on Fridays" in bad.text
    day = jo.submit(new, **{**sent, "phases__2__from_on": "31.2.2026"})
    assert day.status_code == 422
    assert "er ikke en dag" in day.text
    sent["phases__2__from_on"] = ""
    look = jo.submit(new, **{**sent, "natural_support": "Her mother has cancer"})
    assert look.status_code == 422
    assert jo.submit(new, **{**sent, "natural_support": "Her mother has cancer"}, kept="y").status_code == 303


def test_who_saves_second_sees_it_first(jo, begun, office, noon):
    from se_engine.actions.documents import save_version

    path = begun("vocational_profile")
    form = jo.page(f"{path}/change").form(f"{path}/change").values
    with transaction(office.database, noon) as session:
        content = filled("vocational_profile", on=TODAY, qualities="Calm")
        save_version(session, office.people.max, int(path.rpartition("/")[2]), content, seen_version=1, happened_on=DAY)
    answer = jo.client.post(f"{path}/change", data={**form, "qualities": "Quick"})
    assert answer.status_code == 409
    assert "Quick" in answer.text


def test_a_report_is_shared_and_commented_on(jo, case, begun):
    page = jo.page(f"/cases/{case.id}/documents").text
    assert "Påminnelsen kom" in page
    path = begun("interim_report")
    assert jo.submit(f"{path}/comment", words="True").status_code == 422
    assert jo.submit(f"{path}/share", deadline_on="i går").status_code == 422
    assert jo.submit(f"{path}/share").status_code == 303
    assert "Venter på kommentar" in jo.page(path).text
    assert jo.submit(f"{path}/comment", on_behalf="y").status_code == 422
    assert jo.submit(f"{path}/comment", on_behalf="y", because="She does not want to").status_code == 303
    page = jo.page(path).text
    assert "Ferdig" in page
    assert "She does not want to" in page


def test_an_approval_is_taken_back_with_a_reason(jo, begun):
    path = begun("vocational_profile")
    assert jo.submit(f"{path}/approve", language="norsk bokmål", interpreter="no", words="It is me").status_code == 303
    page = jo.page(path)
    url = next(link for link in page.links if "take-back" in link)
    assert jo.submit(url).status_code == 422
    assert jo.submit(url, why="She wants to think").status_code == 303
    assert "Venter på: Deltakeren" in jo.page(path).text


def test_an_agreement_with_a_workplace_asks_which(jo, case):
    path = f"/cases/{case.id}/documents/new/three_party_agreement"
    assert "Ingen arbeidsgiver" in jo.page(path).text
    assert jo.get(f"{path}/1").status_code == 404
    assert jo.get(f"/cases/{case.id}/documents/new/diary").status_code == 404


def test_another_cases_document_is_not_there(jo, begun, office, noon):
    path = begun("vocational_profile")
    with transaction(office.database, noon) as session:
        other = make_case(session, office.people).id
    number = path.rpartition("/")[2]
    assert jo.get(f"/cases/{other}/documents/{number}").status_code == 404
    assert jo.get(f"/cases/{other}/documents/{number}/sign").status_code == 404
