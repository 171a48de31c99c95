"""Fidelity indicators of one office of 5,000 participants over 24 months, against one GROUP BY per source table."""

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.bare import transaction, write
from benchmarks.engines import Bench
from benchmarks.goals import Measured
from benchmarks.served import fresh_database
from se_engine import frameworks
from se_engine.database import Database
from se_engine.queries.indicators.answers import count
from se_engine.queries.indicators.evidence import Window

PARTICIPANTS = 5_000
WINDOW = Window((1,), date(2024, 12, 1), date(2026, 11, 30))
ROUNDS = 3
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
FIELDS = ("job_wishes", "work_experience", "strengths", "network_roles", "good_day_conditions", "plans", "what_helps")
TASKS = ("T1-S2", "T1-S3", "T1-A13", "T2-A09", "T2-M6", "T3-A01", "T3-M1", "T4-A01", "T5-A09")
MOMENT = "2026-11-30 12:00:00+00:00"
EMPLOYERS, SPECIALISTS = 400, 250
DAYS = "min(happened_on), max(happened_on)"
FLOOR = {
    "cases": ("office_id, owner_id, status", "min(opened_on), max(ended_on)"),
    "participants": ("office_id, referred_by, highest_education", "min(referred_on), max(referred_on)"),
    "step_periods": ("case_id, step", "min(entered_on), max(left_on)"),
    "pauses": ("period_id", "min(started_on), max(ended_on)"),
    "case_owners": ("case_id", "max(from_on), max(user_id)"),
    "contacts": (
        "case_id, kind, channel, status, participant_present", f"{DAYS}, sum(minutes), sum(travel_minutes)"
    ),
    "tracks": ("case_id, employer_id, wish", "min(opened_on), max(ended_on)"),
    "jobs": ("case_id, paid, contract, occupation_code", "min(started_on), max(ended_on)"),
    "job_changes": ("job_id, what", DAYS),
    "subsidies": ("job_id, kind, decision", "min(from_on), max(until_on)"),
    "new_searches": ("job_id, answer", "min(offered_on), max(offered_on)"),
    "closing_talks": ("case_id", DAYS),
    "task_records": ("case_id, task, status", DAYS),
    "documents": ("case_id, kind", "min(opened_on), max(id)"),
    "document_versions": ("document_id, complete", DAYS),
    "document_events": ("document_id, what", DAYS),
    "goals": ("case_id, kind", "min(set_on), max(ended_on)"),
    "disclosures": ("case_id, employer_id, decision", DAYS),
    "field_values": ("participant_id, field, entry", DAYS),
    "language_levels": ("participant_id, skill, level", DAYS),
    "consents": ("participant_id, line, answer", DAYS),
    "referral_decisions": ("participant_id, decision", "min(decided_on), max(decided_on)"),
    "staff_shares": ("user_id, percent", "min(from_on), max(until_on)"),
    "group_supervisions": ("office_id", "min(held_on), max(held_on)"),
    "users": ("office_id, role", "min(id), max(id)"),
    "employers": ("office_id, org_number", "min(id), max(id)"),
}  # fmt: skip
"""Source table → what the numbers tell apart in it, and which days and sums they need."""


def measure(bench: Bench) -> Iterator[Measured]:
    with fresh_database(bench, "indicators") as database:
        fill(database)
        for name in ("se5", "ips25"):
            yield _of_framework(bench, database, name)


def _of_framework(bench: Bench, database: Database, name: str) -> Measured:
    measures = frameworks.latest(name).measures

    def counted() -> None:
        with database.snapshot() as session:
            count(session, WINDOW, measures)

    ours, floor = _in_turns(counted, lambda: _grouped(database))
    what = f"{len(measures)} indicators of {name}, {PARTICIPANTS:,} participants"
    return Measured(what, bench.engine, ours, "s", floor, "one GROUP BY per source table, bare driver", 10)


def _in_turns(ours: Callable[[], None], floor: Callable[[], None]) -> tuple[float, float]:
    taken: dict[str, list[float]] = defaultdict(list)
    for turn in range(-1, ROUNDS):  # the first turn only warms up
        for name, work in (("ours", ours), ("floor", floor)):
            begun = time.perf_counter()
            work()
            if turn >= 0:
                taken[name].append(time.perf_counter() - begun)
    return statistics.median(taken["ours"]), statistics.median(taken["floor"])


def _grouped(database: Database) -> None:
    with transaction(database) as connection:
        for table, (told_apart, needed) in FLOOR.items():
            columns = f"{told_apart}, count(*), {needed}"
            connection.execute(f"SELECT {columns} FROM {table} GROUP BY {told_apart}").fetchall()  # noqa: S608 - constants


def fill(database: Database) -> None:
    """Each table in one go: a life with some ninety records."""
    rows = _Lives().rows()
    unchecked = "PRAGMA foreign_keys = OFF" if database.is_sqlite else "SET session_replication_role = replica"
    with transaction(database, unchecked) as connection:
        for table, told in rows.items():
            columns = tuple(told[0])
            write(connection, table, columns, (tuple(row[name] for name in columns) for row in told))
    if not database.is_sqlite:  # as its own upkeep would have done by now
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as upkeep:
            upkeep.exec_driver_sql("VACUUM ANALYZE")


class _Lives:
    def __init__(self) -> None:
        self.chance = random.Random(9)  # noqa: S311 - the same population every time, nothing secret
        self.told: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        self.add("offices", name="Kontor", template="standard", threshold=5)
        for number in range(SPECIALISTS):
            user = self.add("users", email=f"{number}@example.org", name=f"{number}", role="job_specialist",
                            office_id=1, language="nb", active=True, created_at="2024-01-01 12:00:00+00:00",
                            version=1)  # fmt: skip
            self.add("staff_shares", user_id=user, percent=100, se_percent=100, from_on=date(2024, 1, 1),
                     recorded_at=MOMENT)  # fmt: skip
        for number in range(EMPLOYERS):
            self.add("employers", office_id=1, name=f"{number}", org_number=str(number), recorded_at=MOMENT)
        for week in range(104):
            held_on = WINDOW.from_on + timedelta(days=7 * week)
            self.add("group_supervisions", office_id=1, held_on=held_on, minutes=60, recorded_at=MOMENT)
        for number in range(PARTICIPANTS):
            self._live(number)
        return self.told

    def add(self, table: str, **columns: Any) -> int:
        self.told[table].append({"id": len(self.told[table]) + 1, **columns})
        return len(self.told[table])

    def after(self, day: date, most: int) -> date:
        return day + timedelta(days=self.chance.randrange(most))

    def _live(self, number: int) -> None:
        referred = self.after(WINDOW.from_on, 700)
        opened = self.after(referred, 20)
        by = self.chance.choice(("nav", "herself", "adult_education"))
        person = self.add("participants", office_id=1, ref=f"P{number}", protected=False, referred_on=referred,
                          referred_by=by, recorded_at=MOMENT, version=1)  # fmt: skip
        self.add("referral_decisions", participant_id=person, decision="accepted", decided_on=opened,
                 decided_by="specialist", recorded_at=MOMENT)  # fmt: skip
        self.add("participant_texts", participant_id=person, kind="x", digest="0" * 64, recorded_at=MOMENT)
        for skill in ("speaking", "listening", "reading", "writing"):
            self.add("language_levels", participant_id=person, skill=skill, level="A2", source="test",
                     happened_on=opened, recorded_at=MOMENT)  # fmt: skip
        for _ in range(4):
            self.add("consents", participant_id=person, line="messages", answer="yes", form="oral", happened_on=opened,
                     recorded_at=MOMENT)  # fmt: skip
        for field in FIELDS:
            self.add("field_values", participant_id=person, field=field, entry=1, code=None, text_id=person,
                     happened_on=self.after(opened, 60), recorded_at=MOMENT)  # fmt: skip
        owner = number % SPECIALISTS + 1
        ended = self.after(opened, 500) if self.chance.random() < 0.4 else None
        case = self.add(
            "cases", participant_id=person, office_id=1, owner_id=owner, process_name="supported_employment",
            process_version=1, template="standard", protected=False, step="ended" if ended else "profiling",
            status="ended" if ended else "active", opened_on=opened, entered_on=opened, ended_on=ended,
            end_reason="work" if ended else None, visit=1, last_event_on=opened, version=1,
        )  # fmt: skip
        self.add("case_owners", case_id=case, user_id=owner, from_on=opened, recorded_at=MOMENT)
        self._work(case, person, owner, opened, ended)
        self._employers(case, person, owner, opened)

    def _work(self, case: int, person: int, owner: int, opened: date, ended: date | None) -> None:
        entered = opened
        for ordinal, step in enumerate(STEPS[: self.chance.randrange(2, 7)], 1):
            left = self.after(entered, 90)
            stay = self.add("step_periods", case_id=case, office_id=1, process_name="supported_employment", step=step,
                            ordinal=ordinal, entered_on=entered, left_on=left, left_to="x")  # fmt: skip
            if self.chance.random() < 0.1:
                self.add("pauses", period_id=stay, reason="sickness", started_on=entered, ended_on=left)
            entered = left
        for _ in range(12):
            self.add("task_records", case_id=case, task=self.chance.choice(TASKS), status="done", own_words=False,
                     happened_on=self.after(opened, 300), recorded_by=owner, recorded_at=MOMENT)  # fmt: skip
        for kind in ("cooperation_agreement", "vocational_profile"):
            document = self.add("documents", case_id=case, kind=kind, opened_on=opened, recorded_at=MOMENT, version=1)
            for version in range(1, 4):
                on = self.after(opened, 60 * version)
                told = self.add("document_versions", document_id=document, number=version, definition_version=1,
                                text_id=person, complete=True, happened_on=on, recorded_at=MOMENT)  # fmt: skip
                self.add("document_events", document_id=document, version_id=told, what="explained", happened_on=on,
                         on_behalf=False, recorded_at=MOMENT)  # fmt: skip
        self.add("goals", case_id=case, kind="work_or_education", whose="own", text_id=person,
                 set_on=self.after(opened, 200), recorded_at=MOMENT)  # fmt: skip

    def _employers(self, case: int, person: int, owner: int, opened: date) -> None:
        employers = [self.chance.randrange(EMPLOYERS) + 1 for _ in range(2)]
        for wish, employer in enumerate(employers, 1):
            self.add("tracks", case_id=case, employer_id=employer, process_name="employer_track", process_version=1,
                     step="contact", opened_on=opened, entered_on=opened, ended_on=opened, wish=wish,
                     recorded_at=MOMENT, version=1)  # fmt: skip
        self.add("disclosures", case_id=case, employer_id=employers[0], decision="told", may_tell="",
                 by_whom="together", words_text_id=person, happened_on=opened, recorded_at=MOMENT)  # fmt: skip
        for _ in range(40):
            kind = self.chance.choice(("participant", "participant", "employer", "nav"))
            self.add(
                "contacts", office_id=1, case_id=case, employer_id=employers[0] if kind == "employer" else None,
                user_id=owner, kind=kind, channel="in_person", status="held", happened_on=self.after(opened, 400),
                minutes=45, travel_minutes=15, participant_present="yes", shared=True, source="app", version=1,
                concrete_job="job" if kind == "employer" else None, recorded_at=MOMENT,
            )  # fmt: skip
        if self.chance.random() < 0.7:
            started = self.after(opened, 300)
            over = self.after(started, 300) if self.chance.random() < 0.4 else None
            job = self.add(
                "jobs", case_id=case, employer_id=employers[0], occupation_code=str(self.chance.randrange(1000, 9999)),
                started_on=started, ended_on=over, contract="permanent", paid=True, subsidy=False, hours_per_week=20,
                recorded_at=MOMENT, voided=False, version=1,
            )  # fmt: skip
            self.add("job_changes", job_id=job, what="hours", happened_on=started, number=25, recorded_at=MOMENT)
            if over:
                self.add("new_searches", job_id=job, case_id=case, offered_on=over, answer="yes", recorded_at=MOMENT)
