"""The words of an invitation, language by language: workflows/invitations. What has no file is not translated."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from se_engine.processes import WORKFLOWS

FOLDER = WORKFLOWS / "invitations"
OURS = "nb"
SPOKEN = ("in_person", "phone", "video")


def languages() -> frozenset[str]:
    """The languages somebody has written an invitation in."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


@cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Appointment:
    """What an invitation tells of a meeting."""

    channel: str
    on: date
    time: str | None
    place: str | None
    person: str | None
    interpreter: bool


def invitation(language: str, to: Appointment) -> str:
    """The text, a line a sentence; whatever is not known is left out."""
    words = _words(language)
    day = words["day"].format(
        weekday=words["weekdays"][to.on.weekday()], number=to.on.day, month=words["months"][to.on.month - 1]
    )
    agreed = words[f"{to.channel}_at" if to.time else to.channel].format(day=day, time=to.time)
    lines = [
        agreed,
        words["place"].format(place=to.place.rstrip(".")) if to.place and to.channel == "in_person" else "",
        words["interpreter"] if to.interpreter else "",
        words["cannot_come"],
        words["greeting"].format(person=to.person) if to.person else "",
        words.get("unreviewed", ""),
    ]
    return "\n".join(line for line in lines if line)
