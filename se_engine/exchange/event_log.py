"""The event log in the forms that process mining reads: streamed case by case, so that its size does not matter."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import IO, Protocol

from sqlalchemy.orm import Session

from se_engine.exchange.log_ocel import OcelWriter
from se_engine.exchange.log_rows import CsvWriter, NamedTrace
from se_engine.exchange.log_xes import XesWriter
from se_engine.queries.event_log import LeftOut, Trace, Wanted, left_out, traces
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor

PURPOSE = b"event log"


class Writer(Protocol):
    def begin(self) -> None: ...

    def write(self, trace: NamedTrace) -> None: ...

    def end(self) -> None: ...


WRITERS: dict[str, Callable[[IO[str], date], Writer]] = {"xes": XesWriter, "csv": CsvWriter, "ocel": OcelWriter}


@dataclass(frozen=True)
class Written:
    cases: int
    events: int
    left_out: LeftOut


def write_event_log(session: Session, actor: Actor, wanted: Wanted, output: str, file: IO[str]) -> Written:
    """The log of the cases that are asked for; Refused where there is none, so that no empty file is made."""
    name = session.info["keyring"].pseudonyms(PURPOSE)
    writer, cases, events = WRITERS[output](file, wanted.as_of), 0, 0
    for trace in _named(traces(session, actor, wanted), name):
        if not cases:
            writer.begin()
        writer.write(trace)
        cases, events = cases + 1, events + len(trace.events)
    if not cases:
        raise Refused("event_log_empty")
    writer.end()
    return Written(cases, events, left_out(session, actor, wanted))


def _named(found: Iterable[Trace], name: Callable[[str], str]) -> Iterable[NamedTrace]:
    return (NamedTrace.of(trace, name) for trace in found if trace.events)
