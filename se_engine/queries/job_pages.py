"""The jobs of a case on their pages: terms over time, subsidies, absences, what was said, and what is calculated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.job_measures import Longest, longest
from se_engine.queries.access import access_case
from se_engine.queries.cases import Opened
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import heading_of
from se_engine.queries.job_terms import changes_of, subsidies_of
from se_engine.queries.jobs import CheckLine, JobLine, checks_of, job_line
from se_engine.queries.options import Possible, possible_moves
from se_engine.queries.people import people_of
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.career import Education
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job, JobChange, JobText, NewSearch, Subsidy, SubsidyStep, WorkAbsence
from se_engine.rules.errors import NotFound
from se_engine.rules.job_labels import Label, Worked, labels
from se_engine.rules.jobs import Stretch, Terms, standing, stretches, terms_on
from se_engine.rules.roles import Actor

WAGE = ("wage_subsidy", "wage_subsidy_lasting", "wage_subsidy_trial")


@dataclass(frozen=True)
class JobStory:
    """One job with everything that was recorded of it."""

    line: JobLine
    job: Job
    changes: tuple[JobChange, ...]
    """Those that stand, in order; the taken back ones are in `voided`."""
    voided: tuple[JobChange, ...]
    stretches: tuple[Stretch, ...]
    subsidies: tuple[tuple[Subsidy, tuple[SubsidyStep, ...]], ...]
    absences: tuple[WorkAbsence, ...]
    texts: tuple[JobText, ...]
    searches: tuple[NewSearch, ...]
    known_until: date | None

    def terms(self, on: date) -> Terms:
        """Of the day, of the last day of a job that ended, or of the first day of one to come."""
        return terms_on(self.job, self.changes, min(on, self.job.ended_on or on))

    @property
    def parts(self) -> Mapping[str, JobText]:
        """Part → the newest text of it."""
        return {text.part: text for text in self.texts}

    def longest(self, on: date) -> Longest | None:
        return longest(self.terms(on).contract, self.job.started_on)

    def worked(self) -> Worked:
        """As labels see it."""
        wage = [
            (one.from_on, one.until_on)
            for one, _ in self.subsidies
            if one.decision == "granted" and one.kind in WAGE and one.from_on is not None
        ]
        # Where nobody has told from when to when, a job that is said to be subsidised is so from first to last.
        whole = [(self.job.started_on, self.job.ended_on)] if self.job.subsidy and not self.subsidies else []
        job = self.job
        return Worked(job.started_on, job.ended_on, job.paid, self.stretches, tuple(wage or whole), self.known_until)


@dataclass(frozen=True)
class JobsPage(Opened):
    """All jobs of a case; `labels` are calculated from facts on every showing."""

    jobs: tuple[JobStory, ...]
    checks: tuple[CheckLine, ...]
    labels: tuple[Label, ...]
    ways: tuple[Possible, ...]
    """Moves that lead back into a search, where she lost a job."""

    def story(self, job_id: int) -> JobStory:
        for story in self.jobs:
            if story.job.id == job_id:
                return story
        raise NotFound()


SEARCH_AGAIN = ("search_again", "revise_profile")


def jobs_page(session: Session, actor: Actor, case_id: int, *, ways: bool = False) -> JobsPage:
    """Every job of the case, the newest first; with `ways` also how the case can go back to searching."""
    case = access_case(session, actor, case_id)
    heading = heading_of(session, case)
    checks = checks_of(session, case.id)
    jobs = stories_of(session, case.id, checks)
    educations = session.scalars(select(Education).where(Education.case_id == case.id, ~Education.voided)).all()
    words = texts_of(session, case.participant, _text_ids(case, jobs))
    return JobsPage(
        case=case,
        process=heading.process,
        name=full_name(words.get(case.participant.name_id or 0)),
        today=heading.today,
        words=words,
        people=people_of(session, _user_ids(jobs)),
        jobs=jobs,
        checks=checks,
        labels=labels([story.worked() for story in jobs], educations, heading.today),
        ways=_ways(session, actor, case) if ways else (),
    )


def _ways(session: Session, actor: Actor, case: Case) -> tuple[Possible, ...]:
    process = heading_of(session, case).process
    found = possible_moves(process, facts_of(session, case, process), actor, case.id)
    return tuple(one for one in found if one.move.trigger in SEARCH_AGAIN)


def stories_of(session: Session, case_id: int, checks: Sequence[CheckLine]) -> tuple[JobStory, ...]:
    """Seven statements, for however many jobs."""
    rows = session.execute(
        select(Job, Employer.name)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case_id, ~Job.voided)
        .order_by(Job.started_on.desc(), Job.id.desc())
    ).all()
    numbers = [job.id for job, _ in rows]
    changes, subsidies = changes_of(session, numbers), subsidies_of(session, numbers)
    texts, absences = _by_job(session, JobText, numbers), _by_job(session, WorkAbsence, numbers)
    searches = _by_job(session, NewSearch, numbers)
    known = {check.job_id: check.happened_on for check in reversed(checks) if check.answer == "this_job"}
    return tuple(
        JobStory(
            line=job_line(job, employer),
            job=job,
            changes=tuple(standing(changes[job.id])),
            voided=_taken_back(changes[job.id]),
            stretches=tuple(stretches(job, changes[job.id])),
            subsidies=tuple((one, tuple(steps)) for one, steps in subsidies[job.id]),
            absences=tuple(one for one in absences[job.id] if not one.voided),
            texts=tuple(texts[job.id]),
            searches=tuple(searches[job.id]),
            known_until=known.get(job.id),
        )
        for job, employer in rows
    )


def _by_job(session: Session, kind: Any, jobs: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if jobs:
        for row in session.scalars(select(kind).where(kind.job_id.in_(jobs)).order_by(kind.id)):
            found[row.job_id].append(row)
    return found


def _taken_back(changes: Sequence[JobChange]) -> tuple[JobChange, ...]:
    voided = {one.voids_id for one in changes if one.voids_id is not None}
    return tuple(one for one in changes if one.id in voided)


def _text_ids(case: Case, jobs: Sequence[JobStory]) -> list[int]:
    ids = [case.participant.name_id]
    ids += [one.text_id for story in jobs for one in (*story.changes, *story.voided)]
    ids += [one.text_id for story in jobs for one in story.texts]
    ids += [one.words_text_id for story in jobs for one in story.searches]
    return sorted({number for number in ids if number})


def _user_ids(jobs: Sequence[JobStory]) -> list[int]:
    every: list[Any] = [one for story in jobs for one in (*story.changes, *story.texts, *story.searches)]
    return sorted({one.recorded_by for one in every if one.recorded_by})


def job_story(session: Session, actor: Actor, case_id: int, job_id: int) -> tuple[JobsPage, JobStory]:
    """One job on a page of its own; NotFound for another case's."""
    page = jobs_page(session, actor, case_id, ways=True)
    return page, page.story(job_id)


def placements_of(session: Session, case_id: int) -> dict[int, str]:
    """Jobs without pay that a new one may continue: the name of each workplace, the newest first."""
    found = session.execute(
        select(Job.id, Job.started_on, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case_id, ~Job.voided, Job.paid.is_(False))
        .order_by(Job.started_on.desc())
    )
    return {row.id: row.name for row in found if row.started_on <= today(session)}
