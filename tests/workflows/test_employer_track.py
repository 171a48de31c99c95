"""The employer track as moves.md has it: forward, back, quick where life is quick, and a way out from everywhere."""

import pytest

from se_engine import processes
from se_engine.rules.definition import read_process
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.tracks import CLOSE, CLOSING_TALK, SAID_YES
from tests.rules.definitions import small_process

TRACK = processes.get("employer_track", 1)
LEADS = {
    "lead": {"contacted", "meeting", "match", "started", "ended"},
    "contacted": {"lead", "meeting", "match", "trial", "started", "ended"},
    "meeting": {"contacted", "match", "trial", "agreement", "started", "ended"},
    "match": {"meeting", "trial", "agreement", "started", "ended"},
    "trial": {"meeting", "match", "agreement", "started", "ended"},
    "agreement": {"match", "started", "ended"},
    "started": {"agreement", "ended"},
    "ended": set(),
}


def test_each_step_leads_where_it_should():
    assert {step.key: {move.to for move in TRACK.moves_from(step.key)} for step in TRACK.steps} == LEADS


def test_what_the_engine_knows_by_name_is_there():
    triggers = {move.trigger for move in TRACK.moves}
    assert set(SAID_YES) < TRACK.step_by_key.keys()
    assert CLOSE in triggers
    case_triggers = {move.trigger for move in processes.latest().moves}
    assert not triggers & (case_triggers | {CLOSING_TALK})


@pytest.mark.parametrize(
    ("is_about", "guard", "allowed"),
    [
        ("track", "match_scored", True),
        ("track", "paid_job", False),
        ("case", "match_scored", False),
        ("case", "both_said_yes", True),
        ("moon", "both_said_yes", False),
    ],
)
def test_a_definition_asks_only_for_what_is_known_of_its_subject(is_about, guard, allowed):
    document = small_process() | {"is_about": is_about}
    for move in document["move"]:
        move["requires"] = [{"guard": guard}]
    if allowed:
        read_process(document, version=1, source="v1.toml")
        return
    with pytest.raises(InvalidDefinition):
        read_process(document, version=1, source="v1.toml")
