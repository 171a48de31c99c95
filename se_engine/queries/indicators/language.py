"""Indicators of language support: L1a to L5b of the framework `dimensions`, and job seekers who wait for language."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.places import done_at, first_at, first_meetings
from se_engine.queries.indicators.profiles import Profile, answers_on, profiles
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_cases import CaseRow, active, cases, persons, stays
from se_engine.queries.indicators.sources_jobs import JobRow, jobs, starts
from se_engine.queries.indicators.sources_language import (
    bookings,
    known_on,
    languages,
    looked_into,
    needs_support_on,
    waits_for_language,
    worked_on,
)
from se_engine.queries.indicators.sources_records import level_on, levels
from se_engine.queries.indicators.sources_tracks import language_skills, trials
from se_engine.queries.indicators.sources_work import tracks, tracks_with
from se_engine.rules.interpreters import CHILD, QUALIFIED
from se_engine.rules.languages import NORWEGIAN, SKILLS

SEARCH, BEFORE_SEARCH = "job_finding", ("engagement", "profiling")
SEARCH_DAYS, WAITED_DAYS, EARLY_DAYS = 30, 60, 14
POINTS = (91, 182)
"""13 and 26 weeks after the first day at work."""
BEFORE_POINT, AFTER_POINT = 28, 14
"""A level taken in these days around the point is the new check."""
ARRANGEMENTS = frozenset({"language_mentor", "course", "pictures"})
ANALYSIS, TRIED, SUPPORT_AGREED = ("T3-A07",), ("T3-A12",), ("T4-S1", "T4-S5")


def language_need_known_before_first_meeting(evidence: Evidence) -> Measured:
    known, every = evidence.read(known_on), evidence.read(cases)

    def ready(case_id: int, day: date) -> bool:
        hers = every[case_id].participant_id
        asked = known.get(hers)
        return asked is not None and asked <= day and answers_on(evidence, hers, "literacy_mother_tongue", day) > 0

    return share(
        (case_id, ready(case_id, met.happened_on))
        for case_id, met in evidence.read(first_meetings).items()
        if evidence.window.holds(met.happened_on)
    )


def qualified_interpreter_when_needed(evidence: Evidence) -> Measured:
    return share((one.case_id, one.came_as == QUALIFIED) for one in evidence.read(bookings) if one.needed)


def child_used_as_interpreter(evidence: Evidence) -> Measured:
    """The meetings that nobody has looked into yet; how many there were stands beside."""
    told = [one for one in evidence.read(bookings) if one.needed and one.came_as]
    by_child = [one for one in told if one.came_as == CHILD]
    open_still = [one for one in by_child if one.contact_id not in evidence.read(looked_into)]
    return Measured(
        value=Fraction(len(open_still)),
        n=len(told),
        numerator=len(open_still),
        denominator=len(told),
        cases=tuple(sorted({one.case_id for one in by_child})),
        lacking=tuple(sorted({one.case_id for one in open_still})),
        detail={
            "meetings": len(by_child),
            "unhandled": len(open_still),
            "contacts": [one.contact_id for one in by_child],
        },
    )


def language_profile_complete(evidence: Evidence) -> Measured:
    """Four skills with a level, other languages than Norwegian, and reading on a screen."""
    on = evidence.window.to_on

    def complete(one: Profile) -> bool:
        hers = one.participant_id
        others = evidence.read(languages).get(hers, frozenset()) - set(NORWEGIAN)
        every_skill = all(level_on(evidence, hers, skill, on) for skill in SKILLS)
        return every_skill and bool(others) and answers_on(evidence, hers, "digital_email", on) > 0

    return share((one.case_id, complete(one)) for one in evidence.read(profiles))


def profile_reviewed_in_understood_language(evidence: Evidence) -> Measured:
    who = evidence.read(persons)

    def understood(one: Profile) -> bool:
        person = who[one.participant_id]
        hers = evidence.read(languages).get(person.id, frozenset()) | {person.interpreter_language}
        no_need = person.interpreter_need == "no"
        return any(
            said.interpreter == "yes" or said.language in hers or (no_need and said.language in NORWEGIAN)
            for said in one.agreed
        )

    return share((one.case_id, understood(one)) for one in evidence.read(profiles))


def _searching(evidence: Evidence) -> Iterator[tuple[CaseRow, date]]:
    """The cases in which the search began, each with the first day of it."""
    for case_id, hers in evidence.read(stays).items():
        began = next((stay.entered_on for stay in hers if stay.step == SEARCH), None)
        if began is not None and case_id in evidence.read(cases):
            yield evidence.read(cases)[case_id], began


def norwegian_alongside_job_search(evidence: Evidence) -> Measured:
    """Of the searches whose thirtieth day lies in the window, in cases that were still running then."""

    def learns(case: CaseRow, began: date, by: date) -> bool:
        course = answers_on(evidence, case.participant_id, "norwegian_class", by) > 0
        return course or worked_on(evidence, case, began, by)

    due = ((case, began, began + timedelta(days=SEARCH_DAYS)) for case, began in _searching(evidence))
    return share(
        (case.id, learns(case, began, by))
        for case, began, by in due
        if evidence.window.holds(by)
        and (case.ended_on is None or case.ended_on >= by)
        and needs_support_on(evidence, case.participant_id, began)
    )


def waiting_for_language(evidence: Evidence) -> Measured:
    """Fewer is better, so those it holds for are the ones to look at."""
    on, standing = evidence.window.to_on, evidence.read(stays)
    early = [standing[case.id][-1] for case in evidence.read(active) if case.id in standing]
    told = [
        (stay.case_id, (on - stay.entered_on).days > WAITED_DAYS and stay.case_id in evidence.read(waits_for_language))
        for stay in early
        if stay.step in BEFORE_SEARCH
    ]
    measured = share((case_id, not waits) for case_id, waits in told)
    waiting = sum(waits for _, waits in told)
    return Measured(
        Fraction(waiting, len(told)) if told else None, measured.n, waiting, measured.denominator, measured.cases,
        measured.lacking,
    )  # fmt: skip


def language_demand_of_target_jobs_assessed(evidence: Evidence) -> Measured:
    """Target occupations are the places that were taken up for somebody."""
    asked = {number for number, told in evidence.read(language_skills).items() if any(one.asked for one in told)}
    return share(
        (track.case_id, track.id in asked or done_at(evidence, track.case_id, track.employer_id, ANALYSIS))
        for track in evidence.read(tracks).values()
        if evidence.window.holds(track.opened_on)
    )


def language_arrangement_agreed_with_employer(evidence: Evidence) -> Measured:
    return share(
        (job.case_id, _arranged(evidence, job.case_id, job.employer_id))
        for job in evidence.read(jobs).values()
        if job.employer_id is not None
        and evidence.window.holds(job.started_on)
        and needs_support_on(evidence, job.participant_id, job.started_on)
    )


def _arranged(evidence: Evidence, case_id: int, employer_id: int) -> bool:
    """By the newest match there, or by a task."""
    there = evidence.read(tracks_with).get((case_id, employer_id), ())
    skills = [one for track in there for one in evidence.read(language_skills).get(track.id, ())]
    newest = max((one.match_id for one in skills), default=None)
    remedies = {one.remedy for one in skills if one.match_id == newest}
    return bool(remedies & ARRANGEMENTS) or done_at(evidence, case_id, employer_id, SUPPORT_AGREED)


def language_demand_tested_in_practice(evidence: Evidence) -> Measured:
    """Employer dialogues: places where somebody was met for her for the first time within the window."""
    every = evidence.read(cases)

    def tested(case_id: int, employer_id: int) -> bool:
        there = evidence.read(tracks_with).get((case_id, employer_id), ())
        tried = any(track.id in evidence.read(trials) for track in there)
        return tried or done_at(evidence, case_id, employer_id, ANALYSIS + TRIED)

    return share(
        (case_id, tested(case_id, employer_id))
        for (case_id, employer_id), meeting in evidence.read(first_at).items()
        if evidence.window.holds(meeting.happened_on)
        and needs_support_on(evidence, every[case_id].participant_id, meeting.happened_on)
    )


def language_support_at_work_early(evidence: Evidence) -> Measured:
    """Of the job starts whose fourteenth day lies in the window, where she was still in the job then."""
    every = evidence.read(cases)
    due = ((job, job.started_on + timedelta(days=EARLY_DAYS)) for job in evidence.read(starts))
    return share(
        (job.case_id, worked_on(evidence, every[job.case_id], job.started_on, by))
        for job, by in due
        if evidence.window.holds(by)
        and job.runs_on(by)
        and needs_support_on(evidence, job.participant_id, job.started_on)
    )


def language_progress_followed(evidence: Evidence) -> Measured:
    """Each point of each job counts for itself, once the days in which the check may fall are over."""

    def checked(job: JobRow, point: date) -> bool:
        first, last = point - timedelta(days=BEFORE_POINT), point + timedelta(days=AFTER_POINT)
        said = evidence.read(levels).get(job.participant_id, ())
        return any(one.level is not None and first <= one.happened_on <= last for one in said)

    due = ((job, job.started_on + timedelta(days=days)) for job in evidence.read(starts) for days in POINTS)
    return share(
        (job.case_id, checked(job, point))
        for job, point in due
        if evidence.window.holds(point + timedelta(days=AFTER_POINT)) and job.runs_on(point)
    )


COUNTS: Mapping[str, Count] = {
    "language_need_known_before_first_meeting": language_need_known_before_first_meeting,
    "qualified_interpreter_when_needed": qualified_interpreter_when_needed,
    "child_used_as_interpreter": child_used_as_interpreter,
    "language_profile_complete": language_profile_complete,
    "profile_reviewed_in_understood_language": profile_reviewed_in_understood_language,
    "norwegian_alongside_job_search": norwegian_alongside_job_search,
    "waiting_for_language": waiting_for_language,
    "language_demand_of_target_jobs_assessed": language_demand_of_target_jobs_assessed,
    "language_arrangement_agreed_with_employer": language_arrangement_agreed_with_employer,
    "language_demand_tested_in_practice": language_demand_tested_in_practice,
    "language_support_at_work_early": language_support_at_work_early,
    "language_progress_followed": language_progress_followed,
}
