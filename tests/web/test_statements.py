"""A page sends as many statements with ten times as much to show, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.support.answers import done
from tests.support.careers import make_career
from tests.support.documents import READ, filled, start
from tests.support.employers import track_at
from tests.support.people import TODAY, make_case, make_participant, make_user, transaction
from tests.support.plans import make_plan
from tests.support.training import ladder_at

FEW, MANY = 1, 10
OF_ALL = (
    "/", "/today", "/employers", "/referrals", "/drafts", "/partners", "/worklist/ahead", "/worklist/print",
    "/team/agenda", "/team/handover", "/employers/{employer}", "/reminders", "/closings", "/calendar", "/numbers/mine",
)  # fmt: skip
OF_SUPERVISORS = ("/team", "/team/not-moving/information_missing")
OF_A_CASE = (
    "", "/contacts", "/employers", "/employers/{track}", "/plan", "/needs", "/tasks", "/history", "/handover", "/jobs",
    "/career",
    "/closing",
    "/notes/new", "/meetings/new", "/training", "/training/{employer}/today", "/documents", "/documents/{document}",
    "/sheet", "/follow-up",
)  # fmt: skip
REFERRALS = ("/referrals/{participant}", "/referrals/{participant}/accept")


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, "job_support", opened_on=TODAY - timedelta(days=80), days_per_step=3)


def grow(office, noon, case, numbers) -> dict[str, int]:
    """So many more of everything that a page lists; the newest by name."""
    with transaction(office.database, noon) as session:
        for number in numbers:
            grow_her_case(session, office.people, case, number)
            newest = grow_the_office(session, office.people, case, number)
            newest["document"] = grow_documents(session, office.people, case, number)
    return newest


def grow_her_case(session, people, case, number) -> None:
    from se_engine.actions.contacts import record_note
    from se_engine.rules.contacts import Note
    from se_engine.rules.interpreters import InterpreterOutcome

    on = TODAY - timedelta(days=number)
    make_plan(session, people.jo, case, on=on, name=f"School {number}")
    make_career(session, people.jo, case, on=TODAY - timedelta(days=50 - 3 * number))
    said = Note(
        on, "participant", "in_person", minutes=30, said="We practised.", her_words="I like it.", next_step="Go on.",
        next_on=TODAY + timedelta(days=7), tasks=("T5-A03",),
    )  # fmt: skip
    record_note(session, people.jo, case.id, said, interpreter=InterpreterOutcome(minutes=30, cost=500))
    grow_follow_up(session, people, case, number)
    done(session, people.max, case, on, "T5-A10")


def grow_follow_up(session, people, case, number) -> None:
    """One more answer, scores, wish, change and time away in the job that is followed."""
    from se_engine.actions.checks import record_check
    from se_engine.actions.job_changes import change_job
    from se_engine.actions.jobs import start_job
    from se_engine.actions.schedules import wish_contact
    from se_engine.actions.scores import record_scores
    from se_engine.actions.work_absences import record_work_absence
    from se_engine.queries.schedules import leading_job

    on = TODAY - timedelta(days=3 * number)
    job = leading_job(session, case.id, on)
    if job is None:
        began = TODAY - timedelta(days=60)
        job = start_job(session, people.jo, case.id, started_on=began, employer="Kiwi", paid=True, hours_per_week=40)
    record_check(session, people.jo, case.id, happened_on=on, answer="this_job", evidence="own_words", job_id=job.id)
    scores = {"safe": 4, "understand": 3, "learn": 4, "belong": 5, "stay": 4}
    record_scores(session, people.jo, case.id, happened_on=on, words="It goes well.", **scores)
    wish_contact(
        session, people.jo, case.id, job.id, day=TODAY + timedelta(days=number + 1), happened_on=on, words="Call."
    )
    change_job(session, people.jo, job.id, what="leader", words="Somebody new.", happened_on=on)
    record_work_absence(session, people.jo, job.id, kind="sickness", from_on=on, until_on=on)


def grow_documents(session, people, case, number) -> int:
    """One more report; and one more version of the profile, each with an approval of its own."""
    from se_engine.actions.document_events import approve_document
    from se_engine.actions.documents import save_version
    from se_engine.queries.documents import documents_of

    start(session, people.jo, case, "interim_report", on=TODAY)
    profiles = documents_of(session, case, kinds=["vocational_profile"])
    if not profiles:
        return start(session, people.jo, case, "vocational_profile", on=TODAY).id
    content = filled("vocational_profile", on=TODAY, qualities=f"Number {number}")
    made = save_version(session, people.jo, profiles[0].id, content, seen_version=None, happened_on=TODAY)
    approve_document(
        session, people.jo, made.document_id, seen_version=None, party="participant", happened_on=TODAY,
        words="Yes.", **READ,
    )  # fmt: skip
    return made.document_id


def grow_the_office(session, people, case, number) -> dict[str, int]:
    """An employer of hers, a colleague who is away, somebody in the inbox, and a case with a meeting today."""
    from se_engine.actions.absences import record_absence
    from se_engine.actions.contacts import record_note
    from se_engine.actions.employer_relations import add_agreement, add_person
    from se_engine.actions.employers import add_employer
    from se_engine.actions.meetings import plan_meeting
    from se_engine.rules.contacts import Meeting, Note
    from se_engine.rules.interpreters import InterpreterWish

    employer = add_employer(session, people.jo, people.office_id, name=f"{chr(65 + number) * 6} AS", another=True)
    add_person(session, people.jo, employer.id, name="Kari Baker", decides=True)
    add_agreement(session, people.jo, employer.id, from_on=TODAY, until_on=TODAY + timedelta(days=20), places=1)
    track = track_at(session, people.jo, case, employer.id, began_on=TODAY - timedelta(days=20))
    ladder_at(session, people.jo, case, employer.id, on=TODAY)
    visit = Note(TODAY, "employer", "in_person", employer_id=employer.id, employer_text="Two more.", nobody_named=True)
    record_note(session, people.jo, None, visit)
    colleague = make_user(session, f"Colleague{number}", "job_specialist", people.office_id)
    week = {"from_on": TODAY, "until_on": TODAY + timedelta(days=7)}
    record_absence(session, people.max, colleague.user_id, **week, substitute_id=people.jo.user_id)
    waiting = make_participant(session, people, given_name=f"W{number}", referred_on=TODAY, birth_year=1960 + number)
    other = make_case(session, people, owner=colleague, given_name=f"P{number}", interpreter_need="yes")
    hers = make_case(session, people, given_name=f"Q{number}", interpreter_need="yes", interpreter_language="ti")
    for actor, met in ((colleague, other), (people.jo, hers)):
        meeting = Meeting("participant", TODAY, starts_at=f"{8 + number // 2:02}:{number % 2 * 3}0", minutes=30)
        plan_meeting(session, actor, met.id, meeting, interpreter=InterpreterWish("yes", language="ti"))
        late = Meeting("participant", TODAY, starts_at="07:00", minutes=10)
        plan_meeting(
            session, actor, met.id, late, interpreter=InterpreterWish("yes", language="ti"), collision_known=True
        )
    return {"employer": employer.id, "track": track, "participant": waiting.id}


def counted(app, visitor, path) -> int:
    sent = []

    def note(*given) -> None:
        sent.append(given[2])

    engine = app.extensions["se_database"].engine
    event.listen(engine, "before_cursor_execute", note)
    visitor.page(path)
    event.remove(engine, "before_cursor_execute", note)
    return len([statement for statement in sent if not statement.startswith("BEGIN")])


def all_counted(app, visit, case, newest) -> dict[str, int]:
    pages = [("jo", path) for path in (*OF_ALL, *REFERRALS)] + [("max", path) for path in (*OF_ALL, *OF_SUPERVISORS)]
    pages += [("jo", f"/cases/{case.id}{path}") for path in OF_A_CASE]
    people = {name: visit(name) for name in ("jo", "max")}
    for visitor in people.values():
        visitor.page("/account")  # the first visit may write down that somebody was here
    return {f"{name} {path}": counted(app, people[name], path.format(**newest)) for name, path in pages}


def test_as_many_statements_for_ten_times_as_much(app, office, noon, visit, case):
    few = all_counted(app, visit, case, grow(office, noon, case, range(FEW)))
    many = all_counted(app, visit, case, grow(office, noon, case, range(FEW, MANY)))
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
