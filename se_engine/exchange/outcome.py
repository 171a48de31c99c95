"""What an import did, or every fault that kept it from doing anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from se_engine.rules.errors import Reason
from se_engine.wording import sentence

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


def no_progress(done: int, of: int) -> None:
    return


@dataclass(frozen=True)
class Fault:
    """One thing wrong in the file: where it stands, what stands there, and the reason with what is allowed."""

    line: int
    column: str
    value: str
    reason: Reason

    def text(self, language: str) -> str:
        return sentence(self.reason, language)


@dataclass
class Outcome:
    """Counts of rows of the file; with one fault nothing is written, and the counts are nought."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    def settled(self) -> "Outcome":
        """With its faults in the order of the file, and nothing counted that will not be kept."""
        self.faults.sort(key=lambda fault: fault.line)
        if self.faults:
            self.created = self.updated = self.unchanged = 0
        return self

    def as_data(self, language: str) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "faults": [
                {"line": f.line, "column": f.column, "value": f.value, "text": f.text(language)} for f in self.faults
            ],
        }
