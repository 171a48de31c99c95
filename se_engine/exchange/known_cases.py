"""What is known of the participants of a chunk: their cases, what history has of them, jobs and answers."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import Session

from se_engine.queries.timelines import to_event
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.follow_up import Check
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.records.jobs import Job
from se_engine.records.offices import Office
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.rules.timeline import Event

Key = tuple[int, str]


class KnownCases:
    """Two statements for participants without a case, five for others, however many they are."""

    def __init__(self, session: Session, keys: Sequence[Key]) -> None:
        self.people: dict[Key, Row[Any]] = {
            (row.office_id, row.ref): row for row in session.execute(_participants(keys))
        }
        self.cases: dict[int, list[Row[Any]]] = defaultdict(list)
        self.history: dict[int, list[Row[Any]]] = defaultdict(list)
        self.jobs: dict[int, list[Row[Any]]] = defaultdict(list)
        self.checks: dict[int, Row[Any]] = {}
        # Nobody else may move these cases until this transaction ends.
        of_them = _all(Case).where(Case.participant_id.in_([row.id for row in self.people.values()]))
        for row in session.execute(of_them.order_by(Case.id).with_for_update()):
            self.cases[row.participant_id].append(row)
        if ids := [row.id for rows in self.cases.values() for row in rows]:
            self._load(session, ids)

    def _load(self, session: Session, ids: list[int]) -> None:
        for row in session.execute(_all(HistoryEvent).where(HistoryEvent.case_id.in_(ids)).order_by(HistoryEvent.id)):
            self.history[row.case_id].append(row)
        for row in session.execute(_all(Job).where(Job.case_id.in_(ids), ~Job.voided).order_by(Job.id)):
            self.jobs[row.case_id].append(row)
        for row in session.execute(_all(Check).where(Check.case_id.in_(ids))):
            self.checks[row.id] = row


def _participants(keys: Sequence[Key]) -> Any:
    """With the template of the office, and the specialist named at the referral while she still works there."""
    return (
        select(
            Participant.id,
            Participant.office_id,
            Participant.ref,
            Participant.team_id,
            Participant.protected,
            Office.template,
            User.id.label("specialist_id"),
        )
        .join(Office, Office.id == Participant.office_id)
        .outerjoin(User, (User.id == Participant.specialist_id) & User.active & (User.office_id == Office.id))
        .where(tuple_(Participant.office_id, Participant.ref).in_(keys))
    )


def _all(record: Any) -> Select[Any]:
    """Plain rows: records would each be watched by the session for the rest of the import."""
    return select(record.__table__)


def live(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The events that stand, in the order in which they happened."""
    voided = {row.voids_id for row in rows if row.kind == VOIDED}
    standing = [row for row in rows if row.kind != VOIDED and row.id not in voided]
    return sorted(standing, key=lambda row: (row.happened_on, row.stands_for or row.id))


def as_event(row: Any) -> Event:
    """A plain row as the event it tells of."""
    return to_event(row)


def told(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The events a file may have told of before: those taken back by a person too, but not those an import replaced."""
    replaced = {row.voids_id for row in rows if row.kind == VOIDED and row.source == "import"}
    return [row for row in rows if row.kind != VOIDED and row.id not in replaced]


class Employers:
    """The offices' employers by name; those a file brings are added."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, dict[str, int]] = {}

    def of(self, office_id: int) -> dict[str, int]:
        if office_id not in self._known:
            rows = self._session.execute(select(Employer.name, Employer.id).where(Employer.office_id == office_id))
            self._known[office_id] = {row.name: row.id for row in rows}
        return self._known[office_id]
