"""Plain rows asked the slow way: what the second count of the indicators of `dimensions` stands on.

It shares nothing with the engine but the rows: no statement, no source, no rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from se_engine.records import career, cases, contacts, documents, jobs, participants, tasks, tracks
from tests.support.indicator_population import World

Row = dict[str, Any]
ORAL = ("listening", "speaking")
SKILLS = (*ORAL, "reading", "writing")
TWINS = {
    "T1-M1": "T1-A07", "T1-M3": "T1-A08", "T1-S3": "T1-A06", "T2-K2": "T2-A04", "T3-S1": "T3-A07", "T4-M2": "T4-A05",
    "T5-S1": "T5-A04",
}  # fmt: skip
OF_LANGUAGE = {"T1-S2", "T1-A06", "T2-S4", "T3-A07", "T3-S3", "T4-S1", "T4-S5", "T5-A04", "T5-S3"}
"""Tasks in the dimension language, among those that the population has, by the key that twins share."""


@dataclass
class Slow:
    """Everything in some offices up to the last day."""

    world: World
    offices: tuple[int, ...]
    first: date
    last: date

    def inside(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def cases(self) -> list[Row]:
        return [
            {**row, "ended_on": row["ended_on"] if row["ended_on"] and row["ended_on"] <= self.last else None}
            for row in self.world.rows[cases.Case]
            if row["office_id"] in self.offices and row["opened_on"] <= self.last
        ]

    def case(self, number: int) -> Row:
        return next(row for row in self.cases() if row["id"] == number)

    def person(self, number: int) -> Row:
        return self.world.rows[participants.Participant][number - 1]

    def of(self, kind: type, day: str, /, **wanted: Any) -> list[Row]:
        """Rows up to the last day, in the order of their days."""
        every = self.world.rows[kind]
        gone = {row["voids_id"] for row in every if row.get("voids_id")}
        found = [
            row
            for row in every
            if row.get("voids_id") is None and row["id"] not in gone and row[day] <= self.last
            and all(row[key] == value for key, value in wanted.items())
        ]  # fmt: skip
        return sorted(found, key=lambda row: (row[day], row["id"]))

    # -- tasks

    def told(self, case: int, *keys: str, place: int | None = None, status: Iterable[str] = ("done",)) -> list[Row]:
        return [
            row
            for row in self.of(tasks.TaskRecord, "happened_on", case_id=case)
            if TWINS.get(row["task"], row["task"]) in keys and row["status"] in status
            and (place is None or row["employer_id"] == place)
        ]  # fmt: skip

    def settled(self, case: int, key: str) -> bool:
        words = self.told(case, key, status=("done", "not_relevant", "needs_more"))
        return bool(words) and words[-1]["status"] != "needs_more"

    # -- her record

    def level(self, person: int, skill: str, on: date) -> str | None:
        said = [
            row
            for row in self.of(participants.LanguageLevel, "happened_on", participant_id=person, skill=skill)
            if row["happened_on"] <= on
        ]
        return said[-1]["level"] if said else None

    def needs_support(self, person: int, on: date) -> bool:
        return any(self.level(person, skill, on) in (None, "A1", "A2", "B1") for skill in ORAL)

    def answered(self, person: int, key: str, on: date) -> int:
        entries: dict[int, bool] = {}
        for row in self.world.of(participants.FieldValue, participant_id=person, field=key):
            if row["happened_on"] <= on:
                entries[row["entry"]] = row["code"] is not None or row["text_id"] is not None
        return sum(entries.values())

    def languages(self, person: int) -> set[str]:
        return {row["language"] for row in self.world.of(participants.ParticipantLanguage, participant_id=person)}

    # -- contacts

    def held(self, case: int) -> list[Row]:
        return self.of(contacts.Contact, "happened_on", case_id=case, status="held")

    def with_employer(self, case: int) -> list[Row]:
        return [row for row in self.held(case) if row["kind"] in ("employer", "three_way")]

    def first_meetings(self) -> list[tuple[int, int, Row]]:
        """Case, employer and the first meeting there."""
        found = []
        for case in self.cases():
            seen: set[int] = set()
            for row in self.with_employer(case["id"]):
                if row["channel"] in ("in_person", "video") and row["employer_id"] not in seen:
                    seen.add(row["employer_id"])
                    found.append((case["id"], row["employer_id"], row))
        return found

    def interpreted(self) -> list[tuple[Row, Row]]:
        return [
            (row, booking)
            for case in self.cases()
            for row in self.held(case["id"])
            for booking in self.world.of(contacts.InterpreterBooking, contact_id=row["id"], needed="yes")
            if self.inside(row["happened_on"])
        ]

    # -- jobs

    def jobs(self, case: int | None = None) -> list[Row]:
        numbers = [row["id"] for row in self.cases()] if case is None else [case]
        rows = [row for row in self.of(jobs.Job, "started_on") if row["case_id"] in numbers and not row["voided"]]
        return [
            {**row, "ended_on": row["ended_on"] if row["ended_on"] and row["ended_on"] <= self.last else None}
            for row in rows
        ]

    @staticmethod
    def is_work(job: Row) -> bool:
        if job["paid"] is None:
            return job["contract"] not in ("work_training", "job_taster")
        return bool(job["paid"])

    def work(self, case: int | None = None) -> list[Row]:
        return [job for job in self.jobs(case) if self.is_work(job)]

    def starts(self) -> list[Row]:
        every = {job["id"]: job for job in self.jobs()}
        return [
            job for job in self.work()
            if not (job["follows_id"] in every and self.is_work(every[job["follows_id"]]))
        ]  # fmt: skip

    @staticmethod
    def runs(job: Row, day: date) -> bool:
        return job["started_on"] <= day and (job["ended_on"] is None or day <= job["ended_on"])

    def terms(self, job: Row, day: date) -> tuple[float, str | None]:
        hours, contract = job["hours_per_week"], job["contract"]
        for row in self.of(jobs.JobChange, "happened_on", job_id=job["id"]):
            if row["happened_on"] <= day:
                hours = row["number"] if row["what"] == "hours" else hours
                contract = row["code"] if row["what"] == "contract" else contract
        return hours or 0, contract

    # -- stays, profiles

    def stays(self, case: int) -> list[Row]:
        rows = [row for row in self.world.of(cases.StepPeriod, case_id=case) if row["entered_on"] <= self.last]
        return sorted(rows, key=lambda row: row["ordinal"])

    def search_began(self, case: int) -> date | None:
        return next((row["entered_on"] for row in self.stays(case) if row["step"] == "job_finding"), None)

    def profiles(self) -> list[Row]:
        """The cases whose first complete profile was written in the window."""
        found = []
        for case in self.cases():
            whole = [
                version["happened_on"]
                for document in self.world.of(documents.Document, case_id=case["id"], kind="vocational_profile")
                for version in self.of(documents.DocumentVersion, "happened_on", document_id=document["id"])
                if version["complete"]
            ]
            if whole and self.inside(min(whole)):
                found.append(case)
        return found

    def own_yes(self, case: int) -> list[Row]:
        return [
            row
            for document in self.world.of(documents.Document, case_id=case, kind="vocational_profile")
            for row in self.of(documents.DocumentEvent, "happened_on", document_id=document["id"])
            if row["what"] in ("approved", "signed") and row["party"] == "participant" and not row["on_behalf"]
        ]

    def norwegian_days(self, case: Row) -> set[date]:
        days = {row["happened_on"] for row in self.told(case["id"], *OF_LANGUAGE)}
        for row in self.held(case["id"]):
            trained = self.world.of(contacts.ContactText, contact_id=row["id"], part="workplace_norwegian")
            if row["kind"] == "teacher" or trained:
                days.add(row["happened_on"])
        tested = self.of(career.LanguageTest, "taken_on", participant_id=case["participant_id"])
        return days | {row["taken_on"] for row in tested}

    def tracks(self, case: int, place: int) -> list[Row]:
        return self.of(tracks.Track, "opened_on", case_id=case, employer_id=place)


Told = list[tuple[int, bool]]
"""Case, and whether it holds."""
YES = timedelta
