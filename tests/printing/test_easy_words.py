"""The Norwegian of the sheet is easy: LIX at most 30, in both written forms, whatever stands on it."""

import pytest

from se_engine.actions.meetings import plan_meeting
from se_engine.printing.pairs import Beside, Pair
from se_engine.printing.sheet import WORDS, told
from se_engine.queries.sheet import sheet_of
from se_engine.rules.contacts import Meeting
from se_engine.rules.interpreters import InterpreterWish
from se_engine.rules.readability import EASY, lix
from tests.support.people import TODAY

NOBODY = InterpreterWish("no", not_needed_because="common_language")


def norwegian(sheet, both: Beside) -> str:
    """What the paper says in Norwegian, a line for each thing it says."""
    shown = told(sheet, both)
    pairs: list[Pair] = [place.title for place in shown.places]
    pairs += [*shown.what, *(pair for refusal in shown.refusals for pair in refusal), *map(both, WORDS)]
    pairs += [pair for pair in (shown.after and shown.after.title, shown.who) if pair]
    pairs.append(both.say_on("printed_on", TODAY))
    return "\n".join(pair.ours for pair in pairs)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("step", "channel"),
    [("engagement", "in_person"), ("profiling", "video"), ("employer_engagement", "phone"), ("follow_up", None)],
)
def test_the_whole_sheet_is_easy_to_read(session, people, make_case, step, channel):
    case = make_case(step)
    if channel:
        meeting = Meeting("participant", TODAY, channel=channel, starts_at="13:30")
        plan_meeting(session, people.jo, case.id, meeting, interpreter=NOBODY)
    sheet = sheet_of(session, people.jo, case.id)
    for ours in ("nb", "nn"):
        said = norwegian(sheet, Beside.of("ti", ours))
        assert lix(said) <= EASY, said
