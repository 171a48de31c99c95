"""Education beside or instead of work: where, what, from–to, with which support, and how it went."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from se_engine.actions.career import check_past, check_running, checked_reason
from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case, access_of_case
from se_engine.records.career import Education
from se_engine.records.cases import Case
from se_engine.rules.career import EDUCATION_LEVELS, OUTCOMES
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

AHEAD = timedelta(days=365)
"""A place she has been given may begin so long after it is recorded."""


def add_education(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    level: str,
    place: str,
    subject: str,
    started_on: date,
    planned_until: date | None = None,
    support: str = "",
    kept: bool = False,
) -> Education:
    case = access_case(session, actor, case_id)
    check_running(case)
    check_code("level", level, EDUCATION_LEVELS)
    if not subject.strip():
        raise Refused("say_what_it_was", field="subject")
    if started_on > today(session) + AHEAD:
        raise Refused("too_far_ahead", field="started_on", day=started_on.isoformat())
    _check_order("planned_until", started_on, planned_until)
    check_words(session, case, kept=kept, place=place, subject=subject, support=support)
    texts = {
        name: keep_note(session, case.participant, f"education_{name}", words)
        for name, words in (("place", place), ("subject", subject), ("support", support))
    }
    education = Education(
        case_id=case.id,
        level=level,
        started_on=started_on,
        planned_until=planned_until,
        recorded_by=actor.user_id,
        recorded_at=now(session),
        **{f"{name}_text_id": text.id if text else None for name, text in texts.items()},
    )
    session.add(education)
    session.flush()
    write_trail(
        session, actor, "education_recorded", case=case, happened_on=started_on, text=texts["subject"],
        detail={"education": education.id, "level": level},
    )  # fmt: skip
    return education


def change_education(
    session: Session,
    actor: Actor,
    case_id: int,
    education_id: int,
    *,
    seen_version: int,
    planned_until: date | None,
    support: str,
    learned: str,
    ended_on: date | None = None,
    outcome: str | None = None,
    kept: bool = False,
) -> Education:
    """The support plan, what works and what does not, and the end: earlier words stay where the trail points."""
    education, case = _stands(session, actor, case_id, education_id)
    if education.version != seen_version:
        raise Stale()
    _check_order("planned_until", education.started_on, planned_until)
    _check_end(session, education, ended_on, outcome)
    check_words(session, case, kept=kept, support=support, learned=learned)
    told = keep_note(session, case.participant, "education_support", support)
    worked = keep_note(session, case.participant, "education_learned", learned)
    education.planned_until = planned_until
    education.support_text_id = told.id if told else None
    education.learned_text_id = worked.id if worked else None
    education.ended_on, education.outcome = ended_on, outcome
    detail = {"education": education.id, "support": told.id if told else None, "outcome": outcome}
    write_trail(session, actor, "education_changed", case=case, happened_on=ended_on, text=worked, detail=detail)
    session.flush()
    return education


def void_education(session: Session, actor: Actor, case_id: int, education_id: int, *, why: str) -> None:
    education, case = _stands(session, actor, case_id, education_id)
    reason = keep_text(session, case.participant, "void_reason", checked_reason(session, case, why))
    education.voided = True
    write_trail(session, actor, "education_voided", case=case, text=reason, detail={"education": education.id})
    session.flush()


def _stands(session: Session, actor: Actor, case_id: int, education_id: int) -> tuple[Education, Case]:
    education, case = access_of_case(session, actor, Education, education_id, lock=True)
    if case.id != case_id or education.voided:
        raise NotFound()
    check_running(case)
    return education, case


def _check_order(field: str, started_on: date, until: date | None) -> None:
    if until is not None and until < started_on:
        raise Refused("ends_before_it_starts", field=field, started=started_on.isoformat())


def _check_end(session: Session, education: Education, ended_on: date | None, outcome: str | None) -> None:
    if ended_on is None and outcome is None:
        return
    if ended_on is None:
        raise Refused("say_when_it_ended", field="ended_on")
    check_code("outcome", outcome, OUTCOMES)
    check_past(session, ended_on)
    _check_order("ended_on", education.started_on, ended_on)
