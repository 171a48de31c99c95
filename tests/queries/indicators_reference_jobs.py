"""The numbers of employers, jobs and follow-up a second time, slowly and from rows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from holidays import country_holidays

from se_engine import follow_up_plans
from se_engine.records.cases import Case
from se_engine.records.choices import Goal
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job, NewSearch
from se_engine.records.participants import FieldValue
from se_engine.records.people import Absence, User
from se_engine.records.tracks import Disclosure, Track
from tests.queries.indicators_reference_records import ONE, Records, Row, Told

PUBLIC = country_holidays("NO", years=range(2024, 2028))


class OfEmployers(Records):
    def working_days(self) -> int:
        total = 0
        for user in self.rows(User, office_id=self.office, role="job_specialist"):
            told = [
                c["happened_on"] for c in self.rows(Contact, user_id=user["id"], office_id=self.office)
                if c["status"] in ("held", "no_show", "no_answer")
            ]  # fmt: skip
            if not user["active"] and not told:
                continue
            since = min([user["created_at"].date(), *told])
            until = self.to_on if user["active"] else max(told)
            away = {
                d for a in self.by(Absence, "user_id", user["id"]) for d in self.days(a["from_on"], a["until_on"])
            }  # fmt: skip
            for day in self.days(max(self.from_on, since), min(self.to_on, until)):
                total += day.weekday() < 5 and day not in PUBLIC and day not in away
        return total

    def employer_contacts_per_week(self) -> Told:
        found = [
            c for case in self.cases_and_later() for c in self.employer_contacts(case)
            if c["channel"] == "in_person" and self.inside(c["happened_on"])
        ]  # fmt: skip
        days = self.working_days()
        value = Fraction(5 * len(found), days) if days else None
        return value, days // 5, len(found), None, sorted({c["case_id"] for c in found})

    def cases_and_later(self) -> list[Row]:
        """A contact may be told of a case that is opened afterwards."""
        return self.rows(Case, office_id=self.office)

    def employer_contacts_follow_wishes(self) -> Told:
        told = []
        for case in self.cases_and_later():
            tracks = [t for t in self.by(Track, "case_id", case["id"]) if t["opened_on"] <= self.to_on]
            for c in self.employer_contacts(case):
                if self.inside(c["happened_on"]):
                    if c["track_id"]:
                        its = [t for t in tracks if t["id"] == c["track_id"]]
                    else:
                        its = [t for t in tracks if t["employer_id"] == c["employer_id"]
                               and t["opened_on"] <= c["happened_on"]]  # fmt: skip
                    told.append((case["id"], any(t["wish"] for t in its)))
        return self.share(told)

    def field_time(self) -> Told:
        out = whole = many = 0
        cases = set()
        for c in self.rows(Contact, office_id=self.office):
            if not self.inside(c["happened_on"]) or c["status"] not in ("held", "no_show", "no_answer"):
                continue
            minutes, travel = c["minutes"] or 0, c.get("travel_minutes") or 0
            there = c.get("in_field")
            if there is None:
                there = c["channel"] == "in_person" and c["kind"] in ("employer", "three_way")
            out += travel + (minutes if there else 0)
            whole += travel + minutes
            if travel + minutes:
                many += 1
                cases |= {c["case_id"]} - {None}
        return (Fraction(out, whole) if whole else None), many, out, whole, sorted(cases)

    def disclosure_choice_before_employer_contact(self) -> Told:
        told = []
        for case in self.cases_and_later():
            first = min((c["happened_on"] for c in self.employer_contacts(case)), default=None)
            if self.inside(first):
                chosen = self.by(Disclosure, "case_id", case["id"])
                told.append((case["id"], any(d["happened_on"] <= first for d in chosen)))
        return self.share(told)


class OfJobs(Records):
    def _placed(self, form: str) -> Told:
        told = []
        for job in self.every_job():
            before = self.before(job)
            goes_on = before is not None and self.is_work(before) == self.is_work(job)
            found = self.form(job, job["started_on"])
            if self.inside(job["started_on"]) and not goes_on and found != "not_known":
                told.append((job["case_id"], found == form))
        return self.share(told)

    def placements_in_ordinary_paid_work(self) -> Told:
        return self._placed("ordinary")

    def placements_with_wage_subsidy(self) -> Told:
        return self._placed("subsidised")

    def placements_in_work_practice(self) -> Told:
        return self._placed("practice")

    def paid_job_26_weeks_after_placement(self) -> Told:
        told = []
        for person in self.people:
            numbers = {c["id"] for c in self.cases if c["participant_id"] == person["id"]}
            hers = [j for j in self.every_job() if j["case_id"] in numbers]
            if hers and self.inside(hers[0]["started_on"] + 182 * ONE):
                day = hers[0]["started_on"] + 182 * ONE
                told.append((hers[0]["case_id"], any(self.is_work(j) and self.running(j, day) for j in hers)))
        return self.share(told)

    def held(self) -> list[Row]:
        last = [j for j in self.every_job() if self.is_work(j) and j["id"] not in self.continued()]
        return [j for j in last if j["until"] is None or j["until"] >= self.from_on]

    def _different(self, told: list[tuple[int, Any]]) -> Told:
        known = [(case, one) for case, one in told if one is not None]
        many = len({one for _, one in known})
        value = Fraction(many, len(known)) if known else None
        return value, len(known), many, len(known), sorted({case for case, _ in known})

    def job_diversity(self) -> Told:
        code = [(j["case_id"], self.term(j, "occupation", "occupation_code", self.to_on)) for j in self.held()]
        return self._different(code)

    def employer_diversity(self) -> Told:
        numbers = {e["id"]: e["org_number"] or e["id"] for e in self.rows(Employer)}
        return self._different([(j["case_id"], numbers.get(j["employer_id"])) for j in self.held()])

    def permanent_ordinary_jobs(self) -> Told:
        return self.share(
            (j["case_id"], self.form(j, self.to_on) == "ordinary"
             and self.term(j, "contract", "contract", self.to_on) == "permanent")
            for j in self.every_job() if self.running(j, self.to_on)
        )  # fmt: skip

    def benefits_advice_before_start(self) -> Told:
        told = []
        for job in self.starts():
            said = [r for r in self.words(self.case_of(job)) if r["task"] == "T2-A09"]
            said = [r["status"] for r in said if r["happened_on"] < job["started_on"]]
            if self.inside(job["started_on"]) and said[-1:] != ["not_relevant"]:
                told.append((job["case_id"], "done" in said))
        return self.share(told)


class AtWork(Records):
    def close_follow_up_first_month(self) -> Told:
        told = []
        for job in self.starts():
            start, end = job["started_on"], job["started_on"] + 28 * ONE
            if not self.inside(end) or (job["until"] and job["until"] < end):
                continue
            met = self.met(self.case_of(job))
            windows = [(-7, 0), (1, 3), (1, 7), (8, 14), (15, 21), (22, 28)]
            each = [met & set(self.days(start + a * ONE, start + b * ONE)) for a, b in windows]
            told.append((job["case_id"], all(each)))
        return self.share(told)

    def followed(self) -> list[tuple[Row, bool]]:
        """Jobs in months 2 to 12, and whether each month so far has contact or was left out."""
        found = []
        for job in self.starts():
            case, start = self.case_of(job), job["started_on"]
            talks = self.talks(case)
            stops = [day for day in (max(talks, default=None), job["until"], self.to_on) if day and day >= start]
            until = min(stops)
            last_at_work = min(job["until"] or self.to_on, start + 365 * ONE)
            months = [(until - start).days * 12 // 365]  # complete ones
            if last_at_work < self.from_on or months[0] < 2:
                continue
            days = {(day - start).days for day in self.met(case)}
            plan = follow_up_plans.get(None)
            days |= {check.day for check in plan.checks if check.key in (job["dropped_checks"] or "").split(",")}
            seen = {day * 12 // 365 + 1 for day in days}
            found.append((job, all(month in seen for month in range(2, min(12, months[0]) + 1))))
        return found

    def follow_up_every_month(self) -> Told:
        return self.share((job["case_id"], good) for job, good in self.followed())

    def new_chance_after_job_loss(self) -> Told:
        told = []
        for job in self.losses():
            end = job["until"]
            if not self.inside(end + 14 * ONE):
                continue
            soon = self.met(self.case_of(job)) & set(self.days(end, end + 3 * ONE))
            offers = [s["offered_on"] for s in self.by(NewSearch, "job_id", job["id"]) if s["offered_on"] <= self.to_on]
            told.append((job["case_id"], bool(soon) and any(day <= end + 14 * ONE for day in offers)))
        return self.share(told)

    def career_goal_reviewed(self) -> Told:
        told = []
        for case in self.cases_and_later():
            hers = [
                j["started_on"] for j in self.by(Job, "case_id", case["id"])
                if j["paid"] is True and not j["voided"] and (j["ended_on"] is None or j["ended_on"] >= self.to_on)
            ]  # fmt: skip
            if not hers or (self.to_on - min(hers)).days < 183:
                continue
            goals = [g for g in self.by(Goal, "case_id", case["id"]) if g["kind"] == "work_or_education"]
            days = {day for g in goals for day in (g["set_on"], g["ended_on"]) if day}
            days |= {
                f["happened_on"] for f in self.by(FieldValue, "participant_id", case["participant_id"])
                if f["field"] == "next_career_step"
            }  # fmt: skip
            told.append((case["id"], any(min(hers) <= day <= self.to_on for day in days)))
        return self.share(told)

    def follow_up_contact_pattern(self) -> Told:
        begun = []
        for job in self.starts():
            end = job["started_on"] + 28 * ONE
            if self.inside(end) and not (job["until"] and job["until"] < end):
                begun.append((job, {(day - job["started_on"]).days for day in self.met(self.case_of(job))}))
        weekly = [all(days & set(range(7 * w - 6, 7 * w + 1)) for w in (1, 2, 3, 4)) for _, days in begun]
        at_start = [bool(days & set(range(-7, 1))) and bool(days & {1, 2, 3}) for _, days in begun]
        around = [each and start for each, start in zip(weekly, at_start, strict=True)]
        later = self.followed()
        monthly = [good for _, good in later]
        fourth, after, down = [], [], []
        for job, _ in later:
            case, start = self.case_of(job), job["started_on"]
            talks = self.talks(case)
            until = min(d for d in (max(talks, default=None), job["until"], self.to_on) if d and d >= start)
            days = {(day - start).days for day in self.met(case)}
            if (until - start).days * 12 // 365 >= 4:
                fourth.append(any(day >= 0 and day * 12 // 365 == 3 for day in days))
            after.append(any(28 < day <= (until - start).days for day in days))
            down.append(bool(self.versions(case, "step_down_plan")))
        lost = [
            bool(self.met(self.case_of(j)) & set(self.days(j["until"], j["until"] + 3 * ONE)))
            for j in self.losses() if self.inside(j["until"] + 14 * ONE)
        ]  # fmt: skip

        def most(told: list[bool], part: Fraction = Fraction(3, 4)) -> bool:
            return bool(told) and Fraction(told.count(True), len(told)) >= part

        level = 1 + any(after)
        if most(fourth, Fraction(1, 2)):
            level = 3
        if most(weekly) and most(monthly):
            level = 5 if most(around) and most(down) and (most(lost) or not lost) else 4
        cases = {job["case_id"] for job, _ in begun} | {job["case_id"] for job, _ in later}
        return (Fraction(level) if later else None), len(later), None, None, sorted(cases)
