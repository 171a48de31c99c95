"""Saved reports: the same answer whatever comes later, for those it is for, and withdrawn rather than deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from se_engine.actions.saved_reports import save_report, withdraw_report
from se_engine.exchange.saved_reports import since_saved
from se_engine.queries.report_questions import Question
from se_engine.queries.reports import REPORTS
from se_engine.queries.saved_reports import (
    access_saved,
    as_today,
    may_withdraw,
    moved_on,
    saved_line,
    saved_reports,
    sees_changes,
)
from se_engine.records.supervision import SavedReport
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY, make_participant, make_user

IN_THE_QUARTER = date(2025, 12, 1)
"""Of the newest quarter that is over."""
OPENED = date(2025, 11, 3)
"""Long enough ago to be published."""
FLOW, TIME, CASELOAD = REPORTS["flow"], REPORTS["time-per-step"], REPORTS["caseload"]


@pytest.fixture
def others(session, people):
    from se_engine.actions.people import add_office

    away = add_office(session, OPERATOR, "Vadsø")
    return {
        "mia": make_user(session, "Mia", "manager", people.office_id),
        "fay": make_user(session, "Fay", "supervisor", away.id),
        "adam": make_user(session, "Adam", "administrator", people.office_id),
        "iris": make_user(session, "Iris", "auditor", None),
    }


@pytest.fixture
def saved(session, people):
    return save_report(session, people.max, " Spring  report ", FLOW, Question(TODAY, horizon=90))


def opened_cases(session, people, many, on=OPENED):
    from se_engine.actions.cases import open_case

    for _ in range(many):
        open_case(session, people.jo, make_participant(session, people).id, opened_on=on)


def test_it_stays_as_it_was_and_says_what_is_another_number_today(session, people):
    opened_cases(session, people, 6, on=IN_THE_QUARTER)
    saved = save_report(session, people.max, "Spring", CASELOAD, Question(TODAY))
    before = saved.answer
    assert before["sum"]["cases"] == 6
    opened_cases(session, people, 6, on=IN_THE_QUARTER + timedelta(days=2))  # recorded late
    session.expire_all()
    found = access_saved(session, people.max, saved.id)
    assert found.answer == before
    assert as_today(session, people.max, found).answer["sum"]["cases"] == 12
    assert (found.name, found.as_of.isoformat(), found.definition_version) == (
        "Spring",
        before["as_of"],
        CASELOAD.version,
    )
    assert before["published"]


def test_only_those_who_may_open_the_cases_are_told_what_changed(session, people, others, saved):
    assert sees_changes(people.max, saved)
    for reader in (people.jo, others["mia"], people.ida):
        assert not sees_changes(reader, saved)
        with pytest.raises(NotFound):
            as_today(session, reader, saved)


def test_an_office_opens_its_own_and_those_of_every_office_theirs(session, people, others, saved):
    everywhere = save_report(session, people.ida, "All", FLOW, Question(TODAY, office=people.office_id))
    assert (saved.office_id, everywhere.office_id) == (people.office_id, None)
    opens = {"max": saved, "jo": saved, "mia": saved, "ida": everywhere, "iris": everywhere}
    readers = {"max": people.max, "jo": people.jo, "ida": people.ida, **others}
    for name, own in opens.items():
        other = everywhere if own is saved else saved
        assert access_saved(session, readers[name], own.id) is own
        assert [line.id for line in saved_reports(session, readers[name])] == [own.id]
        with pytest.raises(NotFound):
            access_saved(session, readers[name], other.id)
    assert saved_reports(session, others["fay"]) == []
    for act in (
        lambda: saved_reports(session, others["adam"]),
        lambda: access_saved(session, others["adam"], saved.id),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_specialist_reads_and_does_not_save(session, people):
    with pytest.raises(NotPermitted):
        save_report(session, people.jo, "Mine", FLOW, Question(TODAY))


def test_it_is_withdrawn_by_whoever_saved_it_or_the_supervisor_and_stays(session, people, others, saved):
    hers = save_report(session, others["mia"], "Hers", FLOW, Question(TODAY))
    assert [may_withdraw(who, hers) for who in (others["mia"], people.max, people.jo)] == [True, True, False]
    with pytest.raises(NotPermitted):
        withdraw_report(session, others["mia"], saved.id)
    withdraw_report(session, people.max, hers.id)
    moment = hers.withdrawn_at
    withdraw_report(session, people.max, hers.id)  # a second click
    line = saved_line(session, access_saved(session, people.jo, hers.id))
    assert (line.saved_by, line.withdrawn_by, line.withdrawn_at) == ("Mia", "Max", moment)
    assert not may_withdraw(people.max, hers)


def test_the_trail_tells_who_saved_and_withdrew(session, people, saved):
    from se_engine.records.trail import TrailEntry

    withdraw_report(session, people.max, saved.id)
    told = [(row.what, row.user_id, row.detail) for row in session.query(TrailEntry).order_by(TrailEntry.id)][-2:]
    assert told == [
        ("report_saved", people.max.user_id, f"saved={saved.id} report=flow"),
        ("saved_report_withdrawn", people.max.user_id, f"saved={saved.id}"),
    ]


def test_it_is_the_same_until_facts_are_recorded_late(session, people, others):
    """Also when somebody asks who reads every office: it is asked as the office asked it."""
    opened_cases(session, people, 6, on=IN_THE_QUARTER)
    saved = save_report(session, others["mia"], "Spring", CASELOAD, Question(TODAY))
    assert [since_saved(session, who, saved).code for who in (people.max, OPERATOR)] == ["same", "same"]
    assert since_saved(session, people.jo, saved).code == "not_told"
    opened_cases(session, people, 6, on=IN_THE_QUARTER + timedelta(days=2))
    found = since_saved(session, OPERATOR, saved)
    told = {change.column: (change.then, change.today) for change in found.changes}
    assert (found.code, told["cases"]) == ("others", (6, 12))


def test_a_definition_that_has_moved_on_is_told(session, people, saved, monkeypatch):
    assert moved_on(saved) is None
    monkeypatch.setitem(REPORTS, "flow", replace(FLOW, version=FLOW.version + 1))
    assert moved_on(saved) == FLOW.version + 1
    assert since_saved(session, people.max, saved).code == "moved_on"


def test_what_a_question_has_of_its_own_is_kept_with_it(session, people):
    saved = save_report(session, people.max, "First jobs", REPORTS["retention"], Question(TODAY), which="first")
    assert saved.answer["which"] == "first"
    assert as_today(session, people.max, saved).answer == saved.answer


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "saved_report_name"),
        ("x" * 81, "saved_report_name"),
        ("About 01817000092", "national_number_in_text"),
        ("The way of Pat Example", "participant_named"),
    ],
)
def test_a_name_names_nobody(session, people, name, code):
    make_participant(session, people)
    with pytest.raises(Refused) as refused:
        save_report(session, people.max, name, FLOW, Question(TODAY))
    assert refused.value.reason.code == code
    assert session.query(SavedReport).count() == 0


def test_a_question_that_cannot_be_answered_for_everybody_is_not_saved(session, people):
    with pytest.raises(Refused):
        save_report(session, people.max, "May", TIME, Question(TODAY, from_on=OPENED, to_on=TODAY))
    assert session.query(SavedReport).count() == 0
