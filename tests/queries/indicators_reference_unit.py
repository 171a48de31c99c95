"""The numbers of the unit, of the beginning and of the profile a second time, slowly and from rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from holidays import country_holidays

from se_engine.records.audit_results import AuditAction, AuditActionEvent
from se_engine.records.audits import Audit
from se_engine.records.cases import StepPeriod
from se_engine.records.choices import Goal
from se_engine.records.documents import Document, DocumentEvent
from se_engine.records.needs import Partner
from se_engine.records.participants import Consent, FieldValue, LanguageLevel
from se_engine.records.people import GroupSupervision, StaffShare, User
from tests.queries.indicators_reference_records import ONE, Records, Row, Told

PUBLIC = country_holidays("NO", years=range(2024, 2028))
PARTS = (
    ("job_wishes", "wished_occupation"), ("work_experience", "unpaid_work"),
    ("schooling_country", "schooling_year", "interrupted_studies"),
    ("strengths", "courses_certificates", "driving_licence"), ("what_helps", "work_adaptations"),
    ("network_roles", "supporters"), ("good_day_conditions", "job_must", "job_rather", "job_never"),
)  # fmt: skip


class OfTheUnit(Records):
    def caseload(self) -> Told:
        active = self.active()
        owners = Counter(self.owner(c) for c in active)
        whole = 0
        for user in self.rows(User):
            share = self.share_on(user, self.to_on)
            percent = None if share is None else share["percent"] * share["se_percent"] // 100
            if user["id"] in owners:
                whole += 100 if percent is None else percent
            elif user["office_id"] == self.office and percent and user["role"] == "job_specialist":
                whole += percent
        value = Fraction(100 * len(active), whole) if whole else None
        return value, len(active), len(active), None, sorted(c["id"] for c in active)

    def share_on(self, user: Row, day: date) -> Row | None:
        begun = [s for s in self.by(StaffShare, "user_id", user["id"]) if s["from_on"] <= day]
        if not begun or (begun[-1]["until_on"] and begun[-1]["until_on"] < day):
            return None
        return begun[-1]

    def time_on_supported_employment(self) -> Told:
        part = whole = many = 0
        for user in self.rows(User, office_id=self.office, role="job_specialist"):
            held = [s for d in self.days(self.from_on, self.to_on) if (s := self.share_on(user, d))]
            if sum(s["percent"] for s in held):
                many += 1
                part += sum(s["percent"] * s["se_percent"] for s in held)
                whole += sum(s["percent"] * 100 for s in held)
        return (Fraction(part, whole) if whole else None), many, None, None, []

    def same_specialist_through_steps(self) -> Told:
        told = []
        for case in self.cases:
            owner = self.owner(case)
            if owner is None or (case["ended_on"] and case["ended_on"] < self.from_on):
                continue
            until = case["ended_on"] or self.to_on
            busy = {c["happened_on"] for c in self.contacts(case) if c["user_id"] == owner}
            busy |= {r["happened_on"] for r in self.words(case) if r["recorded_by"] == owner}
            stood: Counter[str] = Counter()
            seen: set[str] = set()
            for stay in self.by(StepPeriod, "case_id", case["id"]):
                if stay["entered_on"] > self.to_on:
                    continue
                left = stay["left_on"] if stay["left_on"] and stay["left_on"] <= self.to_on else until
                stood[stay["step"]] += (left - stay["entered_on"]).days
                if any(stay["entered_on"] <= day <= left for day in busy):
                    seen.add(stay["step"])
            reached = {step for step, days in stood.items() if days >= 7}
            if reached:
                told.append((case["id"], reached <= seen))
        return self.share(told)

    def weeks_with_group_supervision(self) -> Told:
        held = {g["held_on"] for g in self.rows(GroupSupervision, office_id=self.office) if self.inside(g["held_on"])}
        every = good = 0
        for monday in self.days(self.from_on, self.to_on - 4 * ONE):
            week = [monday + n * ONE for n in range(7)]
            if monday.weekday() == 0 and any(day not in PUBLIC for day in week[:5]):
                every += 1
                good += any(day in held for day in week)
        return (Fraction(good, every) if every else None), every, good, every, []

    def partner_contact_last_30_days(self) -> Told:
        partners = {p["id"]: p["kind"] for p in self.rows(Partner)}
        told = []
        for case in self.active():
            recent = [c for c in self.contacts(case) if (self.to_on - c["happened_on"]).days < 30]
            kinds = [
                (c["kind"], partners.get(c["partner_id"])) for c in recent if c["status"] == "held"
            ]  # fmt: skip
            told.append((
                case["id"],
                any(kind in ("nav", "teacher") or other in ("nav", "municipality", "school") for kind, other in kinds),
            ))  # fmt: skip
        return self.share(told)

    def acceptance_ratio_by_language_level(self) -> Told:
        groups: dict[str, list[bool]] = {}
        cases: set[int] = set()
        for person in self.people:
            told = self.decisions(person)
            if not told or told[-1]["decision"] == "waiting" or not self.inside(person["referred_on"]):
                continue
            on = told[-1]["decided_on"]
            said = [r for r in self.by(LanguageLevel, "participant_id", person["id"]) if r["skill"] == "speaking"]
            said = sorted((r for r in said if r["happened_on"] <= on), key=lambda r: (r["happened_on"], r["id"]))
            if said and said[-1]["level"]:
                groups.setdefault(said[-1]["level"], []).append(told[-1]["decision"] == "accepted")
                cases |= {c["id"] for c in self.cases if c["participant_id"] == person["id"]}
        large = [told for told in groups.values() if len(told) >= 20]
        rates = [Fraction(told.count(True), len(told)) for told in large]
        value = min(rates) / max(rates) if len(rates) > 1 and max(rates) else None
        return value, min(map(len, large)) if len(large) > 1 else 0, None, None, sorted(cases)

    def caseload_from_one_or_two_teams(self) -> Told:
        people = {p["id"]: p["referred_by"] for p in self.people}
        known = [(c["id"], people[c["participant_id"]]) for c in self.active() if people[c["participant_id"]]]
        many = Counter(by for _, by in known)
        top = [by for by, _ in sorted(many.items(), key=lambda one: (-one[1], one[0]))][:2]
        return self.share((case, by in top) for case, by in known)

    def nav_contact_frequency(self) -> Told:
        partners = {p["id"]: p["kind"] for p in self.rows(Partner)}
        found = [
            c for case in self.cases for c in self.contacts(case)
            if c["status"] == "held" and self.inside(c["happened_on"])
            and (c["kind"] == "nav" or partners.get(c["partner_id"]) == "nav")
        ]  # fmt: skip
        every = {c["happened_on"] for c in found}
        seen = {c["happened_on"] for c in found if c["channel"] == "in_person"}

        def periods(length: int) -> list[set[date]]:
            days = list(self.days(self.from_on, self.to_on))[::-1]
            cut = [set(days[n : n + length]) for n in range(0, len(days), length)]
            return [one for one in cut if len(one) == length] or [set(days)]

        def always(days: set[date], length: int) -> bool:
            return all(one & days for one in periods(length))

        weekly = 4 * len([1 for one in periods(7) if one & every]) >= 3 * len(periods(7))
        level = 2 if always(every, 91) else 1
        level = 3 if always(every, 30) else level
        level = 4 if weekly or always(seen, 91) else level
        level = 5 if weekly and always(seen, 30) else level
        return Fraction(level), len(periods(7)), len(found), None, sorted({c["case_id"] for c in found})

    def audit_actions_closed(self) -> Told:
        good = every = 0
        for audit in self.rows(Audit, office_id=self.office):
            for action in self.by(AuditAction, "audit_id", audit["id"]):
                told = self.by(AuditActionEvent, "action_id", action["id"])
                due, state = action["due_on"], ""
                told = [e for e in told if e["happened_on"] <= self.to_on]
                for event in sorted(told, key=lambda e: (e["happened_on"], e["id"])):
                    if event["what"] == "moved":
                        due = event["due_on"]
                    else:
                        state = event["what"]
                if audit["opened_on"] <= self.to_on and self.inside(due):
                    every += 1
                    good += state == "done"
        return (Fraction(good, every) if every else None), every, good, every, []


class OfTheBeginning(Records):
    def days_to_first_meeting(self) -> Told:
        waits, cases = [], set()
        for person in self.people:
            since = person["referred_on"]
            if not self.inside(since):
                continue
            hers = sorted(
                (c for c in self.cases if c["participant_id"] == person["id"]), key=lambda c: (c["opened_on"], c["id"])
            )
            days = [
                c["happened_on"] for case in hers for c in self.contacts(case)
                if c["status"] == "held" and c["participant_present"] == "yes" and c["happened_on"] >= since
                and c["channel"] in ("in_person", "video")
            ]  # fmt: skip
            told = self.decisions(person)
            ends = [self.to_on]
            ends += [told[-1]["decided_on"]] if told and told[-1]["decision"] == "declined" else []
            ends += [hers[-1]["ended_on"]] if hers and hers[-1]["ended_on"] else []
            waits.append(((min(days) - since).days, True) if days else (max(0, (min(ends) - since).days), False))
            cases |= {hers[0]["id"]} if hers else set()
        met = len([1 for _, came in waits if came])
        return self.median([(0, days, came) for days, came in waits]), len(waits), met, len(waits), sorted(cases)

    def median(self, waits: list[tuple[int, int, bool]]) -> Fraction | None:
        """First day counted, last day, whether it came; the curve with exact fractions."""
        still = Fraction(1)
        level_since = None
        for day in sorted({last for _, last, came in waits if came}):
            at_risk = len([1 for first, last, _ in waits if first <= day <= last])
            came = len([1 for first, last, came in waits if came and first <= last == day])
            if not came:
                continue
            still *= 1 - Fraction(came, at_risk)
            if still < Fraction(1, 2):
                return Fraction(day) if level_since is None else Fraction(level_since + day, 2)
            if still == Fraction(1, 2) and level_since is None:
                level_since = day
        if level_since is None:
            return None
        return Fraction(level_since + max(last for first, last, _ in waits if first <= last), 2)

    def first_job_meetings(self) -> list[tuple[int, int, int, bool]]:
        """Case, first day at risk, last day, whether it came; in days since the opening."""
        found = []
        for case in self.cases:
            days = [
                c["happened_on"] for c in self.employer_contacts(case)
                if c["channel"] == "in_person" and c["concrete_job"] == "job"
            ]  # fmt: skip
            until = case["ended_on"] or self.to_on
            first = min(days, default=None)
            came = first is not None and first <= until
            last = first if came and first else until
            if last >= self.from_on:
                since = case["opened_on"]
                found.append((case["id"], max(0, (self.from_on - since).days), max(0, (last - since).days), came))
        return found

    def days_to_first_employer_contact(self) -> Told:
        waits = self.first_job_meetings()
        days = [last for _, _, last, came in waits if came]
        value = Fraction(sum(days), len(days)) if days else None
        return value, len(days), None, len(days), sorted(case for case, *_ in waits)

    def informed_before_consent(self) -> Told:
        told = []
        for case in self.cases:
            said = self.by(Consent, "participant_id", case["participant_id"])
            yes = [c["happened_on"] for c in said if c["answer"] == "yes" and c["happened_on"] <= self.to_on]
            if not yes or not self.inside(case["opened_on"]):
                continue
            informed = self.done(case, "T1-S2", "T1-S3")
            for document in self.by(Document, "case_id", case["id"]):
                events = self.by(DocumentEvent, "document_id", document["id"])
                gone = {e["voids_id"] for e in events}
                if document["kind"] == "cooperation_agreement":
                    informed += [
                        e["happened_on"] for e in events
                        if e["what"] == "explained" and e["voids_id"] is None and e["id"] not in gone
                    ]  # fmt: skip
            told.append((case["id"], any(day <= min(yes) for day in informed)))
        return self.share(told)

    def profile_within_30_days(self) -> Told:
        told = []
        for case in self.cases:
            due = case["opened_on"] + 30 * ONE
            good = any(v["complete"] and v["happened_on"] <= due for v in self.versions(case, "vocational_profile"))
            gone = case["ended_on"] and case["ended_on"] <= due
            if self.inside(due) and (good or not gone):
                told.append((case["id"], good))
        return self.share(told)

    def profile_parts_filled(self) -> Told:
        found = {}
        for case in self.cases:
            over = case["ended_on"] and case["ended_on"] < self.from_on
            if over or not self.versions(case, "vocational_profile"):
                continue
            person = next(p for p in self.people if p["id"] == case["participant_id"])
            newest: dict[tuple[str, int], bool] = {}
            for row in self.by(FieldValue, "participant_id", person["id"]):
                if row["happened_on"] <= self.to_on:
                    newest[row["field"], row["entry"]] = row["code"] is not None or row["text_id"] is not None
            filled = {field for (field, _), there in newest.items() if there}
            if person["highest_education"]:
                filled.add("schooling_country")
            levels = self.by(LanguageLevel, "participant_id", person["id"])
            speaks = any(r["level"] and r["happened_on"] <= self.to_on for r in levels)
            found[case["id"]] = speaks + len([1 for part in PARTS if filled & set(part)])
        total = sum(found.values())
        return (Fraction(total, len(found)) if found else None), len(found), total, len(found), sorted(found)

    def plan_reviews(self, case: Row) -> set[date]:
        goals = self.by(Goal, "case_id", case["id"])
        days = {day for g in goals if g["set_on"] <= self.to_on for day in (g["set_on"], g["ended_on"])}
        days |= set(self.done(case, "T2-M6", "T5-A09"))
        until = case["ended_on"] or self.to_on
        days |= {
            row["happened_on"] for row in self.by(FieldValue, "participant_id", case["participant_id"])
            if row["field"] in ("plans", "next_career_step") and case["opened_on"] <= row["happened_on"] <= until
        }  # fmt: skip
        return {day for day in days if day and day <= self.to_on}

    def profile_updated_after_events(self) -> Told:
        told = []
        for case in self.cases:
            work = [j for j in self.jobs(case) if self.is_work(j)]
            events = [j["started_on"] for j in work] + [j["until"] for j in work if j["until"]]
            events += sorted(self.plan_reviews(case))
            updates = {v["happened_on"] for v in self.versions(case, "vocational_profile")}
            for day in events:
                if self.inside(day + 14 * ONE):
                    told.append((case["id"], bool(updates & set(self.days(day, day + 14 * ONE)))))
        return self.share(told)

    def plan_reviewed_last_90_days(self) -> Told:
        recent = set(self.days(self.to_on - 89 * ONE, self.to_on))
        return self.share((case["id"], bool(self.plan_reviews(case) & recent)) for case in self.active())
