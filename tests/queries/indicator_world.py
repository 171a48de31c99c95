"""Random records of a few offices, as rows: possible for the database, and as unlikely as records can be."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from se_engine.records.audit_results import AuditAction, AuditActionEvent
from se_engine.records.audits import Audit
from se_engine.records.cases import Case, CaseOwner, Pause, StepPeriod
from se_engine.records.choices import Goal
from se_engine.records.contacts import Contact
from se_engine.records.documents import Document, DocumentEvent, DocumentVersion
from se_engine.records.employers import Employer
from se_engine.records.follow_up import ClosingTalk
from se_engine.records.jobs import Job, JobChange, NewSearch, Subsidy
from se_engine.records.needs import Partner
from se_engine.records.offices import Office
from se_engine.records.participants import Consent, FieldValue, LanguageLevel, Participant
from se_engine.records.people import Absence, GroupSupervision, StaffShare, User
from se_engine.records.referrals import ReferralDecision
from se_engine.records.supervision import SavedReport
from se_engine.records.tasks import TaskRecord
from se_engine.records.texts import ParticipantText
from se_engine.records.tracks import Disclosure, Track

FIRST, LAST = date(2025, 1, 6), date(2026, 3, 14)
MOMENT = datetime(2026, 3, 15, 12, tzinfo=UTC)
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
TABLES = (
    Office, User, Partner, Employer, Participant, ParticipantText, ReferralDecision, LanguageLevel, Consent, FieldValue,
    Case, CaseOwner, StepPeriod, Pause, Track, Contact, Job, JobChange, Subsidy, NewSearch, ClosingTalk, TaskRecord,
    Document, DocumentVersion, DocumentEvent, Goal, Disclosure, StaffShare, Absence, GroupSupervision, SavedReport,
    Audit, AuditAction, AuditActionEvent,
)  # fmt: skip
FIELDS = (
    "job_wishes", "wished_occupation", "work_experience", "schooling_country", "strengths", "driving_licence",
    "what_helps", "network_roles", "good_day_conditions", "job_never", "plans", "next_career_step", "dream",
)  # fmt: skip
TASKS = ("T1-S2", "T1-S3", "T1-A06", "T1-A13", "T2-A09", "T2-M6", "T2-A14", "T5-A09", "T3-A01")
EDGES, EDGES_OF_OFFERS, EDGES_OF_CONTACT = (
    [timedelta(days=days) for days in some] for some in ((27, 28, 181, 182), (13, 14, 14, 15), (0, 3, 3, 4))
)
"""After a first day, or after a last one: where what is asked for ends."""
CONTACT_KINDS = ("participant", "participant", "employer", "employer", "three_way", "nav", "teacher", "other")
Rows = dict[type, list[dict[str, Any]]]


class World:
    """The rows, and chance to make more of them."""

    def __init__(self, seed: int, *, many: int) -> None:
        self.rows: Rows = defaultdict(list)
        self.chance = random.Random(seed)  # noqa: S311 - chance, not secrets
        for number in (1, 2):
            self.add(Office, name=f"Kontor {number}", template="standard", threshold=5)
            self._staff(number)
            for name in range(4):
                kind = ("nav", "municipality", "school", "health")[name]
                self.add(Partner, office_id=number, name=str(name), kind=kind)
                self.add(Employer, office_id=number, name=str(name), org_number=(None, "1", "2", "2")[name])
            self._audits(number)
        for number in range(many):
            self._life(2 if number % 8 == 7 else 1)

    def add(self, table: type, **columns: Any) -> int:
        number = len(self.rows[table]) + 1
        self.rows[table].append({"id": number, **columns})
        return number

    def write(self, session: Any) -> None:
        common = {
            "recorded_at": MOMENT, "version": 1, "voided": False, "source": "app", "shared": True, "digest": "0" * 64,
        }  # fmt: skip
        for table in TABLES:
            known = {column.name for column in table.__table__.columns}
            written = [{k: v for k, v in (common | row).items() if k in known} for row in self.rows[table]]
            if written:
                session.execute(insert(table), written)

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def near(self, day: date, *, before: int = 10, after: int = 30) -> date:
        return day + timedelta(days=self.chance.randint(-before, after))

    def one(self, *of: Any) -> Any:
        return self.chance.choice(of)

    def times(self, most: int, make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(self.chance.randint(0, most))]

    def of(self, table: type, **wanted: Any) -> list[dict[str, Any]]:
        return [row for row in self.rows[table] if all(row[key] == value for key, value in wanted.items())]

    def _staff(self, office: int) -> None:
        for name in range(4):
            user = self.add(
                User, email=f"{office}{name}@example.org", name=f"{name}", office_id=office, language="nb",
                role="supervisor" if name == 3 else "job_specialist", active=name != 2, created_at=MOMENT,
            )  # fmt: skip
            for _ in range(self.one(0, 1, 2)):
                since = self.day()
                until = self.one(None, since + timedelta(days=90))
                self.add(StaffShare, user_id=user, percent=self.one(0, 50, 100), se_percent=self.one(50, 80, 100),
                         from_on=since, until_on=until)  # fmt: skip
            for _ in range(self.one(0, 1, 2)):
                since = self.day()
                self.add(Absence, user_id=user, from_on=since, until_on=since + timedelta(days=self.one(0, 3, 20)))
        for _ in range(25):
            self.add(GroupSupervision, office_id=office, held_on=self.day(), minutes=60)
        for _ in range(3):
            kind = self.one("outcomes", "retention", "flow")
            self.add(SavedReport, office_id=office, name="x", report=kind, question={}, definition_version=1,
                     as_of=FIRST, answer={}, saved_at=datetime.combine(self.day(), MOMENT.time(), UTC))  # fmt: skip

    def _audits(self, office: int) -> None:
        opened = self.day()
        audit = self.add(
            Audit, office_id=office, kind="learning", framework_name="se5", framework_version=1, framework_digest="0",
            process_name="audit", process_version=1, step="plan", opened_on=opened, entered_on=opened, from_on=FIRST,
            until_on=LAST, legal_basis="agreement", legal_words="x", told_how="letter", told_words="x",
            created_at=MOMENT, visit_days=2, names_open=False,
        )  # fmt: skip
        for _ in range(8):
            action = self.add(AuditAction, audit_id=audit, item="O1", words="x", owner_id=1, due_on=self.day(opened))
            for _ in range(self.one(0, 1, 2)):
                what = self.one("begun", "done", "done", "moved", "given_up", "reopened")
                due = self.day(opened) if what == "moved" else None
                self.add(AuditActionEvent, action_id=action, what=what, happened_on=self.day(opened), due_on=due)

    def _life(self, office: int) -> None:
        referred = self.one(None, self.day(), self.day(), self.day())
        person = self.add(
            Participant, office_id=office, ref=f"r{len(self.rows[Participant])}", protected=self.chance.random() < 0.1,
            referred_on=referred, referred_by=self.one(None, "nav", "herself", "adult_education", "employer"),
            highest_education=self.one(None, None, "university"),
        )  # fmt: skip
        text = self.add(ParticipantText, participant_id=person, kind="x")
        for day in sorted(self.near(referred or FIRST) for _ in range(self.one(0, 1, 1, 1, 1, 2))):
            decision = self.one("accepted", "accepted", "accepted", "declined", "declined", "waiting")
            self.add(ReferralDecision, participant_id=person, decision=decision, decided_by="specialist",
                     reason=self.one(None, "own_wish"), decided_on=day)  # fmt: skip
        for day in (FIRST, *self.times(2, self.day)):
            skill, level = self.one("speaking", "speaking", "reading"), self.one(None, "A1", "A1", "A2", "A2", "B1")
            self.add(LanguageLevel, participant_id=person, skill="speaking" if day == FIRST else skill, source="test",
                     level=level, happened_on=day)  # fmt: skip
        self.times(2, lambda: self.add(
            Consent, participant_id=person, line="messages", answer=self.one("yes", "yes", "no"), form="oral",
            happened_on=self.day()))  # fmt: skip
        self.times(8, lambda: self.add(
            FieldValue, participant_id=person, field=self.one(*FIELDS), entry=self.one(1, 1, 2), happened_on=self.day(),
            **self.one({"code": "x", "text_id": None}, {"code": None, "text_id": text},
                       {"code": None, "text_id": None})))  # fmt: skip
        if self.chance.random() < 0.9:
            ended = self._case(person, office, text, self.near(referred, after=20) if referred else self.day())
            if ended is not None and self.chance.random() < 0.5:
                self._case(person, office, text, ended + timedelta(days=self.one(0, 5, 60)))

    def _case(self, person: int, office: int, text: int, opened: date) -> date | None:
        """The day it ended, where it did."""
        users = [row["id"] for row in self.of(User, office_id=office)]
        owner = self.one(*users)
        case = self.add(
            Case, participant_id=person, office_id=office, owner_id=owner, process_name="supported_employment",
            process_version=1, template="standard", protected=self.rows[Participant][person - 1]["protected"],
            opened_on=opened, entered_on=opened, visit=1, last_event_on=opened, step="engagement", status="active",
            ended_on=None, end_reason=None,
        )  # fmt: skip
        for _ in range(self.one(1, 1, 2)):
            self.add(CaseOwner, case_id=case, user_id=self.one(*users, None), from_on=self.near(opened, before=0))
        ended = self._stays(case, office, opened)
        if ended is not None:
            self.rows[Case][case - 1] |= {"step": "ended", "status": "ended", "ended_on": ended, "end_reason": "work"}
        last = ended or LAST
        self._employers(case, office, text, opened, last, users)
        self._work(case, text, opened, last, users)
        self._jobs(case, office, text, opened, last)
        return ended

    def _stays(self, case: int, office: int, opened: date) -> date | None:
        entered = opened
        for ordinal in range(1, self.one(2, 3, 4, 5)):
            left = entered + timedelta(days=self.one(0, 3, 6, 7, 20, 60, 120))
            over = left <= LAST and self.chance.random() < 0.85
            ends = over and self.chance.random() < 0.2
            stay = self.add(
                StepPeriod, case_id=case, office_id=office, process_name="supported_employment", ordinal=ordinal,
                step=self.one(*STEPS), entered_on=entered, left_on=left if over else None,
                left_to=("ended" if ends else "x") if over else None,
            )  # fmt: skip
            for _ in range(self.one(0, 0, 0, 1)):
                since = self.day(entered, left)
                until = self.day(since, left) if over or self.chance.random() < 0.5 else None
                self.add(Pause, period_id=stay, reason="sickness", started_on=since, ended_on=until)
            if ends:
                return left
            if not over:
                return None
            entered = left
        self.add(
            StepPeriod, case_id=case, office_id=office, process_name="supported_employment", ordinal=9,
            step=self.one(*STEPS), entered_on=entered, left_on=None, left_to=None,
        )  # fmt: skip
        return None

    def _employers(self, case: int, office: int, text: int, opened: date, last: date, users: list[int]) -> None:
        employers = [row["id"] for row in self.of(Employer, office_id=office)]
        partners = [row["id"] for row in self.of(Partner, office_id=office)]
        for employer in self.chance.sample(employers, self.one(0, 1, 2)):
            since = self.near(opened, after=60)
            self.add(Track, case_id=case, employer_id=employer, process_name="employer_track", process_version=1,
                     step="contact", opened_on=since, entered_on=since, wish=self.one(None, 1, 2))  # fmt: skip
        tracks = self.of(Track, case_id=case)
        for _ in range(self.one(0, 5, 15, 30)):
            kind = self.one(*CONTACT_KINDS)
            with_employer = kind in ("employer", "three_way")
            track = self.one(None, *tracks) if with_employer else None
            self.add(
                Contact, office_id=office, case_id=case, kind=kind, channel=self.one("in_person", "in_person", "phone",
                "video"), employer_id=(track["employer_id"] if track else self.one(*employers)) if with_employer else
                None, track_id=track["id"] if track else None, partner_id=self.one(None, *partners) if kind in
                ("nav", "other") else None, user_id=self.one(*users, None), in_field=self.one(None, None, True, False),
                status=self.one("held", "held", "held", "no_show", "no_answer", "planned", "voided", "cancelled"),
                happened_on=self.near(opened, after=330), minutes=self.one(None, 20, 60), travel_minutes=self.one(None,
                0, 30), participant_present=self.one(None, "yes", "yes", "no"),
                concrete_job=self.one(None, "job", "job", "placement") if with_employer else None,
            )  # fmt: skip
        if self.chance.random() < 0.2:
            self.add(Contact, office_id=office, case_id=None, kind="employer", channel="in_person", status="held",
                     employer_id=employers[0], happened_on=self.day(), minutes=30, user_id=users[0],
                     partner_id=None)  # fmt: skip
        self.times(2, lambda: self.add(
            Disclosure, case_id=case, employer_id=self.one(*employers), decision="told", may_tell="",
            by_whom="together", words_text_id=self.one(None, text),
            happened_on=self.near(opened, after=90)))  # fmt: skip

    def _work(self, case: int, text: int, opened: date, last: date, users: list[int]) -> None:
        for _ in range(self.one(0, 2, 5)):
            record = self.add(
                TaskRecord, case_id=case, task=self.one(*TASKS), happened_on=self.near(opened, after=200),
                status=self.one("done", "done", "not_relevant", "needs_more"), own_words=False,
                recorded_by=self.one(None, *users), voids_id=None,
            )  # fmt: skip
            if self.chance.random() < 0.15:
                self.add(TaskRecord, **{**self.rows[TaskRecord][record - 1], "id": 0} | {"voids_id": record})
                self.rows[TaskRecord][-1]["id"] = len(self.rows[TaskRecord])
        for kind in ("vocational_profile", "cooperation_agreement", "step_down_plan"):
            if self.chance.random() < 0.6:
                self._document(case, kind, text, opened)
        for _ in range(self.one(0, 1, 2)):
            since = self.near(opened, after=250)
            self.add(Goal, case_id=case, kind=self.one("work_or_education", "activity"), whose="own", text_id=text,
                     set_on=since, ended_on=self.one(None, self.near(since, before=0)))  # fmt: skip

    def _document(self, case: int, kind: str, text: int, opened: date) -> None:
        document = self.add(Document, case_id=case, kind=kind, opened_on=opened)
        for number in range(1, self.one(2, 3, 5)):
            version = self.add(
                DocumentVersion, document_id=document, number=number, definition_version=1, text_id=text,
                complete=self.one(True, True, False), happened_on=self.near(opened, before=0, after=60 * number),
            )  # fmt: skip
            event = self.add(DocumentEvent, document_id=document, version_id=version, on_behalf=False, voids_id=None,
                             what=self.one("explained", "approved"), happened_on=self.near(opened))  # fmt: skip
            if self.chance.random() < 0.15:
                again = self.rows[DocumentEvent][event - 1]
                self.add(DocumentEvent, **{**again, "voids_id": event})
                self.rows[DocumentEvent][-1]["id"] = len(self.rows[DocumentEvent])

    def _jobs(self, case: int, office: int, text: int, opened: date, last: date) -> None:
        employers = [row["id"] for row in self.of(Employer, office_id=office)]
        before = None
        for _ in range(self.one(0, 1, 2, 3)):
            started = self.near(opened, before=0, after=300)
            ended = self.one(None, None, self.near(started, before=0, after=250), started + self.one(*EDGES))
            job = self.add(
                Job, case_id=case, employer_id=self.one(None, *employers), started_on=started, ended_on=ended,
                occupation_code=self.one(None, "5120", "9112", "5223"),
                end_cause=self.one(None, "new_job", "pay", "pay"),
                contract=self.one(None, "permanent", "temporary", "work_training"), paid=self.one(True, True, False,
                None), subsidy=self.one(None, True, False), follows_id=self.one(None, None, before),
                voided=self.chance.random() < 0.1, dropped_checks=self.one(None, None, ",w30,w34,"),
            )  # fmt: skip
            before = job
            if self.chance.random() < 0.4:
                self._followed_closely(case, office, started, ended)
            for _ in range(self.one(0, 0, 1, 2)):
                what, code = self.one(("contract", "permanent"), ("contract", "work_training"), ("occupation", "9112"))
                on = self.near(started, after=150)
                change = self.add(JobChange, job_id=job, what=what, code=code, happened_on=on, voids_id=None)
                if self.chance.random() < 0.2:
                    self.add(JobChange, job_id=job, what=what, code=code, happened_on=started, voids_id=change)
            if self.chance.random() < 0.3:
                since = self.near(started)
                self.add(
                    Subsidy, case_id=case, job_id=job, kind=self.one("wage_subsidy", "wage_subsidy_trial", "mentor"),
                    decision=self.one("granted", "granted", "declined"), from_on=since,
                    until_on=self.one(None, since + timedelta(days=100)), voided=self.chance.random() < 0.1,
                )  # fmt: skip
            if ended:
                self.times(1, lambda day=ended, job=job: self.add(
                    NewSearch, job_id=job, case_id=case, offered_on=day + self.one(*EDGES_OF_OFFERS),
                    answer="yes"))  # fmt: skip
        if self.chance.random() < 0.2:
            self.add(ClosingTalk, case_id=case, happened_on=self.near(opened, after=300), last_answer="this_job",
                     whom_to_call_language="nb", decision_text_id=text)  # fmt: skip

    def _followed_closely(self, case: int, office: int, started: date, ended: date | None) -> None:
        """Met on nearly all the days that somebody would look for."""
        days = [started + timedelta(days=day) for day in (-3, 2, 6, 13, 20, 27, *range(40, 370, 30))]
        days += [ended + self.one(*EDGES_OF_CONTACT)] if ended else []
        for day in days:
            if self.chance.random() < 0.98:
                self.add(
                    Contact, office_id=office, case_id=case, kind="participant", channel="phone", status="held",
                    happened_on=day, participant_present="yes", user_id=None, partner_id=None, minutes=None,
                )  # fmt: skip
