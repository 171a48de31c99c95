"""Open stays by their days, and moves back with the reasons told, on three invented histories; whole readers only."""

from datetime import date

import pytest

from se_engine.actions.cases import advance, open_case
from se_engine.actions.history import record_event
from se_engine.actions.participants import register
from se_engine.queries.ageing import ageing, ageing_behind
from se_engine.queries.going_back import NOT_TOLD, going_back, going_back_behind
from se_engine.queries.report_questions import Question
from se_engine.rules.errors import NotFound
from se_engine.rules.timeline import Event, EventKind

AS_OF = date(2026, 3, 16)
ASKED = Question(as_of=AS_OF)
PROFILING = date(2026, 2, 1)


@pytest.fixture
def lived(session, people):
    """One paused for ten days and sent back, one back in a move of ours, one that was told by import alone."""
    cases = []
    for number in range(3):
        who = register(session, people.jo, people.office_id, ref=str(number), given_name="Pat", family_name="Example")
        cases.append(open_case(session, people.jo, who.id, opened_on=date(2026, 1, 5)))
        record_event(session, people.jo, cases[-1], Event(EventKind.ENTERED, PROFILING, step="profiling"))
    first, second, third = cases
    record_event(session, people.jo, first, Event(EventKind.PAUSED, date(2026, 2, 10), reason="sickness"))
    record_event(session, people.jo, first, Event(EventKind.RESUMED, date(2026, 2, 20)))
    advance(
        session, people.jo, second.id, "renew_agreement", seen_version=second.version,
        happened_on=date(2026, 3, 1), note="She wants to begin anew.",
    )  # fmt: skip
    record_event(session, people.jo, third, Event(EventKind.ENTERED, date(2026, 3, 10), step="engagement"))
    return [case.id for case in cases]


def test_open_stays_are_told_by_their_days_without_pauses(session, people, lived):
    answer = ageing(session, people.max, ASKED)
    found = {step["step"]: step["open"] for step in answer["steps"]}
    assert answer["whole"]
    assert found["profiling"] == [{"days": 33, "many": 1}]
    assert found["engagement"] == [{"days": 6, "many": 1}, {"days": 15, "many": 1}]
    assert ageing_behind(session, people.max, ASKED, "engagement", first=7) == [lived[1]]
    assert ageing_behind(session, people.max, ASKED, "profiling", first=33, last=33) == [lived[0]]
    with pytest.raises(NotFound):
        ageing_behind(session, people.max, ASKED, "nowhere")


def test_moves_back_are_told_with_their_reason_and_who_decided(session, people, lived):
    answer = going_back(session, people.max, ASKED)
    assert answer["total"] == 2
    assert [(move["from"], move["to"], move["move"], move["many"]) for move in answer["moves"]] == [
        ("profiling", "engagement", NOT_TOLD, 1),
        ("profiling", "engagement", "renew_agreement", 1),
    ]
    assert going_back_behind(session, people.max, ASKED) == lived[1:]
    assert going_back_behind(session, people.max, ASKED, move="renew_agreement") == [lived[1]]
    assert going_back_behind(session, people.max, ASKED, step="job_support") == []
    earlier = Question(as_of=AS_OF, to_on=date(2026, 3, 5))
    assert going_back(session, people.max, earlier)["total"] == 1


@pytest.mark.parametrize("reader", ["ida", "jo"])
def test_single_persons_are_told_to_nobody_who_may_not_open_every_case(session, people, lived, reader):
    who = getattr(people, reader)
    assert ageing(session, who, ASKED)["steps"] == []
    assert going_back(session, who, ASKED)["moves"] == []
    assert going_back(session, who, ASKED)["total"] is None
