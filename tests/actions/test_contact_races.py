"""Any order of planning, telling and taking back; and three people who write of one participant at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from se_engine.actions.absences import record_absence
from se_engine.actions.contact_corrections import void_contact
from se_engine.actions.contacts import log_call, record_note
from se_engine.actions.meetings import cancel_meeting, plan_meeting
from se_engine.queries.contacts import contacts_of
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.rules.contacts import Meeting, Note
from se_engine.rules.errors import Refused
from se_engine.rules.interpreters import InterpreterOutcome, InterpreterWish
from tests.support.people import OPENED, TODAY, make_case, make_people, transaction

NOBODY = InterpreterWish("no", not_needed_because="common_language")
WITHOUT = InterpreterOutcome(needed="no", not_needed_because="common_language")
AT_ONCE = 6

steps = st.lists(
    st.tuples(
        st.sampled_from(("note", "call", "no_show", "plan", "complete", "cancel", "void")), st.integers(0, 40),
        st.integers(0, 5),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_last_contact_is_the_newest_that_succeeded_whatever_was_done(session, people, case, taken):
    with session.begin_nested() as savepoint:
        for act, day, which in taken:
            _do(session, people, case, act, OPENED + timedelta(days=day), which)
        met = select(Contact.happened_on).where(
            Contact.case_id == case.id, Contact.status == "held", Contact.participant_present == "yes"
        )
        assert case.last_contact_on == max(session.scalars(met), default=None)
        assert session.scalar(select(Case.last_contact_on).where(Case.id == case.id)) == case.last_contact_on
        savepoint.rollback()
    session.expire_all()
    session.refresh(case, ["participant"])


def _do(session, people, case, act, on, which):
    """One act; on a contact it picks among those there are. What the rules refuse is not done."""
    known = session.scalars(select(Contact).order_by(Contact.id)).all()
    chosen = known[which % len(known)] if known else None
    told = Note(on, "participant", "in_person", said="Words.")
    try:
        match act:
            case "note":
                record_note(session, people.jo, case.id, told, interpreter=WITHOUT)
            case "no_show":
                record_note(session, people.jo, case.id, Note(on, "participant", "in_person", "no_show"))
            case "call":
                log_call(session, people.jo, case.id, answered=which % 2 == 0, happened_on=on)
            case "plan":
                plan_meeting(session, people.jo, case.id, Meeting("participant", TODAY), interpreter=NOBODY)
            case "complete" if chosen:
                record_note(session, people.jo, case.id, told, contact_id=chosen.id, interpreter=WITHOUT)
            case "cancel" if chosen:
                cancel_meeting(session, people.jo, chosen.id, by="participant", why="Not today.")
            case "void" if chosen:
                void_contact(session, people.jo, chosen.id, why="A mistake.")
    except Refused:
        return


def test_three_people_write_of_her_at_once_and_nothing_is_lost(database, clock):
    with transaction(database, clock) as session:
        people = make_people(session)
        case_id = make_case(session, people).id
        record_absence(
            session, people.max, people.jo.user_id, from_on=TODAY, until_on=TODAY, substitute_id=people.sam.user_id
        )
    who = [people.jo, people.sam, people.max] * (AT_ONCE // 3)
    texts = [f"Talk {number}." for number in range(AT_ONCE)]

    def write(number):
        with transaction(database, clock) as session:
            on = TODAY - timedelta(days=number)
            note = Note(on, "participant", "in_person", said=texts[number], tasks=("T1-S3",))
            record_note(session, who[number], case_id, note, interpreter=WITHOUT)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, range(AT_ONCE)))
    with transaction(database, clock) as session:
        lines = contacts_of(session, people.max, case_id).lines
        assert [line.words["said"] for line in lines] == texts
        assert [line.recorder for line in lines] == [actor.name for actor in who]
        assert session.get_one(Case, case_id).last_contact_on == TODAY


def test_contacts_taken_back_while_others_are_told_leave_the_others(database, clock):
    with transaction(database, clock) as session:
        people = make_people(session)
        case_id = make_case(session, people).id
        note = Note(TODAY, "participant", "in_person", said="Of another.", tasks=("T1-S3",))
        wrong = [record_note(session, people.jo, case_id, note, interpreter=WITHOUT).id for _ in range(3)]

    def take_back(contact_id):
        with transaction(database, clock) as session:
            void_contact(session, people.jo, contact_id, why="Another person.")

    def tell(days):
        with transaction(database, clock) as session:
            log_call(session, people.max, case_id, answered=True, happened_on=TODAY - timedelta(days=days))

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(take_back, number) for number in wrong] + [pool.submit(tell, n) for n in (1, 2, 3)]:
            done.result()
    with transaction(database, clock) as session:
        assert session.get_one(Case, case_id).last_contact_on == TODAY - timedelta(days=1)
