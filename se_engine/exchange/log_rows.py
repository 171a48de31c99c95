"""One line for each event, under the names that XES has for its columns; a case and its things by pseudonyms."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO

from se_engine.exchange.spreadsheet_cells import for_spreadsheet
from se_engine.queries.event_log import Trace, TrackMove
from se_engine.rules.event_log import LogEvent

FACTS = ("left_to", "reason", "waiting_for", "answer")
"""What an event may say beside what every one says, as codes."""
COLUMNS = (
    "case:concept:name", "concept:name", "lifecycle:transition", "time:timestamp", "order", "org:role", "org:resource",
    "concept:instance", "step", "job", *FACTS, "case:office", "case:process",
)  # fmt: skip


@dataclass(frozen=True)
class NamedJob:
    name: str
    started_on: date


@dataclass(frozen=True)
class NamedTrack:
    name: str
    opened_on: date
    job: str | None
    moves: tuple[TrackMove, ...]


@dataclass(frozen=True)
class NamedTrace:
    """A case that may leave the house: no number of ours is in it."""

    name: str
    office: str
    process: str
    opened_on: date
    events: tuple[tuple[LogEvent, str | None], ...]
    """With the job that each is about."""
    jobs: tuple[NamedJob, ...]
    tracks: tuple[NamedTrack, ...]

    @classmethod
    def of(cls, trace: Trace, name: Callable[[str], str]) -> "NamedTrace":
        def job(number: int | None) -> str | None:
            return None if number is None else name(f"job {number}")

        return cls(
            name(f"case {trace.case_id}"),
            trace.office,
            trace.process,
            trace.opened_on,
            tuple((event, job(event.job)) for event in trace.events),
            tuple(NamedJob(name(f"job {one.id}"), one.started_on) for one in trace.jobs),
            tuple(
                NamedTrack(name(f"track {one.id}"), one.opened_on, job(one.job_id), one.moves) for one in trace.tracks
            ),
        )

    def rows(self) -> Iterator[Mapping[str, str]]:
        for place, (event, job) in enumerate(self.events, start=1):
            yield {
                "concept:name": event.activity,
                "lifecycle:transition": event.transition,
                "time:timestamp": moment(event.on),
                "order": str(place),
                "org:role": event.role,
                "org:resource": event.role,
                "concept:instance": str(event.instance),
                "step": event.step,
                **({"job": job} if job else {}),
                **event.facts,
            }


def moment(day: date) -> str:
    """Days are what is known; in a zone without summer time every day has 24 hours, so durations are whole days."""
    return f"{day.isoformat()}T00:00:00.000+00:00"


class CsvWriter:
    """With commas and points, as programs read; nothing in it begins a formula."""

    def __init__(self, file: IO[str], as_of: date) -> None:
        self._lines = csv.writer(file, lineterminator="\r\n")

    def begin(self) -> None:
        self._lines.writerow(COLUMNS)

    def write(self, trace: NamedTrace) -> None:
        of_case = {"case:concept:name": trace.name, "case:office": trace.office, "case:process": trace.process}
        for row in trace.rows():
            told = {**of_case, **row}
            self._lines.writerow(for_spreadsheet(told.get(column, "") for column in COLUMNS))

    def end(self) -> None:
        return
