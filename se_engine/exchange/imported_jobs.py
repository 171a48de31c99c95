"""The jobs of a case while a file is applied to it: started, ended, found by their reference, put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, update

from se_engine.exchange.bulk import Bulk, iso
from se_engine.exchange.events import JOB_FACTS, Particulars
from se_engine.exchange.known_cases import Employers
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.rules.errors import Refused
from se_engine.rules.timeline import Event, EventKind


@dataclass
class ImportedJob:
    id: int
    facts: dict[str, Any]
    """job_ref, started_on, ended_on, end_reason, employer_id and the other columns that a file may give."""
    known: bool = False
    changed: bool = False

    @property
    def is_open(self) -> bool:
        return self.facts["ended_on"] is None


NOTHING: dict[str, Any] = dict.fromkeys(
    ("job_ref", "employer_id", "occupation", "occupation_code", "started_on", "ended_on", "end_reason",
     "hours_per_week", "contract", "paid", "subsidy")
)  # fmt: skip


class Jobs:
    """The jobs of one case."""

    def __init__(self, bulk: Bulk, office_id: int, employers: Employers, known: Sequence[Row[Any]] = ()) -> None:
        self._bulk, self._office_id, self._employers = bulk, office_id, employers
        self._jobs = [ImportedJob(row.id, {key: getattr(row, key) for key in NOTHING}, known=True) for row in known]
        self._checks: dict[int, dict[str, Any]] = {}

    def take_up(self, event: Event, said: Particulars) -> ImportedJob | None:
        """The job an event is about, started or ended by it; Refused when it does not fit."""
        if event.kind is EventKind.JOB_STARTED:
            return self._start(event.happened_on, said)
        if event.kind is EventKind.JOB_ENDED:
            return self._end(event, said.job_ref)
        if event.kind is EventKind.CHECKED:
            open_jobs = [job for job in self._jobs if job.is_open]
            return self._by_ref(said.job_ref) if said.job_ref else open_jobs[0] if len(open_jobs) == 1 else None
        return None

    def _start(self, day: date, said: Particulars) -> ImportedJob:
        self._free(said.job_ref)
        job = ImportedJob(self._bulk.number("jobs"), {**NOTHING, "started_on": day, **self._given(said)})
        self._jobs.append(job)
        return job

    def _end(self, event: Event, job_ref: str | None) -> ImportedJob:
        job = self._by_ref(job_ref) if job_ref else self._open_one()
        if not job.is_open:
            raise Refused("job_has_ended", day=job.facts["ended_on"].isoformat())
        if event.happened_on < job.facts["started_on"]:
            raise Refused("ends_before_it_starts", started=job.facts["started_on"].isoformat())
        job.facts |= {"ended_on": event.happened_on, "end_reason": event.reason}
        job.changed = True
        return job

    def _by_ref(self, job_ref: str) -> ImportedJob:
        for job in self._jobs:
            if job.facts["job_ref"] == job_ref:
                return job
        raise Refused("job_unknown", job=job_ref)

    def _open_one(self) -> ImportedJob:
        found = [job for job in self._jobs if job.is_open]
        if not found:
            raise Refused("no_open_job")
        if len(found) > 1:
            raise Refused("which_job")
        return found[0]

    def _free(self, job_ref: str | None) -> None:
        if job_ref and any(job.facts["job_ref"] == job_ref for job in self._jobs):
            raise Refused("job_ref_used", job=job_ref)

    def _given(self, said: Particulars) -> dict[str, Any]:
        """The columns of a job that the row gives."""
        given = {name: getattr(said, name) for name in ("job_ref", *JOB_FACTS) if getattr(said, name) is not None}
        if employer := given.pop("employer", None):
            given["employer_id"] = self._employer(employer)
        if str(given.get("occupation", "")).isdigit():
            given["occupation_code"] = given.pop("occupation")
        return given

    def _employer(self, name: str) -> int:
        known = self._employers.of(self._office_id)
        if name not in known:
            known[name] = self._bulk.number("employers")
            self._bulk.add("employers", known[name], self._office_id, name, self._bulk.recorded_at)
        return known[name]

    def change(self, job_id: int | None, said: Particulars) -> list[str]:
        """Takes over what the file now says of a known job; the names of what was otherwise."""
        job = next((job for job in self._jobs if job.id == job_id), None)
        if job is None:  # taken back by a person since
            return []
        other = {key: value for key, value in self._given(said).items() if job.facts[key] != value}
        self._free(other.get("job_ref"))
        job.facts |= other
        job.changed = job.changed or bool(other)
        return list(other)

    def change_check(self, check: Row[Any] | None, said: Particulars) -> list[str]:
        """The same for a known answer at a check."""
        if check is None:
            return []
        job_id = self._by_ref(said.job_ref).id if said.job_ref else None
        given = {"answer": said.answer, "evidence": said.evidence, "job_id": job_id}
        other = {key: value for key, value in given.items() if value is not None and getattr(check, key) != value}
        if other:
            self._checks[check.id] = other
        return list(other)

    def add_new(self, case_id: int) -> None:
        """Gathers the rows of the jobs that were not there before."""
        for job in self._jobs:
            if not job.known:
                facts = {
                    **job.facts,
                    "started_on": iso(job.facts["started_on"]),
                    "ended_on": iso(job.facts["ended_on"]),
                }
                values = (facts[name] for name in NOTHING)
                self._bulk.add("jobs", job.id, case_id, *values, self._bulk.recorded_at, False, 1)

    def write_changes(self) -> None:
        """Puts known jobs and answers right, once the new rows they may point to are written."""
        session = self._bulk.session
        for job in self._jobs:
            if job.known and job.changed:
                change = update(Job).where(Job.id == job.id)
                session.execute(change.values(**job.facts, version=Job.version + 1))
        for number, other in self._checks.items():
            session.execute(update(Check).where(Check.id == number).values(**other))
