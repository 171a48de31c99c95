"""Choices, goals, wishes and numbers: offered, answered once, in her words, and never rewritten."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from se_engine.actions.choices import answer_choice, offer_choice, void_choice
from se_engine.actions.goals import end_goal, record_scores, record_wishes, set_goal
from se_engine.queries.choices import ChoiceNumbers
from se_engine.queries.plan import Score, plan_page
from se_engine.records.tasks import TaskRecord
from se_engine.rules.errors import NotFound, Refused
from tests.support.people import OPENED, TODAY

OFFER = "Three days a week in the bakery in the high street."


def offer(session, people, case, **rest):
    said = {"about": "job", "offer": OFFER, "offered_on": TODAY, **rest}
    return offer_choice(session, people.jo, case.id, **said)


def answer(session, people, choice, **rest):
    said = {"answer": "declined", "answered_on": TODAY, **rest}
    return answer_choice(session, people.jo, choice.id, **said)


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def test_a_choice_keeps_her_words_and_how_they_were_said(session, people, case):
    choice = offer(session, people, case)
    answer(session, people, choice, words="Too far from the kindergarten.", language="ti", interpreter="yes")
    page = plan_page(session, people.jo, case.id)
    (line,) = page.choices
    assert (line.about, line.answer, line.language, line.interpreter) == ("job", "declined", "ti", "yes")
    assert page.words[line.words_text_id] == "Too far from the kindergarten."
    assert page.words[line.offer_text_id] == OFFER


def test_a_no_needs_no_reason_and_something_else_says_what(session, people, case):
    assert answer(session, people, offer(session, people, case)).words_text_id is None
    assert code(answer, session, people, offer(session, people, case), answer="something_else") == "say_what_instead"


def test_a_proposal_is_answered_once(session, people, case):
    choice = offer(session, people, case)
    answer(session, people, choice)
    assert code(answer, session, people, choice, answer="chosen") == "choice_already_answered"


def test_an_answer_comes_neither_before_the_offer_nor_before_today_is_over(session, people, case):
    choice = offer(session, people, case)
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert code(answer, session, people, choice, answered_on=before) == "answered_before_offered"
    assert code(answer, session, people, choice, answered_on=after) == "in_the_future"
    assert code(offer, session, people, case, offered_on=OPENED - timedelta(days=1)) == "before_opening"


def test_what_is_not_a_proposal_is_refused(session, people, case, make_case):
    assert code(offer, session, people, case, about="weather") == "value_unknown"
    assert code(offer, session, people, case, offer="  ") == "say_what_is_offered"
    assert code(offer, session, people, case, offer="Her number is 01010750160.") == "national_number_in_text"
    assert code(offer, session, people, case, track_id=99) == "not_found"
    with pytest.raises(NotFound):
        offer_choice(session, people.sam, case.id, about="job", offer=OFFER, offered_on=TODAY)


def test_a_choice_taken_back_stays_readable_and_counts_no_more(session, people, case):
    answer(session, people, offer(session, people, case), answer="chosen")
    wrong = offer(session, people, case)
    assert code(void_choice, session, people.jo, wrong.id, why=" ") == "reason_needed"
    void_choice(session, people.jo, wrong.id, why="Meant for another.")
    assert code(answer, session, people, wrong) == "choice_was_voided"
    page = plan_page(session, people.jo, case.id)
    assert page.numbers == ChoiceNumbers(offered=1, answered=1, chosen=1, declined=0, something_else=0)
    assert len(page.choices) == 2
    assert page.open_choices == ()


def test_the_trail_tells_of_choices_in_codes_alone(session, people, case):
    answer(session, people, offer(session, people, case), words="No thank you.")
    told = session.execute(text("SELECT what, detail FROM trail_entries WHERE what LIKE 'choice%' ORDER BY id")).all()
    assert [what for what, _ in told] == ["choice_offered", "choice_answered"]
    assert "bakery" not in str(told)
    assert "thank" not in str(told)


def goal(session, people, case, **rest):
    said = {"kind": "individual", "words": "Speak with the neighbours.", "set_on": TODAY, **rest}
    return set_goal(session, people.jo, case.id, **said)


def test_a_changed_goal_is_a_new_one_that_follows_the_old(session, people, case):
    first = goal(session, people, case, set_on=OPENED)
    second = goal(session, people, case, words="Speak at the parents' meeting.", follows_id=first.id, language="so")
    assert (first.outcome, first.ended_on, second.follows_id) == ("changed", TODAY, first.id)
    page = plan_page(session, people.jo, case.id)
    assert [page.words[line.text_id] for line in page.goals] == [
        "Speak at the parents' meeting.",
        "Speak with the neighbours.",
    ]
    assert [line.id for line in page.running_goals] == [second.id]


def test_a_goal_ends_once(session, people, case):
    made = goal(session, people, case)
    assert code(end_goal, session, people.jo, made.id, outcome="won", ended_on=TODAY) == "value_unknown"
    before = TODAY - timedelta(days=1)
    assert code(end_goal, session, people.jo, made.id, outcome="reached", ended_on=before) == "ended_before_set"
    end_goal(session, people.jo, made.id, outcome="reached", ended_on=TODAY)
    assert code(end_goal, session, people.jo, made.id, outcome="dropped", ended_on=TODAY) == "goal_has_ended"
    assert code(goal, session, people, case, follows_id=made.id) == "goal_has_ended"


def test_goals_of_another_case_are_not_there(session, people, case, make_case):
    other = goal(session, people, make_case())
    with pytest.raises(NotFound):
        goal(session, people, case, follows_id=other.id)
    assert code(goal, session, people, case, kind="profit") == "value_unknown"
    assert code(goal, session, people, case, whose="nobody") == "value_unknown"
    assert code(goal, session, people, case, words="") == "say_the_goal"


def scores(session, people, case, motivation, confidence=None, on=TODAY):
    return record_scores(session, people.jo, case.id, motivation=motivation, confidence=confidence, happened_on=on)


def test_motivation_is_told_over_time_and_the_same_number_again_is_a_point(session, people, case):
    scores(session, people, case, 4, 3, on=OPENED)
    scores(session, people, case, 4, on=OPENED + timedelta(days=30))
    scores(session, people, case, 5, 6)
    scores(session, people, case, 7)  # corrected the same day
    assert plan_page(session, people.jo, case.id).scores == (
        Score(OPENED, 4, 3),
        Score(OPENED + timedelta(days=30), 4, None),
        Score(TODAY, 7, 6),
    )


@pytest.mark.parametrize("given", [(11, None), (5, -1)])
def test_a_number_beyond_the_scale_is_refused(session, people, case, given):
    assert code(scores, session, people, case, *given) == "not_on_the_scale"


def test_no_number_at_all_is_no_answer(session, people, case):
    assert code(scores, session, people, case, None) == "no_score_given"


def test_dream_wishes_and_plans_are_fields_of_her_record_in_her_order(session, people, case):
    told = {("dream", 1): "A café of my own.", ("job_wishes", 2): "Sewing", ("job_wishes", 1): "Kitchen work"}
    record_wishes(session, people.jo, case.id, told, happened_on=TODAY)
    page = plan_page(session, people.jo, case.id)
    assert [wish.words for wish in page.field("job_wishes")] == ["Kitchen work", "Sewing"]
    assert page.field("dream")[0].words == "A café of my own."
    assert page.field("plans") == ()


def test_a_wish_with_a_word_to_look_at_is_kept_when_she_wants_it_so(session, people, case):
    told = {("job_wishes", 1): "Light work because of my diabetes"}
    assert code(record_wishes, session, people.jo, case.id, told, happened_on=TODAY) == "words_to_look_at"
    record_wishes(session, people.jo, case.id, told, happened_on=TODAY, kept=True)
    assert plan_page(session, people.jo, case.id).field("job_wishes")


def test_nothing_is_planned_in_a_case_that_has_ended(session, people, make_case):
    ended = make_case("ended")
    assert code(offer, session, people, ended) == "case_ended"
    assert code(goal, session, people, ended) == "case_ended"
    assert code(scores, session, people, ended, 5) == "case_ended"


def test_her_words_are_kept_once_and_are_evidence_for_a_task_too(session, people, case):
    choice = offer(session, people, case)
    answer(session, people, choice, answer="chosen", words="I want to decide the place myself.", tasks=["T1-M2"])
    record = session.scalars(select(TaskRecord).where(TaskRecord.task == "T1-M2")).one()
    assert (record.text_id, record.own_words) == (choice.words_text_id, True)


def test_a_wish_is_evidence_and_a_fact_with_its_own_form_is_not(session, people, make_case):
    case = make_case("profiling")
    told = {("job_wishes", 1): "Kitchen"}
    record_wishes(session, people.jo, case.id, told, happened_on=TODAY, tasks=["T2-M3"])
    assert session.scalars(select(TaskRecord).where(TaskRecord.task == "T2-M3")).one().text_id
    again = {"happened_on": TODAY, "tasks": ["T2-M5"]}
    assert code(record_wishes, session, people.jo, case.id, told, **again) == "task_needs_its_own_answer"
