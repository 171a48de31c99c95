"""The rows of history.csv: read, checked cell by cell, and kept small until each participant's are complete."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from se_engine import processes
from se_engine.exchange import cells
from se_engine.exchange.outcome import Fault
from se_engine.exchange.tables import Column, Row, Table
from se_engine.rules.errors import Reason
from se_engine.rules.jobs import CONTRACTS
from se_engine.rules.timeline import (
    CHECK_ANSWERS,
    CHECK_EVIDENCE,
    END_REASONS,
    IMPORTED,
    JOB_END_REASONS,
    PAUSE_REASONS,
    WAITING_FOR,
    Event,
    EventKind,
)

ENDED = "ended"
_ENTERED = EventKind.ENTERED.value
CODES: tuple[str | None, ...] = (None, *dict.fromkeys((*PAUSE_REASONS, *END_REASONS, *JOB_END_REASONS, *WAITING_FOR)))
REASONS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.PAUSED: PAUSE_REASONS,
    EventKind.RESUMED: PAUSE_REASONS,
    EventKind.JOB_ENDED: JOB_END_REASONS,
    EventKind.ENDED: END_REASONS,
}
NEEDS = {
    EventKind.ENTERED: ("step",),
    EventKind.WAITING_STARTED: ("waiting_for",),
    EventKind.PAUSED: ("reason",),
    EventKind.JOB_ENDED: ("reason",),
    EventKind.CHECKED: ("answer",),
    EventKind.ENDED: ("reason",),
}
JOB_FACTS = ("hours_per_week", "contract", "paid", "subsidy", "employer", "occupation")
MAY_HAVE = {
    EventKind.OPENED: ("step",),
    EventKind.WAITING_ENDED: ("waiting_for",),
    EventKind.RESUMED: ("reason",),
    EventKind.JOB_STARTED: ("job_ref", *JOB_FACTS),
    EventKind.JOB_ENDED: ("job_ref",),
    EventKind.CHECKED: ("job_ref", "evidence"),
    EventKind.ENDED: ("step",),
}
"""What an event can do without; every other cell must be empty, so that nothing a file says is passed over."""


class Particulars(NamedTuple):
    """The optional columns."""

    job_ref: str | None = None
    hours_per_week: float | None = None
    contract: str | None = None
    paid: bool | None = None
    subsidy: bool | None = None
    employer: str | None = None
    occupation: str | None = None
    answer: str | None = None
    evidence: str | None = None


class FileEvent(NamedTuple):
    """One row as an event, with the line it stands on."""

    line: int
    kind: str
    event: Event
    recorded_on: date | None
    particulars: Particulars

    @property
    def key(self) -> tuple[str, date, str | None, str | None, str | None]:
        """What it is known by within its participant; its ordinal among equals comes on top."""
        return key_of(self.kind, self.event)


def key_of(kind: str, event: Any) -> tuple[str, date, str | None, str | None, str | None]:
    """The same for an event and for its row in history; where a case opens or ends goes without saying."""
    return kind, event.happened_on, event.step if kind == _ENTERED else None, event.reason, event.waiting_for


def columns(now: date) -> tuple[Column, ...]:
    day = cells.day(now)
    return (
        Column("participant_ref", cells.ref, needed=True, varied=True),
        Column("office", cells.words, needed=True),
        Column("event", cells.one_of("event", [kind.value for kind in IMPORTED]), needed=True),
        Column("happened_on", day, needed=True),
        Column("step", cells.one_of("step", known_steps())),
        Column("reason", cells.words),
        Column("waiting_for", cells.one_of("waiting_for", WAITING_FOR)),
        Column("recorded_on", day),
        Column("job_ref", cells.words, optional=True, varied=True),
        Column("hours_per_week", cells.hours, optional=True),
        Column("contract", cells.one_of("contract", CONTRACTS), optional=True),
        Column("paid", cells.yes_no("paid"), optional=True),
        Column("subsidy", cells.yes_no("subsidy"), optional=True),
        Column("employer", cells.words, optional=True),
        Column("occupation", cells.occupation, optional=True),
        Column("answer", cells.one_of("answer", CHECK_ANSWERS), optional=True),
        Column("evidence", cells.one_of("evidence", CHECK_EVIDENCE), optional=True),
    )


def known_steps() -> list[str]:
    """The steps of every version: a case may stand on an older one."""
    name = processes.SUPPORTED_EMPLOYMENT
    every = (processes.get(name, version) for version in reversed(processes.versions(name)))
    return list(dict.fromkeys(step.key for process in every for step in process.steps))


class History:
    """The good rows by participant, packed: 100,000 participants must fit into the memory of a small machine."""

    _packed = Struct("<IIIBBBBI")  # line, day, recorded on, event, step, reason, waiting for, particulars

    def __init__(self, path: Path, now: date) -> None:
        self.table = Table(path, columns(now))
        self._names = [column.name for column in self.table.columns]
        self._steps: list[str | None] = [None, *known_steps()]
        self._first = processes.latest().first_step.key
        self._fine: set[tuple[Any, ...]] = set()  # what fits an event fits it in every row
        self._rows: dict[tuple[str, str], bytearray] = {}
        self._particulars: list[Particulars] = [Particulars()]
        self.doubtful: dict[tuple[str, str], int] = {}
        """From which day on a participant's events cannot be judged, because one of them could not be read."""

    def read(self, progress: Callable[[int], None]) -> None:
        for row in self.table.rows():
            if row.good:
                self._check(row)
            ref, office, _, happened_on = row.values[:4]
            if row.good:
                self._keep(row)
            elif ref and office:
                before = self.doubtful.get((office, ref), date.max.toordinal())
                self.doubtful[office, ref] = min(before, happened_on.toordinal() if happened_on else 0)
            progress(self.table.rows_read)

    def participants(self) -> list[tuple[str, str]]:
        return list(self._rows)

    def events_of(self, participant: tuple[str, str]) -> Iterator[FileEvent]:
        """In the order of days, and within a day in the order of the file."""
        packed = sorted(self._packed.iter_unpack(self._rows[participant]), key=itemgetter(1))
        until = self.doubtful.get(participant)
        for line, day, recorded, kind, step, reason, waiting_for, place in packed:
            if until is not None and day >= until:
                return
            event = Event(
                IMPORTED[kind],
                date.fromordinal(day),
                self._steps[step],
                CODES[reason],
                CODES[waiting_for],
            )
            recorded_on = date.fromordinal(recorded) if recorded else None
            yield FileEvent(line, _KINDS[kind], event, recorded_on, self._particulars[place])

    def _check(self, row: Row) -> None:
        """The cells an event needs are there, those it does not take are empty, and its reason is one it knows."""
        more = row.values[8:]
        shape = (row.values[2], *row.values[4:7], more != _NOTHING_MORE and tuple([value is None for value in more]))
        if shape in self._fine:
            return
        given = dict(zip(self._names, row.values, strict=True))
        kind = EventKind(given["event"])
        needed, allowed = NEEDS.get(kind, ()), MAY_HAVE.get(kind, ())
        for name in self._names[4:]:
            value = given[name]
            if value is None and name in needed:
                self._fault(row, name, "", Reason("cell_needed", {"field": name}))
            elif value is not None and name != "recorded_on" and name not in needed and name not in allowed:
                self._fault(row, name, value, Reason("cell_not_for_event", {"field": name, "event": kind.value}))
        reasons = REASONS.get(kind, ())
        if given["reason"] and reasons and given["reason"] not in reasons:
            unknown = Reason("value_unknown", {"field": "reason", "allowed": ", ".join(reasons)})
            self._fault(row, "reason", given["reason"], unknown)
        only = {EventKind.OPENED: self._first, EventKind.ENDED: ENDED}.get(kind)
        if only and given["step"] not in (None, only):
            self._fault(row, "step", given["step"], Reason("value_unknown", {"field": "step", "allowed": only}))
        if kind is EventKind.ENTERED and given["step"] == ENDED:
            self._fault(row, "step", ENDED, Reason("ended_is_an_event"))
        if row.good:
            self._fine.add(shape)

    def _fault(self, row: Row, column: str, value: object, reason: Reason) -> None:
        row.good = False
        self.table.faults.append(Fault(row.line, column, _written(value), reason))

    def _keep(self, row: Row) -> None:
        ref, office, kind, day, step, reason, waiting_for, recorded_on, *optional = row.values
        place = 0
        if optional != _NOTHING_MORE:
            place = len(self._particulars)
            self._particulars.append(Particulars(*optional))
        packed = self._packed.pack(
            row.line,
            day.toordinal(),
            recorded_on.toordinal() if recorded_on else 0,
            _PLACE_OF_KIND[kind],
            self._steps.index(self._first if kind == EventKind.OPENED else None if kind == EventKind.ENDED else step),
            _PLACE_OF_CODE[reason],
            _PLACE_OF_CODE[waiting_for],
            place,
        )
        self._rows.setdefault((office, ref), bytearray()).extend(packed)


_NOTHING_MORE = [None] * len(Particulars._fields)
_KINDS = [kind.value for kind in IMPORTED]
_PLACE_OF_KIND = {kind: place for place, kind in enumerate(_KINDS)}
_PLACE_OF_CODE = {code: place for place, code in enumerate(CODES)}


def _written(value: object) -> str:
    """A value as it stood in the file."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
