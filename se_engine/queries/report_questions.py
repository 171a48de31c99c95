"""What is asked of a report, and what its reader may see of the answer: the same for every report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.queries.access import may_open_every_case, offices_for_reports, team_led
from se_engine.queries.report_groups import GROUPINGS
from se_engine.records.offices import Office
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.time import CLOCKS, Clock

VISITS = ("all", "first")
COMPARISONS = ("year", "half_year")
HORIZON = 365
LARGEST_HORIZON = 3660


@dataclass(frozen=True)
class Question:
    """All of it stands in the address of a page; what a report does not know of, it leaves alone."""

    as_of: date
    """Later events do not exist."""
    office: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    """Entered, opened or begun within these days, both included."""
    by: str | None = None
    group: str | None = None
    """One group of `by` alone: what stands behind its numbers."""
    visits: str = "all"
    clock: Clock = "calendar"
    horizon: int = HORIZON
    threshold: int | None = None
    compare: str | None = None
    """Beside the same days a year or half a year before, as they stand now."""
    publish: bool = False
    """Answer as for readers who may not open the cases, whoever asks: what leaves the page leaves so."""


@dataclass(frozen=True)
class Asked:
    """A question that may be answered, with the offices whose numbers this reader may see."""

    question: Question
    actor: Actor
    offices: tuple[Office, ...]
    team_led: str | None = None
    """The team whose cases this reader may all open, where it is not the whole office."""

    @property
    def office_ids(self) -> tuple[int, ...]:
        return tuple(one.id for one in self.offices)

    @property
    def limited(self) -> bool:
        """Whether there are offices whose numbers are left out: else nobody need look at which office a row is of."""
        return self.question.office is not None or not (self.actor.role.everywhere or self.actor.office_id is None)

    @property
    def office(self) -> str | None:
        """The one asked for, or that the reader belongs to: never the only one there happens to be."""
        named = self.question.office is not None or not self.actor.role.everywhere
        return self.offices[0].name if self.offices and named else None

    @property
    def whole(self) -> bool:
        """Whether the reader may open every case behind the numbers, so that none of them needs hiding."""
        return self._opens(self.offices)

    def _opens(self, offices: Sequence[Office]) -> bool:
        asked = self.question
        own_team = asked.by == "team" and asked.group is not None and asked.group == self.team_led
        return not asked.publish and (own_team or all(may_open_every_case(self.actor, one.id) for one in offices))

    def threshold(self, group: str = "") -> int:
        """The office's own where groups are offices, else the strictest of the offices.

        Whoever may open all the cases may lower it, and anybody may raise it.
        """
        asked = self.question.threshold
        concerned = [one for one in self.offices if self.question.by != "office" or one.name == group]
        set_by_office = max((one.threshold for one in concerned), default=1)
        if asked is None:
            return set_by_office
        return max(0, asked) if self._opens(concerned) else max(asked, set_by_office)

    def heading(self, report: str, version: int) -> dict[str, Any]:
        """What every answer begins with, as JSON has it."""
        question = self.question
        return {
            "report": report,
            "definition_version": version,
            "as_of": question.as_of.isoformat(),
            "from": question.from_on.isoformat() if question.from_on else None,
            "to": question.to_on.isoformat() if question.to_on else None,
            "office": self.office,
            "by": question.by,
        } | ({"compare": question.compare} if question.compare else {})


def ask(session: Session, actor: Actor, question: Question) -> Asked:
    """NotPermitted for roles that read no reports, NotFound for an office out of reach, else Refused."""
    offices = offices_asked(session, actor, question.office)
    check_option("clock", question.clock, tuple(CLOCKS))
    check_option("visits", question.visits, VISITS)
    check_option("by", question.by or GROUPINGS[0], GROUPINGS)
    if question.compare is not None:
        check_option("compare", question.compare, COMPARISONS)
    if question.from_on and question.to_on and question.to_on < question.from_on:
        raise Refused("ends_before_it_starts", started=question.from_on.isoformat())
    if not 0 <= question.horizon <= LARGEST_HORIZON:
        raise Refused("horizon_not_allowed", largest=LARGEST_HORIZON)
    return Asked(question, actor, tuple(offices), team_led(session, actor))


def offices_asked(session: Session, actor: Actor, office: int | None) -> list[Office]:
    """The office asked for, or all whose numbers this reader may see."""
    offices = offices_for_reports(session, actor)
    if office is None:
        return offices
    chosen = [one for one in offices if one.id == office]
    if not chosen:
        raise NotFound()
    return chosen


def check_option(option: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise Refused("report_option_unknown", option=option, allowed=", ".join(allowed))


def groups_of(labels: Iterable[str]) -> list[str]:
    """In the order in which they are shown."""
    return sorted(set(labels))
