"""Importing employers.csv: all of it or nothing, twice is once; an empty cell leaves what is known."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_nobody_named
from se_engine.exchange.directory import Directory
from se_engine.exchange.employer_cells import COLUMNS, FACTS, columns
from se_engine.exchange.employer_writer import EmployerWriter
from se_engine.exchange.known_employers import KnownEmployers
from se_engine.exchange.outcome import Fault, Outcome, Progress, no_progress
from se_engine.exchange.participants import in_chunks
from se_engine.exchange.tables import Row, Table
from se_engine.rules.employers import FREE_TEXTS
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import Actor, Role

AT_A_TIME = 1_000
Said = dict[str, Any]
"""What one row says: column → value, without the empty cells."""


def import_employers(session: Session, actor: Actor, path: Path, *, progress: Progress = no_progress) -> Outcome:
    """Everything in the session's transaction; the caller rolls it back when the outcome has faults."""
    if actor.role is not Role.OPERATOR:
        raise NotPermitted()
    table = Table(path, columns())
    outcome = Outcome(faults=table.faults)
    reading = _Reading(session, actor, outcome.faults)
    writer = EmployerWriter(session, actor)
    for chunk in in_chunks(table.rows(), AT_A_TIME):
        rows = [read for row in chunk if row.good and (read := reading.of(row))]
        reading.check_texts(rows)
        if outcome.ok:
            for _line, office_id, said, card in rows:
                done = writer.write(office_id, said, card, reading.known)
                setattr(outcome, done, getattr(outcome, done) + 1)
            writer.flush()
        progress(table.rows_read, table.lines)
    outcome.rows = table.rows_read
    return outcome.settled()


Placed = tuple[int, int, Said, Mapping[str, Any] | None]
"""Line, office, what is said, and the card as it is known; None for a new employer."""


class _Reading:
    """Finds the office and the card of each row, and notes as faults what does not fit."""

    def __init__(self, session: Session, actor: Actor, faults: list[Fault]) -> None:
        self._session, self._faults = session, faults
        self._directory = Directory(session, actor)
        self.known = KnownEmployers(session)
        self._seen: dict[tuple[int, str], int] = {}

    def of(self, row: Row) -> Placed | None:
        said = {name: value for name, value in zip(COLUMNS, row.values, strict=True) if value is not None}
        try:
            column = "office"
            office_id = self._directory.office(said["office"])
            column = "name"
            card = self.known.card(office_id, said["name"], said.get("org_number"))
            self._once(office_id, said, card, row.line)
            column = "contact_name"
            if "contact_name" not in said and {"contact_phone", "contact_email"} & set(said):
                raise Refused("cell_needed", field=column)
        except Refused as refused:
            self._faults.append(Fault(row.line, column, str(said.get(column, "")), refused.reason))
            return None
        return row.line, office_id, said, card

    def _once(self, office_id: int, said: Said, card: Mapping[str, Any] | None, line: int) -> None:
        """One row for each employer: by the card it has, by number and by name."""
        keys = [f"name {said['name']}"]
        if card is not None:
            keys.append(f"card {card['id']}")
        if "org_number" in said:
            keys.append(f"number {said['org_number']}")
        for key in keys:
            first = self._seen.setdefault((office_id, key), line)
            if first != line:
                raise Refused("row_repeated", line=first)

    def check_texts(self, rows: list[Placed]) -> None:
        """The texts of many rows are looked at together, and one by one only when something was found."""
        offices = {office_id for _line, office_id, _said, _card in rows}
        for office_id in sorted(offices):
            texts = [(line, field, text) for line, where, field, text in _texts(rows) if where == office_id]
            if self._refused(office_id, "\n\n".join(text for _line, _field, text in texts)):
                for line, field, text in texts:
                    if refused := self._refused(office_id, text):
                        self._faults.append(Fault(line, field, "", refused.reason))  # what was found is not repeated

    def _refused(self, office_id: int, text: str) -> Refused | None:
        try:
            check_nobody_named(self._session, office_id, text, confirmed=True)
        except Refused as refused:
            return refused
        return None


def _texts(rows: list[Placed]) -> Iterator[tuple[int, int, str, str]]:
    for line, office_id, said, _card in rows:
        for field in FACTS:
            if field in FREE_TEXTS and field in said:
                yield line, office_id, field, said[field]
