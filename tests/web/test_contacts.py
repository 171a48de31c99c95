"""The contact pages: one note writes everything, a meeting is a note before it happens, a call is two taps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from se_engine.actions.partners import add_partner
from tests.support.pages import Page
from tests.support.people import EMPLOYER, TODAY, make_case, transaction

SAID = "She led the round of the morning in Norwegian."
NUMBER = "01129955070"


@pytest.fixture
def case(office, noon):
    """At work, with a track at the bakery and nothing in the way of speaking with it."""
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, "job_support", days_per_step=3, interpreter_need="no").id


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def note(case):
    return f"/cases/{case}/notes/new"


def rows(office, statement, **values):
    with office.database.reading() as session:
        return [tuple(row) for row in session.execute(text(statement), values)]


def newest(office, columns) -> tuple:
    return rows(office, f"SELECT {columns} FROM contacts ORDER BY id DESC LIMIT 1")[0]  # noqa: S608 - our own


def tell(jo, note, **rest):
    return jo.submit(note, **{"said": SAID, "interpreter": "no:norwegian_is_enough", **rest})


def planned(jo, case, **rest) -> str:
    given = {
        "interpreter_needed": "no:norwegian_is_enough",
        "happened_on": "i morgen",
        "starts_at": "10",
        "place": "Biblioteket",
        "agenda": "First talk",
    }
    answer = jo.submit(f"/cases/{case}/meetings/new", **{**given, **rest})
    assert answer.status_code == 303, Page(answer.text).text
    return answer.location


def test_a_routine_visit_needs_a_text_and_nothing_else(office, jo, case, note):
    assert tell(jo, note, tasks="T5-A03", next_on="om en uke").status_code == 303
    told = newest(office, "kind, channel, status, happened_on, minutes, participant_present, next_on")
    week = TODAY + timedelta(days=7)
    assert tuple(map(str, told)) == ("three_way", "in_person", "held", str(TODAY), "30", "yes", str(week))
    assert rows(office, "SELECT task FROM task_records WHERE happened_on = :day", day=TODAY) == [("T5-A03",)]
    page = jo.page(f"/cases/{case}/contacts").text
    assert SAID in page
    assert EMPLOYER in page


REFUSED = {
    "happened_on": {"happened_on": "24.12.2030"},
    "said": {"said": f"Ring henne på {NUMBER}"},
    "nobody_named": {"employer_text": "De trenger folk"},
    "employer_text": {"employer_text": "Pat kan kassa", "nobody_named": "y"},
    "hidden_because": {"hidden": "y"},
    "employer": {"kind": "employer", "employer": "another"},
    "starts_at": {"starts_at": "25"},
    "interpreter": {"interpreter": ""},
    "interpreter_other": {"interpreter": "else"},
    "participant_present": {"participant_present": ""},
    "told_because": {"told": "family_situation"},
}


@pytest.mark.parametrize("field", REFUSED)
def test_a_refusal_stands_at_its_field_and_what_was_typed_comes_back(jo, note, field):
    answer = tell(jo, note, her_words="I like the bread.", **REFUSED[field])
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "I like the bread." in answer.text
    assert REFUSED[field].get("said", SAID) in answer.text


def test_words_worth_a_second_look_are_kept_on_purpose(office, jo, note):
    again = tell(jo, note, said="Hun var syk i går.")
    assert 'id="said-error"' in again.text
    assert 'name="kept"' in again.text
    assert tell(jo, note, said="Hun var syk i går.", kept="y").status_code == 303
    assert "syk" not in str(office.trail())


def test_what_was_told_too_much_is_recorded_with_its_reason(office, jo, note):
    why = "The chef asked, and she answered."
    assert tell(jo, note, told="family_situation", told_because=why).status_code == 303
    assert ("told_too_much",) in rows(office, "SELECT kind FROM supervisor_requests")


def test_an_employer_that_is_typed_is_added_to_the_register(office, jo, note):
    there = {"kind": "employer", "employer": "another", "employer_name": "Fjordfisk AS", "concrete_job": "job"}
    assert tell(jo, note, **there).status_code == 303
    assert newest(office, "kind, participant_present, concrete_job") == ("employer", "no", "job")
    assert ("Fjordfisk AS",) in rows(office, "SELECT name FROM employers")


def test_who_did_not_come_is_told_with_what_was_done(office, jo, case, note):
    given = {"kind": "participant", "status": "no_show", "no_show": "Called twice, no answer.", "said": ""}
    assert tell(jo, note, **given).status_code == 303
    assert newest(office, "status, minutes") == ("no_show", None)
    assert "Called twice" in jo.page(f"/cases/{case}/contacts").text


def test_a_call_is_one_tap_and_the_line_may_be_left_out(office, jo, case):
    path = f"/cases/{case}/calls"
    for answered, status in (("yes", "held"), ("no", "no_answer")):
        sent = jo.client.post(path, data={**jo.page(f"/cases/{case}").form(path).values, "answered": answered})
        assert sent.location == f"/cases/{case}/contacts"
        assert newest(office, "status") == (status,)
    refused = jo.client.post(
        path, data={**jo.page(f"/cases/{case}").form(path).values, "answered": "no", "said": NUMBER}
    )
    assert 'id="said-error"' in refused.text


def test_a_meeting_becomes_its_note(office, jo, case):
    place = planned(jo, case)
    page = jo.page(place)
    assert "Biblioteket" in page.text
    form = jo.page(f"{place}/note").form(f"{place}/note")
    assert form.values["kind"] == "participant"
    assert form.values["minutes"] == "60"
    assert jo.submit(f"{place}/note", said=SAID).status_code == 303
    assert newest(office, "status, minutes") == ("held", 60)
    contact = place.replace("meetings", "contacts")
    assert jo.get(place).location == contact
    assert SAID in jo.page(contact).text


def test_two_meetings_at_once_are_told_and_may_stand(jo, case):
    planned(jo, case)
    refused = jo.submit(
        f"/cases/{case}/meetings/new", happened_on="i morgen", starts_at="10.30", interpreter_needed="no:her_choice"
    )
    assert 'id="starts_at-error"' in refused.text
    planned(jo, case, starts_at="10.30", collision_known="y")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert "To møter samtidig" in jo.page(f"/today?on={tomorrow}").text


def test_a_meeting_is_moved_and_called_off_with_a_reason(office, jo, case):
    place = planned(jo, case)
    assert 'id="happened_on-error"' in jo.submit(f"{place}/change", happened_on="1.1.2026").text
    assert jo.submit(f"{place}/change", happened_on="om en uke", starts_at="14").status_code == 303
    assert "14:00" in jo.page(place).text
    assert jo.submit(f"{place}/cancel", cancelled_by="participant", why="Her bus stood still.").status_code == 303
    assert newest(office, "status, cancelled_by") == ("cancelled", "participant")


def test_an_interpreter_is_asked_for_ordered_and_told_of(office, visit, noon):
    with transaction(office.database, noon) as session:
        facts = {"interpreter_need": "yes", "interpreter_language": "ti"}
        case = make_case(session, office.people, given_name="Saba", **facts).id
    jo = visit("jo")
    assert 'id="interpreter_needed-error"' in jo.submit(
        f"/cases/{case}/meetings/new", happened_on="i dag", starts_at="15"
    ).text  # fmt: skip
    place = planned(jo, case, happened_on="i dag", starts_at="8", interpreter_needed="yes", gender_wish="female")
    assert "Mangler tolk" in jo.page("/today").text
    assert jo.send(f"{place}/ordered").status_code == 303
    assert "Tolk bestilt" in jo.page("/today").text
    assert 'id="interpreter-error"' in jo.submit(f"{place}/note", said=SAID).text
    child = {"said": SAID, "interpreter": "else", "interpreter_other": "child"}
    assert 'id="reason-error"' in jo.submit(f"{place}/note", **child).text
    assert jo.submit(f"{place}/note", **child, reason="Nobody else was at home.").status_code == 303
    told = rows(office, "SELECT status, came_as FROM interpreter_bookings ORDER BY id DESC LIMIT 1")
    assert told == [("not_qualified", "child")]
    assert ("child_interpreted",) in rows(office, "SELECT kind FROM supervisor_requests")


def test_the_invitation_is_shown_and_kept_as_it_was_sent(jo, case):
    place = planned(jo, case)
    assert "klokka 10:00" in jo.page(place).text
    assert jo.send(f"{place}/invitation").status_code == 303
    assert "lagret som sendt" in jo.page(place).text


def test_a_cooperation_meeting_names_its_partner_and_who_does_what(office, jo, case, note, noon):
    with transaction(office.database, noon) as session:
        partner = add_partner(session, office.people.jo, office.people.office_id, name="NAV Lakselv", kind="nav").id
    there = {"kind": "nav", "partner": str(partner), "participant_present": "no", "interpreter": ""}
    refused = tell(jo, note, **there)
    assert 'id="told_because-error"' in refused.text
    told = tell(jo, note, **there, told_because="They were there already.")
    assert told.status_code == 303
    assert newest(office, "kind, partner_id") == ("nav", partner)
    assert "NAV Lakselv" in jo.page(told.location).text
    agreed = f"/cases/{case}/needs/promises/new"
    line = {"who_1": f"partner:{partner}", "promise_1": "Sends the form.", "because": "They were there already."}
    of_it = f"{agreed}?contact={told.location.rpartition('/')[2]}"
    assert jo.submit(of_it, at=agreed, **line).status_code == 303
    assert "Sends the form." in jo.page(told.location).text
    ahead = {"kind": "nav", "partner": str(partner), "interpreter_needed": ""}
    refused = jo.submit(f"/cases/{case}/meetings/new", happened_on="i morgen", **ahead)
    assert 'id="told_because-error"' in refused.text
    meeting = planned(jo, case, **ahead, told_because="They asked.")
    assert "Sends the form." in jo.page(f"{meeting}/note").text


def test_a_contact_is_taken_back_with_a_reason(office, jo, case, note):
    tell(jo, note, tasks="T5-A03")
    contact = next(link for link in jo.page(f"/cases/{case}/contacts").links if link.endswith("/void"))
    assert jo.submit(contact, why="").status_code == 422
    assert jo.submit(contact, why="It was another participant.").status_code == 303
    assert newest(office, "status") == ("voided",)
    assert "It was another participant." in jo.page(f"/cases/{case}/contacts").text


def test_of_two_who_tell_the_same_meeting_the_later_keeps_her_words(office, visit, case):
    jo, max_ = visit("jo"), visit("max")
    place = planned(jo, case)
    values = max_.page(f"{place}/note").form(f"{place}/note").values
    assert jo.submit(f"{place}/note", said=SAID).status_code == 303
    refused = max_.client.post(f"{place}/note", data={**values, "said": "Max was there too."})
    assert refused.status_code in (409, 422)
    assert "Max was there too." in refused.text
    assert "Max was there too." in max_.page("/drafts").text or f"{place}/note" in max_.page("/drafts").links


def test_contacts_come_in_pages(office, jo, case, noon):
    from se_engine.actions.contacts import log_call

    with transaction(office.database, noon) as session:
        for number in range(25):
            log_call(session, office.people.jo, case, answered=True, said=f"call number {number}")
    first = jo.page(f"/cases/{case}/contacts")
    older = next(link for link in first.links if "before=" in link)
    assert "call number 24" in first.text
    assert "call number 0" not in first.text
    assert "call number 0" in jo.page(older).text
    assert jo.get(f"/cases/{case}/contacts?before=nonsense").status_code == 404


def test_the_day_shows_what_has_no_note_yet_and_the_supervisor_the_week(visit, jo, case, office, noon):
    place = planned(jo, case, happened_on="i dag", starts_at="8")
    assert f"{place}/note" in jo.page("/today").links
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert f"{place}/note" in jo.page(f"/today?on={tomorrow}").links or place in jo.page("/today").links
    week = visit("max").page("/team/agenda").text
    assert "Pat Example" in week
    assert "Jo" in week
    assert jo.get("/today?on=nonsense").status_code == 404
    assert jo.get("/team/agenda?from=0001-01-01").status_code == 404


def test_a_note_of_an_employer_alone_is_of_nobody(office, jo, case):
    [(employer,)] = rows(office, "SELECT id FROM employers WHERE name = :name", name=EMPLOYER)
    form = f"/employers/{employer}/notes/new"
    unticked = jo.submit(form, employer_text="They need two in the summer.")
    assert 'id="nobody_named-error"' in unticked.text
    named = jo.submit(form, employer_text="Pat Example may come back.", nobody_named="y")
    assert 'id="employer_text-error"' in named.text
    assert jo.submit(form, employer_text="They need two in the summer.", nobody_named="y").status_code == 303
    assert rows(office, "SELECT text FROM employer_notes") == [("They need two in the summer.",)]
