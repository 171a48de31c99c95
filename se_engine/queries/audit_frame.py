"""What a sample of cases is drawn from: every case of an office with activity in a window, by stratum."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.measures.sampling import Sample, frame_hash, stratified_sample
from se_engine.queries.indicators import sources_contacts
from se_engine.queries.indicators.evidence import Evidence, Window
from se_engine.queries.indicators.sources_cases import CaseRow, cases_of_person, owners, persons, ran, stays
from se_engine.queries.indicators.sources_jobs import JobRow, jobs, losses
from se_engine.queries.indicators.sources_work import tasks
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.rules.errors import Refused

IN_WORK, RUNNING = "in_work", "running"
"""The outcome of a case that has not ended: at work when the window ended, or not."""
QUICK_LOSS = timedelta(days=90)
QUICK_JOB_LOSS, LANGUAGE_NEED = "quick_job_loss", "language_need_without_interpreter"
LARGEST_SEED = 2**31 - 1
Stratum = tuple[str, str, int]


@dataclass(frozen=True)
class Framed:
    """One case of the frame: its reference is the same in every copy of the records, its number in this one."""

    case_id: int
    reference: str
    step: str
    outcome: str
    specialist: int
    """A number of this frame, by which nobody is known; nought where nobody has the case."""
    marks: tuple[str, ...] = ()
    """What may be a reason to choose it on purpose."""

    @property
    def stratum(self) -> Stratum:
        return (self.step, self.outcome, self.specialist)


@dataclass(frozen=True)
class Frame:
    cases: tuple[Framed, ...]
    protected: int
    """How many were left out because only named persons may see them."""

    @property
    def hash(self) -> str:
        return frame_hash(self._pairs)

    @property
    def by_reference(self) -> Mapping[str, Framed]:
        return {case.reference: case for case in self.cases}

    @property
    def _pairs(self) -> list[tuple[str | int, Stratum]]:
        return [(case.reference, case.stratum) for case in self.cases]

    def drawn(self, size: int, seed: int) -> Sample:
        """The sample; Refused where it cannot be drawn, with what can be done instead."""
        if not self.cases:
            raise Refused("sample_frame_empty")
        if size < 1:
            raise Refused("sample_too_small")
        if size > len(self.cases):
            raise Refused("sample_larger_than_frame", size=size, frame=len(self.cases))
        if not 0 < seed <= LARGEST_SEED:
            raise Refused("seed_out_of_range", most=LARGEST_SEED)
        return stratified_sample(self._pairs, size, seed)

    def queue(self, stratum: tuple[object, ...], seed: int) -> list[str]:
        """The cases of a stratum in the order in which the seed takes them: drawn ones first, then the reserve."""
        found = stratified_sample(self._pairs, 0, seed).strata
        return [str(case) for one in found if one.stratum == stratum for case in (*one.cases, *one.reserve)]


def new_seed() -> int:
    """One that nobody can know before the frame is settled."""
    return secrets.randbelow(LARGEST_SEED) + 1


def lot(seed: int, reference: str) -> str:
    """A name for a case by which auditors may choose it, and that tells nothing of it."""
    return sha256(f"{seed}:{reference}".encode()).hexdigest()[:12]


def frame_of(session: Session, window: Window) -> Frame:
    evidence = Evidence(session, window)
    rows = [row for row in evidence.read(ran) if _was_active(evidence, row)]
    refs, hidden = _references(evidence)
    numbers = _specialists(evidence, rows)
    whose = evidence.read(owners)
    found = [
        Framed(
            case_id=row.id,
            reference=refs[row.id],
            step=_step(evidence, row),
            outcome=_outcome(evidence, row),
            specialist=numbers.get(whose.get(row.id) or 0, 0),
            marks=tuple(_marks(evidence, row)),
        )
        for row in rows
        if row.id not in hidden
    ]
    return Frame(tuple(sorted(found, key=lambda case: case.reference)), protected=sum(row.id in hidden for row in rows))


def _was_active(evidence: Evidence, row: CaseRow) -> bool:
    """Whether something happened in it within the window: a step, a contact, a task, a job."""
    holds = evidence.window.holds
    days = [row.opened_on, row.ended_on]
    days += [one.happened_on for one in evidence.read(sources_contacts.of_case).get(row.id, ())]
    days += [one.happened_on for one in evidence.read(tasks).get(row.id, ())]
    days += [day for stay in evidence.read(stays).get(row.id, ()) for day in (stay.entered_on, stay.left_on)]
    days += [day for job in evidence.read(_jobs_of).get(row.id, ()) for day in (job.started_on, job.ended_on)]
    return any(holds(day) for day in days)


def _jobs_of(evidence: Evidence) -> Mapping[int, list[JobRow]]:
    found: dict[int, list[JobRow]] = defaultdict(list)
    for job in evidence.read(jobs).values():
        found[job.case_id].append(job)
    return found


def _references(evidence: Evidence) -> tuple[Mapping[int, str], frozenset[int]]:
    """Case → the office's reference of its participant, with a number where she has several; and the protected."""
    rows = evidence.rows(
        select(Participant.id, Participant.ref).join(Case, Case.participant_id == Participant.id).where(
            Case.office_id.in_(evidence.window.offices)
        )
    )  # fmt: skip
    refs = {row.id: row.ref for row in rows}
    named = {
        row.id: refs[person] if place == 1 else f"{refs[person]}#{place}"
        for person, hers in evidence.read(cases_of_person).items()
        for place, row in enumerate(hers, start=1)
    }
    hidden = evidence.rows(select(Case.id).where(Case.office_id.in_(evidence.window.offices), Case.protected))
    return named, frozenset(number for (number,) in hidden)


def _specialists(evidence: Evidence, rows: Iterable[CaseRow]) -> Mapping[int, int]:
    """Account → a number of this frame: the same in every copy of the records, and no order that anybody knows."""
    whose = evidence.read(owners)
    ids = {number for row in rows if (number := whose.get(row.id)) is not None}
    emails = evidence.rows(select(User.id, User.email).where(User.id.in_(ids)))
    order = sorted(emails, key=lambda row: sha256(row.email.encode()).hexdigest())
    return {row.id: place for place, row in enumerate(order, start=1)}


def _step(evidence: Evidence, row: CaseRow) -> str:
    """Where it stood at the end of the window, or last."""
    hers = evidence.read(stays).get(row.id)
    return hers[-1].step if hers else ""


def _outcome(evidence: Evidence, row: CaseRow) -> str:
    if row.ended_on is not None:
        return row.end_reason or "other"
    to_on = evidence.window.to_on
    works = any(job.work and job.runs_on(to_on) for job in evidence.read(_jobs_of).get(row.id, ()))
    return IN_WORK if works else RUNNING


def _marks(evidence: Evidence, row: CaseRow) -> Iterable[str]:
    holds = evidence.window.holds
    lost = [job for job in evidence.read(losses) if job.case_id == row.id and job.ended_on and holds(job.ended_on)]
    if any(job.ended_on and job.ended_on - job.started_on <= QUICK_LOSS for job in lost):
        yield QUICK_JOB_LOSS
    person = evidence.read(persons).get(row.participant_id)
    talked = [task for task in evidence.read(tasks).get(row.id, ()) if holds(task.happened_on)]
    if person and person.interpreter_need == "yes" and any(task.interpreter == "no" for task in talked):
        yield LANGUAGE_NEED
