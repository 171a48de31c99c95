"""Time per step of five hundred random histories, half on each engine, against walking through them day by day."""

import random
from datetime import timedelta

import pytest

from se_engine.actions.housekeeping import complete_stays
from se_engine.actions.people import add_office
from se_engine.queries.report_questions import Question
from se_engine.queries.time_per_step import time_per_step
from se_engine.records.cases import StepPeriod
from se_engine.rules.roles import OPERATOR
from tests.queries.lives import FIRST, LAST, STEPS, block_of, lives, walk, write

EACH = 250
HORIZON = 90


@pytest.fixture(autouse=True)
def standing_day(clock):
    clock.day = LAST


@pytest.fixture
def offices(session):
    return {add_office(session, OPERATOR, name).id: name for name in ("Nord", "Sør")}


def days_from(chance):
    return FIRST + timedelta(days=chance.randrange(60, (LAST - FIRST).days))


def assert_counted(session, stays, *, groups, label=None, **asked):
    """The report says what the stays say, group by group and step by step."""
    question = Question(horizon=HORIZON, threshold=0, **asked)
    answer = time_per_step(session, OPERATOR, question)
    told = {group["group"]: group["steps"] for group in answer["groups"]} if question.by else {"": answer["steps"]}
    chosen = [
        stay for stay in stays
        if stay.entered <= question.as_of
        and (question.from_on is None or stay.entered >= question.from_on)
        and (question.to_on is None or stay.entered <= question.to_on)
        and (question.visits == "all" or stay.first)
    ]  # fmt: skip
    assert set(told) - {""} == {groups(stay) for stay in chosen} - {""}
    for group, blocks in told.items():
        for block in blocks:
            mine = [stay for stay in chosen if stay.step == block["step"] and groups(stay) == group]
            counted = block_of(mine, question.as_of, question.clock, HORIZON)
            assert {key: block[key] for key in counted} == counted, (group, block["step"], question)


def test_the_report_is_what_walking_through_the_days_gives(session, offices, engine_name):
    chance = random.Random(engine_name)  # noqa: S311 - the same histories every time, nothing secret
    found = lives(chance, EACH, list(offices))
    write(session, found)
    stays = [stay for life in found for stay in walk(life)]
    assert_counted(session, stays, groups=lambda stay: "", as_of=LAST)
    assert_counted(session, stays, groups=lambda stay: "", as_of=days_from(chance), clock="working")
    assert_counted(session, stays, groups=lambda stay: "", as_of=days_from(chance), visits="first")
    assert_counted(session, stays, groups=lambda stay: offices[stay.life.office], as_of=LAST, by="office")
    assert_counted(session, stays, groups=lambda stay: stay.life.sex, as_of=days_from(chance), by="sex")
    assert_counted(session, stays, groups=lambda stay: str(stay.entered.year), as_of=LAST, by="period")
    from_on, to_on = sorted((days_from(chance), days_from(chance)))
    assert_counted(session, stays, groups=lambda stay: "", as_of=LAST, from_on=from_on, to_on=to_on, clock="working")


def test_stays_left_by_an_older_release_count_the_same_before_and_after_they_are_completed(session, offices):
    """They have neither the end reason nor the party waited for; the next tick puts both in."""
    found = lives(random.Random(3), 40, list(offices))  # noqa: S311
    write(session, found, older_release=True)
    stays = [stay for life in found for stay in walk(life)]
    assert_counted(session, stays, groups=lambda stay: "", as_of=LAST)
    assert complete_stays(session) > 0
    session.flush()
    lacking = session.query(StepPeriod).filter(
        (StepPeriod.left_to == "ended") & StepPeriod.end_reason.is_(None)
        | (StepPeriod.waiting_days > 0) & StepPeriod.waited_for.is_(None)
    )
    assert (lacking.count(), complete_stays(session)) == (0, 0)
    assert_counted(session, stays, groups=lambda stay: "", as_of=LAST)
    assert_counted(session, stays, groups=lambda stay: offices[stay.life.office], as_of=LAST, by="office")


def test_the_lives_are_varied():
    """What the test above would not notice if nobody lived it."""
    stays = [stay for life in lives(random.Random("sqlite"), EACH, [1]) for stay in walk(life)]  # noqa: S311
    states = {state for stay in stays for _, state in stay.days}
    assert states >= {"own", "paused", "nav", "participant"}
    assert {stay.step for stay in stays} == set(STEPS)
    assert any(not stay.first for stay in stays)
    assert {"ended", None, *STEPS} == {stay.to for stay in stays}
