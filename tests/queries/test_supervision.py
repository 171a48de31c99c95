"""What a supervisor meets: each count is as long as its list, her cases only, and as many statements for many cases."""

from datetime import timedelta

import pytest

from se_engine.queries.not_moving import KINDS, not_moving, stuck
from se_engine.queries.own_numbers import own_numbers
from se_engine.queries.since import BEHIND, happened_since, since_page
from se_engine.queries.talks import talk_sheet
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from tests.support.people import OPENED, TODAY, make_user
from tests.support.statements import statements

WEEKS_AGO = TODAY - timedelta(days=60)


@pytest.fixture
def cases(session, people, make_case):
    """Ann has lost one job and keeps another, Bo has left for other reasons, nobody has spoken with Cem."""
    from se_engine.actions.cases import advance
    from se_engine.actions.checks import record_check
    from se_engine.actions.contacts import record_note
    from se_engine.actions.jobs import end_job, start_job
    from se_engine.rules.contacts import Note
    from se_engine.rules.interpreters import InterpreterOutcome

    ann = make_case("job_support", days_per_step=3, given_name="Ann", birth_year=1990, interpreter_need="no")
    first = start_job(session, people.jo, ann.id, started_on=OPENED, paid=True, employer="Kiwi", hours_per_week=10)
    end_job(session, people.jo, ann.id, first.id, ended_on=TODAY - timedelta(days=3), reason="employer")
    job = start_job(session, people.jo, ann.id, started_on=TODAY - timedelta(days=2), paid=True, employer="Rema")
    record_check(session, people.jo, ann.id, happened_on=TODAY, answer="this_job", evidence="own_words", job_id=job.id)
    said = Note(TODAY, "participant", "in_person", minutes=30, said="It goes well.")
    record_note(session, people.jo, ann.id, said, interpreter=InterpreterOutcome(minutes=30))
    bo = make_case(given_name="Bo", opened_on=WEEKS_AGO)
    advance(session, people.jo, bo.id, "end", seen_version=None, happened_on=TODAY, end_reason="moved")
    cem = make_case(given_name="Cem", opened_on=WEEKS_AGO)
    session.flush()
    return {"ann": ann, "bo": bo, "cem": cem}


def test_each_count_is_as_long_as_the_list_it_opens_and_the_longest_are_named(session, people, cases):
    page = since_page(session, people.max, OPENED)
    lists = {part: happened_since(session, people.max, part, OPENED) for part in BEHIND if part != "moved"}
    assert {part: len(found) for part, found in lists.items()} == {part: page.counts[part] for part in lists}
    assert (page.counts["job_started"], page.counts["job_lost"], page.counts["ended"]) == (2, 1, 1)
    assert (page.ended, page.lost) == ((("moved", 1),), (("employer", 1),))
    assert page.counts["new"] == 3
    move = page.moves[0]
    behind = happened_since(session, people.max, "forward", OPENED, origin=move.origin, to=move.to)
    assert len(behind) == move.many
    assert [one.name for one in lists["ended"]] == ["Bo Example"]
    page = since_page(session, people.max, TODAY)
    assert page.counts["new"] == page.counts["forward"] == page.counts["job_lost"] == 0
    assert page.counts["ended"] == 1
    found = not_moving(session, people.max)
    assert found.counts == {kind: len(stuck(session, people.max, kind)) for kind in KINDS}
    assert found.counts["no_contact"] == found.counts["over_guide"] == 1
    (worst,) = found.worst["no_contact"]
    assert (worst.name, worst.since) == ("Cem Example", WEEKS_AGO)
    assert "follow_up_missed" not in found.worst


def test_what_waits_for_her_is_counted_by_what_it_is(session, people, cases):
    from se_engine.actions.absences import record_absence
    from se_engine.actions.requests import answer_request, ask_supervisor, notify_supervisor

    ann, cem = cases["ann"].id, cases["cem"]
    ask_supervisor(session, people.jo, ann, "end_cause", why="A reason")
    note = ask_supervisor(session, people.jo, cem.id, "end_cause", why="Another")
    notify_supervisor(session, people.jo, cem, "child_interpreted")
    away = {"from_on": TODAY, "until_on": TODAY + timedelta(days=3)}
    record_absence(session, people.jo, people.jo.user_id, substitute_id=people.sam.user_id, **away)
    page = since_page(session, people.max, TODAY)
    waits = {part: page.counts[part] for part in ("requests", "notices", "proposals", "documents")}
    assert waits == {"requests": 2, "notices": 1, "proposals": 1, "documents": 0}
    assert page.asked == (("child_interpreted", 1), ("end_cause", 2))
    assert not page.approves, "no kind of document is hers to approve, so the line is left out"
    answer_request(session, people.max, note.id, "granted", why="Yes")
    assert since_page(session, people.max, TODAY).counts["requests"] == 1


def test_another_office_and_another_role_meet_nothing(session, people, cases):
    from se_engine.actions.people import add_office, add_team
    from se_engine.rules.roles import OPERATOR

    far = make_user(session, "Fay", "supervisor", add_office(session, OPERATOR, "Far").id)
    assert set(since_page(session, far, OPENED).counts.values()) == {0}
    assert set(not_moving(session, far).counts.values()) == {0}
    for actor in (people.jo, people.ida):
        with pytest.raises(NotPermitted):
            since_page(session, actor, OPENED)
        with pytest.raises(NotPermitted):
            not_moving(session, actor)
    with pytest.raises(NotFound):
        happened_since(session, people.max, "nothing", OPENED)
    with pytest.raises(Refused):
        since_page(session, people.max, TODAY + timedelta(days=1))
    refused = ((people.sam, people.jo), (people.ida, people.jo), (far, people.jo), (people.max, far))
    for actor, whose in refused:
        with pytest.raises(NotFound):
            talk_sheet(session, actor, whose.user_id)
    with pytest.raises(NotPermitted):
        own_numbers(session, people.ida)
    team = add_team(session, OPERATOR, people.office_id, "North")
    kim = make_user(session, "Kim", "supervisor", people.office_id, team_id=team.id)
    assert set(since_page(session, kim, OPENED).counts.values()) == {0}, "they belong to no team of hers"
    with pytest.raises(NotFound):
        talk_sheet(session, kim, people.jo.user_id)


def test_the_talk_sheet_and_own_numbers_in_as_many_statements_for_more_cases(session, people, cases, make_case):
    sheet = talk_sheet(session, people.max, people.jo.user_id)
    assert [(one.name, good.what) for one, good in sheet.celebrate] == [("Ann Example", "job_started")]
    assert [one.name for one in sheet.discuss] == ["Cem Example"]
    assert [one.name for one in sheet.no_contact] == [one.name for one in sheet.long_steps] == ["Cem Example"]
    assert {case.id for case in sheet.shown} == {cases["ann"].id, cases["cem"].id}
    assert (sheet.running, sheet.own) == (2, False)
    assert talk_sheet(session, people.jo, people.jo.user_id).own
    assert talk_sheet(session, people.max, people.sam.user_id).shown == []
    found = own_numbers(session, people.jo)
    assert (found.statuses["active"], found.statuses["no_contact"]) == (2, 1)
    assert [line.first.month for line in found.months] == [3, 2, 1, 12, 11, 10]
    assert [line.numbers["with_participants"] for line in found.months[:2]] == [1, 0]
    assert found.months[0].numbers["minutes"] == 30
    assert own_numbers(session, people.sam).statuses["active"] == 0
    # Measured: 2 for what has happened, 1 for what stands still, 3 for a talk, 6 for one's own numbers.
    asked = {
        "since": (lambda: since_page(session, people.max, OPENED), 2),
        "stuck": (lambda: not_moving(session, people.max), 1),
        "talk": (lambda: talk_sheet(session, people.max, people.jo.user_id), 3),
        "own": (lambda: own_numbers(session, people.jo), 6),
    }
    for number in range(3):
        make_case("profiling", given_name=f"More{number}", opened_on=WEEKS_AGO)
    session.flush()
    for name, (ask, most) in asked.items():
        with statements(session) as sent:
            ask()
        assert len(sent) <= most, name
