"""An audit on the days on site and after: Ida leads, Eva is second, Jo is the contact, and Pat's case is number 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.people import TODAY, make_case, make_user
from tests.support.rated_audits import stand_at

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.audits import Audit
    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor
    from tests.support.people import People

CHARTER = {
    "legal_basis": "grant_terms", "legal_words": "Letter of 2026", "told_how": "letter", "told_words": "In January",
}  # fmt: skip


@dataclass
class Auditing:
    audit: Audit
    ida: Actor
    eva: Actor
    case: Case

    @property
    def id(self) -> int:
        return self.audit.id


def auditing(
    session: Session,
    people: People,
    step: str = "on_site",
    *,
    framework: str = "dimensions",
    alone: bool = False,
    **charter: Any,
) -> Auditing:
    """The way to the step is tested elsewhere: it is stood at by hand."""
    from se_engine.actions.audit_members import add_member
    from se_engine.actions.audits import open_audit
    from se_engine.rules.audit_charter import Charter, last_full_month

    given = {"kind": "learning" if alone else "formal", "until_on": last_full_month(TODAY), **CHARTER, **charter}
    audit = open_audit(session, people.ida, people.office_id, Charter(**given), framework=framework)
    eva = make_user(session, "Eva", "auditor", None)
    if not alone:
        add_member(session, people.ida, audit.id, user_id=eva.user_id, part="second")
    add_member(session, people.ida, audit.id, user_id=people.jo.user_id, part="contact")
    case = make_case(session, people)
    put_in_sample(session, audit, case)
    stand_at(session, audit, step)
    return Auditing(audit, people.ida, eva, case)


def put_in_sample(session: Session, audit: Audit, case: Case, number: int = 1, drawn: str = "random") -> None:
    from se_engine.clock import now
    from se_engine.records.audits import AuditCase, AuditSample

    at = now(session)
    sample = AuditSample(audit_id=audit.id, seed=1, size=1, frame_size=1, frame_hash="-", strata=None, recorded_at=at)
    session.add(sample)
    session.flush()
    session.add(
        AuditCase(
            audit_id=audit.id, sample_id=sample.id, case_id=case.id, number=number, drawn=drawn, recorded_at=at
        )
    )  # fmt: skip
    session.flush()


def put_evidence(session: Session, audit: Audit, **values: tuple[float | None, int]) -> None:
    """A sheet with these values and their n, as it is stored; `L1a=(0.9, 12)`."""
    from se_engine.clock import now
    from se_engine.records.audits import AuditEvidence

    rows = [
        {"id": key, "value": value, "unit": "share", "n": n, "numerator": None, "denominator": n,
         "suggested_level": None, "why": None}
        for key, (value, n) in values.items()
    ]  # fmt: skip
    session.add(AuditEvidence(audit_id=audit.id, quality=[], indicators=rows, digest="-", recorded_at=now(session)))
    session.flush()
