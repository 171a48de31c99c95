"""The indicators of `dimensions` counted a second time, slowly: by looking through plain rows, once for each question.

It shares nothing with the engine but the rows: no statement, no source, no rule. What it knows of the framework was
read from its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from se_engine.records import (
    career,
    cases,
    choices,
    contacts,
    documents,
    follow_up,
    history,
    jobs,
    needs,
    participants,
    tasks,
    tracks,
)
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
    read: dict[str, Any] = field(default_factory=dict)

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
YES = timedelta


def l1a(s: Slow) -> Told:
    told = []
    for case in s.cases():
        met = [r for r in s.held(case["id"]) if r["participant_present"] == "yes" and r["channel"] != "phone"]
        if not met or not s.inside(met[0]["happened_on"]):
            continue
        on, who = met[0]["happened_on"], s.person(case["participant_id"])
        known = who["interpreter_known_on"] is not None and who["interpreter_known_on"] <= on
        spoken = who["interpreter_need"] == "no" or who["interpreter_language"] is not None
        told.append((case["id"], known and spoken and s.answered(who["id"], "literacy_mother_tongue", on) > 0))
    return told


def l1b(s: Slow) -> Told:
    return [(row["case_id"], booking["came_as"] == "qualified") for row, booking in s.interpreted()]


def l2a(s: Slow) -> Told:
    def whole(who: int) -> bool:
        skills = all(s.level(who, skill, s.last) is not None for skill in SKILLS)
        return skills and bool(s.languages(who) - {"nb"}) and s.answered(who, "digital_email", s.last) == 1

    return [(case["id"], whole(case["participant_id"])) for case in s.profiles()]


def l2b(s: Slow) -> Told:
    told = []
    for case in s.profiles():
        who = s.person(case["participant_id"])
        hers = [*s.languages(who["id"]), who["interpreter_language"]]
        hers += ["nb"] if who["interpreter_need"] == "no" else []
        said = s.own_yes(case["id"])
        told.append((case["id"], any(row["interpreter"] == "yes" or row["language"] in hers for row in said)))
    return told


def l3a(s: Slow) -> Told:
    told = []
    for case in s.cases():
        began = s.search_began(case["id"])
        if began is None or not s.inside(began + YES(30)):
            continue
        if case["ended_on"] and case["ended_on"] < began + YES(30):
            continue
        if not s.needs_support(case["participant_id"], began):
            continue
        done = any(began <= day <= began + YES(30) for day in s.norwegian_days(case))
        told.append((case["id"], done or s.answered(case["participant_id"], "norwegian_class", began + YES(30)) > 0))
    return told


def l3b(s: Slow) -> Told:
    """Told the other way round: True is who does not wait."""
    told = []
    for case in s.cases():
        if case["ended_on"]:
            continue
        stays = s.stays(case["id"])
        numbers = [row["id"] for row in stays]
        resting = [r for r in s.world.rows[cases.Pause] if r["period_id"] in numbers and _open(r, s.last)]
        if resting or stays[-1]["step"] not in ("engagement", "profiling"):
            continue
        waits = [r for r in s.world.rows[cases.Waiting] if r["period_id"] in numbers and _open(r, s.last)]
        long = s.last - stays[-1]["entered_on"] > YES(60)
        told.append((case["id"], not (long and any(r["waiting_for"] == "language" for r in waits))))
    return told


def _open(row: Row, on: date) -> bool:
    return row["started_on"] <= on and (row["ended_on"] is None or row["ended_on"] > on)


def l3c(s: Slow) -> Told:
    told = []
    for case in s.cases():
        for track in s.of(tracks.Track, "opened_on", case_id=case["id"]):
            if s.inside(track["opened_on"]):
                asked = [
                    skill
                    for match in s.of(tracks.Match, "happened_on", track_id=track["id"])
                    for skill in s.world.of(tracks.MatchSkill, match_id=match["id"])
                    if skill["skill"] in SKILLS and skill["required"]
                ]
                there = s.told(case["id"], "T3-A07", place=track["employer_id"])
                told.append((case["id"], bool(asked or there)))
    return told


def l4a(s: Slow) -> Told:
    told = []
    for job in s.jobs():
        who, place = s.case(job["case_id"])["participant_id"], job["employer_id"]
        if place is None or not s.inside(job["started_on"]) or not s.needs_support(who, job["started_on"]):
            continue
        skills = [
            (match["happened_on"], match["id"], skill["remedy"])
            for track in s.tracks(job["case_id"], place)
            for match in s.of(tracks.Match, "happened_on", track_id=track["id"])
            for skill in s.world.of(tracks.MatchSkill, match_id=match["id"])
            if skill["skill"] in SKILLS
        ]
        newest = max((number for _, number, _ in skills), default=None)
        remedied = any(r in ("language_mentor", "course", "pictures") for _, n, r in skills if n == newest)
        told.append((job["case_id"], remedied or bool(s.told(job["case_id"], "T4-S1", "T4-S5", place=place))))
    return told


def l4b(s: Slow) -> Told:
    told = []
    for case, place, met in s.first_meetings():
        if s.inside(met["happened_on"]) and s.needs_support(s.case(case)["participant_id"], met["happened_on"]):
            tried = [
                event
                for track in s.tracks(case, place)
                for event in s.of(tracks.TrackEvent, "happened_on", track_id=track["id"], step="trial")
            ]
            told.append((case, bool(tried or s.told(case, "T3-A07", "T3-A12", place=place))))
    return told


def l5a(s: Slow) -> Told:
    told = []
    for job in s.starts():
        by, case = job["started_on"] + YES(14), s.case(job["case_id"])
        if s.inside(by) and s.runs(job, by) and s.needs_support(case["participant_id"], job["started_on"]):
            told.append((case["id"], any(job["started_on"] <= day <= by for day in s.norwegian_days(case))))
    return told


def l5b(s: Slow) -> Told:
    told = []
    for job in s.starts():
        who = s.case(job["case_id"])["participant_id"]
        for weeks in (13, 26):
            point = job["started_on"] + timedelta(weeks=weeks)
            if s.inside(point + YES(14)) and s.runs(job, point):
                said = s.of(participants.LanguageLevel, "happened_on", participant_id=who)
                days = [row["happened_on"] for row in said if row["level"]]
                told.append((job["case_id"], any(-28 <= (day - point).days <= 14 for day in days)))
    return told


def p1c(s: Slow) -> Told:
    return [
        (
            case["id"],
            s.answered(case["participant_id"], "job_wishes", s.last) > 0
            or any(r["whose"] in ("own", "interpreted") for r in s.of(choices.Goal, "set_on", case_id=case["id"])),
        )
        for case in s.cases()
        if s.inside(case["opened_on"])
    ]


def p2a(s: Slow) -> Told:
    told = []
    for case in s.cases():
        met = s.with_employer(case["id"])
        if met and s.inside(met[0]["happened_on"]):
            told.append((case["id"], any(r["happened_on"] <= met[0]["happened_on"] for r in s.own_yes(case["id"]))))
    return told


def p2b(s: Slow) -> Told:
    return [(case["id"], s.answered(case["participant_id"], "job_wishes", s.last) >= 2) for case in s.profiles()]


def p3b(s: Slow) -> Told:
    named = {r["job_id"] for r in s.of(tracks.Track, "opened_on") if r["wish"]}
    return [(job["case_id"], job["id"] in named) for job in s.starts() if s.inside(job["started_on"])]


def p3c(s: Slow) -> Told:
    return [
        (case["id"], row["acted"] in ("participant", "together"))
        for case in s.cases()
        for row in s.with_employer(case["id"])
        if s.inside(row["happened_on"])
    ]


def p4b(s: Slow) -> Told:
    return [
        (case, met["participant_present"] in ("yes", "her_choice"))
        for case, _, met in s.first_meetings()
        if s.inside(met["happened_on"])
    ]


def p5a(s: Slow) -> Told:
    told = []
    for job in s.starts():
        by = job["started_on"] + YES(14)
        if s.inside(by) and s.runs(job, by):
            said = s.of(follow_up.ScheduleChoice, "happened_on", job_id=job["id"], choice="confirmed")
            told.append((job["case_id"], any(row["happened_on"] <= by for row in said)))
    return told


def p5b(s: Slow) -> Told:
    told = []
    for job in s.starts():
        for week in (13, 52):
            asked = job["started_on"] + timedelta(weeks=week)
            ended = s.case(job["case_id"])["ended_on"]
            if s.inside(asked + YES(56)) and s.runs(job, asked) and (ended is None or asked <= ended):
                filled = s.of(follow_up.Survey, "happened_on", job_id=job["id"], week=week)
                answers = [one for row in filled for one in s.world.of(follow_up.SurveyAnswer, survey_id=row["id"])]
                told.append((job["case_id"], bool(answers)))
    return told


def p5c(s: Slow) -> Told:
    told = []
    for case in s.cases():
        ended = case["ended_on"]
        if not s.inside(ended) or s.stays(case["id"])[-1]["step"] not in ("job_support", "follow_up"):
            continue
        worked = s.work(case["id"])
        if not worked or ended >= worked[-1]["started_on"] + YES(365):
            continue
        talks = s.of(follow_up.ClosingTalk, "happened_on", case_id=case["id"])
        ends = s.of(history.HistoryEvent, "happened_on", case_id=case["id"], kind="ended")
        ends.sort(key=lambda row: row["id"])
        told.append((case["id"], bool(talks) or (bool(ends) and ends[-1]["decided_by"] == "participant")))
    return told


def c1a(s: Slow) -> Told:
    talks = (("T1-A05", "T1-K1"), ("T1-A07",), ("T1-A08",))
    return [
        (case["id"], all(s.told(case["id"], *either) for either in talks))
        for case in s.cases()
        if s.inside(case["opened_on"])
    ]


def _abroad(s: Slow, who: int) -> list[Row]:
    rows = s.world.of(career.Qualification, participant_id=who, voided=False)
    return [row for row in rows if row["recorded_at"].date() <= s.last]


def c2a(s: Slow) -> Told:
    told = []
    for case in s.profiles():
        who, on = case["participant_id"], s.last
        school = bool(_abroad(s, who)) or s.answered(who, "schooling_country", on) or s.answered(
            who, "recognition_status", on
        )  # fmt: skip
        work = s.answered(who, "work_experience", on)
        told.append((case["id"], bool(school or s.settled(case["id"], "T2-A03"))
                     and bool(work or s.settled(case["id"], "T2-A04"))))  # fmt: skip
    return told


def c2b(s: Slow) -> Told:
    told = []
    for who in {case["participant_id"] for case in s.cases()}:
        known = _abroad(s, who)
        if not known:
            continue
        by = known[0]["recorded_at"].date() + YES(60)
        hers = sorted((c for c in s.cases() if c["participant_id"] == who and c["opened_on"] <= by),
                      key=lambda c: (c["opened_on"], c["id"]))  # fmt: skip
        if not s.inside(by) or not hers or (hers[-1]["ended_on"] and hers[-1]["ended_on"] < by):
            continue
        looked = [
            row["happened_on"]
            for one in known
            for row in s.of(career.Recognition, "happened_on", qualification_id=one["id"])
        ]
        looked += [row["happened_on"] for row in s.told(hers[-1]["id"], "T2-A13", status=("done", "not_relevant"))]
        told.append((hers[-1]["id"], any(day <= by for day in looked)))
    return told


def c2c(s: Slow) -> Told:
    return [
        (case["id"], bool(s.answered(case["participant_id"], "network_roles", s.last) or s.told(case["id"], "T2-A10")))
        for case in s.profiles()
    ]


def c3b(s: Slow) -> Told:
    return [
        (case["id"], bool(s.told(case["id"], "T3-K1")) and bool(s.told(case["id"], "T3-K2")))
        for case in s.cases()
        if s.inside(s.search_began(case["id"]))
    ]


def _placed(s: Slow) -> list[Row]:
    return [job for job in s.jobs() if job["employer_id"] and s.inside(job["started_on"])]


def c4a(s: Slow) -> Told:
    told = []
    for job in _placed(s):
        raised = s.told(job["case_id"], "T3-K4")
        if raised:
            agreed = any(row["value"] == "agreed" for row in raised)
            told.append((job["case_id"], agreed or bool(s.told(job["case_id"], "T4-K4", place=job["employer_id"]))))
    return told


def c4b(s: Slow) -> Told:
    told = []
    for job in _placed(s):
        case, place = job["case_id"], job["employer_id"]
        rungs = s.of(documents.Rung, "added_on", case_id=case, employer_id=place)
        there = [row for row in rungs if row["removed_on"] is None or row["removed_on"] > s.last]
        plan = there or s.told(case, "T4-A10", place=place)
        told.append((case, bool(plan) and bool(s.told(case, "T4-A05", place=place))))
    return told


def c5a(s: Slow) -> Told:
    told = []
    for job in s.work():
        if job["ended_on"] is None or not s.inside(job["ended_on"] + YES(14)) or job["end_cause"] == "new_job":
            continue
        others = [one for one in s.work(job["case_id"]) if one["id"] != job["id"]]
        day_after = job["ended_on"] + YES(1)
        if any(one["follows_id"] == job["id"] for one in others):
            continue
        if any(one["started_on"] <= job["ended_on"] and s.runs(one, day_after) for one in others):
            continue
        parts = {
            row["part"]
            for row in s.world.of(jobs.JobText, job_id=job["id"])
            if row["recorded_at"].date() <= job["ended_on"] + YES(14)
        }
        told.append((job["case_id"], bool(parts & {"her_words", "failed_her", "worked_her"})
                     and bool(parts & {"next", "plan_b"})))  # fmt: skip
    return told


def c5b(s: Slow) -> Told:
    numbers = [case["id"] for case in s.cases()]
    return [
        (row["case_id"], row["closed_on"] is not None and row["closed_on"] <= row["opened_on"] + YES(14))
        for row in s.of(needs.Problem, "opened_on")
        if row["case_id"] in numbers and row["tag"] in ("language", "norms") and s.inside(row["opened_on"] + YES(14))
        and (row["track_id"] or row["brought_by"] == "employer")
    ]  # fmt: skip


def c5c(s: Slow) -> Told:
    told = []
    for case in s.cases():
        worked = s.work(case["id"])
        if not worked or not s.inside(worked[0]["started_on"] + YES(365)):
            continue
        began, on = worked[0]["started_on"], worked[0]["started_on"] + YES(365)
        hours, contract = s.terms(worked[0], began)
        now = [s.terms(job, on) for job in worked if s.runs(job, on)]
        used = any(
            began <= row["happened_on"] <= on
            for row in s.of(career.CareerStep, "happened_on", case_id=case["id"], kind="skills_used")
        )
        better = (
            any(hours and its > hours for its, _ in now)
            or any(its == "permanent" and contract != "permanent" for _, its in now)
            or used
        )
        told.append((case["id"], bool(now) and better))
    return told


SHARES: dict[str, Callable[[Slow], Told]] = {
    "language_need_known_before_first_meeting": l1a,
    "qualified_interpreter_when_needed": l1b,
    "language_profile_complete": l2a,
    "profile_reviewed_in_understood_language": l2b,
    "norwegian_alongside_job_search": l3a,
    "waiting_for_language": l3b,
    "language_demand_of_target_jobs_assessed": l3c,
    "language_arrangement_agreed_with_employer": l4a,
    "language_demand_tested_in_practice": l4b,
    "language_support_at_work_early": l5a,
    "language_progress_followed": l5b,
    "own_wish_documented": p1c,
    "profile_confirmed_before_employer_contact": p2a,
    "ranked_own_wishes": p2b,
    "job_matches_wish": p3b,
    "participant_active_in_search": p3c,
    "participant_present_at_first_employer_meeting": p4b,
    "follow_up_plan_made_together": p5a,
    "survey_answered": p5b,
    "follow_up_ended_by_own_choice": p5c,
    "mutual_expectations_talked_through": c1a,
    "skills_from_abroad_mapped": c2a,
    "recognition_considered": c2b,
    "network_mapped": c2c,
    "working_life_codes_explained": c3b,
    "practical_matters_settled": c4a,
    "employer_prepared_for_diversity": c4b,
    "job_loss_analysed_together": c5a,
    "misunderstandings_solved": c5b,
    "better_match_after_first_job": c5c,
}
FEWER_IS_BETTER = {"waiting_for_language"}


def children(s: Slow) -> tuple[int, int, set[int], set[int]]:
    """Meetings not looked into, meetings with an interpreter, cases with a child, cases with one not looked into."""
    every = [(row, booking["came_as"]) for row, booking in s.interpreted() if booking["came_as"]]
    by_child = [row for row, who in every if who == "child"]
    asked = s.world.rows[cases.SupervisorRequest]
    seen = {r["contact_id"] for r in asked if r["answered_at"] and r["answered_at"].date() <= s.last}
    left = [row for row in by_child if row["id"] not in seen]
    return len(left), len(every), {row["case_id"] for row in by_child}, {row["case_id"] for row in left}


def breadth(s: Slow) -> tuple[Fraction | None, int]:
    codes = [job["occupation_code"] for job in s.starts() if s.inside(job["started_on"]) and job["occupation_code"]]
    most = max((codes.count(code) for code in set(codes)), default=0)
    return (1 - Fraction(most, len(codes)) if codes else None), len(codes)


def groups_of(s: Slow, chosen: list[Row]) -> dict[str, dict[str, list[Row]]]:
    """Attribute → group → cases, of the groups that may be told of."""
    found: dict[str, dict[str, list[Row]]] = {}
    for case in chosen:
        who = s.person(case["participant_id"])
        since = None if who["arrived_year"] is None else case["opened_on"].year - who["arrived_year"]
        spoken = s.level(who["id"], "speaking", case["opened_on"])
        named = {
            "sex": who["sex"],
            "education": who["highest_education"],
            "years_in_norway": None if since is None else next(
                name for low, name in ((10, "10+"), (5, "5-9"), (2, "2-4"), (-9, "0-1")) if since >= low
            ),
            "language": None if spoken is None else {"A": "A1-A2", "B1": "B1"}.get(
                "A" if spoken[0] == "A" else spoken, "B2-C2"
            ),
            "country_group": {
                "SY": "asia", "SO": "africa", "UA": "rest_of_europe", "PL": "free_movement"
            }.get(who["country"]),
        }  # fmt: skip
        for attribute, name in named.items():
            if name is not None:
                found.setdefault(attribute, {}).setdefault(name, []).append(case)
    kept = {of: {name: rows for name, rows in its.items() if len(rows) >= 20} for of, its in found.items()}
    return {of: its for of, its in kept.items() if len(its) > 1}
