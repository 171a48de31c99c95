"""Every subsidy of a case, also those that NAV decides on before the job begins."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case, access_of_case
from se_engine.queries.headings import Heading, heading_of
from se_engine.queries.job_terms import steps_of
from se_engine.records.employers import Employer
from se_engine.records.jobs import Subsidy, SubsidyStep
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class SubsidyLine:
    subsidy: Subsidy
    employer: str | None
    steps: tuple[SubsidyStep, ...]


@dataclass(frozen=True)
class SubsidiesPage(Heading):
    lines: tuple[SubsidyLine, ...]


def subsidies_page(session: Session, actor: Actor, case_id: int) -> SubsidiesPage:
    """The newest first."""
    case = access_case(session, actor, case_id)
    heading = heading_of(session, case)
    rows = session.execute(
        select(Subsidy, Employer.name)
        .outerjoin(Employer, Employer.id == Subsidy.employer_id)
        .where(Subsidy.case_id == case.id, ~Subsidy.voided)
        .order_by(Subsidy.id.desc())
    ).all()
    steps = steps_of(session, [row.id for row, _ in rows])
    lines = tuple(SubsidyLine(row, employer, tuple(steps[row.id])) for row, employer in rows)
    return SubsidiesPage(
        case=heading.case, process=heading.process, name=heading.name, today=heading.today, lines=lines
    )


def places_to_apply_for(session: Session, actor: Actor, case_id: int) -> dict[int, str]:
    """The workplaces with a running track: a subsidy before the job begins belongs to one of them."""
    case = access_case(session, actor, case_id)
    rows = session.execute(
        select(Employer.id, Employer.name)
        .join(Track, Track.employer_id == Employer.id)
        .where(Track.case_id == case.id, Track.ended_on.is_(None))
        .order_by(Track.opened_on.desc(), Track.id.desc())
    )
    return {row.id: row.name for row in rows}


def subsidy_of_case(session: Session, actor: Actor, case_id: int, subsidy_id: int) -> Subsidy:
    """NotFound for another case's, and for one that was taken back."""
    subsidy, case = access_of_case(session, actor, Subsidy, subsidy_id)
    if case.id != case_id or subsidy.voided:
        raise NotFound()
    return subsidy
