"""What a new case takes along from the one that ended: her answers, her levels, what was written with her."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case
from se_engine.queries.levels import newest_levels
from se_engine.records.cases import Case
from se_engine.records.documents import Document
from se_engine.records.jobs import Job
from se_engine.records.participants import Consent, FieldValue
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Carried:
    case: Case
    consents: int
    """Questions of consent she has answered."""
    consents_on: date | None
    levels: dict[str, str]
    answers: int
    """Fields of the record with an answer."""
    profile: bool
    jobs: int


def carried(session: Session, actor: Actor, case_id: int) -> Carried:
    """Five statements. Consents, levels and the record are her own; the profile is proposed anew with what it said."""
    case = access_case(session, actor, case_id)
    her = case.participant_id
    answered, last = session.execute(
        select(func.count(Consent.line.distinct()), func.max(Consent.happened_on)).where(Consent.participant_id == her)
    ).one()
    fields = select(func.count(FieldValue.field.distinct())).where(FieldValue.participant_id == her)
    profile = select(Document.id).where(Document.case_id == case.id, Document.kind == "vocational_profile").limit(1)
    jobs = select(func.count(Job.id)).where(Job.case_id == case.id, ~Job.voided)
    known = {skill: level for skill, level in newest_levels(session, her).items() if level}
    return Carried(
        case=case,
        consents=answered,
        consents_on=last,
        levels=known,
        answers=session.scalar(fields) or 0,
        profile=session.scalar(profile) is not None,
        jobs=session.scalar(jobs) or 0,
    )
