"""Writing many rows at once with the bare driver: numbers given beforehand, parents before children.

Dates and moments travel as the text that each engine keeps or reads, so that no value is converted twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from se_engine.actions.trail import raw
from se_engine.clock import now, today
from se_engine.keys import digest, new_salt
from se_engine.rules.chain import FIELDS, part
from se_engine.rules.roles import Actor

LEFT = (
    "left_on", "left_to", "end_reason", "waited_for", "own_days", "waiting_days", "paused_days", "own_working_days",
    "waiting_working_days", "paused_working_days",
)  # fmt: skip
STANDING = (
    "step", "status", "entered_on", "ended_on", "end_reason", "sorting_first_since", "waiting_for", "waiting_since",
    "pause_reason", "paused_since", "next_on", "last_event_on",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "participants": (
        "id", "office_id", "team_id", "ref", "sealed_key", "birth_year", "sex", "country", "arrived_year",
        "highest_education", "interpreter_need", "interpreter_language", "protected", "specialist_id", "referred_on",
        "decision", "decided_on", "recorded_at", "version",
    ),
    "participant_texts": ("id", "participant_id", "kind", "sealed", "salt", "digest", "recorded_at"),
    "name_keys": ("id", "participant_id", "office_id", "key"),
    "participant_languages": ("id", "participant_id", "language", "ordinal"),
    "language_levels": ("id", "participant_id", "skill", "level", "source", "happened_on", "recorded_at"),
    "scheme_memberships": ("id", "participant_id", "scheme", "check_result", "recorded_at"),
    "named_readers": ("id", "participant_id", "user_id", "recorded_at"),
    "employers": ("id", "office_id", "name", "recorded_at"),
    "cases": (
        "id", "participant_id", "office_id", "team_id", "owner_id", "process_name", "process_version", "template",
        "previous_id", "protected", "opened_on", "visit", "last_contact_on", "version", *STANDING,
    ),
    "case_owners": ("id", "case_id", "user_id", "from_on", "recorded_at"),
    "jobs": (
        "id", "case_id", "job_ref", "employer_id", "occupation", "occupation_code", "started_on", "ended_on",
        "end_reason", "hours_per_week", "contract", "paid", "subsidy", "recorded_at", "voided", "version",
    ),
    "checks": ("id", "case_id", "job_id", "happened_on", "answer", "evidence", "recorded_at", "voided"),
    "step_periods": (
        "id", "case_id", "office_id", "process_name", "ordinal", "step", "entered_on", *LEFT,
    ),
    "waitings": ("id", "period_id", "waiting_for", "started_on", "ended_on", "next_on"),
    "pauses": ("id", "period_id", "reason", "started_on", "ended_on", "next_on"),
    "contacts": (
        "id", "office_id", "case_id", "employer_id", "user_id", "kind", "purpose", "channel", "status", "happened_on",
        "starts_at", "minutes", "travel_minutes", "in_field", "participant_present", "decision_maker", "concrete_job",
        "outcome", "cancelled_by", "shared", "next_on", "recorded_at", "completed_at", "source", "external_ref",
        "version",
    ),
    "contact_texts": ("id", "contact_id", "part", "text_id", "recorded_at"),
    "interpreter_bookings": (
        "id", "contact_id", "needed", "language", "anonymous", "status", "came_as", "recorded_at", "version",
    ),
    "history": (
        "id", "case_id", "kind", "happened_on", "recorded_at", "role", "source", "recorded_on", "step", "from_step",
        "reason", "waiting_for", "next_on", "job_id", "check_id", "voids_id", "stands_for",
    ),
    "trail_entries": ("id", *FIELDS, "digest"),
}  # fmt: skip
"""Every table an import writes, parents before children; columns left out stay empty."""


FIRST_NUMBERS, MOST_NUMBERS = 8, 4_096
"""What is taken and not used is lost: few for a small file, many for a large one."""


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class Bulk:
    """Rows gathered by table until `flush`; the session's transaction decides whether they stay."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self.role = actor.role.value
        self._postgresql = session.get_bind().dialect.name == "postgresql"
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._numbers: dict[str, Iterator[int]] = {}
        moment: datetime = now(session)
        self.today = today(session).isoformat()
        self.recorded_at = moment.strftime("%Y-%m-%d %H:%M:%S.%f") + ("+00" if self._postgresql else "")
        self._trail_head = (moment.isoformat(timespec="microseconds"), actor.user_id, self.role, None)
        self._who_and_when = b"".join([part(raw(value)) for value in self._trail_head])

    def number(self, table: str) -> int:
        """The next id of a table."""
        numbers = self._numbers.get(table)
        if numbers is None:
            numbers = self._sequence(table) if self._postgresql else count(self._largest(table) + 1)
            self._numbers[table] = numbers
        return next(numbers)

    def _largest(self, table: str) -> int:
        """On SQLite the transaction is the only one that writes."""
        found: int = self.session.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()  # noqa: S608
        return found

    def _sequence(self, table: str) -> Iterator[int]:
        """On PostgreSQL others write too: numbers are taken from the sequence, ever more at a time."""
        taking = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :many)")
        many = FIRST_NUMBERS
        while True:
            yield from self.session.scalars(taking, {"table": table, "many": many}).all()
            many = min(2 * many, MOST_NUMBERS)

    def add(self, table: str, *values: Any) -> None:
        self._rows[table].append(values)

    def add_text(self, participant_id: int, sealed_key: bytes | None, kind: str, words: str) -> int:
        """Words sealed under the participant's key; their number."""
        number, salt = self.number("participant_texts"), new_salt()
        sealed = self.session.info["keyring"].seal(sealed_key, words, name=kind)
        proof = digest(salt, words)
        self.add("participant_texts", number, participant_id, kind, sealed, salt, proof, self.recorded_at)
        return number

    def add_trail(
        self,
        what: str,
        detail: str,
        office_id: int,
        participant_id: int | None,
        case_id: int | None = None,
        happened_on: str | None = None,
    ) -> None:
        """The entry that `write_trail` would write: its digest covers the same columns in the same order."""
        about = (office_id, participant_id, case_id, what, detail, happened_on)
        hashed = b"%b%b--" % (self._who_and_when, b"".join([part(raw(value)) for value in about]))
        self._rows["trail_entries"].append(
            (self.number("trail_entries"), *self._trail_head, *about, None, None, sha256(hashed).hexdigest())
        )

    def forget(self) -> None:
        """Drops what was gathered: a fault was found, and nothing of the file will be kept."""
        self._rows.clear()

    def flush(self) -> None:
        for table, columns in COLUMNS.items():
            if rows := self._rows.pop(table, None):
                self._copy(table, columns, rows) if self._postgresql else self._insert(table, columns, rows)

    def _insert(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
        self.session.connection().exec_driver_sql(statement, rows)

    def _copy(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        cursor: Any = self.session.connection().connection.cursor()  # COPY is psycopg's own, not the DB-API's
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.close()
