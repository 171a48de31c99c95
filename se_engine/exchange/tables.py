"""Reading a CSV file: its encoding, its header, its rows with their line numbers – and whatever is wrong with them."""

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from se_engine.exchange.outcome import Fault
from se_engine.rules.errors import Reason, Refused

CHUNK = 1 << 20


@dataclass(frozen=True)
class Column:
    """One column; `read` gives the value of a cell that is not empty, or refuses it.

    What was read is remembered by its text, because most cells say what many others say; `varied` columns are not
    worth the memory.
    """

    name: str
    read: Callable[[str], Any]
    needed: bool = False
    optional: bool = False
    varied: bool = False


@dataclass(slots=True)
class Row:
    """The values of a row in the order of the columns asked for; None where the cell is empty or not in the file."""

    line: int
    values: list[Any]
    good: bool = True


@dataclass
class Table:
    """A file being read; `faults` grows while its rows are taken."""

    path: Path
    columns: Sequence[Column]
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0
    rows_read: int = 0

    def rows(self) -> Iterator[Row]:
        """Every row, the faulty ones marked; none when the file as a whole cannot be read."""
        self.lines = self._examine()
        if self.faults:
            return
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = ";" if first.count(";") > first.count(",") else ","
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                yield from self._read(reader)
            except csv.Error as fault:
                self._fault(reader.line_num, "", "", Reason("not_csv", {"fault": str(fault)}))

    def _examine(self) -> int:
        """How many lines there are; a fault where the bytes are not UTF-8."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        lines = before = 0
        with self.path.open("rb") as file:
            while True:
                chunk = file.read(CHUNK)
                carried = len(decoder.getstate()[0])
                try:
                    decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as fault:
                    self._not_utf8(lines, before - carried + fault.start, fault.object, fault.start)
                    return lines
                if b"\0" in chunk:  # UTF-16 of plain letters would pass as UTF-8
                    self._not_utf8(lines, before + chunk.index(b"\0"), chunk, chunk.index(b"\0"))
                    return lines
                if not chunk:
                    return lines
                lines += chunk.count(b"\n")
                before += len(chunk)

    def _not_utf8(self, lines: int, position: int, seen: bytes, at: int) -> None:
        line = lines + seen.count(b"\n", 0, at) + 1
        self._fault(line, "", f"0x{seen[at]:02X}", Reason("not_utf8", {"byte": position + 1, "line": line}))

    def _read(self, reader: Any) -> Iterator[Row]:
        header = [name.strip() for name in next(reader, [])]
        if not any(header):
            return self._fault(1, "", "", Reason("file_empty"))
        if not self._header_fits(header):
            return None
        names = [column.name for column in self.columns]
        plan = [(at, names.index(name), dict[str, Any]()) for at, name in enumerate(header) if name in names]
        end = reader.line_num
        for cells in reader:
            line, end = end + 1, reader.line_num
            if not any(cells):
                continue
            self.rows_read += 1
            if len(cells) != len(header):
                self._fault(line, "", "", Reason("cells_number", {"found": len(cells), "wanted": len(header)}))
                yield Row(line, [None] * len(self.columns), good=False)
                continue
            yield self._row(line, cells, plan)
        return None

    def _header_fits(self, header: list[str]) -> bool:
        """Unknown columns are named and passed by; without a needed one no row can be read."""
        known = [column.name for column in self.columns]
        for name in header:
            if name not in known:
                self._fault(1, name, name, Reason("column_unknown", {"allowed": ", ".join(known)}))
        for name in sorted({name for name in header if header.count(name) > 1}):
            self._fault(1, name, name, Reason("column_twice"))
        missing = [c.name for c in self.columns if not c.optional and c.name not in header]
        for name in missing:
            self._fault(1, name, "", Reason("column_missing"))
        return not missing

    def _row(self, line: int, cells: list[str], plan: list[tuple[int, int, dict[str, Any]]]) -> Row:
        """`plan` says which cell goes where, and what was read from cells that said the same."""
        row = Row(line, [None] * len(self.columns))
        values = row.values
        for at, place, known in plan:
            given = cells[at].strip()
            try:
                values[place] = known[given]
            except KeyError:
                self._take(row, place, given, known)
        return row

    def _take(self, row: Row, place: int, given: str, known: dict[str, Any]) -> None:
        column = self.columns[place]
        try:
            value = self._value(column, given)
        except Refused as refused:
            self._fault(row.line, column.name, given, refused.reason)
            row.good = False
            return
        row.values[place] = value
        if not column.varied:
            known[given] = value

    def _value(self, column: Column, given: str) -> Any:
        if given:
            return column.read(given)
        if column.needed:
            raise Refused("cell_needed", field=column.name)
        return None

    def _fault(self, line: int, column: str, value: str, reason: Reason) -> None:
        self.faults.append(Fault(line, column, value, reason))
