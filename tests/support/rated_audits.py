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


def small_content(**other: Any) -> dict[str, Any]:
    """The content of a report of two items, as a report freezes it."""
    named = {"nb": "Tolk", "nn": "Tolk", "en": "Interpreter"}
    evidence = {
        "id": "1.1", "indicator": "first_meeting_days", "indicator_version": 1, "unit": "share", "direction": "up",
        "value": 0.7, "n": 40, "numerator": 28, "denominator": 40, "cases": 40, "min_n": 5, "suggested_level": 3,
        "title": named,
    }  # fmt: skip
    few = {**evidence, "id": "1.2", "value": 0.5, "n": 6, "numerator": 3, "denominator": 6, "cases": 6}
    total = {
        "value": 7, "low": 7, "high": 7, "maximum": 10, "rated": 2, "not_rated": 0, "not_applicable": 0,
        "percent": [70.0, 70.0], "category": None, "category_low": None, "category_high": None,
    }  # fmt: skip
    item = {
        "section": "1", "title": named, "code": None, "rationale": [SEEN], "adapted": False, "words": named,
        "self": {"level": 5, "code": None},
    }  # fmt: skip
    outcome = {"k": 12, "n": 15, "share": 0.8, "low": 0.5481, "high": 0.9295}
    numbers = {
        "ends_as_of": "2026-02-28", "kept_as_of": "2026-02-28", "ends": [{"reason": "work", **outcome}],
        "kept": [{"week": 26, "not_known": 1, **outcome}],
    }  # fmt: skip
    hidden = {"k": None, "n": None, "share": None, "low": None, "high": None}
    content = {
        "form": 1, "kind": "final", "made_on": "2026-03-16",
        "audit": {
            "id": 1, "kind": "formal", "from": "2025-09-01", "until": "2026-02-28", "visit_on": "2026-03-10",
            "visit_days": 2, "opened_on": "2026-01-05", "scope": [], "legal_basis": "grant_terms", "legal_words": "",
            "told_how": "letter", "told_words": "", "names_open": False, "previous": None,
        },
        "framework": {
            "name": "se5", "version": 1, "digest": "0" * 64, "title": {"nb": "SE-5", "nn": "SE-5", "en": "SE-5"},
            "mark": "D", "rights": {"holder": "SE Engine", "text_allowed": "verbatim"},
        },
        "office": {"name": "Lakselv", "municipality": None, "threshold": 5, "specialists": 2, "cases": 3},
        "people": [{"part": "lead", "name": "Ida"}, {"part": "contact", "name": "Jo"}],
        "adaptations": [], "scale": {"lowest": 1, "highest": 5},
        "map": {"columns": [["engagement"]], "rows": [
            {"dimension": None, "cells": [{"section": "1", "percent": [70.0, 70.0]}]},
        ]},
        "steps": [{"steps": ["engagement"], **total}], "sections": [{"key": "1", "title": named, **total}],
        "total": None, "categories": {}, "comparable": True, "open": [], "strengths": ["1.2"], "priorities": ["1.1"],
        "items": [
            {**item, "key": "1.1", "level": 3, "recommendation": [ADVICE], "evidence": [evidence]},
            {**item, "key": "1.2", "level": 4, "recommendation": [], "evidence": [few]},
        ],
        "shown": [], "earlier": [], "past": [], "changes": [],
        "sample": {
            "seed": 7, "size": 8, "frame_size": 44, "frame_hash": "f" * 64,
            "strata": [{"stratum": ["profiling", "running", 3], "size": 2, "drawn": 1}],
            "cases": [{"drawn": "replacement", "reason": "withdrew", "many": 1}],
        },
        "quality": [{"key": "no_next_contact", "lacking": 2, "of": 44}],
        "outcomes": {"whole": numbers, "public": {**numbers, "ends": [{"reason": "work", **hidden}]}}, "funnel": None,
        "voices": [
            {"case": 3, "score": 4, "items": ["1.1"], "words": "Jo listened. My heart disease was told to nobody.",
             "text": None, "text_digest": None},
        ],
        "plan": [
            {"item": "1.1", "words": "=1+1 interpreters", "owner": "Jo", "due": "2026-06-01", "state": "planned",
             "expected_level": 4, "evidence": None, "evidence_words": "Seen in the next audit."},
        ],
        "agreement": {}, "corrections": [], "corrected": [], "comments": [], "written": {"summary": "Steady work."},
    }  # fmt: skip
    return {**content, **other}


def results_there(session: Session, people: People, audit_id: int) -> dict[str, object]:
    """A report and a line of the plan, for the addresses of what comes after the ratings."""
    from se_engine.clock import now
    from se_engine.queries.audit_content import digest_of
    from se_engine.records.audit_results import AuditAction, AuditReport
    from se_engine.records.base import write_row

    made = {"recorded_by": people.ida.user_id, "recorded_at": now(session)}
    content = small_content()
    report = write_row(
        session, AuditReport, audit_id=audit_id, kind="final", content=content, digest=digest_of(content), **made
    )
    action = write_row(
        session, AuditAction, audit_id=audit_id, item="1.1", words="Order the interpreter with the meeting.",
        owner_id=people.jo.user_id, due_on=UNTIL, evidence_words="The next audit.", **made,
    )  # fmt: skip
    return {"report_id": report, "action_id": action, "report_kind": "draft", "version": "public"}
