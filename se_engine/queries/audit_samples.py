"""The sample of an audit: what was drawn, which cases stand in it now, and which may still be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.measures.sampling import Sample
from se_engine.queries.access_audits import audits_in_scope
from se_engine.queries.audit_frame import Frame, Framed, frame_of, lot
from se_engine.queries.indicators.evidence import Window
from se_engine.records.audits import Audit, AuditCase, AuditSample
from se_engine.records.offices import Office
from se_engine.rules.audits import READING
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import Actor, Role

SEEN_BY_UNIT = (*READING, "action_plan", "follow_up", "ended")
"""From the first day of reading the unit knows which cases are read, so that those it is about can be asked."""


@dataclass(frozen=True)
class Sampled:
    """A row of the sample, and what became of it."""

    row: AuditCase
    replaced_by: AuditCase | None
    marks_out: bool
    """Whether it only says that the case it stands for is read by nobody."""

    @property
    def stands(self) -> bool:
        return self.replaced_by is None and not self.marks_out


def frame_for(session: Session, audit: Audit) -> Frame:
    """What the sample of an audit is drawn from today."""
    return frame_of(session, Window((audit.office_id,), audit.from_on, audit.until_on))


def sample_of(session: Session, audit_id: int) -> AuditSample | None:
    """The one draw of an audit."""
    return session.scalar(select(AuditSample).where(AuditSample.audit_id == audit_id).order_by(AuditSample.id).limit(1))


def sampled_cases(session: Session, audit_id: int) -> list[Sampled]:
    """Every row of the sample by its number, those out of it too."""
    rows = session.scalars(select(AuditCase).where(AuditCase.audit_id == audit_id).order_by(AuditCase.number)).all()
    later = {row.replaces_id: row for row in rows if row.replaces_id is not None}
    by_id = {row.id: row for row in rows}
    return [
        Sampled(
            row,
            later.get(row.id),
            row.replaces_id is not None and by_id[row.replaces_id].case_id == row.case_id,
        )
        for row in rows
    ]


def standing_cases(session: Session, audit_id: int) -> list[AuditCase]:
    """The cases that are read: neither replaced nor taken out."""
    return [one.row for one in sampled_cases(session, audit_id) if one.stands]


def candidates(session: Session, audit: Audit, sample: AuditSample) -> Sequence[tuple[str, Framed]]:
    """The cases of the frame that never stood in the sample, each under a name that tells nothing of it."""
    known = {one.row.case_id for one in sampled_cases(session, audit.id)}
    found = [(lot(sample.seed, case.reference), case) for case in frame_for(session, audit).cases]
    return sorted(((handle, case) for handle, case in found if case.case_id not in known), key=lambda one: one[0])


def drawn_for(
    session: Session, actor: Actor, office: Office, window: Window, *, size: int, seed: int
) -> dict[str, Any]:
    """A draw outside any audit, kept nowhere: whole for the operator, without references for its auditors."""
    if actor.role not in (Role.OPERATOR, Role.AUDITOR):
        raise NotPermitted()
    if actor.role is Role.AUDITOR and not audits_office(session, actor, office.id):
        raise NotFound()
    frame = frame_of(session, window)
    drawn = frame.drawn(size, seed)
    return {
        "office": office.name,
        "from": window.from_on.isoformat(),
        "to": window.to_on.isoformat(),
        "size": size,
        "seed": seed,
        "frame_size": len(frame.cases),
        "frame_hash": drawn.frame_hash,
        "protected": frame.protected,
        "cases": [str(case) for case in drawn.cases] if actor.role is Role.OPERATOR else None,
        "strata": strata_of(drawn),
    }


def audits_office(session: Session, actor: Actor, office_id: int) -> bool:
    """Whether she is in an audit of the office that is not over, and whose charter the unit has been sent."""
    running = select(Audit.id).where(
        audits_in_scope(actor), Audit.office_id == office_id, Audit.ended_on.is_(None), Audit.step != "charter"
    )
    return session.scalar(running.limit(1)) is not None


def strata_of(drawn: Sample) -> list[dict[str, Any]]:
    """Each stratum with how many are in the frame, and how many were drawn."""
    return [{"stratum": _listed(one.stratum), "size": one.size, "drawn": len(one.cases)} for one in drawn.strata]


def _listed(stratum: object) -> list[object]:
    return list(stratum) if isinstance(stratum, tuple) else [stratum]
