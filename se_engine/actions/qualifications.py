"""Competence from abroad and its recognition over time: the source of what her record says in one field.

While a qualification stands, `recognition_status` and `recognition_date` of the record are written from here and
nowhere else; the condition `education_abroad` of the process reads that field, and so agrees with both.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.career import check_past, check_running, checked_reason
from se_engine.actions.plan_evidence import write_plan_evidence
from se_engine.actions.record import record_field
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.queries.qualifications import newest_recognitions, standing
from se_engine.records.career import Qualification, Recognition
from se_engine.records.cases import Case
from se_engine.records.participants import FieldValue
from se_engine.records.texts import KeptText
from se_engine.rules.career import DOCUMENTED, EDUCATION_LEVELS, FIELD_CODE, RECOGNITION, summed_up
from se_engine.rules.codes import COUNTRIES
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

CLARIFIED = "T2-A13"
LONGEST_YEARS = 20


def add_qualification(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    words: str,
    status: str,
    happened_on: date,
    country: str | None = None,
    level: str | None = None,
    years: int | None = None,
    documented: str | None = None,
    kept: bool = False,
) -> Qualification:
    """What she learned, where, and where its recognition stands from the first day on."""
    case = access_case(session, actor, case_id)
    check_running(case)
    if not words.strip():
        raise Refused("say_what_it_was", field="words")
    if country is not None and country not in COUNTRIES:
        raise Refused("country_unknown", country=country)
    for field, given, allowed in (("level", level, EDUCATION_LEVELS), ("documented", documented, DOCUMENTED)):
        if given is not None:
            check_code(field, given, allowed)
    if years is not None and not 0 < years <= LONGEST_YEARS:
        raise Refused("number_too_large", field="years", largest=LONGEST_YEARS)
    check_words(session, case, kept=kept, words=words)
    text = keep_text(session, case.participant, "qualification", words.strip())
    qualification = Qualification(
        participant_id=case.participant_id,
        text_id=text.id,
        country=country,
        level=level,
        years=years,
        documented=documented,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(qualification)
    session.flush()
    detail = {"qualification": qualification.id, "level": level, "country": country}
    write_trail(session, actor, "qualification_recorded", case=case, text=text, detail=detail)
    _recognise(session, actor, case, qualification, status=status, happened_on=happened_on, text=None)
    return qualification


def record_recognition(
    session: Session,
    actor: Actor,
    case_id: int,
    qualification_id: int,
    *,
    status: str,
    happened_on: date,
    words: str = "",
    kept: bool = False,
) -> Recognition:
    """Applied for, granted, turned down …; words about anything but «needed» answer the task that asks for it."""
    case = access_case(session, actor, case_id)
    check_running(case)
    qualification = qualification_of(session, case, qualification_id)
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "recognition", words)
    row = _recognise(session, actor, case, qualification, status=status, happened_on=happened_on, text=text)
    if text is not None and status != "needed" and happened_on >= case.opened_on:
        check_working_day(session, case, happened_on)
        write_plan_evidence(session, actor, case, [CLARIFIED], words=words, text=text, happened_on=happened_on)
    return row


def void_qualification(session: Session, actor: Actor, case_id: int, qualification_id: int, *, why: str) -> None:
    case = access_case(session, actor, case_id)
    check_running(case)
    qualification = qualification_of(session, case, qualification_id)
    reason = keep_text(session, case.participant, "void_reason", checked_reason(session, case, why))
    qualification.voided = True
    detail = {"qualification": qualification.id}
    write_trail(session, actor, "qualification_voided", case=case, text=reason, detail=detail)
    session.flush()
    _tell_the_record(session, actor, case)


def qualification_of(session: Session, case: Case, qualification_id: int) -> Qualification:
    found = session.get(Qualification, qualification_id)
    if found is None or found.participant_id != case.participant_id or found.voided:
        raise NotFound()
    return found


def _recognise(
    session: Session,
    actor: Actor,
    case: Case,
    qualification: Qualification,
    *,
    status: str,
    happened_on: date,
    text: KeptText | None,
) -> Recognition:
    check_code("status", status, RECOGNITION)
    check_past(session, happened_on)
    row = Recognition(
        qualification_id=qualification.id,
        status=status,
        happened_on=happened_on,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    detail: dict[str, str | int | None] = {"qualification": qualification.id, "status": status}
    write_trail(session, actor, "recognition_recorded", case=case, happened_on=happened_on, text=text, detail=detail)
    _tell_the_record(session, actor, case)
    return row


def _tell_the_record(session: Session, actor: Actor, case: Case) -> None:
    """The field of her record says what is true of all her qualifications together, and since which day."""
    there = [row.id for row in standing(session, case.participant_id)]
    newest = list(newest_recognitions(session, there).values())
    status = summed_up(row.status for row in newest)
    since = max((row.happened_on for row in newest if row.status == status), default=None)
    answers = {
        "recognition_status": FIELD_CODE[status] if status else "",
        "recognition_date": since.isoformat() if since and status != "not_needed" else "",
    }
    for key, answer in answers.items():
        if answer != _said(session, case.participant_id, key):
            record_field(
                session, actor, case.participant_id, key, answer, happened_on=today(session), by_its_record=True
            )


def _said(session: Session, participant_id: int, key: str) -> str:
    told = select(FieldValue.code).where(FieldValue.participant_id == participant_id, FieldValue.field == key)
    return session.scalar(told.order_by(FieldValue.happened_on.desc(), FieldValue.id.desc()).limit(1)) or ""
