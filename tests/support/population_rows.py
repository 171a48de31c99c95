"""What a random population is made with: plain rows by table, chance, and the days around the window."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from se_engine.records import people, texts

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
EARLIEST, LATEST = date(2024, 11, 1), date(2026, 8, 20)
MOMENT = datetime(2026, 9, 20, 9, tzinfo=UTC)
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
LENGTHS = (0, 1, 2, 3, 7, 13, 14, 15, 28, 29, 30, 31, 56, 59, 60, 61, 63, 77, 90, 91, 92, 105, 119, 182, 196, 365, 366)
LEVELS = ("A1", "A2", "B1", "B2", "C1", "A2", "B2", None)
PACE = (0, 1, 7, 14, 29, 30, 31, 45, 60, 61)
"""Days in a step."""
SKILLS = ("listening", "reading", "speaking", "writing")
Row = dict[str, Any]


@dataclass
class World:
    """What there is, by record class; `add` gives each row the next number of its table."""

    rows: dict[type, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: type, /, **columns: Any) -> int:
        number = len(self.rows[kind]) + 1
        self.rows[kind].append({"id": number, **columns})
        return number

    def of(self, kind: type, /, **wanted: Any) -> list[Row]:
        return [row for row in self.rows[kind] if all(row[key] == value for key, value in wanted.items())]

    def write(self, session: Any) -> None:
        """In an order that foreign keys allow."""
        metadata = people.User.metadata
        by_table = {kind.__table__: rows for kind, rows in self.rows.items()}
        for table in metadata.sorted_tables:
            if by_table.get(table):
                keys = {key for row in by_table[table] for key in row}
                session.execute(insert(table), [{**dict.fromkeys(keys), **row} for row in by_table[table]])
        session.flush()


def at(day: date) -> datetime:
    """A moment of the Norwegian day, late enough for the day to be another one in no zone we use."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass
class Maker:
    chance: random.Random
    world: World

    def some(self, *choices_: Any) -> Any:
        return self.chance.choice(choices_)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def after(self, day: date) -> date:
        return min(LATEST, day + timedelta(days=self.chance.choice(LENGTHS)))

    def near(self, day: date) -> date:
        """On the day, or a length before or after it."""
        return day + timedelta(days=self.chance.choice((-1, 1)) * self.chance.choice(LENGTHS))

    def between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.chance.randrange(max(1, (last - first).days + 1)))

    def text(self, participant: int) -> int:
        return self.world.add(
            texts.ParticipantText, participant_id=participant, kind="field", sealed=None, salt=None, digest="x",
            recorded_at=MOMENT, redacted_at=None, redacted_by=None,
        )  # fmt: skip
