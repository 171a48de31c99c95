"""Indicators of cultural understanding: C1a to C5c of the framework `dimensions`. No content of a belief is read."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.places import done_at, told_of
from se_engine.queries.indicators.profiles import Profile, answers_on, profiles
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_cases import cases_of_person, opened, stays
from se_engine.queries.indicators.sources_follow_up import AbroadRow, abroad, career_steps, lessons, problems
from se_engine.queries.indicators.sources_jobs import JobRow, changes, jobs, losses, starts, work_of_case
from se_engine.queries.indicators.sources_tracks import ladders
from se_engine.queries.indicators.sources_work import DONE, NOT_RELEVANT, done_on
from se_engine.rules.jobs import Terms, terms_on
from se_engine.rules.needs import MISUNDERSTANDINGS

EXPECTATIONS = (("T1-A05", "T1-K1"), ("T1-A07",), ("T1-A08",))
"""Roles and rights, or the roles in the Norwegian system; that it is voluntary; what each expects."""
LIFE_AT_WORK = (("T3-K1",), ("T3-K2",))
EDUCATION, EXPERIENCE, NETWORK, RECOGNITION = "T2-A03", "T2-A04", "T2-A10", "T2-A13"
WISHES, BELONGING, BUDDY, TRAINING = "T3-K4", ("T4-K4",), ("T4-A05",), ("T4-A10",)
AGREED = "agreed"
SETTLED = (DONE, NOT_RELEVANT)
SEARCH = "job_finding"
CONSIDERED_WITHIN, SOLVED_WITHIN, LEARNED_WITHIN = timedelta(days=60), timedelta(days=14), timedelta(days=14)
YEAR = timedelta(days=365)
HER_SIDE = frozenset({"her_words", "worked_her", "failed_her"})
ONWARD = frozenset({"next", "plan_b"})
PERMANENT, SKILLS_USED = "permanent", "skills_used"


def mutual_expectations_talked_through(evidence: Evidence) -> Measured:
    return share((case.id, _all_done(evidence, case.id, EXPECTATIONS)) for case in evidence.read(opened))


def _all_done(evidence: Evidence, case_id: int, talks: Sequence[Sequence[str]]) -> bool:
    """Whether each talk was held; any of its tasks says so."""
    return all(done_on(evidence, case_id, keys) for keys in talks)


def _answered(evidence: Evidence, case_id: int, key: str) -> bool:
    """Whether a task is done, or was found not to concern her: there was nothing to tell."""
    told = told_of(evidence, case_id, (key,))
    return bool(told) and told[-1].status in SETTLED


def skills_from_abroad_mapped(evidence: Evidence) -> Measured:
    """Education and work, each told of or said to be none."""
    on = evidence.window.to_on
    told = {one.participant_id for one in evidence.read(abroad)}

    def mapped(one: Profile) -> bool:
        fields = ("schooling_country", "recognition_status")
        education = one.participant_id in told or any(answers_on(evidence, one.participant_id, f, on) for f in fields)
        work = answers_on(evidence, one.participant_id, "work_experience", on) > 0
        return (education or _answered(evidence, one.case_id, EDUCATION)) and (
            work or _answered(evidence, one.case_id, EXPERIENCE)
        )

    return share((one.case_id, mapped(one)) for one in evidence.read(profiles))


def recognition_considered(evidence: Evidence) -> Measured:
    """Of the cases with education from abroad, once sixty days have gone since it was known."""
    of_person: dict[int, list[AbroadRow]] = defaultdict(list)
    for one in evidence.read(abroad):
        of_person[one.participant_id].append(one)
    told = []
    for participant_id, known in of_person.items():
        by = known[0].known_on + CONSIDERED_WITHIN
        hers = [case for case in evidence.read(cases_of_person).get(participant_id, ()) if case.opened_on <= by]
        if not hers or not evidence.window.holds(by) or (hers[-1].ended_on is not None and hers[-1].ended_on < by):
            continue
        days = [one.considered_on for one in known if one.considered_on]
        days += [row.happened_on for row in told_of(evidence, hers[-1].id, (RECOGNITION,)) if row.status in SETTLED]
        told.append((hers[-1].id, any(day <= by for day in days)))
    return share(told)


def network_mapped(evidence: Evidence) -> Measured:
    on = evidence.window.to_on
    return share(
        (
            one.case_id,
            answers_on(evidence, one.participant_id, "network_roles", on) > 0
            or bool(done_on(evidence, one.case_id, (NETWORK,))),
        )
        for one in evidence.read(profiles)
    )


def breadth_of_occupations(evidence: Evidence) -> Measured:
    """One minus the share of the largest occupation among the job starts whose occupation has a code."""
    begun = [job for job in evidence.read(starts) if evidence.window.holds(job.started_on)]
    coded = Counter(job.occupation_code for job in begun if job.occupation_code)
    many, largest = coded.total(), max(coded.values(), default=0)
    return Measured(
        value=Fraction(many - largest, many) if many else None,
        n=many,
        numerator=many - largest,
        denominator=many,
        cases=tuple(sorted({job.case_id for job in begun if job.occupation_code})),
        lacking=tuple(sorted({job.case_id for job in begun if not job.occupation_code})),
        detail={"occupations": len(coded), "largest": largest, "without_code": len(begun) - many},
    )


def working_life_codes_explained(evidence: Evidence) -> Measured:
    """Of the cases in which the search for a job began within the window."""
    return share(
        (case_id, _all_done(evidence, case_id, LIFE_AT_WORK))
        for case_id, hers in evidence.read(stays).items()
        if evidence.window.holds(next((stay.entered_on for stay in hers if stay.step == SEARCH), None))
    )


def _placed(evidence: Evidence) -> Sequence[tuple[JobRow, int]]:
    """The jobs and placements at an employer that began within the window, each with the employer."""
    begun = (job for job in evidence.read(jobs).values() if evidence.window.holds(job.started_on))
    return [(job, job.employer_id) for job in begun if job.employer_id is not None]


def practical_matters_settled(evidence: Evidence) -> Measured:
    """Where she has raised something practical; of what it was nothing is kept, only that there is an answer."""

    def raised(case_id: int) -> Sequence[str | None]:
        return [row.value for row in told_of(evidence, case_id, (WISHES,)) if row.status == DONE]

    return share(
        (job.case_id, AGREED in raised(job.case_id) or done_at(evidence, job.case_id, employer_id, BELONGING))
        for job, employer_id in _placed(evidence)
        if raised(job.case_id)
    )


def employer_prepared_for_diversity(evidence: Evidence) -> Measured:
    """A buddy who is named, and a plan of the training: a ladder with a task on it, or the plan itself."""

    def planned(case_id: int, employer_id: int) -> bool:
        return (case_id, employer_id) in evidence.read(ladders) or done_at(evidence, case_id, employer_id, TRAINING)

    return share(
        (job.case_id, done_at(evidence, job.case_id, employer_id, BUDDY) and planned(job.case_id, employer_id))
        for job, employer_id in _placed(evidence)
    )


def job_loss_analysed_together(evidence: Evidence) -> Measured:
    """What she says of it and what comes next, written down within fourteen days of the last day."""

    def learned(job: JobRow, by: date) -> bool:
        parts = {one.part for one in evidence.read(lessons).get(job.id, ()) if one.written_on <= by}
        return bool(parts & HER_SIDE) and bool(parts & ONWARD)

    due = ((job, job.ended_on + LEARNED_WITHIN) for job in evidence.read(losses) if job.ended_on is not None)
    return share((job.case_id, learned(job, by)) for job, by in due if evidence.window.holds(by))


def misunderstandings_solved(evidence: Evidence) -> Measured:
    """Problems at a workplace about language or unwritten rules, once fourteen days have gone since they were told."""
    due = (
        (one, one.opened_on + SOLVED_WITHIN)
        for one in evidence.read(problems)
        if one.tag in MISUNDERSTANDINGS and (one.track_id is not None or one.brought_by == "employer")
    )
    return share(
        (one.case_id, one.closed_on is not None and one.closed_on <= by)
        for one, by in due
        if evidence.window.holds(by)
    )


def better_match_after_first_job(evidence: Evidence) -> Measured:
    """A year after the first job of a case began: more hours, for good where it was not, or her skills in use."""
    return share(
        (case_id, _better(evidence, hers, hers[0].started_on + YEAR))
        for case_id, hers in evidence.read(work_of_case).items()
        if evidence.window.holds(hers[0].started_on + YEAR)
    )


def _better(evidence: Evidence, hers: Sequence[JobRow], on: date) -> bool:
    first = _terms(evidence, hers[0], hers[0].started_on)
    now = [_terms(evidence, job, on) for job in hers if job.runs_on(on)]
    if not now:
        return False
    more = first.hours is not None and any((terms.hours or 0) > first.hours for terms in now)
    lasting = first.contract != PERMANENT and any(terms.contract == PERMANENT for terms in now)
    told = evidence.read(career_steps).get(hers[0].case_id, ())
    return more or lasting or any(kind == SKILLS_USED and hers[0].started_on <= day <= on for kind, day in told)


def _terms(evidence: Evidence, job: JobRow, day: date) -> Terms:
    return terms_on(job, evidence.read(changes).get(job.id, ()), day)


COUNTS: Mapping[str, Count] = {
    "mutual_expectations_talked_through": mutual_expectations_talked_through,
    "skills_from_abroad_mapped": skills_from_abroad_mapped,
    "recognition_considered": recognition_considered,
    "network_mapped": network_mapped,
    "breadth_of_occupations": breadth_of_occupations,
    "working_life_codes_explained": working_life_codes_explained,
    "practical_matters_settled": practical_matters_settled,
    "employer_prepared_for_diversity": employer_prepared_for_diversity,
    "job_loss_analysed_together": job_loss_analysed_together,
    "misunderstandings_solved": misunderstandings_solved,
    "better_match_after_first_job": better_match_after_first_job,
}
