"""The workplace training plan: a ladder for each employer, words in two languages, and who says that it is mastered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.corrections import void_task
from se_engine.actions.tasks import find_employer
from se_engine.actions.training import add_rung, change_rung, move_rung_up, remove_rung
from se_engine.actions.training_progress import record_training, say_mastery
from se_engine.actions.training_words import WordPair, add_words, learn_word
from se_engine.processes import latest
from se_engine.queries.facts import facts_of
from se_engine.queries.training import training_page
from se_engine.records.tasks import TaskRecord
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.facts import TaskStatus
from se_engine.rules.training import MOST_WORDS
from tests.support.answers import decides_what_is_told
from tests.support.people import EMPLOYER, TODAY


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def case(make_case):
    return make_case("employer_engagement", days_per_step=2)


@pytest.fixture
def bakery(session, case):
    return find_employer(session, case.office_id, EMPLOYER).id


@pytest.fixture
def add(session, people, case, bakery):
    def one(task="Sets the tables.", **rest):
        said = {"step": 1, "added_on": day(-3), **rest}
        return add_rung(session, people.jo, case.id, bakery, task=task, **said)

    return one


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def ladder(session, people, case, bakery):
    return training_page(session, people.jo, case.id).ladder(bakery)


def plan(session, case):
    known = facts_of(session, case, latest()).employers[EMPLOYER].tasks.get("T4-A10")
    return known and (known.status, known.happened_on)


def test_the_first_rung_is_the_training_plan_and_the_last_takes_it_along(session, people, case, add):
    assert plan(session, case) is None
    first = add()
    second = add("Bakes with the master.", step=3)
    assert plan(session, case) == (TaskStatus.DONE, day(-3))
    remove_rung(session, people.jo, first.id, why="The machine does it now.", removed_on=TODAY)
    assert plan(session, case) == (TaskStatus.DONE, day(-3))
    remove_rung(session, people.jo, second.id, why="Too heavy.", removed_on=TODAY)
    assert plan(session, case) is None
    add("Packs bread.", added_on=day(-1))
    assert plan(session, case) == (TaskStatus.DONE, day(-1))
    closed = session.scalars(
        select(TaskRecord).where(TaskRecord.task == "T4-A10").order_by(TaskRecord.id.desc())
    ).first()
    void_task(session, people.jo, case.id, closed.id, why="The wrong day.")
    add("Weighs the flour.", added_on=day(-2))
    assert plan(session, case) == (TaskStatus.DONE, day(-2))
    answers = session.scalars(select(TaskRecord).where(TaskRecord.task == "T4-A10")).all()
    assert [answer.status for answer in answers] == ["done", "voided", "done", "voided", "done"]


def test_a_ladder_is_read_step_by_step_in_the_order_that_was_chosen(session, people, case, bakery, add):
    add("Third", step=2)
    add("Second", teacher="The baker", method="together", adaptation="Pictures", safety="Gloves", starts_on=day(2))
    first = add("First")
    move_rung_up(session, people.jo, first.id, on=TODAY)
    move_rung_up(session, people.jo, first.id, on=TODAY)
    found = ladder(session, people, case, bakery)
    assert [rung.task for rung in found.rungs] == ["First", "Second", "Third"]
    second = found.rungs[1]
    assert (second.teacher, second.method, second.adaptation, second.safety, second.starts_on, second.status) == (
        "The baker", "together", "Pictures", "Gloves", day(2), "planned",
    )  # fmt: skip
    assert (found.employer, found.runs, found.not_told) == (EMPLOYER, True, False)


def test_how_it_is_learned_may_change_and_what_was_stays_in_the_trail(session, people, case, bakery, add):
    rung = add(teacher="The baker", adaptation="Pictures on the wall")
    change_rung(
        session, people.jo, rung.id, seen_version=rung.version, step=2, changed_on=TODAY, teacher="The baker",
        method="alone", starts_on=TODAY,
    )  # fmt: skip
    (line,) = ladder(session, people, case, bakery).rungs
    assert (line.step, line.teacher, line.adaptation, line.method) == (2, "The baker", None, "alone")
    with pytest.raises(Stale):
        change_rung(session, people.jo, rung.id, seen_version=rung.version + 1, step=1, changed_on=TODAY)
    told = session.scalars(select(TrailEntry).where(TrailEntry.what.like("rung_%")).order_by(TrailEntry.id)).all()
    assert [entry.what for entry in told] == ["rung_added", "rung_changed"]
    assert told[0].detail == f"rung={rung.id} employer={bakery} step=1"


def test_one_takes_it_off_with_a_reason_and_nothing_more_is_said_of_it(session, people, case, bakery, add):
    rung = add()
    assert code(remove_rung, session, people.jo, rung.id, why=" ", removed_on=TODAY) == "reason_needed"
    early = {"why": "Another task.", "removed_on": day(-4)}
    assert code(remove_rung, session, people.jo, rung.id, **early) == "removed_before_added"
    remove_rung(session, people.jo, rung.id, why="Another task.", removed_on=TODAY)
    assert [gone.removed_why for gone in ladder(session, people, case, bakery).removed] == ["Another task."]
    for act in (
        lambda: say_mastery(session, people.jo, rung.id, says="buddy", mastered=True, happened_on=TODAY),
        lambda: add_words(session, people.jo, rung.id, [WordPair("deig")], on=TODAY),
        lambda: remove_rung(session, people.jo, rung.id, why="Again.", removed_on=TODAY),
    ):
        assert code(act) == "rung_was_removed"


def test_mastered_is_what_she_and_one_at_the_workplace_say(session, people, case, bakery, add):
    rung = add()

    def says(who, mastered=True, on=TODAY):
        say_mastery(session, people.jo, rung.id, says=who, mastered=mastered, happened_on=on)
        (line,) = ladder(session, people, case, bakery).rungs
        return line.status, line.mastered_on

    assert says("participant", on=day(-2)) == ("training", None)
    assert says("buddy", on=day(-1)) == ("mastered", day(-1))
    assert says("buddy", on=day(-1)) == ("mastered", day(-1))
    assert says("specialist", mastered=False) == ("training", None)
    assert says("specialist") == ("mastered", TODAY)
    assert session.query(TrailEntry).filter(TrailEntry.what == "rung_mastered").count() == 3
    assert code(says, "neighbour") == "value_unknown"
    assert code(says, "buddy", on=day(1)) == "in_the_future"


def test_words_stand_in_both_languages_and_are_known_from_a_day_on(session, people, case, bakery, add):
    rung = add(words=[WordPair("forkle", "مئزر"), WordPair("", " ")])
    (later,) = add_words(session, people.jo, rung.id, [WordPair("deig")], on=TODAY)
    learn_word(session, people.jo, later.id, on=TODAY)
    learn_word(session, people.jo, later.id, on=TODAY)
    (line,) = ladder(session, people, case, bakery).rungs
    assert [(word.norwegian, word.own, word.learned_on) for word in line.words] == [
        ("forkle", "مئزر", None), ("deig", None, TODAY),
    ]  # fmt: skip
    learn_word(session, people.jo, later.id, on=TODAY, learned=False)
    assert ladder(session, people, case, bakery).rungs[0].words[1].learned_on is None
    assert code(add_words, session, people.jo, rung.id, [WordPair("", "عجين")], on=TODAY) == "word_in_norwegian_needed"
    assert code(add_words, session, people.jo, rung.id, [WordPair("x" * 201)], on=TODAY) == "word_too_long"
    many = [WordPair(f"ord {number}") for number in range(MOST_WORDS)]
    assert code(add_words, session, people.jo, rung.id, many, on=TODAY) == "too_many_words"


def test_a_visit_is_recorded_in_one_act_or_not_at_all(session, people, case, bakery, add):
    first, second = add(words=[WordPair("forkle")]), add("Packs bread.")
    word = ladder(session, people, case, bakery).rungs[0].words[0].id
    count = record_training(
        session, people.jo, case.id, bakery, happened_on=TODAY,
        mastered={first.id: ["participant", "specialist"], second.id: ["participant"]}, learned=[word],
        words=[(second.id, WordPair("pose", "sac")), (second.id, WordPair(""))],
    )  # fmt: skip
    assert count == 5
    one, two = ladder(session, people, case, bakery).rungs
    assert (one.mastered_on, two.mastered_on, one.words[0].learned_on) == (TODAY, None, TODAY)
    assert [word.norwegian for word in two.words] == ["pose"]

    def visit(**said):
        return record_training(session, people.jo, case.id, bakery, **{"happened_on": TODAY, "mastered": {}, **said})

    assert code(visit) == "nothing_to_record"
    assert code(visit, mastered={first.id + second.id: ["buddy"]}) == "not_found"
    assert code(visit, learned=[4711]) == "not_found"


def test_what_is_no_rung_is_refused(session, people, case, bakery, add):
    assert code(add, " ") == "say_which_task"
    assert code(add, step=6) == "ladder_step_unknown"
    assert code(add, method="shout") == "value_unknown"
    assert code(add, "x" * 301) == "too_long_for_a_rung"
    assert code(add, added_on=day(1)) == "in_the_future"
    assert code(add, adaptation="Because of her diabetes") == "words_to_look_at"
    assert add(adaptation="Because of her diabetes", kept=True).adaptation_text_id


def test_a_ladder_stands_at_a_workplace_of_the_case_that_knows_of_us(session, people, case, bakery, add):
    elsewhere = find_employer(session, case.office_id, "Kiwi").id
    said = {"step": 1, "task": "Sells.", "added_on": TODAY}
    with pytest.raises(NotFound):
        add_rung(session, people.jo, case.id, elsewhere, **said)
    with pytest.raises(NotFound):
        add_rung(session, people.sam, case.id, bakery, **said)
    rung = add()
    decides_what_is_told(session, people.jo, case, TODAY, decision="not_told")
    assert code(add) == "no_ladder_where_not_told"
    assert ladder(session, people, case, bakery).not_told
    with pytest.raises(NotFound):
        say_mastery(session, people.sam, rung.id, says="buddy", mastered=True, happened_on=TODAY)
    word = add_words(session, people.jo, rung.id, [WordPair("deig")], on=TODAY)[0]
    with pytest.raises(NotFound):
        learn_word(session, people.sam, word.id, on=TODAY)
    assert [found.employer for found in training_page(session, people.max, case.id).ladders] == [EMPLOYER]
