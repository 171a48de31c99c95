"""What every page about a case shows on top: the case, its process, her name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.texts import name_of
from se_engine.records.cases import Case
from se_engine.rules.process import Process, Step
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Heading:
    """What every page about a case shows on top."""

    case: Case
    process: Process
    name: str
    today: date

    @property
    def id(self) -> int:
        return self.case.id

    @property
    def participant_id(self) -> int:
        return self.case.participant_id

    @property
    def version(self) -> int:
        return self.case.version

    @property
    def step(self) -> Step:
        return self.process.step_by_key[self.case.step]

    @property
    def ended(self) -> bool:
        return self.case.status == "ended"


def case_heading(session: Session, actor: Actor, case_id: int) -> Heading:
    """Two statements: the door, and the name."""
    return heading_of(session, access_case(session, actor, case_id))


def heading_of(session: Session, case: Case) -> Heading:
    return Heading(case, process_of(case), name_of(session, case.participant), today(session))


def process_of(case: Case) -> Process:
    return processes.get(case.process_name, case.process_version)
