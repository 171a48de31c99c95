"""Terms of a job that change: hours, contract, leader, shifts … each on its day, late entries in their place."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.job_checks import check_length, check_overlap
from se_engine.actions.jobs import check_contract, check_hours, note_decision_day
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import close_by_fact, closed_by, void_record
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.occupations import check_occupation
from se_engine.queries.access import access_of_case
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.job_terms import changes_of
from se_engine.records.cases import Case
from se_engine.records.jobs import Job, JobChange
from se_engine.records.texts import KeptText
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.jobs import CHANGES, PLACEMENTS, terms_on
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

WHOLE_POSITION = 100
CLOSES = {"decision_on": "decision_date", "written": "written_agreement"}
"""The facts that a change tells, which close tasks."""


def change_job(
    session: Session,
    actor: Actor,
    job_id: int,
    *,
    what: str,
    happened_on: date,
    number: float | None = None,
    code: str | None = None,
    day: date | None = None,
    words: str = "",
    words_kept: bool = False,
    kept: Collection[str] = (),
) -> JobChange:
    """One change, on its day; on the first day of the job it puts right what was written when it began."""
    job, case = _job(session, actor, job_id)
    _check_day(session, job, happened_on)
    check_code("what", what, tuple(CHANGES))
    value = {"number": number, "code": code or None, "day": day}
    _check_value(session, job, what, value, words, happened_on)
    check_words(session, case, kept=words_kept, words=words)
    column = CHANGES[what]
    change = JobChange(
        job_id=job.id,
        what=what,
        happened_on=happened_on,
        **({column: value[column]} if column in value else {}),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    changes = [*changes_of(session, [job.id])[job.id], change]
    if what == "hours":
        check_overlap(session, case.id, job, kept, changes=changes)
    if what == "planned_until":
        _check_length(job, changes, kept)
    text = keep_note(session, case.participant, "job_change", words)
    change.text_id = text.id if text else None
    session.add(change)
    session.flush()
    _take_hours(session, job, changes)
    write_trail(
        session, actor, "job_changed", case=case, happened_on=happened_on, text=text,
        detail={"job": job.id, "job_change": what, "change": change.id},
    )  # fmt: skip
    if what == "decision_on":
        note_decision_day(session, actor, case, job, day, happened_on)
    if what == "written":
        _note_written(session, actor, case, job, happened_on)
    return change


def void_change(session: Session, actor: Actor, job_id: int, change_id: int, *, why: str) -> JobChange:
    """Takes a change back: what held before holds again."""
    job, case = _job(session, actor, job_id)
    changes = changes_of(session, [job.id])[job.id]
    voided = next((one for one in changes if one.id == change_id and one.voids_id is None), None)
    if voided is None:
        raise NotFound()
    if any(one.voids_id == voided.id for one in changes):
        raise Refused("already_voided")
    if not why.strip():
        raise Refused("reason_needed")
    text = keep_text(session, case.participant, "reason", why.strip())
    row = JobChange(
        job_id=job.id,
        what=voided.what,
        happened_on=voided.happened_on,
        text_id=text.id,
        voids_id=voided.id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    _take_hours(session, job, [*changes, row])
    write_trail(
        session, actor, "job_change_voided", case=case, text=text,
        detail={"job": job.id, "job_change": voided.what, "change": voided.id},
    )  # fmt: skip
    if voided.what in CLOSES and case.status != "ended":
        _reopen(session, actor, case, job, voided, text)
    return row


def _job(session: Session, actor: Actor, job_id: int) -> tuple[Job, Case]:
    job, case = access_of_case(session, actor, Job, job_id, lock=True)
    if job.voided:
        raise NotFound()
    return job, case


def _check_day(session: Session, job: Job, happened_on: date) -> None:
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if happened_on < job.started_on:
        raise Refused("before_job_start", field="happened_on", started=job.started_on.isoformat())
    if job.ended_on is not None and happened_on > job.ended_on:
        raise Refused("after_job_end", field="happened_on", ended=job.ended_on.isoformat())


def _check_value(
    session: Session, job: Job, what: str, value: Mapping[str, object], words: str, happened_on: date
) -> None:
    """What the change needs is there, and is something a job can have."""
    column = CHANGES[what]
    if column == "words" and not words.strip():
        raise Refused("change_needs_words", field="words")
    given = value.get(column)
    if column in value and given is None:
        raise Refused("change_needs_value", field=column)
    if what == "hours" and isinstance(given, (int, float)):
        check_hours(given)
    if what == "position" and isinstance(given, (int, float)) and not 0 < given <= WHOLE_POSITION:
        raise Refused("position_not_allowed", field="number")
    if what == "occupation":
        check_occupation(str(given), field="code")
    if what == "contract":
        _check_contract(session, job, str(given), happened_on)
    if isinstance(given, date) and given < job.started_on:
        raise Refused("before_job_start", field="day", started=job.started_on.isoformat())


def _check_contract(session: Session, job: Job, contract: str, on: date) -> None:
    """A placement that becomes a job is a new job: what is paid and what is not must stay apart."""
    check_contract(contract)
    now_is = terms_on(job, changes_of(session, [job.id])[job.id], on).contract
    if now_is is not None and (now_is in PLACEMENTS) != (contract in PLACEMENTS):
        raise Refused("placement_is_a_job_of_its_own", field="code")


def _check_length(job: Job, changes: Collection[JobChange], kept: Collection[str]) -> None:
    """The placement as it would then be."""
    last = max(change.happened_on for change in changes)
    terms = terms_on(job, changes, last)
    proposed = Job(started_on=job.started_on, contract=terms.contract, planned_until=terms.planned_until)
    check_length(proposed, kept, field="day")


def _take_hours(session: Session, job: Job, changes: Collection[JobChange]) -> None:
    """Lists order by the hours of today."""
    hours = terms_on(job, changes, today(session)).hours
    job.hours_now = hours if any(change.what == "hours" for change in changes) else None
    session.flush()


def _reopen(session: Session, actor: Actor, case: Case, job: Job, voided: JobChange, text: KeptText) -> None:
    """The task that this change closed; what stood before it counts again."""
    for record in closed_by(session, case, CLOSES[voided.what], job.employer_id):
        if record.happened_on == voided.happened_on:
            void_record(session, actor, case, record, text)


def _note_written(session: Session, actor: Actor, case: Case, job: Job, seen_on: date) -> None:
    """Where the employer is told, the agreement of three closes the task; where not, the contract she shows does."""
    if job.employer_id is None or case.status == "ended":
        return
    decided = newest_disclosure(session, case.id, job.employer_id)
    if decided is None or decided.decision != NOT_TOLD:
        return
    kind = "placement" if job.contract in PLACEMENTS else "subsidised" if job.subsidy else "ordinary"
    close_by_fact(
        session, actor, case, "written_agreement", happened_on=seen_on, value=kind, employer_id=job.employer_id
    )
