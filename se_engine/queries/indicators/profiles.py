"""Source: the vocational profiles that were written within the window, and who has said yes to them since."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.indicators.sources_cases import cases
from se_engine.queries.indicators.sources_records import fields
from se_engine.queries.indicators.sources_work import EventRow, events, versions
from se_engine.rules.documents import AGREED

PROFILE, HERSELF = "vocational_profile", "participant"


class Profile(NamedTuple):
    """A case whose profile said all it has to for the first time on a day of the window."""

    case_id: int
    participant_id: int
    written_on: date
    agreed: Sequence[EventRow]
    """Her own yes, to any version."""


def profiles(evidence: Evidence) -> Sequence[Profile]:
    """One for each case, however many versions there are."""
    found = []
    for case in evidence.read(cases).values():
        complete = [one.happened_on for one in evidence.read(versions).get((case.id, PROFILE), ()) if one.complete]
        if complete and evidence.window.holds(complete[0]):
            found.append(Profile(case.id, case.participant_id, complete[0], own_yes(evidence, case.id)))
    return found


def own_yes(evidence: Evidence, case_id: int) -> Sequence[EventRow]:
    """When she herself approved or signed her profile, the first first."""
    told = evidence.read(events).get((case_id, PROFILE), ())
    return [one for one in told if one.what in AGREED and one.party == HERSELF and not one.on_behalf]


def answers_on(evidence: Evidence, participant_id: int, field: str, day: date) -> int:
    """How many entries of a field of her record are answered on a day, by what was told of the days up to it."""
    told = (row for row in evidence.read(fields).get(participant_id, ()) if row.field == field)
    newest = {row.entry: row.told for row in told if row.happened_on <= day}
    return sum(newest.values())
