"""Needs, partners, promises and problems: who is responsible, what may be shared, by when, and what solved it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.commitments import complete_commitment, drop_commitment, record_commitments
from se_engine.actions.needs import change_need, note_need, sort_earlier
from se_engine.actions.partners import (
    add_partner,
    change_partner,
    check_may_share,
    end_partner,
    record_partner_consents,
)
from se_engine.actions.people import add_office
from se_engine.actions.problems import close_problem, open_problem
from se_engine.queries import due
from se_engine.queries.needs import needs_page
from se_engine.queries.partners import partner_register, partners_to_choose
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.needs import answer_by, consent_state
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def nav(session, people):
    return add_partner(session, people.jo, people.office_id, name="NAV  Lakselv", kind="nav")


@pytest.fixture
def far_partner(session, people):
    away = add_office(session, OPERATOR, "Vadsø")
    return add_partner(session, OPERATOR, away.id, name="NAV Vadsø", kind="nav")


def need(session, people, case, **rest):
    said = {"area": "housing", "noted_on": TODAY, **rest}
    return note_need(session, people.jo, case.id, **said)


def meets(session, case, condition):
    return session.scalar(select(Case.id).where(Case.id == case.id, condition)) is not None


# Needs.


def test_a_need_is_an_appointment_with_whoever_is_responsible(session, people, case, nav):
    assert need(session, people, case).status == "open"
    made = need(session, people, case, area="debt", partner_id=nav.id, appointment_on=day(3), words="Counselling.")
    page = needs_page(session, people.jo, case.id)
    first = page.open_needs[0]
    assert (first.id, first.partner, first.status, page.words[first.text_id]) == (
        made.id, "NAV Lakselv", "appointed", "Counselling.",
    )  # fmt: skip


def test_a_need_comes_to_an_end_and_says_since_when(session, people, case):
    made = need(session, people, case, noted_on=day(-5), sort_first=True)
    change_need(session, people.jo, made.id, seen_version=made.version, status="in_place", on=TODAY)
    assert (made.ended_on, made.rank) == (TODAY, None)
    assert code(
        change_need, session, people.jo, made.id, seen_version=None, status="open", on=day(-9)
    ) == "before_noted"  # fmt: skip
    with pytest.raises(Stale):
        change_need(session, people.jo, made.id, seen_version=0, status="open", on=TODAY)


def test_a_diagnosis_is_looked_at_again_and_kept_only_when_it_shall_stand(session, people, case):
    assert code(need, session, people, case, words="Appointment about her diabetes") == "words_to_look_at"
    assert need(session, people, case, words="Appointment about her diabetes", kept=True).text_id


def test_what_is_no_need_is_refused(session, people, case, far_partner):
    assert code(need, session, people, case, area="diagnosis") == "value_unknown"
    assert code(need, session, people, case, words="x" * 301) == "need_too_long"
    assert code(need, session, people, case, noted_on=day(1)) == "in_the_future"
    with pytest.raises(NotFound):
        need(session, people, case, partner_id=far_partner.id)
    made = need(session, people, case)
    assert code(
        change_need, session, people.jo, made.id, seen_version=None, status="appointed", on=TODAY
    ) == "appointment_needs_a_day"  # fmt: skip


def test_what_is_sorted_out_first_stands_in_her_order(session, people, case):
    made = [need(session, people, case, area=area, sort_first=True) for area in ("housing", "debt", "childcare")]
    sort_earlier(session, people.jo, made[2].id)
    sort_earlier(session, people.jo, made[2].id)
    sort_earlier(session, people.jo, made[2].id)
    page = needs_page(session, people.jo, case.id)
    assert [line.area for line in page.sorted_first] == ["childcare", "housing", "debt"]


# Partners and consent.


def test_a_partner_is_registered_once_and_leaves_the_lists(session, people, case, nav):
    assert code(add_partner, session, people.jo, people.office_id, name="NAV Lakselv", kind="nav") == "partner_known"
    assert code(add_partner, session, people.jo, people.office_id, name=" ", kind="nav") == "partner_name_needed"
    assert code(add_partner, session, people.jo, people.office_id, name="X", kind="bank") == "value_unknown"
    change_partner(session, people.sam, nav.id, name="NAV Porsanger", kind="nav", phone="55 55 33 33")
    assert partners_to_choose(session, people.office_id) == {nav.id: "NAV Porsanger"}
    end_partner(session, people.jo, nav.id)
    assert partners_to_choose(session, people.office_id) == {}
    assert [line.ended_on for line in partner_register(session, people.jo)] == [TODAY]


def test_nothing_is_shared_without_a_yes_that_holds(session, people, case, nav, far_partner):
    def consent(on=TODAY, **rest):
        record_partner_consents(session, people.jo, case.id, nav.id, happened_on=on, **rest)

    assert code(check_may_share, session, case, nav.id, "plan") == "partner_consent_needed"
    consent(day(-3), answers={"plan": "yes", "language": "no"}, valid_until=day(2), language="so")
    check_may_share(session, case, nav.id, "plan")
    assert code(check_may_share, session, case, nav.id, "plan", on=day(3)) == "partner_consent_needed"
    assert code(check_may_share, session, case, nav.id, "language") == "partner_consent_needed"
    consent(answers={"plan": "withdrawn"})
    assert code(check_may_share, session, case, nav.id, "plan") == "partner_consent_needed"
    (row,) = needs_page(session, people.jo, case.id).grid
    states = {answer.topic: answer.state for answer in row.topics}
    assert (states["plan"], states["language"], states["progress"]) == ("withdrawn", "no", "not_asked")
    assert row.open_topics == ()
    assert code(consent, answers={"politics": "yes"}) == "value_unknown"
    assert code(consent, answers={}) == "no_answer_given"
    assert code(consent, answers={"plan": "yes"}, valid_until=day(-1)) == "runs_out_before"
    with pytest.raises(NotFound):
        record_partner_consents(session, people.jo, case.id, far_partner.id, answers={"plan": "yes"}, happened_on=TODAY)


@pytest.mark.parametrize(
    ("answer", "until", "given", "state"),
    [
        ("yes", None, day(-183), "yes"),
        ("yes", None, day(-184), "review"),
        ("yes", day(-1), day(-10), "run_out"),
        ("yes", TODAY, day(-10), "yes"),
        ("no", None, day(-400), "no"),
        (None, None, None, "not_asked"),
    ],
)
def test_a_yes_is_asked_again_after_six_months(answer, until, given, state):
    assert consent_state(answer, until, given, TODAY) == state


# Promises.


def test_promises_of_a_meeting_are_kept_with_their_day(session, people, case):
    lines = [("specialist", None, "Calls the school.", day(2)), ("participant", None, "Writes three questions.", None)]
    first, second = record_commitments(session, people.jo, case.id, None, lines)
    assert not meets(session, case, due.promised_on() <= day(1))
    assert meets(session, case, due.promised_on() <= day(2))
    complete_commitment(session, people.jo, first.id, done_on=TODAY)
    assert not meets(session, case, due.promised_on() <= day(2))
    assert code(drop_commitment, session, people.jo, second.id, why="", dropped_on=TODAY) == "reason_needed"
    drop_commitment(session, people.jo, second.id, why="She asked by phone.", dropped_on=TODAY)
    assert code(complete_commitment, session, people.jo, second.id, done_on=TODAY) == "commitment_is_over"
    page = needs_page(session, people.jo, case.id)
    assert [line.is_open for line in page.commitments] == [False, False]


def test_what_is_no_promise_is_refused_and_none_of_the_lines_is_kept(session, people, case, nav):
    def lines(*promises, **rest):
        return record_commitments(session, people.jo, case.id, None, promises, **rest)

    good = ("specialist", None, "Calls.", None)
    assert code(lines, good, ("specialist", None, " ", None)) == "say_what_is_promised"
    assert code(lines, good, ("mayor", None, "Calls.", None)) == "value_unknown"
    assert code(lines, good, ("partner", None, "Calls.", None)) == "which_partner"
    assert code(lines, good, ("specialist", None, "Calls.", day(-1))) == "due_before_promised"
    assert code(lines, good, made_on=day(1)) == "in_the_future"
    assert needs_page(session, people.jo, case.id).commitments == ()


def test_a_partner_promises_with_her_consent_or_the_supervisor_hears_why_not(session, people, case, nav):
    line = [("partner", nav.id, "Looks at the grant.", None)]
    assert code(record_commitments, session, people.jo, case.id, None, line) == "partner_consent_needed"
    record_commitments(session, people.jo, case.id, None, line, because="They came with the teacher.")
    assert [request.kind for request in session.scalars(select(SupervisorRequest))] == ["partner_without_consent"]
    record_partner_consents(session, people.jo, case.id, nav.id, answers={"meetings": "yes"}, happened_on=TODAY)
    record_commitments(session, people.jo, case.id, None, line)
    assert len(session.scalars(select(SupervisorRequest)).all()) == 1


# Problems.


def test_what_an_employer_brings_is_answered_on_the_next_working_day():
    assert answer_by("employer", date(2026, 4, 1)) == date(2026, 4, 7)  # Easter lies between
    assert answer_by("participant", TODAY) is None


def problem(session, people, case, **rest):
    said = {"tag": "tasks", "brought_by": "employer", "words": "The shift is too early.", "opened_on": TODAY, **rest}
    return open_problem(session, people.jo, case.id, **said)


def test_a_problem_is_late_until_it_is_solved(session, people, case):
    made = problem(session, people, case)
    assert made.answer_by == day(1)
    assert not meets(session, case, due.promised_on() < day(1))
    assert meets(session, case, due.promised_on() < day(2))
    assert code(close_problem, session, people.jo, made.id, solution=" ", closed_on=TODAY) == "say_what_solved_it"
    close_problem(session, people.jo, made.id, solution="The bus card came.", closed_on=TODAY)
    assert not meets(session, case, due.promised_on() < day(2))
    assert code(close_problem, session, people.jo, made.id, solution="Again.", closed_on=TODAY) == "problem_is_closed"


def test_open_problems_stand_on_top(session, people, case):
    solved = problem(session, people, case, opened_on=OPENED)
    close_problem(session, people.jo, solved.id, solution="Talked it over.", closed_on=TODAY)
    calm = problem(session, people, case, brought_by="participant")
    urgent = problem(session, people, case)
    page = needs_page(session, people.jo, case.id)
    assert [line.id for line in page.problems] == [urgent.id, calm.id, solved.id]


def test_what_is_no_problem_is_refused(session, people, case):
    assert code(problem, session, people, case, tag="weather") == "value_unknown"
    assert code(problem, session, people, case, brought_by="neighbour") == "value_unknown"
    assert code(problem, session, people, case, words="") == "say_what_went_wrong"
    assert code(problem, session, people, case, answer_on=day(-1)) == "answer_before_opened"
    made = problem(session, people, case)
    early = day(-1)
    assert code(
        close_problem, session, people.jo, made.id, solution="x", closed_on=early
    ) == "closed_before_opened"  # fmt: skip
    with pytest.raises(NotFound):
        open_problem(session, people.sam, case.id, tag="tasks", brought_by="employer", words="x", opened_on=TODAY)
