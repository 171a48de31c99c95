"""Rows of ratings as they are sent: by the script one at a time, without it all in one form."""

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from se_engine.rules.audit_ratings import Given
from web.numbers import whole_number

CODES = {"NR": "NR", "N": "NR", "NA": "NA", "N/A": "NA", "A": "NA"}
"""What may be typed in the place of a level, whatever the case."""


class NotALevel(ValueError):
    """What was typed is no level, NR or NA."""


@dataclass(frozen=True)
class TypedRow:
    """One row of the form; `seen` is the version it was made from."""

    key: str
    level: str
    rationale: str
    recommendation: str
    notes: tuple[int, ...]
    finished: bool
    seen: int | None

    def rating(self) -> tuple[int | None, str | None]:
        """Level and code, one of them at most; NotALevel for anything else."""
        given = self.level.strip().upper()
        if not given:
            return None, None
        if given in CODES:
            return None, CODES[given]
        level = whole_number(given)
        if level is None:
            raise NotALevel(self.level)
        return level, None

    def over(self, given: Given) -> "TypedRow":
        """As it stands once the parts that were left alone are as somebody else has made them."""
        level = self.level if given.rating is None else str(given.rating)
        return replace(
            self,
            level=level,
            rationale=given.rationale,
            recommendation=given.recommendation,
            notes=given.notes,
            finished=given.finished,
        )


def was_sent(sent: MultiDict[str, str], key: str) -> bool:
    return f"seen-{key}" in sent


def typed_row(sent: MultiDict[str, str], key: str) -> TypedRow:
    """The row as it was typed; what was not sent is as good as empty."""
    notes = (whole_number(number) for number in sent.getlist(f"notes-{key}"))
    return TypedRow(
        key=key,
        level=sent.get(f"level-{key}", ""),
        rationale=_text(sent, f"rationale-{key}"),
        recommendation=_text(sent, f"recommendation-{key}"),
        notes=tuple(sorted({number for number in notes if number})),
        finished=f"finished-{key}" in sent,
        seen=whole_number(sent.get(f"seen-{key}", "")),
    )


def _text(sent: MultiDict[str, str], name: str) -> str:
    """Browsers send line ends of their own."""
    return sent.get(name, "").replace("\r\n", "\n").strip()
