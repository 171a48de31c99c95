"""The event log as XES (IEEE 1849)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import IO
from xml.sax.saxutils import quoteattr

from se_engine.exchange.log_rows import NamedTrace, moment

EXTENSIONS = {
    "Concept": ("concept", "http://www.xes-standard.org/concept.xesext"),
    "Lifecycle": ("lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    "Organizational": ("org", "http://www.xes-standard.org/org.xesext"),
    "Time": ("time", "http://www.xes-standard.org/time.xesext"),
}
DATES = ("time:timestamp",)
NUMBERS = ("order",)
OF_EVERY_EVENT = {
    "concept:name": "unknown", "lifecycle:transition": "complete", "time:timestamp": moment(date(1970, 1, 1)),
    "concept:instance": "1", "org:role": "unknown", "org:resource": "unknown",
}  # fmt: skip
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XesWriter:
    def __init__(self, file: IO[str], as_of: date) -> None:
        self._file, self._as_of = file, as_of

    def begin(self) -> None:
        self._lines(
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">',
            *(
                f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>'
                for name, (prefix, uri) in EXTENSIONS.items()
            ),
            '<global scope="trace">', *_attributes({"concept:name": "unknown"}), "</global>",
            '<global scope="event">', *_attributes(OF_EVERY_EVENT), "</global>",
            '<classifier name="Activity" scope="event" keys="concept:name"/>',
            '<classifier name="Activity and transition" scope="event" keys="concept:name lifecycle:transition"/>',
            *_attributes({"concept:name": "SE Engine", "lifecycle:model": "standard"}),
            f'<date key="as_of" value="{moment(self._as_of)}"/>',
        )  # fmt: skip

    def write(self, trace: NamedTrace) -> None:
        of_case = {"concept:name": trace.name, "office": trace.office, "process": trace.process}
        self._lines("<trace>", *_attributes(of_case))
        for row in trace.rows():
            self._lines("<event>", *_attributes(row), "</event>")
        self._lines("</trace>")

    def end(self) -> None:
        self._lines("</log>")

    def _lines(self, *lines: str) -> None:
        self._file.write("\n".join((*lines, "")))


def _attributes(given: Mapping[str, str]) -> Iterable[str]:
    return [
        f"<{_kind(key)} key={quoteattr(key)} value={quoteattr(_NO_XML.sub('', value))}/>"
        for key, value in given.items()
    ]


def _kind(key: str) -> str:
    return "date" if key in DATES else "int" if key in NUMBERS else "string"
