"""The event log as OCEL 2.0 in JSON: events about a case, its employer tracks and its jobs at once."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from se_engine.exchange.log_rows import FACTS, NamedTrace, NamedTrack, moment

CASE, JOB, TRACK = "case", "job", "track"
OBJECT_TYPES = {CASE: ("office", "process"), JOB: (), TRACK: ()}
OF_EVENT = ("role", "step", *FACTS)
TRACK_EVENT = "track_"


class OcelWriter:
    """Events come first in the file; the objects wait on the disk until all events are written."""

    def __init__(self, file: IO[str], as_of: date) -> None:
        self._file = file
        self._objects = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed in end(), and by the last reference
        self._types: dict[str, None] = {}
        self._many = 0

    def begin(self) -> None:
        self._file.write('{"events": [')

    def write(self, trace: NamedTrace) -> None:
        for event in [*_events(trace), *_track_events(trace)]:
            self._types[event["type"]] = None
            self._many += 1
            self._file.write((",\n" if self._many > 1 else "\n") + json.dumps({"id": f"e{self._many}", **event}))
        for thing in _objects(trace):
            self._objects.write(json.dumps(thing) + "\n")

    def end(self) -> None:
        self._file.write('],\n"objects": [')
        self._objects.seek(0)
        for place, line in enumerate(self._objects):
            self._file.write((",\n" if place else "\n") + line.rstrip("\n"))
        self._objects.close()
        types = {
            "objectTypes": [_type(name, attributes) for name, attributes in OBJECT_TYPES.items()],
            "eventTypes": [_type(name, OF_EVENT) for name in sorted(self._types)],
        }
        self._file.write("],\n" + json.dumps(types)[1:] + "\n")


def _type(name: str, attributes: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": attribute, "type": "string"} for attribute in attributes]}


def _events(trace: NamedTrace) -> Iterator[dict[str, Any]]:
    for event, job in trace.events:
        about = {CASE: trace.name} | ({JOB: job} if job else {})
        told = {"role": event.role, "step": event.step, **event.facts}
        yield _event(f"{event.activity}.{event.transition}", event.on, told, about)


def _track_events(trace: NamedTrace) -> Iterator[dict[str, Any]]:
    for track in trace.tracks:
        for move in track.moves:
            about = {CASE: trace.name, TRACK: track.name}
            yield _event(TRACK_EVENT + move.step, move.on, {"role": move.role, "step": move.step}, about)


def _event(kind: str, on: date, told: Mapping[str, str], about: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": kind,
        "time": moment(on),
        "attributes": [{"name": name, "value": value} for name, value in told.items()],
        "relationships": [{"objectId": name, "qualifier": qualifier} for qualifier, name in about.items()],
    }


def _objects(trace: NamedTrace) -> Iterator[dict[str, Any]]:
    since = moment(trace.opened_on)
    told = {"office": trace.office, "process": trace.process}
    attributes = [{"name": name, "time": since, "value": value} for name, value in told.items()]
    yield {"id": trace.name, "type": CASE, "attributes": attributes, "relationships": []}
    for job in trace.jobs:
        yield {"id": job.name, "type": JOB, "attributes": [], "relationships": [_of(CASE, trace.name)]}
    jobs = {job.name for job in trace.jobs}
    for track in trace.tracks:
        yield {"id": track.name, "type": TRACK, "attributes": [], "relationships": _related(track, trace.name, jobs)}


def _related(track: NamedTrack, case: str, jobs: set[str]) -> list[dict[str, str]]:
    led_to = [_of(JOB, track.job)] if track.job in jobs and track.job else []
    return [_of(CASE, case), *led_to]


def _of(qualifier: str, name: str) -> dict[str, str]:
    return {"objectId": name, "qualifier": qualifier}
