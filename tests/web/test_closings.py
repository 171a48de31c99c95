"""The end of a case: one question made of facts, all that the end asks for in one form, and the list of the rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.people import OPENED, TODAY, make_case, transaction

SAID = {
    "confirmed": "yes",
    "decision": "I manage on my own now.",
    "plan": "More hours in autumn.",
    "natural_support": "Kari helps me with the rota.",
    "whom": "Jo",
    "phone": "987 65 432",
    "language": "ti",
    "ask_later": "yes",
    "end": "now",
}


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, "follow_up", opened_on=TODAY - timedelta(days=60))


def path(case) -> str:
    return f"/cases/{case.id}/closing"


def now(office, case):
    """The case, its talks and its checks as they stand."""
    from se_engine.records.cases import Case
    from se_engine.records.follow_up import Check, ClosingTalk

    with office.database.reading() as session:
        talks = session.scalars(select(ClosingTalk).where(ClosingTalk.case_id == case.id)).all()
        checks = session.scalars(select(Check).where(Check.case_id == case.id)).all()
        return session.get(Case, case.id), talks, checks


def test_one_form_ends_it_with_everything_the_end_asks_for(office, visit, case):
    jo = visit("jo")
    page = jo.page(path(case))
    assert "hos Byens Bakeri AS" in page.text
    assert "30 timer i uka" in page.text
    assert page.form(path(case)).values["end_reason"] == "work"
    answer = jo.submit(path(case), present=["employer", "interpreter"], happened_on="16.03.2026", **SAID)
    assert answer.status_code == 303, answer.text
    stands, [talk], [check] = now(office, case)
    assert (stands.status, stands.end_reason, stands.ended_on) == ("ended", "work", TODAY)
    assert (talk.last_answer, talk.whom_to_call_language, talk.present) == ("this_job", "ti", "employer,interpreter")
    assert talk.ask_later is True
    assert None not in (talk.whom_to_call_text_id, talk.natural_support_text_id, talk.plan_text_id)
    assert (check.answer, check.evidence, check.happened_on) == ("this_job", "own_words", TODAY)


def test_a_talk_alone_leaves_the_case_where_it_is(office, visit, case):
    assert visit("jo").submit(path(case), **SAID | {"end": "later"}).status_code == 303
    stands, talks, _checks = now(office, case)
    assert (stands.status, stands.step, len(talks)) == ("active", "follow_up", 1)


def test_not_right_is_corrected_first_and_nothing_is_lost(office, visit, case):
    answer = visit("jo").submit(path(case), **SAID | {"confirmed": "no"})
    assert answer.status_code == 422
    assert "Rett jobben først" in answer.text
    assert f"/cases/{case.id}/jobs" in answer.text
    assert SAID["plan"] in answer.text
    assert now(office, case)[1:] == ([], [])


def test_nobody_knows_is_an_answer_too(office, visit, case):
    assert visit("jo").submit(path(case), **SAID | {"confirmed": "not_known"}).status_code == 303
    _case, [talk], [check] = now(office, case)
    assert (talk.last_answer, check.answer, check.evidence) == ("not_known", "not_known", None)


@pytest.mark.parametrize(
    "left_out",
    [{"decision": ""}, {"whom": ""}, {"language": ""}, {"end_reason": ""}, {"phone": "ring!"}, {"confirmed": ""}],
)
def test_what_is_missing_is_said_at_its_field(office, visit, case, left_out):
    answer = visit("jo").submit(path(case), **SAID | left_out)
    assert answer.status_code == 422
    assert "ds-validation-message" in answer.text
    assert now(office, case)[1:] == ([], [])


def test_without_a_job_the_question_says_so(office, noon, visit, case):
    from se_engine.actions.jobs import end_job
    from se_engine.records.jobs import Job

    with transaction(office.database, noon) as session:
        job = session.scalar(select(Job).where(Job.case_id == case.id))
        end_job(session, office.people.jo, case.id, job.id, ended_on=TODAY - timedelta(days=1), reason="mutual")
    jo = visit("jo")
    page = jo.page(path(case))
    assert "Ikke i lønnet arbeid siden 15. mars 2026." in page.text
    assert page.form(path(case)).values["end_reason"] == ""
    assert jo.submit(path(case), **SAID | {"end_reason": "withdrew"}).status_code == 303
    stands, [talk], _checks = now(office, case)
    assert (talk.last_answer, stands.end_reason) == ("not_in_work", "withdrew")


def test_education_that_runs_is_proposed_beside_the_job(office, noon, visit, case):
    from se_engine.records.career import Education

    with transaction(office.database, noon) as session:
        session.add(
            Education(
                case_id=case.id, level="upper_secondary", started_on=OPENED, recorded_by=office.people.jo.user_id,
                recorded_at=noon(),
            )
        )  # fmt: skip
    assert visit("jo").page(path(case)).form(path(case)).values["end_reason"] == "work_and_education"


def test_a_talk_seen_before_somebody_changed_the_case_is_asked_about_again(office, noon, visit, case):
    from se_engine.actions.waiting import start_waiting

    jo = visit("jo")
    form = jo.page(path(case)).form(path(case))
    with transaction(office.database, noon) as session:
        start_waiting(
            session, office.people.jo, case.id, seen_version=None, waiting_for="employer", on=TODAY,
            next_on=TODAY + timedelta(days=7),
        )  # fmt: skip
    assert jo.client.post(path(case), data={**form.values, **SAID}).status_code == 409
    assert now(office, case)[1:] == ([], [])


@pytest.fixture
def ended(office, noon):
    """Pat's case ended without a reason; she is in the introduction programme."""
    from se_engine.actions.cases import advance
    from se_engine.actions.schemes import join_scheme

    with transaction(office.database, noon) as session:
        case = make_case(session, office.people)
        join_scheme(session, office.people.jo, case.participant_id, scheme="introduction_programme", from_on=OPENED)
        advance(
            session, office.people.jo, case.id, "end", seen_version=None, happened_on=date(2026, 1, 31), note="Gone.",
            end_reason="unknown",
        )  # fmt: skip
        return case


def test_the_list_has_the_days_left_and_the_way_to_mend_it(office, visit, ended):
    page = visit("jo").page("/closings")
    assert "Pat Example" in page.text
    assert "15 dager igjen" in page.text  # two months after 31 January is 31 March
    assert any(f"/cases/{ended.id}/history/" in link and link.endswith("/correct") for link in page.links)
    assert "Pat Example" in visit("max").page("/closings").text
    assert "Pat Example" not in visit("sam").page("/closings").text


def test_reported_and_with_a_reason_it_leaves_the_list(office, visit, ended):
    jo = visit("jo")
    [correction] = [link for link in jo.page("/closings").links if link.endswith("/correct")]
    assert jo.submit(f"/cases/{ended.id}/reported", reported_on="20.01.2026").status_code == 422
    assert jo.submit(f"/cases/{ended.id}/reported", reported_on="16.03.2026").status_code == 303
    assert "dager igjen" not in jo.page("/closings").text
    corrected = jo.submit(correction, what="replace", code="moved", why="Her new municipality wrote")
    assert corrected.status_code == 303
    assert "Pat Example" not in jo.page("/closings").text
    assert now(office, ended)[0].end_reason == "moved"


def test_it_is_reminded_of_until_it_is_done(office, visit, ended):
    page = visit("jo").page("/reminders")
    assert "Registrer hvorfor forløpet ble avsluttet" in page.text
    assert "Meld avslutningen til introduksjonsregisteret" not in page.text  # two weeks before the last day


@pytest.mark.parametrize(
    ("ended_on", "last"),
    [
        (date(2026, 1, 31), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 30), date(2028, 2, 29)),
        (date(2026, 6, 15), date(2026, 8, 15)),
    ],
)
def test_two_months_end_on_the_same_day_of_the_month_or_its_last(ended_on, last):
    from se_engine.rules.closing import register_day

    assert register_day(ended_on) == last


def test_what_was_said_stays_to_be_read(office, visit, case):
    jo = visit("jo")
    jo.submit(path(case), present=["colleague"], **SAID)
    page = jo.page(path(case))
    for said in (SAID["decision"], SAID["plan"], SAID["natural_support"], "Jo, 987 65 432", "En kollega eller fadder"):
        assert said in page.text
    assert not any(form.action == path(case) for form in page.forms)
    assert path(case) in jo.page(f"/cases/{case.id}/history").links
