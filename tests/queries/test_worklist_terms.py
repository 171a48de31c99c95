"""What puts a case on the list besides waiting, pauses and guide times; and that counts are what the rows show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from se_engine import follow_up_plans
from se_engine.actions.absences import record_absence
from se_engine.actions.consents import record_consent
from se_engine.actions.desk import keep_sticky
from se_engine.actions.languages import record_levels
from se_engine.actions.participants import protect
from se_engine.actions.texts import keep_text
from se_engine.actions.waiting import pause, start_waiting
from se_engine.queries.agenda import own_day
from se_engine.queries.cases import case_page
from se_engine.queries.schedules import as_kept
from se_engine.queries.worklist_statuses import statuses
from se_engine.queries.worklists import Filters, ahead, all_rows, worklist
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, InterpreterBooking
from se_engine.records.documents import Document, DocumentVersion, StepDownPhase
from se_engine.records.follow_up import ScheduleChoice
from se_engine.records.jobs import Job
from se_engine.records.needs import Commitment, Problem
from se_engine.records.participants import Participant
from se_engine.rules.follow_up import contact_limit, next_check
from tests.support.people import TODAY, Clock

PLAN = follow_up_plans.newest()
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def opened(make_case):
    def open_one(name="Ann", ago=3, **rest):
        known = {"birth_year": 1990, "interpreter_need": "no", **rest}
        return make_case(opened_on=day(-ago), given_name=name, family_name="", **known)

    return open_one


@pytest.fixture
def contact(session, people, clock):
    """contact(case, 2): planned for the day after tomorrow; what others do with contacts is tested elsewhere."""

    def make(case, on, status="planned", *, interpreter=None, **rest):
        said = {"kind": "participant", "channel": "in_person", **rest}
        made = Contact(
            office_id=case.office_id, case_id=case.id, user_id=people.jo.user_id, status=status, happened_on=day(on),
            recorded_at=clock(), **said,
        )  # fmt: skip
        session.add(made)
        session.flush()
        if interpreter:
            session.add(InterpreterBooking(contact_id=made.id, needed="yes", status=interpreter, recorded_at=clock()))
            session.flush()
        return made

    return make


def numbers(session, actor, *names: str) -> tuple[int, ...]:
    counts = worklist(session, actor).counts
    return tuple(counts[name] for name in names)


def test_a_meeting_of_today_is_today_and_one_of_yesterday_wants_its_note(session, people, opened, contact):
    contact(opened("Today"), 0)
    contact(opened("Yesterday"), -1)
    contact(opened("Later"), 5)
    assert numbers(session, people.jo, "today", "to_complete", "needs_me") == (1, 1, 2)
    rows = {row.name: row for row in worklist(session, people.jo).rows}
    assert [(rows[name].due_on, rows[name].due_for) for name in ("Today", "Yesterday", "Later")] == [
        (day(0), "meeting"), (day(-1), "meeting"), (day(5), "meeting"),
    ]  # fmt: skip
    assert rows["Yesterday"].urgency == "overdue"


@pytest.mark.parametrize(
    ("on", "booking", "counted"),
    [(0, "needed", 1), (1, "needed", 1), (2, "needed", 0), (1, "ordered", 0), (-1, "needed", 0)],
)
def test_an_interpreter_is_missing_today_or_tomorrow(session, people, opened, contact, on, booking, counted):
    case = opened(interpreter_need="yes", interpreter_language="ar")
    contact(case, on, interpreter=booking)
    assert numbers(session, people.jo, "interpreter") == (counted,)


@pytest.mark.parametrize("need", ["yes", "no"])
def test_it_finds_the_meetings_that_the_day_finds(session, people, opened, contact, need):
    case = opened(interpreter_need=need, interpreter_language="ar" if need == "yes" else None)
    contact(case, 1)
    that_day = [line for line in own_day(session, people.jo, day(1)).lines if line.interpreter_missing]
    assert numbers(session, people.jo, "interpreter") == (len(that_day),) == (int(need == "yes"),)


def test_an_interpreter_is_ordered_the_day_before(session, people, opened, contact):
    contact(opened(interpreter_need="yes", interpreter_language="ar"), 4, interpreter="needed")
    (row,) = worklist(session, people.jo).rows
    assert (row.due_on, row.due_for, row.urgency) == (day(3), "interpreter", "soon")


def test_the_next_step_of_a_note_stands_until_she_is_met_again(session, people, opened, contact):
    case = opened()
    contact(case, -2, "held", next_on=day(1))
    assert [(row.due_on, row.due_for) for row in worklist(session, people.jo).rows] == [(day(1), "agreed")]
    contact(case, -1, "held", kind="nav")
    assert worklist(session, people.jo).rows[0].due_for == "agreed", "a talk with NAV does not do it"
    case.last_contact_on = day(-1)
    assert worklist(session, people.jo).rows[0].due_for == "contact"


def test_promises_and_problems_come_due(session, people, opened, clock):
    promised, brought = opened("Promised"), opened("Brought")
    text = keep_text(session, promised.participant, "commitment", "To call").id
    said = {"text_id": text, "made_on": day(-3), "recorded_at": clock()}
    session.add(Commitment(case_id=promised.id, who="specialist", due_on=day(0), **said))
    session.add(Commitment(case_id=brought.id, who="specialist", due_on=day(-1), done_on=day(-1), **said))
    session.add(
        Problem(
            case_id=brought.id, tag="other", brought_by="employer", opened_on=day(-1), answer_by=day(-1), text_id=text,
            recorded_at=clock(),
        )
    )  # fmt: skip
    session.flush()
    assert numbers(session, people.jo, "promises", "today", "needs_me") == (2, 1, 2)


def test_a_reminder_is_ones_own(session, people, opened):
    case = opened()
    keep_sticky(session, people.jo, case.id, text="Ring the school", due_on=TODAY)
    (row,) = worklist(session, people.jo).rows
    assert (row.sticky, row.due_for, row.due_on) == ("Ring the school", "sticky", TODAY)
    assert numbers(session, people.jo, "today") == (1,)
    (hers,) = worklist(session, people.max).rows
    assert (hers.has_sticky, hers.due_for) == (False, "contact")


def test_consents_and_levels_are_gone_through_in_time(session, people, opened, clock):
    case = opened(ago=30)
    levels = {"levels": {"speaking": "A2"}, "source": "teacher"}
    record_levels(session, people.jo, case.participant_id, happened_on=day(-92), **levels)
    assert numbers(session, people.jo, "review_due") == (0,), "the last fresh day"
    record_levels(
        session, people.jo, case.participant_id, happened_on=day(-93), levels={"reading": "A1"}, source="test"
    )
    assert numbers(session, people.jo, "review_due") == (1,)
    record_levels(session, people.jo, case.participant_id, happened_on=day(0), levels={"reading": "A2"}, source="test")
    assert numbers(session, people.jo, "review_due") == (0,)
    asked = {"line": "messages", "form": "oral"}
    record_consent(session, people.jo, case.participant_id, answer="yes", happened_on=day(-184), **asked)
    assert numbers(session, people.jo, "review_due") == (1,)
    record_consent(session, people.jo, case.participant_id, answer="withdrawn", happened_on=day(-1), **asked)
    assert numbers(session, people.jo, "review_due") == (0,), "what she has withdrawn is not gone through"
    short = {**asked, "valid_until": day(-1)}
    record_consent(session, people.jo, case.participant_id, answer="yes", happened_on=day(0), **short)
    assert numbers(session, people.jo, "review_due") == (1,)


LIGHT = [check.key for check in PLAN.light]


@given(st.integers(0, 500), st.integers(0, 120), st.sets(st.sampled_from(LIGHT)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_sql_and_rules_agree_on_contact_in_follow_up(session, followed, since, silent, dropped):
    """`since` days after the first day of the job, the last contact `silent` days ago."""
    case, job, people = followed
    job.started_on, case.last_contact_on, job.dropped_checks = day(-since), day(-silent), as_kept(dropped, PLAN)
    session.flush()
    limit = contact_limit(PLAN, since, dropped) or 14
    following = next_check(PLAN, job.started_on, case.last_contact_on, dropped)
    due = following is not None and job.started_on + timedelta(days=following.day) <= TODAY
    assert numbers(session, people.jo, "no_contact", "follow_up") == (int(silent > limit), int(due))


def copied(row) -> dict:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}


def test_kept_exactly_nobody_is_on_the_list_on_any_of_364_days(session, people, make_case, clock):
    """Somebody on each day of the year after her first, met on the last check that there has been."""
    case = make_case(owner=people.sam)
    met = {since: max(check.day for check in PLAN.checks if check.day <= since) for since in range(365)}
    cases, jobs = [], []
    person = copied(case.participant)
    persons = [person | {"ref": f"day-{since}"} for since in met]
    hers = session.scalars(insert(Participant).returning(Participant.id, sort_by_parameter_order=True), persons).all()
    for number, (since, last) in zip(hers, met.items(), strict=True):
        # In step 5 at first, and followed up after the first month.
        step = "job_support" if since < 28 else "follow_up"
        here = {"participant_id": number, "step": step, "owner_id": people.jo.user_id}
        cases.append(copied(case) | here | {"last_contact_on": day(last - since)})
        jobs.append({"started_on": day(-since), "paid": True, "recorded_at": clock(), "voided": False, "version": 1})
    written = session.scalars(insert(Case).returning(Case.id, sort_by_parameter_order=True), cases).all()
    session.execute(insert(Job), [{"case_id": number, **job} for number, job in zip(written, jobs, strict=True)])
    found = worklist(session, people.jo).counts
    assert found["all"] == 365
    assert (found["no_contact"], found["follow_up"]) == (0, 0)


@pytest.mark.parametrize(("agreed", "silent", "late"), [(None, 14, 0), (None, 22, 1), (5, 6, 1), (30, 22, 0)])
def test_in_step_5_the_agreed_rhythm_is_the_limit(session, followed, clock, agreed, silent, late):
    """Six weeks into the job the schedule would say three weeks."""
    case, job, people = followed
    session.info["told_cases"] = {case.id}
    case.step, job.started_on, case.last_contact_on = "job_support", day(-42), day(-silent)
    phases = {-40: 3, -10: agreed, 3: 90} if agreed else {}
    document = Document(case_id=case.id, kind="step_down_plan", opened_on=day(-40), recorded_at=clock())
    session.add(document)
    session.flush()
    text = keep_text(session, case.participant, "document", "{}").id
    said = {"number": 1, "definition_version": 1, "text_id": text, "complete": True, "happened_on": day(-40)}
    version = DocumentVersion(document_id=document.id, recorded_at=clock(), **said)
    session.add(version)
    session.flush()
    told = {"case_id": case.id, "version_id": version.id}
    session.add_all(StepDownPhase(from_on=day(on), days_between=days, **told) for on, days in phases.items())
    session.flush()
    assert numbers(session, people.jo, "no_contact") == (late,)
    ahead_of_her = case_page(session, people.jo, case.id).ahead
    assert next(one.passed for one in ahead_of_her if one.kind == "contact") is bool(late)


def test_the_checks_begin_in_whatever_step_she_is_and_rest_in_a_pause(session, people, followed):
    case, job, _people = followed
    session.info["told_cases"] = {case.id}
    case.step, job.started_on, case.last_contact_on = "job_finding", day(-8), day(-7)
    session.flush()
    (row,) = worklist(session, people.jo).rows
    assert (row.due_for, row.due_on, row.urgency) == ("follow_up", day(-1), "overdue")
    assert numbers(session, people.jo, "follow_up", "no_contact") == (1, 0)
    assert ahead(session, people.jo, Filters())[1][1]["follow_up"] == 1
    pause(session, people.jo, case.id, reason="travel", contact_on=day(20), seen_version=None, on=day(-1))
    assert numbers(session, people.jo, "follow_up", "needs_me") == (0, 0)


def test_a_day_she_has_wished_is_due_like_a_check(session, people, followed, clock):
    case, job, _people = followed
    job.started_on, case.last_contact_on = day(-182), day(-1)
    told = {"case_id": case.id, "job_id": job.id, "plan_version": 1, "happened_on": day(-2), "recorded_at": clock()}
    session.add_all(ScheduleChoice(choice="more", day=day(on), **told) for on in (-1, 5, 9))
    session.flush()
    (row,) = worklist(session, people.jo).rows
    assert (row.due_for, row.due_on) == ("follow_up", day(5))
    assert case_page(session, people.jo, case.id).next.on == day(5)


@pytest.fixture
def followed(session, people, opened, clock):
    """A case in follow-up with a paid job, and an unpaid one that has nothing to say."""
    case = opened()
    case.step = "follow_up"
    session.info["told_cases"] = {case.id}
    job = Job(case_id=case.id, started_on=TODAY, paid=True, hours_per_week=30, recorded_at=clock())
    other = Job(case_id=case.id, started_on=day(-300), paid=True, hours_per_week=5, recorded_at=clock())
    unpaid = Job(case_id=case.id, started_on=day(-200), paid=False, hours_per_week=37, recorded_at=clock())
    session.add_all([job, other, unpaid])
    session.flush()
    return case, job, people


def test_the_limit_is_the_gap_between_checks_and_a_week():
    grace = PLAN.red_after
    assert [contact_limit(PLAN, number) for number in (-4, -3, 0, 7, 20, 91, 363, 1000)] == [
        None, 3 + grace, 2 + grace, 14, 14, 35, 42, 42,
    ]  # fmt: skip


@pytest.fixture
def mixed(session, people, opened, contact, make_case):
    """A list with something of everything."""
    for number, step in enumerate(STEPS[:4]):
        make_case(step, opened_on=day(-20 * (number + 1)), days_per_step=2, given_name=f"In {step}", family_name="")
    contact(opened("Meets", 9), 0)
    contact(opened("Forgotten", 30), -4)
    waits = opened("Waits", 12)
    said = {"seen_version": None, "on": day(-1)}
    start_waiting(session, people.jo, waits.id, waiting_for="nav", next_on=day(6), **said)
    pause(session, people.jo, opened("Rests", 25).id, reason="travel", contact_on=day(20), **said)
    keep_sticky(session, people.jo, opened("Noted", 1).id, text="Think of it", due_on=day(2))
    opened("Unknown", 2, birth_year=None)
    hidden = opened("Hidden", 16)
    protect(session, people.max, hidden.participant_id, readers=[people.jo.user_id], protected=True)
    make_case(owner=people.sam, opened_on=day(-50), given_name="Sams", family_name="")
    record_absence(
        session, people.max, people.sam.user_id, from_on=day(-1), until_on=day(1), substitute_id=people.jo.user_id
    )


@pytest.mark.parametrize("weeks", [0, 2])
def test_every_count_is_what_its_list_shows_and_everybody_is_in_one_group(session, people, mixed, weeks):
    for actor in (people.jo, people.max):
        whole = worklist(session, actor, Filters(ahead=weeks))
        assert sum(whole.urgencies.values()) == whole.counts["all"] > 0
        for status in statuses(actor.role):
            chosen = Filters(status=status, ahead=weeks)
            found = worklist(session, actor, chosen)
            assert len(found.rows) == found.counts[status] == whole.counts[status]
            groups = [row.urgency for row in found.rows]
            assert {group: groups.count(group) for group in found.urgencies} == found.urgencies
            assert [row.case_id for row in all_rows(session, actor, chosen)[1]] == [row.case_id for row in found.rows]


def test_the_month_ahead_is_the_list_of_another_day(session, people, mixed):
    weeks = ahead(session, people.jo, Filters())
    assert [on for on, _ in weeks] == [day(7 * number) for number in range(5)]
    assert weeks[0][1] == worklist(session, people.jo).counts
    counts = [found["no_contact"] for _, found in weeks]
    assert counts == sorted(counts), "nobody is met meanwhile"
    session.info["clock"] = Clock(day(14))
    assert worklist(session, people.max).counts["no_contact"] == ahead_of(session, people.max)[0]


def ahead_of(session, actor) -> list[int]:
    return [counts["no_contact"] for _, counts in ahead(session, actor, Filters())]


def test_the_page_of_a_case_names_the_day_that_its_list_does(session, followed):
    case, job, people = followed
    job.started_on, case.last_contact_on = day(-100), day(-10)
    session.flush()
    assert case_page(session, people.jo, case.id).next.on == worklist(session, people.jo).rows[0].due_on == day(19)
