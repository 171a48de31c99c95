"""A report's tables in the reader's language: what its columns, codes and choices are called."""

from collections.abc import Mapping
from typing import Any

from se_engine import processes, wording
from se_engine.exchange.report_tables import Mark, Table, Value
from se_engine.rules.tracks import PROCESS as TRACK

CODES = {"reason": "end_reason", "end_reason": "end_reason", "waiting_for": "waiting_for"}
ENDED = "ended."
"""Columns of codes, with the group that words them; of the others the words of reports are asked."""
OWN_WORDS = ("left_to", "title", "result", "hours_given")
OF_EFFORT = ("of", "part", "dimension")
OF_GROUPS = {"sex": "sex", "scheme": "scheme"}
CHOSEN = ("clock", "visits", "which", "every")
"""Choices that only some reports heed; those that do say so."""
Line = tuple[str, Value]


class Words:
    """Of one answer, in one language."""

    def __init__(self, answer: Mapping[str, Any], language: str) -> None:
        self._answer, self._language = answer, language
        self._by = answer.get("by")
        self._steps = answer.get("steps") if answer["report"] == "flow" else ()

    def table(self, name: str) -> str:
        """`tracks.curve` is two words with a dash between."""
        return " – ".join(self._of("report_table", part) for part in name.split("."))

    def column(self, name: str) -> str:
        return self._step(name) if name in (self._steps or ()) else self._of("report_column", name)

    def cell(self, column: str, value: Value) -> Value:
        if not isinstance(value, str):
            return value
        if column == "step":
            return self._step(value)
        if column == "group":
            return self._group(value)
        if column in OF_EFFORT:
            return self._effort(value)
        group = CODES.get(column) or ("report_word" if column in OWN_WORDS else None)
        return self._of(group, value) if group else value

    def rows(self, table: Table) -> list[list[Value]]:
        return [
            [self.cell(column, value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows
        ]

    def about(self) -> list[Line]:
        """What the numbers are, line by line: a file is read far from the page it came from."""
        found = {**self._answer, **self._answer["about"]}
        days = [name for name in ("as_of", "asked_as_of", "from", "to") if found.get(name)]
        chosen = [name for name in CHOSEN if found.get(name)]
        lines: list[Line] = [
            ("report", self._of("report", found["report"])),
            ("definition_version", found["definition_version"]),
            *((name, found[name]) for name in days),
            ("office", found["office"] or self._of("report_word", "all_offices")),
            ("by", self._of("report_word", found["by"] or "nothing")),
            *([("group", self._group(found["group"]))] if found.get("group") else []),
            *((name, self._of("report_word", found[name])) for name in chosen),
            *((name, found[name]) for name in ("horizon", "window") if name in found),
            *(
                [("effort_of", self._effort(found["of"])), ("bands", self._of("report_word", found["bands"]))]
                if "bands" in found
                else []
            ),
            *([("association", self._of("report_word", "association"))] if found.get("association") else []),
            ("threshold", found["threshold"]),
            ("hidden", self._of("report_word", "hidden").format(mark=Mark.HIDDEN.value)),
            ("form", self._of("report_word", "form")),
        ]
        return [(self._of("report_column", name), value) for name, value in lines]

    def _group(self, label: str) -> str:
        named = OF_GROUPS.get(self._by or "")
        if named and label in wording.catalogue()[named]:
            return wording.word(named, label, self._language)
        return self._of("report_word", label) if label in ("none", "unknown", "several") else label

    def _effort(self, code: str) -> str:
        """What the effort is of, or a part of its result: a dimension, a step, a reason, or a word of its own."""
        if code in wording.catalogue()["dimension"]:
            return self._of("dimension", code)
        if code.startswith(ENDED):
            return self._of("end_reason", code.removeprefix(ENDED))
        worded = "all_contacts" if code == "all" else code
        return self._of("report_word", worded) if worded in wording.catalogue()["report_word"] else self._step(code)

    def _step(self, step: str) -> str:
        for process in (processes.latest(), processes.latest(TRACK)):
            if step in process.step_by_key:
                return process.step_by_key[step].title.to(self._language)
        return step

    def _of(self, group: str, code: str) -> str:
        """Codes of older days that have lost their word stand as they are."""
        return wording.word(group, code, self._language) if code in wording.catalogue()[group] else code
