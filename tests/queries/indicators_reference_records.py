"""What a slow count of indicators asks of the rows: it knows nothing of how the engine counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from se_engine.records.cases import Case, CaseOwner, Pause, StepPeriod
from se_engine.records.contacts import Contact
from se_engine.records.documents import Document, DocumentVersion
from se_engine.records.follow_up import ClosingTalk
from se_engine.records.jobs import Job, JobChange, Subsidy
from se_engine.records.participants import Participant
from se_engine.records.referrals import ReferralDecision
from se_engine.records.tasks import TaskRecord

ONE = timedelta(days=1)
TWINS = {"T1-A06": "T1-S3", "T2-A14": "T2-M6"}
Row = dict[str, Any]
Told = tuple[Fraction | None, int, int | None, int | None, list[int]]
"""Value, n, numerator, denominator, cases."""


class Records:
    def __init__(self, world: Any, office: int, from_on: date, to_on: date) -> None:
        self.world, self.office, self.from_on, self.to_on = world, office, from_on, to_on
        self.cases = [
            {**row, "ended_on": row["ended_on"] if row["ended_on"] and row["ended_on"] <= to_on else None}
            for row in self.rows(Case, office_id=office)
            if row["opened_on"] <= to_on
        ]
        self.people = self.rows(Participant, office_id=office)
        # Chosen once by case: looking through everything for every case takes a minute.
        self._kept: dict[tuple[type, str], dict[Any, list[Row]]] = {}

    # What there is

    def rows(self, table: type, **wanted: Any) -> list[Row]:
        return self.world.of(table, **wanted)

    def by(self, table: type, key: str, value: Any) -> list[Row]:
        if (table, key) not in self._kept:
            found: dict[Any, list[Row]] = {}
            for row in self.rows(table):
                found.setdefault(row[key], []).append(row)
            self._kept[table, key] = found
        return self._kept[table, key].get(value, [])

    def inside(self, day: date | None) -> bool:
        return day is not None and self.from_on <= day <= self.to_on

    def days(self, first: date, last: date) -> Iterable[date]:
        while first <= last:
            yield first
            first += ONE

    def contacts(self, case: Row) -> list[Row]:
        told = [c for c in self.by(Contact, "case_id", case["id"]) if c["happened_on"] <= self.to_on]
        told = [c for c in told if c["status"] in ("held", "no_show", "no_answer")]
        return sorted(told, key=lambda c: (c["happened_on"], c["id"]))

    def met(self, case: Row) -> set[date]:
        return {
            c["happened_on"] for c in self.contacts(case) if c["status"] == "held" and c["participant_present"] == "yes"
        }

    def employer_contacts(self, case: Row) -> list[Row]:
        return [c for c in self.contacts(case) if c["status"] == "held" and c["kind"] in ("employer", "three_way")]

    def active(self) -> list[Row]:
        return [c for c in self.cases if c["ended_on"] is None and not self.rests(c)]

    def rests(self, case: Row) -> bool:
        return any(
            p["started_on"] <= self.to_on and (p["ended_on"] is None or p["ended_on"] > self.to_on)
            for stay in self.by(StepPeriod, "case_id", case["id"])
            for p in self.by(Pause, "period_id", stay["id"])
        )

    def owner(self, case: Row) -> int | None:
        took = [row for row in self.by(CaseOwner, "case_id", case["id"]) if row["from_on"] <= self.to_on]
        return took[-1]["user_id"] if took else None

    def words(self, case: Row) -> list[Row]:
        every = self.by(TaskRecord, "case_id", case["id"])
        gone = {row["voids_id"] for row in every}
        live = [row for row in every if row["voids_id"] is None and row["id"] not in gone]
        return sorted((r for r in live if r["happened_on"] <= self.to_on), key=lambda r: (r["happened_on"], r["id"]))

    def done(self, case: Row, *keys: str) -> list[date]:
        return [
            r["happened_on"]
            for r in self.words(case)
            if r["status"] == "done" and TWINS.get(r["task"], r["task"]) in keys
        ]

    def decisions(self, person: Row) -> list[Row]:
        told = self.by(ReferralDecision, "participant_id", person["id"])
        return [row for row in told if row["decided_on"] <= self.to_on]

    def talks(self, case: Row) -> list[date]:
        told = self.by(ClosingTalk, "case_id", case["id"])
        return [row["happened_on"] for row in told if row["happened_on"] <= self.to_on]

    def versions(self, case: Row, kind: str) -> list[Row]:
        return [
            version
            for document in self.by(Document, "case_id", case["id"])
            if document["kind"] == kind
            for version in self.by(DocumentVersion, "document_id", document["id"])
            if version["happened_on"] <= self.to_on
        ]

    def share(self, told: Iterable[tuple[int, bool]]) -> Told:
        every = list(told)
        good = len([1 for _, holds in every if holds])
        value = Fraction(good, len(every)) if every else None
        return value, len(every), good, len(every), sorted({case for case, _ in every})

    def jobs(self, case: Row) -> list[Row]:
        found = [j for j in self.by(Job, "case_id", case["id"]) if not j["voided"] and j["started_on"] <= self.to_on]
        return [
            {**j, "until": j["ended_on"] if j["ended_on"] and j["ended_on"] <= self.to_on else None}
            for j in sorted(found, key=lambda j: (j["started_on"], j["id"]))
        ]

    @cached_property
    def _every_job(self) -> list[Row]:
        found = [job for case in self.cases for job in self.jobs(case)]
        return sorted(found, key=lambda j: (j["started_on"], j["id"]))

    def every_job(self) -> list[Row]:
        return self._every_job

    def is_work(self, job: Row | None) -> bool:
        if job is None:
            return False
        return job["paid"] is True or (job["paid"] is None and job["contract"] not in ("work_training", "job_taster"))

    def before(self, job: Row) -> Row | None:
        return next((one for one in self.every_job() if one["id"] == job["follows_id"]), None)

    def starts(self) -> list[Row]:
        return [j for j in self.every_job() if self.is_work(j) and not self.is_work(self.before(j))]

    @cached_property
    def _continued(self) -> set[int]:
        return {j["follows_id"] for j in self.every_job() if self.is_work(j)}

    def continued(self) -> set[int]:
        return self._continued

    def losses(self) -> list[Row]:
        found = []
        for case in self.cases:
            hers = [j for j in self.jobs(case) if self.is_work(j)]
            for job in hers:
                if job["until"] is None or job["id"] in self.continued() or job["end_cause"] == "new_job":
                    continue
                after = job["until"] + ONE
                if not any(j is not job and self.running(j, after) for j in hers):
                    found.append(job)
        return found

    def running(self, job: Row, day: date) -> bool:
        return job["started_on"] <= day and (job["until"] is None or day <= job["until"])

    def term(self, job: Row, what: str, column: str, day: date) -> Any:
        every = self.by(JobChange, "job_id", job["id"])
        gone = {c["voids_id"] for c in every if c["happened_on"] <= self.to_on}
        value = job[column]
        for c in sorted(every, key=lambda c: (c["happened_on"], c["id"])):
            if c["what"] == what and c["voids_id"] is None and c["id"] not in gone and c["happened_on"] <= day:
                value = c["code"]
        return value

    def form(self, job: Row, day: date) -> str:
        if job["paid"] is False or self.term(job, "contract", "contract", day) in ("work_training", "job_taster"):
            return "practice"
        wage = [
            s for s in self.by(Subsidy, "job_id", job["id"])
            if not s["voided"] and s["decision"] == "granted" and s["kind"].startswith("wage")
        ]  # fmt: skip
        if wage:
            held = any(s["from_on"] <= day and (s["until_on"] is None or day <= s["until_on"]) for s in wage)
        else:
            held = bool(job["subsidy"])
        return "subsidised" if held else "ordinary" if job["paid"] else "not_known"

    def case_of(self, job: Row) -> Row:
        return next(c for c in self.cases if c["id"] == job["case_id"])
