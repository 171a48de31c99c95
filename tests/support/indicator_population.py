"""Random populations for indicators: rows of every table that one reads, written straight, with no action behind them.

A world is plain dictionaries, so that a slow reference can look at the same facts without the database. Days lie around
the window, and many of them exactly on an edge of it, or on a deadline after something else.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from se_engine.records import (
    career,
    cases,
    choices,
    contacts,
    documents,
    employers,
    follow_up,
    history,
    jobs,
    needs,
    offices,
    participants,
    people,
    referrals,
    tasks,
    texts,
    tracks,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
EARLIEST, LATEST = date(2024, 11, 1), date(2026, 8, 20)
MOMENT = datetime(2026, 9, 20, 9, tzinfo=UTC)
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
LENGTHS = (0, 1, 2, 3, 7, 13, 14, 15, 28, 29, 30, 31, 56, 59, 60, 61, 63, 77, 90, 91, 92, 105, 119, 182, 196, 365, 366)
LEVELS = ("A1", "A2", "B1", "B2", "C1", "A2", "B2", None)
PACE = (0, 1, 7, 14, 29, 30, 31, 45, 60, 61)
"""Days in a step."""
SKILLS = ("listening", "reading", "speaking", "writing")
Row = dict[str, Any]


@dataclass
class World:
    """What there is, by record class; `add` gives each row the next number of its table."""

    rows: dict[type, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: type, /, **columns: Any) -> int:
        number = len(self.rows[kind]) + 1
        self.rows[kind].append({"id": number, **columns})
        return number

    def of(self, kind: type, /, **wanted: Any) -> list[Row]:
        return [row for row in self.rows[kind] if all(row[key] == value for key, value in wanted.items())]

    def write(self, session: Any) -> None:
        """In an order that foreign keys allow."""
        metadata = people.User.metadata
        by_table = {kind.__table__: rows for kind, rows in self.rows.items()}
        for table in metadata.sorted_tables:
            if by_table.get(table):
                keys = {key for row in by_table[table] for key in row}
                session.execute(insert(table), [{**dict.fromkeys(keys), **row} for row in by_table[table]])
        session.flush()


def at(day: date) -> datetime:
    """A moment of the Norwegian day, late enough for the day to be another one in no zone we use."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass
class _Maker:
    chance: random.Random
    world: World

    def some(self, *choices_: Any) -> Any:
        return self.chance.choice(choices_)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def after(self, day: date) -> date:
        return min(LATEST, day + timedelta(days=self.chance.choice(LENGTHS)))

    def near(self, day: date) -> date:
        """On the day, or a length before or after it."""
        return day + timedelta(days=self.chance.choice((-1, 1)) * self.chance.choice(LENGTHS))

    def between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.chance.randrange(max(1, (last - first).days + 1)))

    def text(self, participant: int) -> int:
        return self.world.add(
            texts.ParticipantText, participant_id=participant, kind="field", sealed=None, salt=None, digest="x",
            recorded_at=MOMENT, redacted_at=None, redacted_by=None,
        )  # fmt: skip


def world(seed: int, *, people_: int = 40, offices_: int = 2) -> World:
    """So many participants in so many offices, each with a case or two, or none."""
    found = World()
    make = _Maker(random.Random(seed), found)  # noqa: S311 - a population, no secret
    for number in range(1, offices_ + 1):
        found.add(offices.Office, name=f"Kontor {number}", municipality=None, template="standard", threshold=5)
        for place in range(4):
            found.add(
                employers.Employer, office_id=number, name=f"Sted {place}", recorded_at=MOMENT, version=1,
                org_number=make.some(None, "974760673", "889640782", "999999999"),
            )  # fmt: skip
    for number in range(1, offices_ * 3 + 1):
        found.add(
            people.User, email=f"u{number}@example.org", name=f"U{number}", role="job_specialist",
            office_id=(number - 1) // 3 + 1, language="nb", digest="never", active=True, created_at=at(EARLIEST),
            version=1, password_hash=None, phone=None, team_id=None,
        )  # fmt: skip
    for _ in range(people_):
        _participant(make, make.chance.randrange(offices_) + 1)
    return found


def _participant(make: _Maker, office: int) -> None:
    need = make.some("yes", "no", None)
    referred_on = make.between(EARLIEST, LAST)
    number = make.world.add(
        participants.Participant, office_id=office, team_id=None,
        ref=f"P{len(make.world.rows[participants.Participant])}", birth_year=1990,
        sex=make.some("female", "male", None), country=make.some("SY", "UA", "SO", "PL", None),
        arrived_year=make.some(2015, 2022, 2024, None), highest_education=make.some("none", "primary", "higher", None),
        interpreter_need=need, interpreter_language=make.some("ar", None) if need == "yes" else None,
        interpreter_known_on=make.near(referred_on) if need and make.often(0.8) else None, protected=False,
        referred_on=referred_on, referred_by=make.some("nav", "self", None), recorded_at=at(referred_on), version=1,
    )  # fmt: skip
    for language in make.chance.sample(("ar", "uk", "nb", "en"), make.chance.randrange(3)):
        make.world.add(participants.ParticipantLanguage, participant_id=number, language=language, ordinal=0)
    if make.often(0.8):
        for _ in range(make.some(1, 1, 2)):
            make.world.add(
                referrals.ReferralDecision, participant_id=number,
                decision=make.some("accepted", "accepted", "declined", "waiting"),
                reason=make.some(None, "no_capacity"), decided_on=make.after(referred_on),
                decided_by="supervisor", recorded_at=MOMENT,
            )  # fmt: skip
    _record(make, number, referred_on)
    opened = make.after(referred_on)
    for _ in range(make.some(0, 1, 1, 1, 1, 2)):
        ended = _case(make, number, office, opened)
        if ended is None:
            return
        opened = ended + timedelta(days=10)
        if opened > LATEST:
            return


def _record(make: _Maker, person: int, since: date) -> None:
    for skill in SKILLS:
        for _ in range(make.some(0, 1, 1, 2, 2, 3)):
            make.world.add(
                participants.LanguageLevel, participant_id=person, skill=skill, level=make.some(*LEVELS),
                source=make.some("test", "teacher"), happened_on=make.between(since, LAST), recorded_at=MOMENT,
            )  # fmt: skip
    for field_ in ("literacy_mother_tongue", "digital_email", "job_wishes", "schooling_country", "recognition_status",
                   "work_experience", "network_roles", "norwegian_class"):  # fmt: skip
        for _ in range(make.some(0, 1, 1, 2, 3)):
            sealed = make.often(0.5)
            gone = make.often(0.2)
            make.world.add(
                participants.FieldValue, participant_id=person, field=field_,
                entry=make.some(1, 2, 3) if field_ == "job_wishes" else 1, code=None if sealed or gone else "yes",
                text_id=make.text(person) if sealed and not gone else None, happened_on=make.after(since),
                recorded_at=MOMENT,
            )  # fmt: skip
    for line in ("employers", "nav"):
        if make.often(0.7):
            make.world.add(
                participants.Consent, participant_id=person, line=line, answer=make.some("yes", "no", "yes"),
                form="oral", language=None, happened_on=make.after(since), recorded_at=MOMENT,
            )  # fmt: skip
    for _ in range(make.some(0, 0, 1, 2)):
        known = since + timedelta(days=make.some(*PACE))
        qualification = make.world.add(
            career.Qualification, participant_id=person, text_id=make.text(person), country="SY", level="university",
            years=3, documented="yes", voided=make.often(0.2), recorded_at=at(known),
        )  # fmt: skip
        for _ in range(make.some(0, 1, 2)):
            make.world.add(
                career.Recognition, qualification_id=qualification, status="applied", happened_on=make.after(known),
                recorded_at=MOMENT,
            )  # fmt: skip
    for _ in range(make.some(0, 0, 1, 2)):
        taken = make.world.add(
            career.LanguageTest, participant_id=person, kind="norwegian_test", skill=None,
            taken_on=make.after(make.after(since)), recorded_at=MOMENT,
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                career.LanguageTest, participant_id=person, kind="norwegian_test", skill=None, voids_id=taken,
                taken_on=LAST, recorded_at=MOMENT,
            )  # fmt: skip


def _case(make: _Maker, person: int, office: int, opened: date) -> date | None:
    """The day it ended, if it did."""
    way, day = [STEPS[0]], opened
    entered = [opened]
    while len(way) < len(STEPS) and make.often(0.9) and (day := day + timedelta(days=make.some(*PACE))) < LATEST:
        way.append(STEPS[len(way)])
        entered.append(day)
    ended = make.after(entered[-1]) if make.often(0.45) else None
    owner = make.chance.randrange(3) + 1 + (office - 1) * 3
    number = make.world.add(
        cases.Case, participant_id=person, office_id=office, owner_id=owner, team_id=None,
        process_name="supported_employment", process_version=1, template="standard", protected=False, step=way[-1],
        status="ended" if ended else "active", opened_on=opened, entered_on=entered[-1], ended_on=ended,
        end_reason=make.some("work", "withdrew", None) if ended else None, visit=len(way), last_event_on=entered[-1],
        version=1,
    )  # fmt: skip
    make.world.add(cases.CaseOwner, case_id=number, user_id=owner, from_on=opened, recorded_at=at(opened))
    for ordinal, (step, since) in enumerate(zip(way, entered, strict=True), 1):
        left = entered[ordinal] if ordinal < len(entered) else ended
        _stay(make, number, office, ordinal, step, since, left, [*way, "ended"][ordinal] if left else None)
    if ended:
        event = make.world.add(
            history.HistoryEvent, case_id=number, kind="ended", happened_on=ended, recorded_at=at(ended),
            role="operator", source="app", decided_by=make.some("participant", "specialist", None),
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                history.HistoryEvent, case_id=number, kind="voided", happened_on=ended, recorded_at=at(ended),
                role="operator", source="app", voids_id=event,
            )  # fmt: skip
            make.world.add(
                history.HistoryEvent, case_id=number, kind="ended", happened_on=ended, recorded_at=at(ended),
                role="operator", source="app", decided_by=make.some("participant", "employer"),
            )  # fmt: skip
    _work(make, number, person, office, opened, ended, owner)
    return ended


def _stay(
    make: _Maker, case: int, office: int, ordinal: int, step: str, since: date, left: date | None, to: str | None
) -> None:
    period = make.world.add(
        cases.StepPeriod, case_id=case, office_id=office, process_name="supported_employment", ordinal=ordinal,
        step=step, entered_on=since, left_on=left, left_to=to,
    )  # fmt: skip
    for kind, key, codes in ((cases.Waiting, "waiting_for", ("language", "language", "nav")),
                             (cases.Pause, "reason", ("sickness", "leave"))):  # fmt: skip
        if make.often(0.5 if kind is cases.Waiting else 0.15):
            began = min(since + timedelta(days=make.some(0, 7, 14, 30)), left or LATEST)
            over = min(make.after(began), left or LATEST) if make.often(0.4) or left else None
            make.world.add(kind, period_id=period, started_on=began, ended_on=over, **{key: make.some(*codes)})


def _work(
    make: _Maker, case: int, person: int, office: int, opened: date, ended: date | None, owner: int
) -> None:
    last = ended or LATEST
    places = [row["id"] for row in make.world.of(employers.Employer, office_id=office)]
    _tasks(make, case, opened, last, places)
    _documents(make, case, person, opened)
    met = {place: _track(make, case, person, place, opened) for place in make.chance.sample(places, 2)}
    for _ in range(make.some(0, 2, 4, 6)):
        _contact(make, case, person, office, make.between(opened, last), met, owner)
    for _ in range(make.some(0, 1, 2, 2)):
        _job(make, case, person, make.some(*met, None), make.between(opened, last), met, ended)
    for _ in range(make.some(0, 0, 1, 2)):
        make.world.add(
            choices.Goal, case_id=case, kind="work_or_education", whose=make.some("own", "interpreted", "specialist"),
            text_id=make.text(person), set_on=make.after(opened), ended_on=None, recorded_at=MOMENT,
        )  # fmt: skip
    for _ in range(make.some(0, 1, 2)):
        told = make.between(opened, last)
        make.world.add(
            needs.Problem, case_id=case, track_id=make.some(None, *(track for track, _ in met.values())),
            tag=make.some("language", "norms", "norms", "tasks"), brought_by=make.some("participant", "employer"),
            opened_on=told, text_id=make.text(person), recorded_at=MOMENT,
            closed_on=make.some(None, told + timedelta(days=make.some(0, 5, 13, 14, 15))),
        )  # fmt: skip
    for _ in range(make.some(0, 1)):
        make.world.add(
            career.CareerStep, case_id=case, kind=make.some("skills_used", "course"), happened_on=make.after(opened),
            recorded_at=MOMENT,
        )  # fmt: skip
    if make.often(0.3):
        make.world.add(
            follow_up.ClosingTalk, case_id=case, happened_on=make.near(last), last_answer="this_job",
            whom_to_call_language="nb", decision_text_id=make.text(person), recorded_at=MOMENT,
        )  # fmt: skip


TASKS = (
    "T1-A05", "T1-A07", "T1-A08", "T1-M1", "T1-M3", "T1-S2", "T1-S3", "T1-K1", "T2-A03", "T2-A04", "T2-K2", "T2-A09",
    "T2-A10", "T2-A13", "T2-S4", "T3-K1", "T3-K2", "T3-K4", "T3-S3", "T5-S1", "T5-A04", "T5-S3",
)  # fmt: skip
TASKS_THERE = ("T3-A07", "T3-S1", "T3-A12", "T4-S1", "T4-S5", "T4-K4", "T4-A05", "T4-M2", "T4-A10")


def _tasks(make: _Maker, case: int, opened: date, last: date, places: list[int]) -> None:
    wanted: list[tuple[str, int | None]] = [(key, None) for key in TASKS]
    wanted += [(key, make.some(*places)) for key in TASKS_THERE]
    for key, place in wanted:
        for _ in range(make.some(0, 1, 1, 2)):
            status = make.some("done", "done", "not_relevant", "needs_more")
            quiet = key == "T3-K4" and status == "done"
            number = make.world.add(
                tasks.TaskRecord, case_id=case, task=key, employer_id=place, status=status,
                happened_on=make.between(opened, last), value=make.some("raised", "agreed", None) if quiet else None,
                own_words=False, recorded_at=MOMENT,
            )  # fmt: skip
            if make.often(0.1):
                make.world.add(
                    tasks.TaskRecord, case_id=case, task=key, employer_id=place, status="voided",
                    happened_on=make.after(opened), own_words=False, recorded_at=MOMENT, voids_id=number,
                )  # fmt: skip


def _documents(make: _Maker, case: int, person: int, opened: date) -> None:
    for kind in ("vocational_profile", "cooperation_agreement"):
        if not make.often(0.7):
            continue
        day = make.after(opened)
        document = make.world.add(
            documents.Document, case_id=case, kind=kind, opened_on=day, recorded_at=MOMENT, version=1
        )
        for number in range(1, make.some(1, 2, 3) + 1):
            version = make.world.add(
                documents.DocumentVersion, document_id=document, number=number, definition_version=1,
                text_id=make.text(person), complete=make.often(0.6), happened_on=day, recorded_at=MOMENT,
            )  # fmt: skip
            for _ in range(make.some(0, 1, 2)):
                event = make.world.add(
                    documents.DocumentEvent, document_id=document, version_id=version,
                    what=make.some("approved", "signed", "explained"), party=make.some("participant", "specialist"),
                    happened_on=make.after(day), form="paper", language=make.some("nb", "ar", "uk", None),
                    interpreter=make.some("yes", "no", None), on_behalf=make.often(0.2), recorded_at=MOMENT,
                )  # fmt: skip
                if make.often(0.15):
                    make.world.add(
                        documents.DocumentEvent, document_id=document, version_id=version, what="withdrawn", party=None,
                        happened_on=LAST, on_behalf=False, recorded_at=MOMENT, voids_id=event,
                    )  # fmt: skip
            day = make.after(day)


def _track(make: _Maker, case: int, person: int, place: int, opened: date) -> tuple[int, date]:
    begun = make.after(opened)
    track = make.world.add(
        tracks.Track, case_id=case, employer_id=place, process_name="employer_track", process_version=1, step="lead",
        opened_on=begun, entered_on=begun, ended_on=None, wish=make.some(1, 2, None), occupation=None, job_id=None,
        recorded_at=MOMENT, version=1,
    )  # fmt: skip
    if make.often(0.3):
        event = make.world.add(
            tracks.TrackEvent, track_id=track, trigger="go", from_step="lead", step=make.some("trial", "meeting"),
            happened_on=make.after(begun), recorded_at=MOMENT, role="job_specialist",
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                tracks.TrackEvent, track_id=track, trigger=None, from_step=None, step="trial", happened_on=LAST,
                recorded_at=MOMENT, role="job_specialist", voids_id=event,
            )  # fmt: skip
    for _ in range(make.some(0, 1, 2)):
        match = make.world.add(
            tracks.Match, track_id=track, happened_on=make.after(begun), own_score=4, recorded_at=MOMENT
        )
        for skill in make.chance.sample((*SKILLS, "tasks"), 2):
            make.world.add(
                tracks.MatchSkill, match_id=match, skill=skill, required=make.some("A2", None), has="A1",
                remedy=make.some("language_mentor", "course", "buddy", None),
            )  # fmt: skip
    if make.often(0.6):
        make.world.add(
            tracks.Disclosure, case_id=case, employer_id=place, decision="told", may_tell="", by_whom="together",
            words_text_id=make.some(None, make.text(person)), happened_on=make.after(opened), recorded_at=MOMENT,
        )  # fmt: skip
    if make.often(0.4):
        added = make.after(begun)
        make.world.add(
            documents.Rung, case_id=case, employer_id=place, step=1, ordinal=1, added_on=added,
            task_text_id=make.text(person), removed_on=make.some(None, None, make.after(added)), recorded_at=MOMENT,
            version=1,
        )  # fmt: skip
    return track, begun


def _contact(
    make: _Maker, case: int, person: int, office: int, day: date, met: dict[int, tuple[int, date]], owner: int
) -> None:
    kind = make.some("participant", "employer", "three_way", "employer", "teacher", "nav")
    place = make.some(*met) if kind in ("employer", "three_way") else None
    status = make.some("held", "held", "held", "held", "no_show", "voided", "planned")
    number = make.world.add(
        contacts.Contact, office_id=office, case_id=case, employer_id=place, user_id=owner,
        track_id=met[place][0] if place and make.often(0.7) else None, kind=kind,
        channel=make.some("in_person", "in_person", "video", "phone"), status=status, happened_on=day,
        minutes=make.some(30, 60, None), participant_present=make.some("yes", "yes", "no", "her_choice", None),
        acted=make.some("participant", "together", "specialist", None),
        concrete_job=make.some("job", "job", "placement", None) if place and status == "held" else None,
        in_field=make.some(True, False, None), shared=True, recorded_at=MOMENT, source="app", version=1,
    )  # fmt: skip
    if make.often(0.5):
        who = make.some("qualified", "qualified", "relative", "child", "child", None)
        needed = make.some("yes", "yes", "yes", "no")
        make.world.add(
            contacts.InterpreterBooking, contact_id=number, needed=needed, anonymous=False,
            status="came" if who else "did_not_come", came_as=who if needed == "yes" else None, recorded_at=MOMENT,
            version=1,
        )  # fmt: skip
        if who == "child":
            answered = make.some(None, at(make.after(day)))
            make.world.add(
                cases.SupervisorRequest, case_id=case, kind="child_interpreted", contact_id=number, visit=1,
                asked_at=at(day), answered_at=answered, answer="seen" if answered else None,
            )  # fmt: skip
    if make.often(0.15):
        make.world.add(
            contacts.ContactText, contact_id=number, part=make.some("workplace_norwegian", "said"),
            text_id=make.text(person), recorded_at=MOMENT,
        )  # fmt: skip


def _job(
    make: _Maker, case: int, person: int, place: int | None, began: date, met: dict[int, tuple[int, date]],
    case_ended: date | None,
) -> None:  # fmt: skip
    over = make.some(None, None, make.after(began))
    if over and case_ended:
        over = min(over, case_ended)
    before = make.world.of(jobs.Job, case_id=case)
    number = make.world.add(
        jobs.Job, case_id=case, employer_id=place, started_on=began, ended_on=over,
        occupation_code=make.some("5223", "5223", "9112", None), hours_per_week=make.some(10, 20, 37.5, None),
        contract=make.some("permanent", "temporary", "work_training", None), paid=make.some(True, True, False, None),
        subsidy=make.some(True, False, None), end_reason="term_ended" if over else None,
        end_cause=make.some("work_over", "new_job", None) if over else None, voided=make.often(0.1),
        follows_id=before[-1]["id"] if before and make.often(0.3) else None, plan_version=make.some(1, None),
        recorded_at=MOMENT, version=1,
    )  # fmt: skip
    if place and make.often(0.6):
        track = next(row for row in make.world.rows[tracks.Track] if row["id"] == met[place][0])
        track["job_id"] = track["job_id"] or number
    for _ in range(make.some(0, 1, 2)):
        what = make.some("hours", "contract")
        change = make.world.add(
            jobs.JobChange, job_id=number, what=what, happened_on=make.after(began),
            number=make.some(15, 25, 37.5) if what == "hours" else None,
            code=make.some("permanent", "temporary") if what == "contract" else None, recorded_at=MOMENT,
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                jobs.JobChange, job_id=number, what=what, happened_on=make.after(began), voids_id=change,
                recorded_at=MOMENT,
            )  # fmt: skip
    if make.often(0.6):
        make.world.add(
            follow_up.ScheduleChoice, case_id=case, job_id=number, choice=make.some("confirmed", "confirmed", "more"),
            plan_version=1, happened_on=make.after(began), recorded_at=MOMENT,
        )  # fmt: skip
    for week in (13, 52):
        if make.often(0.5):
            survey = make.world.add(
                follow_up.Survey, case_id=case, job_id=number, week=week, plan_version=1, language="nb",
                filled_in="alone", happened_on=make.after(began + timedelta(weeks=week)), recorded_at=MOMENT,
            )  # fmt: skip
            for question in range(make.some(0, 1, 2)):
                make.world.add(follow_up.SurveyAnswer, survey_id=survey, question=f"survey_{question}", score=3)
    if over:
        for part in make.chance.sample(("her_words", "failed_her", "next", "plan_b", "employer_words"), 3):
            make.world.add(
                jobs.JobText, job_id=number, part=part, text_id=make.text(person),
                recorded_at=at(over + timedelta(days=make.some(0, 3, 13, 14, 15))),
            )  # fmt: skip
        if make.often(0.4):
            make.world.add(
                jobs.NewSearch, job_id=number, case_id=case, offered_on=make.after(over), answer="yes",
                recorded_at=MOMENT,
            )  # fmt: skip
