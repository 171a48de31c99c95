"""Indicators of participation: P1c to P5c of the framework `dimensions`, apart from those that se5 has too."""

from collections.abc import Mapping
from datetime import timedelta

from se_engine import follow_up_plans
from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.places import first_at
from se_engine.queries.indicators.profiles import answers_on, own_yes, profiles
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_cases import cases, opened, stays
from se_engine.queries.indicators.sources_contacts import first_with_employer, in_window
from se_engine.queries.indicators.sources_follow_up import answered_surveys, confirmed_plans, ended_by
from se_engine.queries.indicators.sources_jobs import starts, stopped_on, work_of_case
from se_engine.queries.indicators.sources_tracks import by_job
from se_engine.queries.indicators.sources_work import goals
from se_engine.rules.follow_up_plan import WEEK

HER_WORDS = ("own", "interpreted")
HER_CHOICE = ("yes", "her_choice")
ACTIVE = ("participant", "together")
AFTER_START = ("job_support", "follow_up")
SURVEY_OPEN = timedelta(weeks=8)
PLAN_WITHIN = timedelta(days=14)
YEAR = timedelta(days=365)
RANKED = 2


def own_wish_documented(evidence: Evidence) -> Measured:
    """A goal in her own words, or as they were interpreted, or a wish for a job in her record."""
    on = evidence.window.to_on

    def said(case_id: int, participant_id: int) -> bool:
        hers = evidence.read(goals).get(case_id, ())
        return any(one.whose in HER_WORDS for one in hers) or answers_on(evidence, participant_id, "job_wishes", on) > 0

    return share((case.id, said(case.id, case.participant_id)) for case in evidence.read(opened))


def profile_confirmed_before_employer_contact(evidence: Evidence) -> Measured:
    """The same day is in time: the records have no hour for it."""
    return share(
        (case_id, any(yes.happened_on <= met.happened_on for yes in own_yes(evidence, case_id)))
        for case_id, met in evidence.read(first_with_employer).items()
        if evidence.window.holds(met.happened_on)
    )


def ranked_own_wishes(evidence: Evidence) -> Measured:
    on = evidence.window.to_on
    return share(
        (one.case_id, answers_on(evidence, one.participant_id, "job_wishes", on) >= RANKED)
        for one in evidence.read(profiles)
    )


def job_matches_wish(evidence: Evidence) -> Measured:
    """By the track that led to the job: it names the wish that it serves."""
    led = evidence.read(by_job)
    return share(
        (job.case_id, job.id in led and led[job.id].wish is not None)
        for job in evidence.read(starts)
        if evidence.window.holds(job.started_on)
    )


def participant_active_in_search(evidence: Evidence) -> Measured:
    return share(
        (row.case_id, row.acted in ACTIVE)
        for row in evidence.read(in_window)
        if row.with_employer and row.case_id is not None
    )


def participant_present_at_first_employer_meeting(evidence: Evidence) -> Measured:
    return share(
        (case_id, met.present in HER_CHOICE)
        for (case_id, _), met in evidence.read(first_at).items()
        if evidence.window.holds(met.happened_on)
    )


def follow_up_plan_made_together(evidence: Evidence) -> Measured:
    """Of the job starts whose fourteenth day lies in the window, where she was still in the job then."""
    said = evidence.read(confirmed_plans)
    due = ((job, job.started_on + PLAN_WITHIN) for job in evidence.read(starts))
    return share(
        (job.case_id, any(day <= by for day in said.get(job.id, ())))
        for job, by in due
        if evidence.window.holds(by) and job.runs_on(by)
    )


def survey_answered(evidence: Evidence) -> Measured:
    """Asked are those in a job on the day of the survey; the answer may come for eight weeks."""
    answered, every = evidence.read(answered_surveys), evidence.read(cases)
    asked = [
        (job, week, job.started_on + timedelta(days=week * WEEK))
        for job in evidence.read(starts)
        for week in follow_up_plans.get(job.plan_version).survey_weeks
    ]
    return share(
        (job.case_id, (job.id, week) in answered)
        for job, week, day in asked
        if evidence.window.holds(day + SURVEY_OPEN) and job.runs_on(day)
        and ((ended := every[job.case_id].ended_on) is None or ended >= day)
    )  # fmt: skip


def follow_up_ended_by_own_choice(evidence: Evidence) -> Measured:
    """Cases that ended in follow-up, less than twelve months after the job began; the last talk holds her decision."""

    def hers(case_id: int) -> bool:
        return case_id in evidence.read(stopped_on) or evidence.read(ended_by).get(case_id) == "participant"

    told = []
    for case in evidence.read(cases).values():
        left = evidence.read(stays).get(case.id, ())
        if not evidence.window.holds(case.ended_on) or not left or left[-1].step not in AFTER_START:
            continue
        jobs = evidence.read(work_of_case).get(case.id, ())
        if case.ended_on is not None and jobs and case.ended_on < jobs[-1].started_on + YEAR:
            told.append((case.id, hers(case.id)))
    return share(told)


COUNTS: Mapping[str, Count] = {
    "own_wish_documented": own_wish_documented,
    "profile_confirmed_before_employer_contact": profile_confirmed_before_employer_contact,
    "ranked_own_wishes": ranked_own_wishes,
    "job_matches_wish": job_matches_wish,
    "participant_active_in_search": participant_active_in_search,
    "participant_present_at_first_employer_meeting": participant_present_at_first_employer_meeting,
    "follow_up_plan_made_together": follow_up_plan_made_together,
    "survey_answered": survey_answered,
    "follow_up_ended_by_own_choice": follow_up_ended_by_own_choice,
}
