"""Indicators of the profile and the plan: in time, with all its parts, looked at again when something has happened."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_cases import active, cases, cases_of_person, persons, ran
from se_engine.queries.indicators.sources_contacts import any_within, days_after
from se_engine.queries.indicators.sources_jobs import jobs
from se_engine.queries.indicators.sources_records import fields, levels, standing_fields
from se_engine.queries.indicators.sources_work import done_on, goals, versions

PROFILE = "vocational_profile"
IN_TIME, AFTER_EVENT, RECENT = 30, 14, 90
PARTS: Mapping[str, tuple[str, ...]] = {
    "wishes": ("job_wishes", "wished_occupation"),
    "experience": ("work_experience", "unpaid_work"),
    "education": ("schooling_country", "schooling_year", "interrupted_studies"),
    "skills": ("strengths", "courses_certificates", "driving_licence"),
    "language": (),
    "adjustments": ("work_adaptations", "what_helps"),
    "network": ("network_roles", "supporters"),
    "conditions": ("good_day_conditions", "job_must", "job_rather", "job_never"),
}
"""Part of a profile → the fields of her record that fill it; only whether they are filled is asked, never with what."""
PLAN_FIELDS = ("plans", "next_career_step")
PLAN_TASKS = ("T2-M6", "T5-A09")
"""Plans A, B and C made with her choice; the plan revised."""


def profile_within_30_days(evidence: Evidence) -> Measured:
    """Cases whose thirtieth day lies in the window, with a complete profile by then; who left before is not counted."""
    counted = []
    for row in evidence.read(cases).values():
        due_on = days_after(row.opened_on, IN_TIME)
        days = [v.happened_on for v in evidence.read(versions).get((row.id, PROFILE), ()) if v.complete]
        in_time = any(day <= due_on for day in days)
        if evidence.window.holds(due_on) and (in_time or row.ended_on is None or row.ended_on > due_on):
            counted.append((row.id, in_time))
    return share(counted)


def profile_parts_filled(evidence: Evidence) -> Measured:
    """How many of the eight parts are filled, on average, of the cases of the window that have a profile."""
    found = {
        row.id: _filled(evidence, row.participant_id)
        for row in evidence.read(ran)
        if evidence.read(versions).get((row.id, PROFILE))
    }
    total = sum(len(parts) for parts in found.values())
    return Measured(
        value=Fraction(total, len(found)) if found else None,
        n=len(found),
        numerator=total,
        denominator=len(found),
        cases=tuple(sorted(found)),
        lacking=tuple(sorted(case_id for case_id, parts in found.items() if len(parts) < len(PARTS))),
        detail={"parts": {part: sum(part in parts for parts in found.values()) for part in PARTS}},
    )


def _filled(evidence: Evidence, participant_id: int) -> frozenset[str]:
    told = evidence.read(standing_fields).get(participant_id, {})
    filled = {part for part, asked in PARTS.items() if any(told.get(key) for key in asked)}
    if evidence.read(persons)[participant_id].highest_education:
        filled.add("education")
    if any(one.level for one in evidence.read(levels).get(participant_id, ())):
        filled.add("language")
    return frozenset(filled)


def profile_updated_after_events(evidence: Evidence) -> Measured:
    """Job starts, job ends and plan reviews whose day 14 lies in the window, with a new profile version by then."""
    counted, kinds = [], dict[str, list[bool]]()
    for kind, case_id, day in _events(evidence):
        last = days_after(day, AFTER_EVENT)
        if evidence.window.holds(last):
            days = [one.happened_on for one in evidence.read(versions).get((case_id, PROFILE), ())]
            updated = any_within(days, day, last)
            counted.append((case_id, updated))
            kinds.setdefault(kind, []).append(updated)
    measured = share(counted)
    measured.detail.update({kind: [sum(told), len(told)] for kind, told in sorted(kinds.items())})
    return measured


def _events(evidence: Evidence) -> Iterator[tuple[str, int, date]]:
    for job in evidence.read(jobs).values():
        if job.work:
            yield "job_start", job.case_id, job.started_on
            if job.ended_on is not None:
                yield "job_end", job.case_id, job.ended_on
    for case_id, days in evidence.read(plan_reviews).items():
        for day in days:
            yield "plan_review", case_id, day


def plan_reviews(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Case → the days on which something of her plan was looked at: plans, next step, a goal, or the task of it."""
    window = evidence.window
    found: dict[int, set[date]] = defaultdict(set)
    for case_id, hers in evidence.read(goals).items():
        found[case_id] |= {day for goal in hers for day in (goal.set_on, goal.ended_on) if day is not None}
    for participant_id, told in evidence.read(fields).items():
        days = {row.happened_on for row in told if row.field in PLAN_FIELDS}
        for row in evidence.read(cases_of_person).get(participant_id, ()):
            found[row.id] |= {day for day in days if row.opened_on <= day <= (row.ended_on or window.to_on)}
    for case_id in evidence.read(cases):
        found[case_id] |= set(done_on(evidence, case_id, PLAN_TASKS))
    return {case_id: sorted(days) for case_id, days in found.items() if days}


def plan_reviewed_last_90_days(evidence: Evidence) -> Measured:
    """Active cases in which the plan was looked at in the last 90 days."""
    last = evidence.window.to_on
    reviewed = evidence.read(plan_reviews)
    return share(
        (row.id, any_within(reviewed.get(row.id, ()), days_after(last, 1 - RECENT), last))
        for row in evidence.read(active)
    )


COUNTS: Mapping[str, Count] = {
    "profile_within_30_days": profile_within_30_days,
    "profile_parts_filled": profile_parts_filled,
    "profile_updated_after_events": profile_updated_after_events,
    "plan_reviewed_last_90_days": plan_reviewed_last_90_days,
}
