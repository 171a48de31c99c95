"""What follows once everybody has agreed: the tasks that the document answers, and the phases of a step-down plan."""

from datetime import date
from math import ceil
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.history import process_of
from se_engine.actions.tasks import close_by_fact, reopen_by_fact
from se_engine.actions.texts import keep_note
from se_engine.queries.documents import Found, contents_of
from se_engine.records.cases import Case
from se_engine.records.documents import DocumentEvent, StepDownPhase
from se_engine.records.texts import KeptText
from se_engine.records.tracks import Track
from se_engine.rules.documents import AGREED, Content, has_three_plans, in_effect, own_words
from se_engine.rules.roles import Actor


def came_into_force(session: Session, actor: Actor, case: Case, found: Found) -> None:
    """The newest version is agreed by all; on the day the last of them did."""
    content = contents_of(session, case.participant, [found.version])[found.version.id]
    on = max(found.standing.agreed.values())
    facts = _facts(found, content)
    said = own_words(found.kind, content)
    text = keep_note(session, case.participant, "evidence", said) if facts else None
    for fact, value in facts.items():
        if any(task.closed_by == fact for task in process_of(case).tasks):
            close_by_fact(
                session, actor, case, fact, happened_on=on, value=value, text=text,
                employer_id=found.document.employer_id, interpreter=_interpreter(session, found),
                in_her_words=bool(said),
            )  # fmt: skip
    if found.document.kind == "step_down_plan":
        _write_phases(session, case, found, content)
    if found.document.kind == "three_party_agreement":
        _note_first_day(session, case, found, content)
    session.flush()


def fell_out_of_force(session: Session, actor: Actor, case: Case, found: Found, text: KeptText) -> None:
    """An agreement to it was taken back: what it answered last is open again, and `text` says why."""
    content = contents_of(session, case.participant, [found.version])[found.version.id]
    for fact in _facts(found, content) if case.status != "ended" else ():
        reopen_by_fact(session, actor, case, fact, text=text, employer_id=found.document.employer_id)


def _facts(found: Found, content: Content) -> dict[str, str]:
    """Fact → its code or number, for what this document answers."""
    if found.document.kind == "cooperation_agreement":
        return {"agreement": ""}
    if found.document.kind == "vocational_profile":
        return {"profile_approval": ""} | ({"plan_abc": ""} if has_three_plans(content, found.kind) else {})
    if found.document.kind == "step_down_plan":
        return {"step_down_plan": ""}
    if found.document.kind == "three_party_agreement":
        return _of_workplace(content, told=found.circumstances.told)
    return {}


def _of_workplace(content: Content, *, told: bool) -> dict[str, str]:
    facts = {"written_agreement": str(content["terms"])}
    if told and "buddy_hours" in content:
        facts["buddy"] = str(ceil(float(str(content["buddy_hours"]))))
    if "decision_on" in content:
        facts["decision_date"] = str(content["decision_on"])
    return facts


def _note_first_day(session: Session, case: Case, found: Found, content: Content) -> None:
    """So that somebody calls before it, and registers the job when it has come."""
    track = session.scalar(
        select(Track).where(
            Track.case_id == case.id, Track.employer_id == found.document.employer_id, Track.ended_on.is_(None)
        )
    )
    if track is not None and "starts_on" in content:
        track.starts_on = date.fromisoformat(str(content["starts_on"]))


def _interpreter(session: Session, found: Found) -> str | None:
    """Whether one helped when she agreed."""
    agreed = [one for one in in_effect(found.happenings) if one.what in AGREED and one.number == found.version.number]
    hers = [one.id for one in agreed if one.party == "participant"]
    return session.get_one(DocumentEvent, hers[-1]).interpreter if hers else None


def _write_phases(session: Session, case: Case, found: Found, content: Content) -> None:
    """From when on so many days may pass between two contacts; a newer plan has phases of its own."""
    rows: Any = content.get("phases", [])
    session.add_all(
        StepDownPhase(
            case_id=case.id,
            version_id=found.version.id,
            from_on=date.fromisoformat(row["from_on"]),
            days_between=ceil(float(row["days_between"])),
        )
        for row in rows
    )
