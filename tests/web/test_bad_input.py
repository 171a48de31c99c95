"""What must not be is said at its field in the forms of a day's work, and comes back with everything that was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.support.employers import employer_at_work
from tests.support.people import TODAY, make_case, transaction

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NUMBER = "01129955070"
NOBODY = "no:norwegian_is_enough"


@pytest.fixture
def at(office, noon):
    """At work at the bakery, which may be told her name and no more; tomorrow Jo meets another at 10, and her at 14."""
    from se_engine.actions.meetings import plan_meeting
    from se_engine.records.jobs import Job
    from se_engine.rules.contacts import Meeting
    from se_engine.rules.interpreters import InterpreterWish

    jo, began_on = office.people.jo, TODAY - timedelta(days=20)
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, "job_support", days_per_step=3, interpreter_need="no")
        there = employer_at_work(session, jo, case, began_on=began_on)
        other = make_case(session, office.people, given_name="Olga", interpreter_need="no")
        meeting = Meeting("participant", TODAY + timedelta(days=1), starts_at="10:00", minutes=60)
        plan_meeting(session, jo, other.id, meeting)
        hers = Meeting("participant", TODAY + timedelta(days=1), starts_at="14:00", minutes=60)
        without = InterpreterWish("no", not_needed_because="norwegian_is_enough")
        planned = plan_meeting(session, jo, case.id, hers, interpreter=without)
        job = session.scalar(select(Job.id).where(Job.case_id == case.id))
        return there | {"case": case.id, "meeting": planned.id, "job": job}


JOB, CHECK, AGREEMENT = (
    "/cases/{case}/jobs/new",
    "/cases/{case}/checks/new",
    "/cases/{case}/documents/new/step_down_plan",
)
END = "/cases/{case}/jobs/{job}/end"
NOTE, MEETING = "/cases/{case}/notes/new", "/cases/{case}/meetings/new"
CARD, TRACK = "/employers/{employer_id}", "/cases/{case}/employers/{track_id}"
MOVE = f"{TRACK}/moves/change_agreement"
TOLD = {"kind": "three_way", "said": "We met.", "interpreter": NOBODY}
AHEAD = {"happened_on": "17.03.2026", "starts_at": "12:00", "interpreter_needed": NOBODY, "place": "Biblioteket"}
SAID = {"decision": "told", "by_whom": "together", "words": "Say that I bake."}
STARTED = {"employer": "Havna Kafé", "occupation": "kokkelærling", "hours_per_week": "22,5"}
LOST = {"reason": "mutual", "her_words": "Altfor tidlig på morgenen."}
ANSWERED = {"answer": "this_job", "evidence": "payslip"}
PLAN = {"own_words": "Ring meg på fredager.", "whom_to_call": "Jo"}
REFUSED = {
    "a visit of tomorrow": (NOTE, TOLD | {"happened_on": "24.12.2030", "said": "Told early."}, "happened_on"),
    "a visit of tonight": (NOTE, TOLD | {"starts_at": "23:30", "said": "Told early."}, "starts_at"),
    "a move of tomorrow": (MOVE, {"happened_on": "24.12.2030", "note": "Other hours."}, "happened_on"),
    "a number of another place": (f"{CARD}/edit", {"org_number": "974 760 674", "phone": "22 00"}, "org_number"),
    "her number in what is next": (NOTE, TOLD | {"next_step": f"Ring {NUMBER}"}, "next_step"),
    "her number on the card": (NOTE, TOLD | {"employer_text": f"Spør {NUMBER}", "nobody_named": "y"}, "employer_text"),
    "her number in the place": (MEETING, AHEAD | {"agenda": f"Om {NUMBER}"}, "agenda"),
    "her number in her words": (f"{TRACK}/told", SAID | {"not_told_words": NUMBER}, "not_told_words"),
    "her number on the sheet": (f"{TRACK}/match", {"own_score": "5", "words": f"Jeg er {NUMBER}"}, "words"),
    "nobody was there": (NOTE, TOLD | {"participant_present": ""}, "participant_present"),
    "told what it may not know": (NOTE, TOLD | {"named": "y", "told": "family_situation"}, "told_because"),
    "nothing told, and her name": (f"{TRACK}/told", SAID | {"decision": "not_told", "may_tell": "name"}, "may_tell"),
    "two meetings of the specialist": (MEETING, AHEAD | {"starts_at": "10:30"}, "starts_at"),
    "two meetings of the participant": (MEETING, AHEAD | {"starts_at": "14:30"}, "starts_at"),
    "signed before it is whole": (AGREEMENT, PLAN | {"agreed_by": "participant"}, "natural_support"),
    "a job that ends before it starts": (END, LOST | {"ended_on": "01.01.2026"}, "ended_on"),
    "an occupation that nobody knows": (JOB, STARTED | {"occupation_code": "9999"}, "occupation_code"),
    "a job agreed to end before it starts": (JOB, STARTED | {"planned_until": "01.01.2026"}, "planned_until"),
    "answered before it has happened": (CHECK, ANSWERED | {"happened_on": "24.12.2030"}, "happened_on"),
    "told in a note before it has happened": (NOTE, TOLD | ANSWERED | {"happened_on": "24.12.2030"}, "happened_on"),
    "answered before the job began": (CHECK, ANSWERED | {"happened_on": "01.01.2026"}, "happened_on"),
    "her number in why the job ended": (END, LOST | {"her_words": NUMBER}, "her_words"),
    "one moved onto another": ("/cases/{case}/meetings/{meeting}/change", {"starts_at": "09:30"}, "starts_at"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_said_at_its_field_and_nothing_is_lost(visit, at, what):
    path, given, field = REFUSED[what]
    answer = visit("jo").submit(path.format(**at), **given)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert [words for words in given.values() if words not in answer.text] == []


@pytest.mark.parametrize("what", ["a visit of tonight", "two meetings of the participant", "her number in her words"])
def test_a_form_sent_after_the_session_has_ended_stands_as_it_was_typed(office, visit, at, what):
    path, given, _field = REFUSED[what]
    jo, form = visit("jo"), path.format(**at)
    values = jo.page(form).form(form).values
    with office.database.session() as session:
        session.execute(text("UPDATE user_sessions SET seen_at = datetime(seen_at, '-3 hours')"))
    sent = jo.client.post(form, data={**values, **given})
    assert sent.location == f"/sign-in?next={form}"
    again = visit("jo").get(form).text
    assert [words for words in given.values() if words not in again] == []
