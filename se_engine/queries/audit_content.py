"""Everything a report of an audit prints, as data: frozen when it is made, and worded when it is printed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.measures.fidelity import NOT_RATED
from se_engine.queries.access_audits import members_of
from se_engine.queries.audit_agreement import agreement_record
from se_engine.queries.audit_charter import adaptations_of
from se_engine.queries.audit_comparison import (
    changes_since,
    corrections_found_in,
    corrections_of,
    earlier_audits,
    own_past,
)
from se_engine.queries.audit_outcomes import outcomes_of, units_beside
from se_engine.queries.audit_plans import PlanLine, plan_of
from se_engine.queries.audit_ratings import computed_of, newest_evidence, newest_ratings
from se_engine.queries.audit_results import (
    SELF,
    Result,
    Settled,
    framework_of,
    map_of,
    result_of,
    steps_of,
    total_data,
)
from se_engine.queries.audit_voices import voices_of
from se_engine.records.audit_results import AuditComment, AuditCorrection
from se_engine.records.audits import Audit, AuditCase, AuditSample
from se_engine.records.cases import Case
from se_engine.records.offices import Office
from se_engine.records.people import User
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Actor, Role
from se_engine.rules.text import Text

FORM = 1
"""The shape of the content: a later shape is another number, and old reports are printed as they were made."""
OF_AN_INDICATOR = (
    "id", "indicator", "indicator_version", "unit", "direction", "value", "n", "numerator", "denominator", "cases",
    "min_n", "suggested_level", "rateable", "why",
)  # fmt: skip
"""Of the evidence sheet, where `cases` is how many: no report holds a case."""
WRITTEN = ("summary", "unit", "system")
"""What the auditors write for the report itself: in short, about the unit, and what lies outside it (a limit in a
regulation is no fault of the unit's practice)."""


def content_of(
    session: Session, actor: Actor, audit: Audit, kind: str, *, written: Mapping[str, str]
) -> dict[str, Any]:
    """Without any check of who asks: the actions that make reports, and the page of results, are the doors."""
    framework = framework_of(audit)
    result = result_of(session, audit, framework)
    earlier = earlier_audits(session, audit)
    plan = plan_of(session, audit.id)
    return {
        "form": FORM,
        "kind": kind,
        "made_on": today(session).isoformat(),
        **_head(session, audit, framework),
        **result_data(session, audit, result),
        "earlier": earlier,
        "past": own_past(session, audit, framework),
        "changes": [changes_since(result, one) for one in earlier if one["same"] and result.results.comparable],
        "sample": _sample(session, audit),
        "quality": _quality(session, audit),
        "outcomes": outcomes_of(session, actor, audit),
        "funnel": units_beside(session, actor, audit.until_on),
        "voices": voices_of(session, audit),
        "plan": [_plan_line(one) for one in plan],
        "agreement": agreement_record(session, audit),
        "corrections": [_correction(one) for one in corrections_found_in(session, audit.id)],
        "corrected": [_correction(one) for one in corrections_of(session, audit.id)],
        "comments": _comments(session, audit),
        "written": {key: written[key].strip() for key in WRITTEN if written.get(key, "").strip()},
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as JSON with its keys in order: what a signature is under."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def result_data(session: Session, audit: Audit, result: Result) -> dict[str, Any]:
    """Sections, total, items with what was computed for them, and what is told first."""
    total = result.results.total
    own = newest_ratings(session, audit.id, SELF).get(None, {})
    measured = _measured(session, audit)
    return {
        "scale": {"lowest": result.framework.scale.lowest, "highest": result.framework.scale.highest},
        "map": map_of(result),
        "steps": steps_of(result),
        "sections": [
            {"key": key, "title": _text(result.framework.section_by_key[key].title), **total_data(found)}
            for key, found in result.results.sections.items()
        ],
        "total": None if total is None else total_data(total),
        "categories": {one.key: _text(one.title) for one in result.framework.aggregate.categories},
        "comparable": result.results.comparable,
        "open": list(result.open),
        "strengths": result.strengths,
        "priorities": result.priorities,
        "items": [
            {
                "key": one.key,
                "section": one.section,
                "title": _text(one.title),
                **_settled(result.settled.get(one.key), result, one.key),
                "self": _given(own.get(one.key)),
                "evidence": [
                    {**measured[item.key], "title": _text(item.title)} for item in one.items if item.key in measured
                ],
            }
            for one in result.rateable
        ],
        "shown": [
            {**measured[item.key], "title": _text(item.title)}
            for section in result.framework.sections if not section.rated
            for item in result.framework.items_of(section.key) if item.key in measured
        ],
    }  # fmt: skip


def _settled(one: Settled | None, result: Result, key: str) -> dict[str, Any]:
    adapted = key in result.adapted
    if one is None or one.level is None:
        code = (one and one.code) or NOT_RATED
        words = {"rationale": list(one.rationale) if one else [], "recommendation": []}
        return {"level": None, "code": code, **words, "adapted": adapted, "words": None}
    told = result.framework.level_words(result.framework.rateable_by_key[key], one.level)
    return {
        "level": one.level,
        "code": None,
        "rationale": list(one.rationale),
        "recommendation": list(one.recommendation),
        "adapted": adapted,
        "words": None if told is None else _text(told),
    }


def _given(rating: Any) -> dict[str, Any] | None:
    return None if rating is None else {"level": rating.level, "code": rating.code}


def _measured(session: Session, audit: Audit) -> dict[str, dict[str, Any]]:
    rows = computed_of(newest_evidence(session, audit.id))
    return {item: {key: row[key] for key in OF_AN_INDICATOR if key in row} for item, row in rows.items()}


def _head(session: Session, audit: Audit, framework: Framework) -> dict[str, Any]:
    office = session.get_one(Office, audit.office_id)
    specialists = select(func.count()).where(User.office_id == office.id, User.active, User.role == Role.JOB_SPECIALIST)
    running = select(func.count()).where(
        Case.office_id == office.id, Case.opened_on <= audit.until_on,
        func.coalesce(Case.ended_on, audit.until_on) >= audit.until_on,
    )  # fmt: skip
    return {
        "audit": {
            "id": audit.id,
            "kind": audit.kind,
            "from": audit.from_on.isoformat(),
            "until": audit.until_on.isoformat(),
            "visit_on": audit.visit_on.isoformat() if audit.visit_on else None,
            "visit_days": audit.visit_days,
            "opened_on": audit.opened_on.isoformat(),
            "scope": [_text(framework.section_by_key[key].title) for key in audit.scope or []],
            "legal_basis": audit.legal_basis,
            "legal_words": audit.legal_words,
            "told_how": audit.told_how,
            "told_words": audit.told_words,
            "names_open": audit.names_open,
            "previous": audit.previous_id,
        },
        "framework": {
            "name": framework.name,
            "version": framework.version,
            "digest": audit.framework_digest,
            "title": _text(framework.title),
            "mark": framework.mark,
            "rights": {**asdict(framework.rights)},
        },
        "office": {
            "name": office.name,
            "municipality": office.municipality,
            "threshold": office.threshold,
            "specialists": session.scalar(specialists) or 0,
            "cases": session.scalar(running) or 0,
        },
        "people": _people(session, audit),
        "adaptations": _adaptations(session, audit, framework),
    }


def _people(session: Session, audit: Audit) -> list[dict[str, str]]:
    members = members_of(session, audit.id)
    named = dict(session.execute(select(User.id, User.name).where(User.id.in_([one.user_id for one in members]))).all())
    return [{"part": one.part, "name": named[one.user_id]} for one in members]


def _adaptations(session: Session, audit: Audit, framework: Framework) -> list[dict[str, Any]]:
    return [
        {"item": key, "title": _title(framework, key), "how": one.how, "words": one.words}
        for key, one in adaptations_of(session, audit.id).items()
    ]


def _title(framework: Framework, key: str) -> dict[str, str] | None:
    named = framework.rateable_by_key.get(key) or framework.item_by_key.get(key)
    return _text(named.title) if named else None


def _sample(session: Session, audit: Audit) -> dict[str, Any] | None:
    """The draw, how its places fell, and how many cases were taken otherwise; no case is named."""
    found = session.scalar(
        select(AuditSample).where(AuditSample.audit_id == audit.id).order_by(AuditSample.id.desc()).limit(1)
    )
    if found is None:
        return None
    rows = session.execute(
        select(AuditCase.drawn, AuditCase.reason, func.count())
        .where(AuditCase.sample_id == found.id)
        .group_by(AuditCase.drawn, AuditCase.reason)
        .order_by(AuditCase.drawn, AuditCase.reason)
    ).all()
    return {
        "seed": found.seed,
        "size": found.size,
        "frame_size": found.frame_size,
        "frame_hash": found.frame_hash,
        "strata": list(found.strata or []),
        "cases": [{"drawn": drawn, "reason": reason, "many": many} for drawn, reason, many in rows],
    }


def _quality(session: Session, audit: Audit) -> list[Any]:
    sheet = newest_evidence(session, audit.id)
    return list(sheet.quality or []) if sheet else []


def _plan_line(line: PlanLine) -> dict[str, Any]:
    action = line.action
    return {
        "item": action.item,
        "words": action.words,
        "owner": line.owner,
        "due": line.due_on.isoformat(),
        "state": line.state,
        "expected_level": action.expected_level,
        "evidence": action.evidence,
        "evidence_words": action.evidence_words,
    }


def _correction(one: AuditCorrection) -> dict[str, Any]:
    return {"audit": one.audit_id, "found_in": one.found_in_id, "item": one.item, "words": one.words}


def _comments(session: Session, audit: Audit) -> list[dict[str, Any]]:
    """What the unit said to the draft, each with the answer."""
    rows: Sequence[AuditComment] = session.scalars(
        select(AuditComment).where(AuditComment.audit_id == audit.id).order_by(AuditComment.id)
    ).all()
    answers = {one.answers_id: one for one in rows if one.answers_id is not None}
    told = [one for one in rows if one.answers_id is None and one.answer is None]
    return [
        {
            "item": one.item,
            "words": one.words,
            "answer": answers[one.id].answer if one.id in answers else None,
            "answer_words": answers[one.id].words if one.id in answers else None,
        }
        for one in told
    ]


def _text(text: Text) -> dict[str, str]:
    return {"nb": text.nb, "nn": text.nn, "en": text.en}
