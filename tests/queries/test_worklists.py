"""The worklist: whose cases, in which status, how urgent, page by page, in few statements."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from se_engine.actions.absences import record_absence
from se_engine.actions.cases import sort_first
from se_engine.actions.participants import protect
from se_engine.actions.requests import answer_request, ask_supervisor
from se_engine.actions.tasks import record_tasks
from se_engine.actions.waiting import pause, start_waiting
from se_engine.queries.worklists import NOBODY, Filters, Place, worklist
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


def names(found) -> list[str]:
    return [row.name for row in found.rows]


@pytest.fixture
def opened(make_case):
    """opened("Ann", 3): a case opened three days ago; known enough to miss nothing."""

    def open_one(name, ago=3, **rest):
        known = {"birth_year": 1990, "interpreter_need": "no", **rest}
        return make_case(opened_on=days_ago(ago), given_name=name, family_name="", **known)

    return open_one


def test_it_groups_by_what_is_due_and_begins_with_the_oldest(session, people, opened):
    opened("Later", 2)
    opened("Soon", 10)
    opened("Overdue", 20)
    opened("Older", 30)
    found = worklist(session, people.jo)
    assert names(found) == ["Older", "Overdue", "Soon", "Later"]
    assert [row.urgency for row in found.rows] == ["overdue", "overdue", "soon", "not_due"]
    assert found.urgencies == {"overdue": 2, "soon": 1, "not_due": 1}


def test_the_contact_limit_counts_from_the_last_contact(session, people, opened):
    case = opened("Ann", 20)
    done = {"keys": ["T1-S3"], "status": TaskStatus.DONE, "words": "We talked."}
    record_tasks(session, people.jo, case.id, happened_on=days_ago(1), **done)
    (row,) = worklist(session, people.jo).rows
    assert (row.due_on, row.due_for, row.last_contact_on) == (TODAY + timedelta(days=13), "contact", days_ago(1))


def test_a_next_check_comes_before_the_contact_limit_when_it_is_earlier(session, people, opened):
    case = opened("Ann", 3)
    start_waiting(
        session, people.jo, case.id, seen_version=None, waiting_for="nav", on=days_ago(2), next_on=days_ago(1)
    )
    found = worklist(session, people.jo, Filters(status="waiting"))
    assert [(row.due_on, row.due_for, row.urgency) for row in found.rows] == [(days_ago(1), "waiting", "overdue")]
    assert (found.counts["needs_me"], found.waiting_for["nav"], found.waiting_for["employer"]) == (1, 1, 0)


def test_nobody_asks_for_contact_during_a_pause_before_its_day(session, people, opened):
    case = opened("Ann", 20)
    pause(session, people.jo, case.id, seen_version=None, reason="travel", on=days_ago(1), contact_on=TODAY)
    found = worklist(session, people.jo)
    assert [(row.due_on, row.due_for) for row in found.rows] == [(TODAY, "pause")]
    assert (found.counts["paused"], found.counts["no_contact"], found.counts["needs_me"]) == (1, 0, 1)


def test_guide_time_follows_the_template_and_rests_while_life_is_sorted_first(session, people, make_case):
    make_case(opened_on=days_ago(10), given_name="Standard", family_name="")
    make_case(opened_on=days_ago(10), given_name="Lørenskog", family_name="", template="lorenskog")
    resting = make_case(opened_on=days_ago(10), given_name="Resting", family_name="", template="lorenskog")
    sort_first(session, people.jo, resting.id, seen_version=None, on=days_ago(5))
    found = worklist(session, people.jo, Filters(status="over_guide"))
    assert [(row.name, row.guide_days, row.days_in_step) for row in found.rows] == [("Lørenskog", 4, 10)]


def test_what_is_missing_is_named(session, people, opened):
    opened("Known")
    opened("Unknown", birth_year=None, interpreter_need="yes")
    found = worklist(session, people.jo, Filters(status="information_missing"))
    assert [(row.name, row.missing) for row in found.rows] == [("Unknown", ("birth_year", "interpreter_language"))]


def test_ended_cases_and_those_of_others_are_not_on_it(session, people, make_case, opened):
    make_case("ended", given_name="Done", family_name="", days_per_step=1)
    make_case(owner=people.sam, given_name="Sams", family_name="")
    opened("Mine")
    assert names(worklist(session, people.jo)) == ["Mine"]


def test_a_substitute_sees_the_cases_of_the_one_who_is_away(session, people, opened):
    opened("Ann")
    assert names(worklist(session, people.sam)) == []
    record_absence(
        session, people.max, people.jo.user_id, from_on=TODAY, until_on=TODAY, substitute_id=people.sam.user_id
    )
    assert names(worklist(session, people.sam)) == ["Ann"]


def test_a_protected_person_is_counted_for_others_and_shown_to_those_named(session, people, opened):
    case = opened("Hidden")
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    assert names(worklist(session, people.jo)) == ["Hidden"]
    assert worklist(session, people.jo).protected == 0
    others = worklist(session, people.sam)
    assert (names(others), others.protected, others.counts["all"]) == ([], 1, 0)


def test_a_supervisor_needs_to_answer_and_to_assign(session, people, opened):
    asked, unowned = opened("Asked"), opened("Unowned")
    unowned.owner_id = None
    request = ask_supervisor(session, people.jo, asked.id, "end_cause", why="Because")
    found = worklist(session, people.max)
    assert {status: found.counts[status] for status in ("needs_me", "requests", "unassigned")} == {
        "needs_me": 2,
        "requests": 1,
        "unassigned": 1,
    }
    assert names(worklist(session, people.max, Filters(status="requests"))) == ["Asked"]
    answer_request(session, people.max, request.id, "granted", why="Yes")
    assert worklist(session, people.max).counts["requests"] == 0
    assert names(worklist(session, people.max, Filters(owner=NOBODY))) == ["Unowned"]
    assert names(worklist(session, people.max, Filters(owner=people.jo.user_id))) == ["Asked"]


def test_a_step_narrows_the_list_and_its_counts(session, people, make_case):
    make_case("profiling", given_name="Second", family_name="")
    make_case(given_name="First", family_name="")
    found = worklist(session, people.jo, Filters(step="profiling"))
    assert (names(found), found.counts["all"]) == (["Second"], 1)


def test_pages_meet_and_lead_back(session, people, opened):
    for number in range(7):
        opened(f"P{number}", 20 - number // 2)  # pairs share a day
    whole = names(worklist(session, people.jo))
    first = worklist(session, people.jo, size=3)
    second = worklist(session, people.jo, size=3, place=Place(*first.rows[-1].place))
    third = worklist(session, people.jo, size=3, place=Place(*second.rows[-1].place))
    assert names(first) + names(second) + names(third) == whole
    assert [(page.has_previous, page.has_next) for page in (first, second, third)] == [
        (False, True), (True, True), (True, False),
    ]  # fmt: skip
    back = worklist(session, people.jo, size=3, place=Place(*third.rows[0].place, backwards=True))
    assert (names(back), back.has_previous, back.has_next) == (names(second), True, True)
    begin = worklist(session, people.jo, size=3, place=Place(*second.rows[0].place, backwards=True))
    assert (names(begin), begin.has_previous) == (names(first), False)


def test_the_operator_sees_every_office(session, people, opened):
    opened("Ann")
    assert names(worklist(session, OPERATOR)) == ["Ann"]


def test_who_works_with_no_case_has_no_list(session, people):
    with pytest.raises(NotPermitted):
        worklist(session, people.ida)


def test_an_unknown_status_names_those_there_are(session, people):
    with pytest.raises(Refused) as refused:
        worklist(session, people.jo, Filters(status="urgent"))
    assert refused.value.reason.code == "status_unknown"
    assert "needs_me" in str(refused.value.reason.values["allowed"])


@pytest.mark.parametrize("many", [1, 12])
def test_two_statements_whatever_their_number(session, people, opened, many):
    for number in range(many):
        opened(f"P{number}")
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: sent.append(args[2]))
    worklist(session, people.jo)
    assert len(sent) == 2
