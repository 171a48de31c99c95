"""Fixtures: import files written from what differs, on a day that does not move."""

import csv
import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from se_engine.exchange.history import import_history
from se_engine.exchange.participants import import_participants
from se_engine.rules.roles import OPERATOR

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PERSON = {
    "participant_ref": "P1", "given_name": "Amal", "family_name": "Prøve", "birth_year": "1990", "sex": "female",
    "languages": "ar;en", "interpreter_language": "ar", "norwegian_listening": "A2", "norwegian_reading": "A1",
    "norwegian_speaking": "A2", "norwegian_writing": "", "scheme": "introduction_programme", "office": "Nord",
    "job_specialist": "jo@example.org", "referred_on": "2026-01-02",
}  # fmt: skip
EVENT = {
    "participant_ref": "P1", "office": "Nord", "event": "", "happened_on": "", "step": "", "reason": "",
    "waiting_for": "", "recorded_on": "",
}  # fmt: skip


def event(kind: str, on: str, **more: str) -> dict[str, str]:
    return {"event": kind, "happened_on": on, **more}


def entered(step: str, on: str, **more: str) -> dict[str, str]:
    return event("entered", on, step=step, **more)


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(rows, like=EVENT)`: a file whose rows are like another but for what they say."""
    count = itertools.count()

    def written(
        rows: Sequence[Mapping[str, str]], like: Mapping[str, str], *, delimiter: str = ",", encoding: str = "utf-8"
    ) -> Path:
        path = tmp_path / f"file{next(count)}.csv"
        columns = list(dict.fromkeys([*like, *(name for row in rows for name in row)]))
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=delimiter, restval="")
            writer.writeheader()
            writer.writerows({**like, **row} for row in rows)
        return path

    return written


class Importer:
    """Imports a file as the command line does, and counts what is in the database."""

    def __init__(self, database, write: Write) -> None:
        self.database, self._write = database, write

    def __call__(self, importing, path: Path, **more):
        with self.database.session() as session:
            session.info["clock"] = lambda: NOW
            outcome = importing(session, OPERATOR, path, **more)
            if not outcome.ok:
                session.rollback()
        return outcome

    def people(self, *rows: Mapping[str, str], create: bool = True, like: Mapping[str, str] = PERSON):
        return self(import_participants, self._write(rows, like), create=create)

    def history(self, *rows: Mapping[str, str]):
        return self(import_history, self._write(rows, EVENT))

    def count(self, table: str) -> int:
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - a name from the tests

    def rows(self, statement: str):
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(text(statement))]

    def all_rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything an import writes, without numbers and moments: two ways to the same end must agree."""
        statements = {
            "cases": "SELECT participant_id, step, status, visit, opened_on, entered_on, ended_on, end_reason,"
            " waiting_for, pause_reason, last_event_on, last_contact_on FROM cases"
            " ORDER BY participant_id, opened_on, id",
            "periods": "SELECT c.participant_id, p.ordinal, p.step, p.entered_on, p.left_on, p.left_to, p.own_days,"
            " p.waiting_days, p.paused_days FROM step_periods p JOIN cases c ON c.id = p.case_id"
            " ORDER BY c.participant_id, c.id, p.ordinal",
            "history": "SELECT c.participant_id, h.kind, h.happened_on, h.step, h.reason, h.waiting_for, h.from_step"
            " FROM history h JOIN cases c ON c.id = h.case_id ORDER BY c.participant_id, h.happened_on, h.id",
            "jobs": "SELECT c.participant_id, j.job_ref, j.started_on, j.ended_on, j.end_reason"
            " FROM jobs j JOIN cases c ON c.id = j.case_id ORDER BY j.id",
        }
        return {name: self.rows(statement) for name, statement in statements.items()}


@pytest.fixture
def importer(database, write: Write) -> Importer:
    return Importer(database, write)


def told(outcome) -> list[tuple[int, str, str]]:
    """Line, column and code of every fault."""
    return [(fault.line, fault.column, fault.reason.code) for fault in outcome.faults]
