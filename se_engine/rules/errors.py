"""Refusals: what the rules say no to, each with a code and the values its sentence needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

Value = str | int


@dataclass(frozen=True)
class Reason:
    """One unmet requirement: what is missing, who can mend it, and where."""

    code: str
    values: dict[str, Value] = field(default_factory=dict)
    task: str | None = None
    who: tuple[str, ...] = ()
    where: str = "case"


class Refused(Exception):
    """Something was asked that the rules do not allow; `code` and `values` make the sentence."""

    code: ClassVar[str] = "refused"

    def __init__(self, code: str | None = None, **values: Value) -> None:
        self.reason = Reason(code or self.code, values)
        super().__init__(self.reason.code)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (self.reason,)


class NotFound(Refused):
    """No such thing, or not for this person: the same answer for both."""

    code = "not_found"


class NotPermitted(Refused):
    """The thing is there for this person, but not this act on it."""

    code = "not_permitted"


class Stale(Refused):
    """Someone else changed the thing since the page was opened."""

    code = "stale"


class NoSuchMove(Refused):
    """The step has no such move."""

    code = "no_such_move"


class RecordedElsewhere(Refused):
    """The task is closed by a fact that has a record of its own; the reason says where that is kept."""

    code = "closed_by_its_record"

    def __init__(self, *, fact: str, task: str) -> None:
        super().__init__(task=task)
        self.reason = replace(self.reason, task=task, who=("job_specialist",), where=f"fact:{fact}:{task}")


class Blocked(Refused):
    """A move with unmet requirements; `reasons` has every one of them."""

    code = "blocked"

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__()
        self._reasons = tuple(reasons)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self._reasons


class InvalidDefinition(Exception):
    """A definition file with faults; `faults` names all of them in sentences."""

    def __init__(self, source: str, faults: Sequence[str]) -> None:
        self.source, self.faults = source, tuple(faults)
        super().__init__(f"{source}: " + "; ".join(faults))
