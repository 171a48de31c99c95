"""A nation's stays in steps, written with the bare driver: many cases, each on its way through the steps and back."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from benchmarks.bare import transaction, write
from se_engine import processes
from se_engine.database import Database
from se_engine.rules.calendar import working_days

AS_OF = date(2026, 11, 21)
FIRST = date(2019, 1, 1)
OFFICES = 20
CHUNK = 20_000
"""Cases at a time."""
MEAN_DAYS = {
    "engagement": 30, "profiling": 45, "job_finding": 70, "employer_engagement": 60, "job_support": 90,
    "follow_up": 200,
}  # fmt: skip
PARTIES = ("participant", "employer", "nav", "municipality", "documents", "course")
END_REASONS = ("work", "education", "moved", "withdrew", "health")
Row = tuple[Any, ...]

OFFICE = ("id", "name", "template", "threshold")
PARTICIPANT = (
    "id", "office_id", "ref", "sealed_key", "sex", "interpreter_need", "protected", "recorded_at", "version",
)  # fmt: skip
CASE = (
    "id", "participant_id", "office_id", "process_name", "process_version", "template", "protected", "step", "status",
    "opened_on", "entered_on", "ended_on", "end_reason", "visit", "last_event_on", "version",
)  # fmt: skip
STAY = (
    "id", "case_id", "office_id", "process_name", "ordinal", "step", "entered_on", "left_on", "left_to", "end_reason",
    "waited_for", "own_days", "waiting_days", "paused_days", "own_working_days", "waiting_working_days",
    "paused_working_days",
)  # fmt: skip
WAITING = ("id", "period_id", "waiting_for", "started_on", "ended_on")
PAUSE = ("id", "period_id", "reason", "started_on", "ended_on")


def fill(database: Database, visits: int, *, offices: int = OFFICES) -> None:
    """At least so many stays: three in ten with waiting, one in ten paused, one in twenty still running."""
    lives = _Lives(offices)
    unchecked = "PRAGMA foreign_keys = OFF" if database.is_sqlite else "SET session_replication_role = replica"
    with transaction(database, unchecked) as connection:
        write(connection, "offices", OFFICE, ((n + 1, f"Kontor {n + 1:03}", "standard", 5) for n in range(offices)))
        while lives.stays < visits:
            rows = lives.some(CHUNK, visits)
            tables = ("participants", PARTICIPANT), ("cases", CASE), ("step_periods", STAY), ("waitings", WAITING)
            for (table, columns), written in zip((*tables, ("pauses", PAUSE)), rows, strict=True):
                write(connection, table, columns, written)
    if not database.is_sqlite:  # as its own upkeep would have done by now
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as upkeep:
            upkeep.exec_driver_sql("VACUUM ANALYZE")


class _Lives:
    """Cases one after another, with numbers that go on."""

    def __init__(self, offices: int) -> None:
        self.chance = random.Random(5)  # noqa: S311 - the same population every time, nothing secret
        self.offices = offices
        self.version = processes.latest().version
        self.cases = self.stays = self.waitings = self.pauses = 0

    def some(self, cases: int, stays: int) -> tuple[list[Row], ...]:
        """So many cases more, or fewer where there are enough stays."""
        rows: tuple[list[Row], ...] = ([], [], [], [], [])
        for _ in range(cases):
            if self.stays < stays:
                self._live(*rows)
        return rows

    def _live(
        self, people: list[Row], cases: list[Row], stays: list[Row], waitings: list[Row], pauses: list[Row]
    ) -> None:
        self.cases += 1
        number, office = self.cases, self.cases % self.offices + 1
        opened = on = FIRST + timedelta(days=self.chance.randrange((AS_OF - FIRST).days - 30))
        for ordinal, (step, to) in enumerate(self._way(), start=1):
            self.stays += 1
            own = int(self.chance.expovariate(1 / MEAN_DAYS[step]))
            waiting = self.chance.randrange(3, 40) if self.chance.random() < 0.3 else 0
            paused = self.chance.randrange(7, 60) if self.chance.random() < 0.1 else 0
            entered, left = on, on + timedelta(days=own + waiting + paused)
            runs = left > AS_OF
            whom = self.chance.choice(PARTIES) if waiting else None
            if paused and on < AS_OF:
                self.pauses += 1
                pauses.append((self.pauses, self.stays, "sickness", on, _ended(on, paused)))
            if waiting and on + timedelta(days=paused) < AS_OF:
                began = on + timedelta(days=paused)
                self.waitings += 1
                waitings.append((self.waitings, self.stays, whom, began, _ended(began, waiting)))
            reason = self.chance.choice(END_REASONS) if to == "ended" and not runs else None
            counted = _counted(entered, left, own, waiting, paused) if not runs else (None,) * 6
            stays.append((
                self.stays, number, office, processes.SUPPORTED_EMPLOYMENT, ordinal, step, entered,
                None if runs else left, None if runs else to, reason, None if runs else whom, *counted,
            ))  # fmt: skip
            on = left
            if runs:
                break
        people.append((number, office, f"P{number}", None, ("female", "male")[number % 2], "no", False,
                       "2026-01-01 00:00:00.000000", 1))  # fmt: skip
        ended = None if runs else left
        cases.append((
            number, number, office, processes.SUPPORTED_EMPLOYMENT, self.version, "standard", False,
            step if runs else "ended", "active" if runs else "ended", opened, entered if runs else left, ended, reason,
            ordinal, min(left, AS_OF), 1,
        ))  # fmt: skip

    def _way(self) -> Iterator[tuple[str, str]]:
        """From step to step: on, sometimes back, sometimes out."""
        steps, at = list(MEAN_DAYS), 0
        while True:
            turn = self.chance.random()
            if turn < 0.08 or (turn >= 0.2 and at == len(steps) - 1):
                yield steps[at], "ended"
                return
            to = max(0, at - 1) if turn < 0.2 and at else min(at + 1, len(steps) - 1)
            yield steps[at], steps[to]
            at = to


def _ended(began: date, days: int) -> date | None:
    over = began + timedelta(days=days)
    return over if over <= AS_OF else None


def _counted(entered: date, left: date, own: int, waiting: int, paused: int) -> tuple[int, ...]:
    """On both clocks; the working days of the parts are those of the pause, then the waiting, then the rest."""
    resumed = entered + timedelta(days=paused)
    came = resumed + timedelta(days=waiting)
    return (own, waiting, paused, _working(came, left), _working(resumed, came), _working(entered, resumed))


@cache
def _so_far(day: date) -> int:
    return working_days(FIRST, day)


def _working(after: date, until: date) -> int:
    return _so_far(until) - _so_far(after)
