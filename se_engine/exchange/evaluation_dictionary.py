"""The tables of an export for evaluation, column by column: what is in the file, and what it means."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from se_engine.queries import evaluation_rows as rows
from se_engine.queries.evaluation_rows import POINTS, Row, Source
from se_engine.rules.coarsening import LEAST_ALIKE

VERSION = 1
"""Of the tables and their columns: a change to any of them is a new version."""
PERSON = "pseudonym of the participant: the same in every export, joined with nothing else"
CASE = "pseudonym of the case"
DAY = "days since the participant's entry (day 0)"
ALIKE = f"withheld where fewer than {LEAST_ALIKE} in this export share sex, age, residence and education"


@dataclass(frozen=True)
class Table:
    rows: Callable[[Source], Iterator[Row]]
    about: str
    columns: Mapping[str, str]


TABLES: Mapping[str, Table] = {
    "participants": Table(rows.participants, "One row for each participant: what was known at entry, on four levels.", {
        "participant": PERSON,
        "office": "organisation: pseudonym of the office",
        "entry_quarter": "quarter of entry: the first case opened; without a case, the referral or first decision",
        "cases": "number of cases; 0 for those who were referred and never began",
        "sex": f"individual; {ALIKE}",
        "age_band": f"individual: calendar year of entry minus year of birth; {ALIKE}",
        "residence_band": f"individual: calendar year of entry minus year of arrival; {ALIKE}",
        "education": f"individual: highest completed; {ALIKE}",
        "norwegian_speaking": "individual: newest CEFR level of spoken Norwegian known on the day of entry",
        "transport": "surroundings: how she gets to work, as recorded; empty where nobody asked",
        "housing": "surroundings: as recorded; empty where nobody asked",
        "schemes": "service: schemes she was in on the day of entry, with ; between",
        "referred_by": "service: who referred her; health service and child welfare stand under other_municipal",
        "waited_days": "service: days from the referral to entry",
        "office_cases_band": "organisation: cases the office had open on the day of entry",
        "research": "yes: she said yes to research; not_asked: she has neither said yes nor no",
    }),
    "referrals": Table(rows.referrals, "Decisions about a referral: marks of waiting and of a staged start.", {
        "participant": PERSON,
        "day": f"{DAY}; negative before it",
        "decision": "accepted, waiting or declined",
        "reason": "code, for waiting and declined",
        "decided_by": "participant, specialist, supervisor or referrer",
    }),
    "cases": Table(rows.cases, "One row for each case of the participants.", {
        "participant": PERSON,
        "case": CASE,
        "process_version": "version of the process definition it ran on",
        "template": "start package it follows now",
        "opened_day": DAY,
        "ended_day": f"{DAY}; empty while it runs",
        "end_group": "work, education, moved, left (withdrew or declined), not_eligible, time_over or other",
        "observed_weeks": "whole weeks from her entry to the day of this export: what is empty had not happened then",
    }),
    "stays": Table(rows.stays, "One row for each stay in a step.", {
        "case": CASE,
        "ordinal": "1 for the first stay",
        "step": "key of the step",
        "entered_day": DAY,
        "left_day": f"{DAY}; empty while she stands there",
        "left_to": "the next step, or ended",
        "own_days": "calendar days that were our own; only of stays that were left",
        "waiting_days": "calendar days of waiting",
        "paused_days": "calendar days in which the clock stood still",
    }),
    "contacts": Table(rows.contact_rows, "One row for each contact that took place or was tried: the dose.", {
        "case": CASE,
        "day": DAY,
        "step": "where the case stood that day",
        "with": "participant, employer, three_way or others",
        "channel": "in_person, phone, video, sms, email or letter",
        "status": "held, no_answer or no_show",
        "minutes": "without travel; empty where nobody said",
        "travel_minutes": "empty where nobody said",
        "participant_present": "yes, no, her_choice or empty",
        "core": "1: evidence for a task of the core",
        "language": "1: evidence for a task of language support",
        "participation": "1: evidence for a task of participation",
        "culture": "1: evidence for a task of cultural understanding",
    }),
    "tasks": Table(rows.tasks, "Per case, step and dimension: what was done, by the newest word on each task.", {
        "case": CASE,
        "step": "step of the tasks",
        "dimension": "core, language, participation or culture",
        "done": "tasks done",
        "not_needed": "tasks looked at and found not to be needed",
        "first_day": f"{DAY} of the first one done",
        "last_day": f"{DAY} of the last one done",
    }),
    "jobs": Table(rows.jobs, "One row for each job or placement.", {
        "case": CASE,
        "job": "pseudonym of the job",
        "started_day": DAY,
        "ended_day": f"{DAY}; empty where no end is known",
        "ended_by": "participant, employer, mutual, term_ended, bankruptcy or other; empty where it is not known",
        "contract": "code of the contract",
        "paid": "yes, no or empty",
        "subsidised": "yes, no or empty",
        "hours_band": "hours a week at the start",
        "occupation_group": "first digit of STYRK-08",
    }),
    "checks": Table(rows.checks, "One row for each answer at a follow-up after the job began.", {
        "case": CASE,
        "job": "pseudonym of the job; empty where none is named",
        "day": DAY,
        "answer": "this_job, another_job, not_in_work or not_known",
        "evidence": "own_words, employer or payslip",
    }),
    "outcomes": Table(rows.outcomes, "Every case at fixed points after it was opened, those that ended included.", {
        "case": CASE,
        "week": f"{', '.join(map(str, POINTS))} weeks after the case was opened; a row only where the day has passed",
        "standing": "running or ended by then",
        "end_group": "as in cases",
        "in_work": "in_work, not_in_work or not_known, in any paid job that is recorded",
    }),
}  # fmt: skip
