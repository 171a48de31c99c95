"""An audit that has come to a late step with every item rated: written as rows, for what is about what comes after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.support.people import make_user

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.records.audits import Audit
    from se_engine.rules.roles import Actor
    from tests.support.people import People

FROM, UNTIL = date(2025, 9, 1), date(2026, 2, 28)
ADVICE = "Agree on when this is looked at again."
SEEN = "Read in six of eight cases, and told by two employers."


def rated_audit(
    session: Session,
    people: People,
    step: str = "agreement",
    *,
    framework: str = "dimensions",
    second: Actor | None = None,
    until: date = UNTIL,
    **columns: Any,
) -> Audit:
    """Ida leads and Eva is second; they gave every item the same, 3, 4 or 5 in turns, and both have locked."""
    from se_engine import frameworks, processes
    from se_engine.clock import now, today
    from se_engine.records.audits import Audit, AuditEvent, AuditMember

    chosen = frameworks.latest(framework)
    process = processes.latest("audit")
    on, at = today(session), now(session)
    audit = Audit(**{
        "office_id": people.office_id, "kind": "formal", "framework_name": chosen.name,
        "framework_version": chosen.version, "framework_digest": frameworks.checksum(chosen.name, chosen.version),
        "process_name": process.name, "process_version": process.version, "step": step, "opened_on": on,
        "entered_on": on, "from_on": FROM, "until_on": until, "visit_on": on, "scope": None,
        "legal_basis": "grant_terms", "legal_words": "", "told_how": "letter", "told_words": "", "created_at": at,
        **columns,
    })  # fmt: skip
    session.add(audit)
    session.flush()
    eva = second or make_user(session, "Eva", "auditor", None)
    members = {people.ida.user_id: "lead", eva.user_id: "second", people.jo.user_id: "contact"}
    session.add_all(
        AuditMember(audit_id=audit.id, user_id=user, part=part, added_at=at) for user, part in members.items()
    )
    session.add(
        AuditEvent(audit_id=audit.id, trigger=None, step=step, happened_on=on, recorded_at=at, role="auditor")
    )
    _rate(session, audit, chosen, (people.ida, eva))
    session.flush()
    return audit


def _rate(session: Session, audit: Audit, framework: Any, raters: tuple[Actor, ...]) -> None:
    from se_engine.clock import now
    from se_engine.records.audit_ratings import AuditLock, AuditRating

    at = now(session)
    for place, one in enumerate(framework.rateable):
        level = 3 + place % 3
        session.add_all(
            AuditRating(
                audit_id=audit.id, stage="own", item=one.key, user_id=rater.user_id, level=level, rationale=SEEN,
                recommendation=None if level == 5 else ADVICE, finished=True, recorded_by=rater.user_id, recorded_at=at,
            )
            for rater in raters
        )  # fmt: skip
    session.add_all(AuditLock(audit_id=audit.id, stage="own", user_id=one.user_id, locked_at=at) for one in raters)


def agree(session: Session, audit: Audit, actor: Actor, key: str, **given: Any) -> None:
    """A rating that the auditors wrote together."""
    from se_engine.clock import now
    from se_engine.records.audit_ratings import AuditRating

    given = {"rationale": SEEN, **given}
    session.add(
        AuditRating(
            audit_id=audit.id, stage="consensus", item=key, user_id=actor.user_id, finished=True,
            recorded_by=actor.user_id, recorded_at=now(session), **given,
        )
    )  # fmt: skip
    session.flush()


def stand_at(session: Session, audit: Audit, step: str, *, trigger: str | None = None) -> None:
    """Moved on by hand: how an audit comes to a step is tested elsewhere."""
    from se_engine.clock import now, today
    from se_engine.records.audits import AuditEvent

    before, audit.step, audit.entered_on = audit.step, step, today(session)
    session.add(
        AuditEvent(
            audit_id=audit.id, trigger=trigger, from_step=before, step=step, happened_on=today(session),
            recorded_at=now(session), role="auditor",
        )
    )  # fmt: skip
    session.flush()
