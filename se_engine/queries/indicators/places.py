"""Sources: the first meetings – with her, and with each employer – and what is done with one employer."""

from collections.abc import Collection, Sequence

from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.indicators.sources_contacts import FACE_TO_FACE, ContactRow, of_case
from se_engine.queries.indicators.sources_work import DONE, TaskRow, shared_keys, tasks

MEETINGS = (FACE_TO_FACE, "video")
"""Channels in which people see each other: what a meeting is."""


def first_meetings(evidence: Evidence) -> dict[int, ContactRow]:
    """Case → the first meeting with her, in person or by video."""
    found: dict[int, ContactRow] = {}
    for case_id, held in evidence.read(of_case).items():
        seen = next((row for row in held if row.met and row.channel in MEETINGS), None)
        if seen:
            found[case_id] = seen
    return found


def first_at(evidence: Evidence) -> dict[tuple[int, int], ContactRow]:
    """(case, employer) → the first meeting there, in person or by video."""
    found: dict[tuple[int, int], ContactRow] = {}
    for case_id, held in evidence.read(of_case).items():
        for row in held:
            if row.with_employer and row.employer_id is not None and row.channel in MEETINGS:
                found.setdefault((case_id, row.employer_id), row)
    return found


def told_of(evidence: Evidence, case_id: int, keys: Collection[str]) -> Sequence[TaskRow]:
    """What was said of these tasks or of their twins, the earliest first."""
    shared = shared_keys()
    asked = {shared.get(key, key) for key in keys}
    return [row for row in evidence.read(tasks).get(case_id, ()) if row.task in asked]


def done_at(evidence: Evidence, case_id: int, employer_id: int, keys: Collection[str]) -> bool:
    """Whether one of the tasks is done with this employer."""
    told = told_of(evidence, case_id, keys)
    return any(row.employer_id == employer_id and row.status == DONE for row in told)
