"""Property: a history imported in two halves is the history imported at once, however it is cut."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from se_engine.actions import participants, people
from se_engine.database import Database, open_database
from se_engine.exchange.history import import_history
from se_engine.rules.roles import OPERATOR
from se_engine.rules.timeline import END_REASONS, PAUSE_REASONS, WAITING_FOR
from tests.exchange.conftest import EVENT, Importer, entered, event

STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")


@st.composite
def histories(draw) -> list[dict[str, str]]:
    """Days and events that fit one another: what waits ends, what is open may end, an end may be followed."""
    day, rows = date(2024, 1, 1), [event("opened", "2024-01-01")]
    step, waiting, paused, ended, jobs = STEPS[0], False, False, False, 0
    for _ in range(draw(st.integers(0, 14))):
        day += timedelta(days=draw(st.sampled_from([0, 0, 1, 3, 20])))
        on = day.isoformat()
        if ended:
            rows.append(event("opened", on))
            step, waiting, paused, ended, jobs = STEPS[0], False, False, False, 0
            continue
        possible = ["move", "wait", "check", "job", "end"]
        possible += ["stop_waiting"] * waiting + ["resume" if paused else "pause"] + ["lose"] * (jobs == 1)
        match draw(st.sampled_from(possible)):
            case "move":
                step = draw(st.sampled_from([other for other in STEPS if other != step]))
                rows.append(entered(step, on))
                waiting = paused = False
            case "wait":
                rows.append(event("waiting_started", on, waiting_for=draw(st.sampled_from(WAITING_FOR))))
                waiting = True
            case "stop_waiting":
                rows.append(event("waiting_ended", on))
                waiting = False
            case "pause":
                rows.append(event("paused", on, reason=draw(st.sampled_from(PAUSE_REASONS))))
                paused = True
            case "resume":
                rows.append(event("resumed", on))
                paused = False
            case "check":
                rows.append(event("checked", on, answer=draw(st.sampled_from(["this_job", "not_known"]))))
            case "job":
                rows.append(event("job_started", on, hours_per_week="20"))
                jobs += 1
            case "lose":
                rows.append(event("job_ended", on, reason="mutual"))
                jobs -= 1
            case "end":
                rows.append(event("ended", on, reason=draw(st.sampled_from(END_REASONS))))
                ended = True
    return rows


@pytest.fixture(scope="module")
def with_somebody(migrated_file, tmp_path_factory) -> Path:
    """A database with one participant, copied for each example."""
    path = tmp_path_factory.mktemp("whole") / "db.sqlite3"
    path.write_bytes(migrated_file.read_bytes())
    with opened(path) as database, database.session() as session:
        office = people.add_office(session, OPERATOR, EVENT["office"])
        participants.register(
            session, OPERATOR, office.id, ref=EVENT["participant_ref"], given_name="Amal", family_name="Prøve"
        )
    return path


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{path}", bytes(32))
    yield database
    database.dispose()


def known_by(row: dict[str, str]) -> tuple[str | None, ...]:
    """What a history row is recognised by, within one participant."""
    return tuple(row.get(column) for column in ("event", "happened_on", "step", "reason", "waiting_for"))


@given(rows=histories(), cut=st.floats(0, 1), again=st.booleans())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_halves_are_the_whole(write, with_somebody, tmp_path, rows, cut, again):
    where = round(cut * len(rows))
    # A second file that says of the same day what the first said is the same row again: that is how twice is once.
    assume(again or not {known_by(row) for row in rows[:where]} & {known_by(row) for row in rows[where:]})
    # A file that continues another may repeat what that one said.
    halves = [rows[:where], rows if again else rows[where:]]
    found = []
    for parts in ([rows], halves):
        path = tmp_path / f"{uuid4()}.sqlite3"
        shutil.copyfile(with_somebody, path)
        with opened(path) as database:
            importer = Importer(database, write)
            for part in filter(None, parts):
                outcome = importer(import_history, write(part, EVENT))
                assert outcome.ok, [fault.text("en") for fault in outcome.faults]
            found.append(importer.all_rows())
    assert found[0] == found[1]
