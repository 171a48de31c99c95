"""The durable move: scope, guards, period, history, text and trail, one commit – against the bare driver."""

import hashlib
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import event

from benchmarks.engines import Bench, open_cases
from benchmarks.goals import Measured
from se_engine.actions import cases
from se_engine.actions.tasks import record_tasks
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import OPERATOR

MOVED = date(2026, 1, 12)
NINE_TASKS = ("T1-S3", "T1-M1", "T1-K1", "T1-S2", "T1-S4", "T1-S5", "T1-M2", "T1-M3", "T1-K2")
EACH = 300
RATIO = {"sqlite": (2.8, 2.0), "postgresql": (2.2, 1.6)}
WAIT = {"sqlite": (500.0, 150.0), "postgresql": (500.0, 150.0)}


def measure(bench: Bench) -> Iterator[Measured]:
    moved = open_cases(bench, EACH + 50, office="Moves")
    by_hand = open_cases(bench, EACH + 50, office="Floor")
    for case_id in moved + by_hand:
        with bench.database.session() as session:
            record_tasks(
                session, OPERATOR, case_id, keys=NINE_TASKS, status=TaskStatus.DONE, happened_on=MOVED, words="Sagt."
            )
    connection = bench.connect()
    floor = _bare(bench, connection)
    for case_id in by_hand[:50]:
        floor(case_id)
    for case_id in moved[:50]:
        _move(bench, case_id)
    # In turns, so that a slow moment of the machine falls on both.
    hand, ours = [], []
    for one, other in zip(by_hand[50:], moved[50:], strict=True):
        hand.append(_timed(lambda case_id=one: floor(case_id)))
        ours.append(_timed(lambda case_id=other: _move(bench, case_id)))
    connection.close()
    must, aim = RATIO[bench.engine]
    yield Measured(
        "durable move", bench.engine, statistics.median(ours), "ms", statistics.median(hand), "bare driver", must, aim
    )
    yield Measured("statements in a move", bench.engine, _statements(bench), "", None, "counted", 10, 8)
    yield _eight_at_once(bench)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _move(bench: Bench, case_id: int) -> None:
    with bench.database.session() as session:
        cases.advance(
            session, OPERATOR, case_id, "begin_profiling_anyway", seen_version=None, happened_on=MOVED, note="Fordi."
        )


def _bare(bench: Bench, connection: Any) -> Callable[[int], None]:
    """The same rows, the same checks in a row of ifs, one commit: what no design can go below."""
    mark = "?" if bench.engine == "sqlite" else "%s"
    begin = "BEGIN IMMEDIATE" if bench.engine == "sqlite" else "BEGIN"

    def sql(statement: str) -> str:
        return statement.replace("?", mark)

    def returning(statement: str, values: tuple[Any, ...]) -> int:
        number: int = connection.execute(sql(statement) + " RETURNING id", values).fetchone()[0]
        return number

    def floor(case_id: int) -> None:
        connection.execute(begin)
        case = connection.execute(
            sql(
                "SELECT c.version, c.step, c.participant_id, c.office_id, c.visit, c.entered_on FROM cases c"
                " JOIN participants p ON p.id = c.participant_id WHERE c.id = ? AND NOT c.protected"
            ),
            (case_id,),
        ).fetchone()
        tasks = connection.execute(
            sql("SELECT task, status FROM task_records WHERE case_id = ?"), (case_id,)
        ).fetchall()
        done = {task for task, status in tasks if status == "done"}
        if not done.issuperset(NINE_TASKS):
            raise AssertionError("the floor must check the guards too")
        stamp = "2026-01-12T10:00:00.000000+00:00"
        text = returning(
            "INSERT INTO participant_texts (participant_id, kind, sealed, salt, digest, recorded_at)"
            " VALUES (?, 'reason', ?, ?, ?, ?)",
            (case[2], b"x" * 34, b"s" * 16, hashlib.sha256(b"x").hexdigest(), stamp),
        )
        connection.execute(
            sql(
                "INSERT INTO history (case_id, kind, happened_on, recorded_at, role, source, step, from_step, trigger,"
                " text_id) VALUES (?, 'entered', '2026-01-12', ?, 'operator', 'app', 'profiling', ?, 'm', ?)"
            ),
            (case_id, stamp, case[1], text),
        )
        connection.execute(
            sql(
                "UPDATE step_periods SET left_on = '2026-01-12', left_to = 'profiling', own_days = 7, waiting_days = 0,"
                " paused_days = 0 WHERE case_id = ? AND ordinal = ?"
            ),
            (case_id, case[4]),
        )
        connection.execute(
            sql(
                "INSERT INTO step_periods (case_id, office_id, process_name, ordinal, step, entered_on)"
                " VALUES (?, ?, 'supported_employment', ?, 'profiling', '2026-01-12')"
            ),
            (case_id, case[3], case[4] + 1),
        )
        changed = connection.execute(
            sql(
                "UPDATE cases SET step = 'profiling', entered_on = '2026-01-12', visit = visit + 1,"
                " last_event_on = '2026-01-12', version = version + 1 WHERE id = ? AND version = ?"
            ),
            (case_id, case[0]),
        ).rowcount
        if changed != 1:
            raise AssertionError("lost race")
        values = (stamp, "operator", case[3], case[2], case_id, "entered", "2026-01-12", text)
        connection.execute(
            sql(
                "INSERT INTO trail_entries (recorded_at, role, office_id, participant_id, case_id, what, happened_on,"
                " text_id, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ),
            (*values, hashlib.sha256(repr(values).encode()).hexdigest()),
        )
        connection.execute("COMMIT")

    return floor


def _statements(bench: Bench) -> float:
    (case_id,) = open_cases(bench, 1, office="Counted")
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(bench.database.engine, "before_cursor_execute", note)
    _move(bench, case_id)
    event.remove(bench.database.engine, "before_cursor_execute", note)
    return float(len(seen))


def _eight_at_once(bench: Bench) -> Measured:
    """Eight writers, forty moves each: none lost, and how long the unluckiest waited."""
    ids = open_cases(bench, 320, office="Eight")
    waits: list[float] = []

    def write(part: list[int]) -> None:
        for case_id in part:
            waits.append(_timed(lambda case_id=case_id: _move(bench, case_id)))

    threads = [threading.Thread(target=write, args=(ids[i::8],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with bench.connect() as connection:
        moved = connection.execute(
            "SELECT count(*) FROM cases c JOIN offices o ON o.id = c.office_id WHERE o.name = 'Eight' AND c.visit = 2"
        ).fetchone()[0]
    if moved != len(ids):
        raise AssertionError(f"{len(ids) - moved} moves were lost")
    must, aim = WAIT[bench.engine]
    return Measured("longest wait of eight writers", bench.engine, max(waits), "ms", None, "no lost update", must, aim)
