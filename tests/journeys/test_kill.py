"""kill -9 while four processes move a thousand cases: what was acknowledged is there, and nothing is half done."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter

import pytest
from sqlalchemy import select

from se_engine.database import open_database
from se_engine.exchange.history import import_history
from se_engine.exchange.participants import import_participants
from se_engine.queries.trail import verify
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.history import HistoryEvent
from se_engine.records.trail import TrailEntry
from se_engine.rules.roles import OPERATOR
from tests.support.databases import MASTER_KEY
from tests.support.people import OPENED, TODAY, make_people, transaction
from tests.support.tree import TOP

CASES = 1_000
PERSON = (
    "participant_ref", "given_name", "family_name", "birth_year", "sex", "languages", "interpreter_language",
    "norwegian_listening", "norwegian_reading", "norwegian_speaking", "norwegian_writing", "scheme", "office",
    "job_specialist", "referred_on",
)  # fmt: skip
EVENT = ("participant_ref", "office", "event", "happened_on", "step", "reason", "waiting_for", "recorded_on")
WORKERS = 4
ACKNOWLEDGED_BEFORE_THE_KILL = 120


@pytest.fixture
def office(database, clock, tmp_path):
    """A thousand cases in the first step, taken over from an earlier system."""
    refs = [f"K{number:04}" for number in range(CASES)]
    participants, history = tmp_path / "participants.csv", tmp_path / "history.csv"
    person = "{};Pat;Example;1990;female;ar;;A2;;;;jobbsjansen;Lakselv;jo@example.org;2026-01-02"
    participants.write_text("\n".join([";".join(PERSON), *(person.format(ref) for ref in refs)]))
    opened = f"{{}};Lakselv;opened;{OPENED.isoformat()};;;;"
    history.write_text("\n".join([";".join(EVENT), *(opened.format(ref) for ref in refs)]))
    with transaction(database, clock) as session:
        people = make_people(session)
        assert import_participants(session, OPERATOR, participants).ok
        assert import_history(session, OPERATOR, history).ok
        return people, sorted(session.scalars(select(Case.id)))


def start_movers(url, people, cases, *, workers=WORKERS):
    command = [sys.executable, "-m", "tests.journeys.mover", url, TODAY.isoformat(), str(people.jo.user_id)]
    quiet = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return [
        subprocess.Popen(
            [*command, *map(str, cases[worker::workers])], cwd=TOP, env=quiet, stdout=subprocess.PIPE, text=True
        )
        for worker in range(workers)
    ]


def acknowledged_until_killed(movers):
    """The cases that were said to be moved, up to the moment in which all four are killed."""
    said, enough = [], threading.Event()

    def listen(mover):
        for line in mover.stdout:
            said.append(int(line))
            if len(said) >= ACKNOWLEDGED_BEFORE_THE_KILL:
                enough.set()

    listeners = [threading.Thread(target=listen, args=(mover,)) for mover in movers]
    for listener in listeners:
        listener.start()
    assert enough.wait(60)
    for mover in movers:
        mover.send_signal(signal.SIGKILL)
    for mover, listener in zip(movers, listeners, strict=True):
        mover.wait()
        listener.join()
        mover.stdout.close()
    return said


def test_every_acknowledged_move_is_there_and_none_is_half_done(database, database_url, clock, office):
    people, cases = office
    database.dispose()
    said = acknowledged_until_killed(start_movers(database_url, people, cases))
    assert ACKNOWLEDGED_BEFORE_THE_KILL <= len(said) < CASES
    after = open_database(database_url, MASTER_KEY)
    with after.snapshot() as session:
        moved = set(session.scalars(select(Case.id).where(Case.step == "profiling")))
        entered = Counter(session.scalars(select(HistoryEvent.case_id).where(HistoryEvent.kind == "entered")))
        told = Counter(session.scalars(select(TrailEntry.case_id).where(TrailEntry.what == "entered")))
        second = Counter(session.scalars(select(StepPeriod.case_id).where(StepPeriod.ordinal == 2)))
        left = Counter(session.scalars(select(StepPeriod.case_id).where(StepPeriod.left_to == "profiling")))
        assert set(said) <= moved
        assert len(moved) - len(said) <= WORKERS  # committed, and killed before the word was out
        once = dict.fromkeys(moved, 1)
        assert (entered, told, second, left) == (once, once, once, once)
        assert verify(session).ok
        waiting = sorted(set(cases) - moved)[:8]
    after.dispose()
    assert sorted(moved_by(start_movers(database_url, people, waiting, workers=1))) == waiting  # nobody holds a lock


def moved_by(movers):
    said = [int(line) for mover in movers for line in mover.stdout]
    for mover in movers:
        assert mover.wait() == 0
        mover.stdout.close()
    return said
