"""The indicators of `dimensions` counted a second time, slowly: participation, culture, equity, and the list of all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

from se_engine.records import career, cases, choices, documents, follow_up, history, jobs, needs, tracks
from tests.queries import dimension_language as spoken
from tests.queries.dimension_facts import YES, Row, Slow, Told


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
    "language_need_known_before_first_meeting": spoken.l1a,
    "qualified_interpreter_when_needed": spoken.l1b,
    "language_profile_complete": spoken.l2a,
    "profile_reviewed_in_understood_language": spoken.l2b,
    "norwegian_alongside_job_search": spoken.l3a,
    "waiting_for_language": spoken.l3b,
    "language_demand_of_target_jobs_assessed": spoken.l3c,
    "language_arrangement_agreed_with_employer": spoken.l4a,
    "language_demand_tested_in_practice": spoken.l4b,
    "language_support_at_work_early": spoken.l5a,
    "language_progress_followed": spoken.l5b,
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
