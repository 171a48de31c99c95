"""One note tells everything of a contact, and nothing of it is asked for again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.consents import record_consent
from se_engine.actions.contact_corrections import void_contact
from se_engine.actions.contacts import log_call, record_note
from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.employers import find_employer
from se_engine.actions.requests import answer_request
from se_engine.processes import latest
from se_engine.queries.cases import case_page, history_page, tasks_page
from se_engine.queries.contacts import contacts_of, contacts_with, one_contact
from se_engine.queries.facts import facts_of
from se_engine.queries.requests import requests_of
from se_engine.records.contacts import ContactText
from se_engine.records.employers import EmployerNote
from se_engine.records.tasks import TaskRecord
from se_engine.records.texts import ParticipantText
from se_engine.records.trail import TrailEntry
from se_engine.rules.contacts import Note, VisitParts
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.interpreters import InterpreterOutcome
from tests.support.people import OPENED, TODAY
from tests.support.statements import statements

SAID = "She told how the first week went."
TALK = Note(happened_on=TODAY, kind="participant", channel="in_person", minutes=45, said=SAID)
WITHOUT = InterpreterOutcome(needed="no", not_needed_because="common_language")
WEEK = timedelta(days=7)


@pytest.fixture
def bakery(session, people):
    return find_employer(session, people.office_id, "Byens Bakeri AS").id


@pytest.fixture
def tell(session, people, case):
    """A talk with Pat told by Jo, with whatever is otherwise."""

    def told(actor=None, *, interpreter=WITHOUT, contact_id=None, collision_known=False, kept=False, **said):
        return record_note(
            session, actor or people.jo, case.id, replace(TALK, **said), interpreter=interpreter,
            contact_id=contact_id, collision_known=collision_known, kept=kept,
        )  # fmt: skip

    return told


@pytest.fixture
def may_tell(session, people, case, bakery):
    record_disclosure(
        session, people.jo, case.id, bakery, decision="told", may_tell=("name", "norwegian_level"),
        by_whom="together", words="They may know my name.", happened_on=OPENED,
    )  # fmt: skip


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def test_a_note_writes_contact_evidence_travel_interpreter_and_next_date(session, people, case, tell):
    made = tell(tasks=("T1-S3", "T1-K1"), travel_minutes=30, next_on=TODAY + WEEK, next_step="We look at the bakery.")
    line = contacts_of(session, people.jo, case.id).lines[0]
    assert line.id == made.id
    assert line.words == {"said": SAID, "next_step": "We look at the bakery."}
    assert line.tasks == ("T1-S3", "T1-K1")
    assert (line.travel_minutes, line.next_on) == (30, TODAY + WEEK)
    assert line.booking.status == "not_needed"
    assert (line.person, line.participant_present) == ("Jo", "yes")
    assert case.last_contact_on == TODAY
    assert facts_of(session, case, latest()).tasks["T1-S3"].status is TaskStatus.DONE


def test_the_words_stand_once_and_are_sealed(session, people, case, tell):
    before = len(session.scalars(select(ParticipantText.id)).all())
    tell(tasks=("T1-S3", "T1-K1"))
    assert len(session.scalars(select(ParticipantText.id)).all()) == before + 1
    assert SAID.encode() not in b"".join(row or b"" for row in session.scalars(select(ParticipantText.sealed)))
    page = case_page(session, people.jo, case.id)
    shown = [page.words_of(entry) for entry in page.entries]
    assert shown.count(SAID) == 1
    assert page.entries[0].kind == "contact_held" or page.entries[1].kind == "contact_held"


def test_a_task_shows_the_note_behind_it(session, people, case, tell):
    made = tell(tasks=("T1-S3",))
    evidence = tasks_page(session, people.jo, case.id).row("T1-S3").evidence[0]
    assert evidence.contact_id == made.id
    assert tasks_page(session, people.jo, case.id).words_of(evidence) == SAID


def test_own_words_are_hers_only_where_she_was_quoted(session, people, case, tell):
    tell(tasks=("T1-M1",))
    tell(tasks=("T1-M1",), her_words="I want to work with food.")
    first, second = session.scalars(select(TaskRecord).order_by(TaskRecord.id)).all()
    assert (first.own_words, second.own_words) == (False, True)
    assert first.text_id != second.text_id


def test_a_task_without_words_keeps_none(session, people, case, tell):
    tell(tasks=("T3-K4", "T1-K1"))
    by_task = {row.task: row for row in session.scalars(select(TaskRecord))}
    assert (by_task["T3-K4"].text_id, by_task["T1-K1"].text_id is None) == (None, False)


def test_what_cannot_be_told_is_refused_and_nothing_is_kept(session, case, tell):
    for said, refusal in (
        ({"happened_on": TODAY + timedelta(days=1)}, "in_the_future"),
        ({"happened_on": OPENED - WEEK}, "before_opening"),
        ({"participant_present": "no"}, "nobody_present"),
        ({"tasks": ("T9-X1",)}, "task_unknown"),
        ({"tasks": ("T3-S1",)}, "employer_needed"),
        ({"tasks": ("T5-M5",)}, "closed_by_its_record"),
        ({"tasks": ("T1-S3",), "said": ""}, "line_needed"),
        ({"said": "She showed 01010750160."}, "national_number_in_text"),
        ({"said": "The depresjon is better."}, "words_to_look_at"),
        ({"employer_text": "They bake at night."}, "confirm_nobody_named"),
        ({"employer_text": "They bake at night.", "nobody_named": True}, "contact_needs_employer"),
    ):
        assert code(tell, **said) == refusal
    assert session.scalars(select(ContactText)).all() == []


def test_words_that_were_looked_at_may_stand(tell):
    assert tell(said="The depresjon is better.", kept=True).id


def test_an_ended_case_takes_no_more_notes(session, people, make_case):
    case = make_case("ended")
    assert code(record_note, session, people.jo, case.id, TALK, interpreter=WITHOUT) == "case_ended"


def test_a_contact_exists_only_for_those_who_may_open_its_case(session, people, case, tell):
    made = tell()
    for ask in (
        lambda: one_contact(session, people.sam, made.id),
        lambda: contacts_of(session, people.sam, case.id),
        lambda: record_note(session, people.sam, case.id, TALK),
        lambda: void_contact(session, people.ida, made.id, why="No."),
    ):
        with pytest.raises(NotFound):
            ask()


# With employers


def at_work(bakery, **rest):
    return {"kind": "employer", "employer_id": bakery, "interpreter": None, **rest}


def test_a_meeting_on_a_concrete_job_closes_its_task_and_is_no_contact_with_her(session, people, case, tell, bakery):
    made = tell(**at_work(bakery, concrete_job="placement", decision_maker=True, acted="specialist"))
    employer = facts_of(session, case, latest()).employers["Byens Bakeri AS"]
    assert employer.tasks["T3-A05"].status is TaskStatus.DONE
    assert employer.conditions == {"unpaid"}
    assert case.last_contact_on is None
    assert one_contact(session, people.jo, made.id).tasks == ("T3-A05",)


def test_the_workplace_has_its_own_text_of_nobody(session, people, case, tell, bakery, may_tell):
    made = tell(
        kind="three_way", employer_id=bakery, participant_present="yes", said=SAID, nobody_named=True,
        employer_text="Two shifts a week are free.", employer_agreed="They call on Friday.",
        visit=VisitParts(work="She runs the oven.", workplace_norwegian="Ten words.", guidance="They show, then wait."),
    )  # fmt: skip
    line = one_contact(session, people.jo, made.id)
    assert (line.employer_text, line.employer_agreed) == ("Two shifts a week are free.", "They call on Friday.")
    assert set(line.words) == {"said", "work", "workplace_norwegian", "guidance"}
    assert session.scalars(select(EmployerNote)).one().employer_id == bakery


def test_three_at_the_table_say_whether_she_was_there(tell, bakery, may_tell):
    assert code(tell, kind="three_way", employer_id=bakery) == "presence_needed"


def test_a_name_of_a_participant_is_refused_on_the_employers_side(session, tell, bakery):
    said = at_work(bakery, employer_text="Pat Example starts on Monday.", nobody_named=True)
    assert code(tell, **said) == "participant_named"


def test_the_employer_is_not_told_what_she_has_not_opened(session, people, case, tell, bakery, may_tell):
    assert tell(**at_work(bakery, told=("norwegian_level",))).told == "norwegian_level"
    assert code(tell, **at_work(bakery, told=("family_situation",))) == "told_not_allowed"


def test_three_at_the_table_need_her_decision_for_this_employer(tell, bakery):
    assert code(tell, kind="three_way", employer_id=bakery, participant_present="yes") == "disclosure_needed"


def test_what_was_told_all_the_same_is_recorded_and_the_supervisor_hears(session, people, case, tell, bakery):
    made = tell(**at_work(bakery, told=("education",), told_because="The manager knew the school."))
    request = requests_of(session, case.id)[0]
    assert (request.kind, request.contact_id) == ("told_too_much", made.id)
    assert one_contact(session, people.jo, made.id).words["told_because"]


def test_family_is_spoken_with_only_when_she_has_said_yes(session, people, case, tell):
    assert code(tell, kind="family", participant_present="no", interpreter=None) == "consent_needed"
    record_consent(
        session, people.jo, case.participant_id, line="share_family_practical", answer="yes", form="oral",
        happened_on=OPENED, language="nb",
    )  # fmt: skip
    assert tell(kind="family", participant_present="no", interpreter=None).id


def test_a_contact_with_an_employer_alone_is_on_its_card(session, people, bakery):
    note = Note(
        happened_on=TODAY, kind="employer", channel="phone", employer_id=bakery, employer_text="They look for two.",
        nobody_named=True, outcome="direct_vacancy", satisfaction=4, purpose="need",
    )  # fmt: skip
    made = record_note(session, people.jo, None, note)
    assert contacts_with(session, people.sam, bakery).lines[0].employer_text == "They look for two."
    assert made.case_id is None
    for about_her in ({"said": SAID}, {"tasks": ("T1-S3",)}, {"told": ("name",)}, {"concrete_job": "job"}):
        refused = code(record_note, session, people.jo, None, replace(note, **about_her))
        assert refused == "words_belong_to_employer"
    assert code(record_note, session, people.jo, None, replace(note, kind="nav")) == "case_needed_for_contact"
    with pytest.raises(NotFound):
        record_note(session, people.ida, None, note)


# Calls, and those who did not come


def test_a_call_takes_two_taps(session, people, case):
    log_call(session, people.jo, case.id, answered=False, message_left=True)
    assert case.last_contact_on is None
    log_call(session, people.jo, case.id, answered=True)
    lines = contacts_of(session, people.jo, case.id).lines
    assert [(line.status, line.outcome) for line in lines] == [("held", None), ("no_answer", "message_left")]
    assert case.last_contact_on == TODAY
    assert lines[0].chain_id == lines[1].id


def test_a_call_to_an_employer_is_no_contact_with_her(session, people, case, bakery):
    call = log_call(session, people.jo, case.id, answered=True, employer_id=bakery)
    assert (call.kind, case.last_contact_on) == ("employer", None)


def test_attempts_make_a_chain_until_she_is_reached(session, people, case, tell):
    missed = tell(status="no_show", no_show="I called; nobody answered.", happened_on=TODAY - WEEK, said="")
    again = log_call(session, people.jo, case.id, answered=False)
    met = log_call(session, people.jo, case.id, answered=True)
    later = tell()
    assert [row.chain_id for row in (missed, again, met, later)] == [None, missed.id, again.id, None]


# Hidden notes


def test_a_hidden_note_asks_the_supervisor_who_may_open_it(session, people, case, tell):
    made = tell(shared=False, hidden_because="It tells of somebody else's case.")
    request = requests_of(session, case.id)[0]
    assert (request.kind, request.contact_id, made.shared) == ("hidden_note", made.id, False)
    answer_request(session, people.max, request.id, "declined", why="She may read this.")
    assert made.shared is True


# Corrections


def test_what_was_taken_back_counts_no_more_and_stays(session, people, case, tell, bakery):
    tell(happened_on=TODAY - WEEK)
    made = tell(tasks=("T1-S3",), said="A mistake.")
    void_contact(session, people.jo, made.id, why="That was another person.")
    assert case.last_contact_on == TODAY - WEEK
    assert "T1-S3" not in facts_of(session, case, latest()).tasks
    line = one_contact(session, people.jo, made.id)
    assert (line.voided, line.tasks, line.words["void_reason"]) == (True, (), "That was another person.")
    assert code(void_contact, session, people.jo, made.id, why="Again.") == "already_voided"
    shown = [entry for entry in history_page(session, people.jo, case.id).entries if entry.origin == "contact"]
    assert [entry.withdrawal is not None for entry in shown] == [True, False]
    assert "contact_held" in {entry.kind for entry in case_page(session, people.jo, case.id).entries}


def test_the_workplaces_note_is_taken_back_with_its_contact(session, people, case, tell, bakery):
    made = tell(**at_work(bakery, employer_text="They look for two.", nobody_named=True, concrete_job="job"))
    assert code(void_contact, session, people.jo, made.id, why=" ") == "reason_needed"
    void_contact(session, people.jo, made.id, why="The wrong bakery.")
    assert session.scalars(select(EmployerNote)).one().voided
    assert "T3-A05" not in facts_of(session, case, latest()).employers.get("Byens Bakeri AS", _NONE).tasks


class _NONE:
    tasks = ()


def test_the_trail_tells_of_every_part_and_holds_no_words(session, people, case, tell):
    tell(her_words="I like it.", next_step="The bakery.", tasks=("T1-S3",))
    entries = session.scalars(select(TrailEntry).order_by(TrailEntry.id)).all()
    told = [entry for entry in entries if entry.what.startswith("contact_")]
    assert [entry.what for entry in told] == ["contact_told", "contact_text", "contact_text"]
    assert all(entry.text_digest for entry in told)
    every = " ".join(entry.detail or "" for entry in entries)
    assert not {"like", "bakery"} & set(every.lower().split())


def test_contacts_are_paged_newest_first_in_a_fixed_number_of_statements(session, people, case, tell):
    for day in range(5):
        tell(happened_on=TODAY - timedelta(days=day), tasks=("T1-K1",))
    first = contacts_of(session, people.jo, case.id, limit=3)
    rest = contacts_of(session, people.jo, case.id, limit=3, before=first.before)
    days = [(TODAY - line.happened_on).days for line in (*first.lines, *rest.lines)]
    assert (days, rest.before) == ([0, 1, 2, 3, 4], None)
    session.flush()
    with statements(session) as few:
        contacts_of(session, people.jo, case.id, limit=1)
    with statements(session) as many:
        contacts_of(session, people.jo, case.id, limit=5)
    assert len(few) == len(many) <= 6
