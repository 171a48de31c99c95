"""The follow-up of a case on one page: the year of each job as points, what is due, scores, surveys, absences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.follow_up_events import absences_of, events_of
from se_engine.queries.headings import Heading, process_of
from se_engine.queries.schedules import Choices, choices_of, dropped_checks, leading, plan_of, runs
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.follow_up import Check, CheckTopic, ScheduleChoice, Scores, Survey, SurveyAnswer
from se_engine.records.jobs import AbsencePoint, Job, WorkAbsence
from se_engine.rules.contacts import HELD
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.errors import NotFound
from se_engine.rules.follow_up import EventPoint, Point, Window, event_point, next_check, points, windows
from se_engine.rules.follow_up_answers import NOT_KNOWN
from se_engine.rules.follow_up_plan import FollowUpPlan, PlanCheck
from se_engine.rules.retention import JobFacts, stands
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class AbsenceLine:
    absence: WorkAbsence
    told: Mapping[str, AbsencePoint]
    """Point → the newest word on it."""


@dataclass(frozen=True)
class SurveyLine:
    survey: Survey
    scores: Mapping[str, int]


@dataclass(frozen=True)
class Schedule:
    """One job with its checks as they stand today."""

    job: Job
    employer: str | None
    plan: FollowUpPlan
    leads: bool
    """Whether this is the one that is followed; the others are closed."""
    points: tuple[Point, ...]
    events: tuple[EventPoint, ...]
    next: PlanCheck | None
    choices: Choices
    surveys: tuple[SurveyLine, ...]
    absences: tuple[AbsenceLine, ...]
    stands: str
    """in_work, not_in_work or not_known, as far as anybody has said."""

    def day_of(self, check: PlanCheck) -> date:
        return self.job.started_on + timedelta(days=check.day)

    @property
    def next_point(self) -> Point | None:
        return next((point for point in self.points if self.next and point.check is self.next), None)


@dataclass(frozen=True)
class FollowUpPage(Heading):
    schedules: tuple[Schedule, ...]
    """The one that is followed first, then the newest."""
    scores: tuple[Scores, ...]
    checks: tuple[Check, ...]
    words: Mapping[int, str | None]

    @property
    def leading(self) -> Schedule | None:
        return next((one for one in self.schedules if one.leads), None)

    def of_job(self, job_id: int) -> Schedule:
        for one in self.schedules:
            if one.job.id == job_id:
                return one
        raise NotFound()


def follow_up_page(session: Session, actor: Actor, case_id: int) -> FollowUpPage:
    """Fifteen statements at most, however long the story is."""
    case = access_case(session, actor, case_id)
    on = today(session)
    jobs = session.execute(
        select(Job, Employer.name)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case.id, Job.paid.is_(True), ~Job.voided)
        .order_by(Job.started_on.desc(), Job.id.desc())
    ).all()
    followed = leading([job for job, _ in jobs], on)
    known = _Known.of(session, case, [job for job, _ in jobs], on)
    schedules = [_schedule(known, job, employer, job is followed, on) for job, employer in jobs]
    scores = tuple(
        session.scalars(
            select(Scores).where(Scores.case_id == case.id).order_by(Scores.happened_on.desc(), Scores.id.desc())
        )
    )
    words = texts_of(session, case.participant, _text_ids(case, known, scores))
    return FollowUpPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=on,
        schedules=tuple(sorted(schedules, key=lambda one: not one.leads)),
        scores=scores,
        checks=tuple(reversed(known.checks)),
        words=words,
    )


@dataclass(frozen=True)
class _Known:
    """Everything that was recorded of the jobs, each kind in one statement."""

    contacts: tuple[date, ...]
    checks: tuple[Check, ...]
    choices: tuple[ScheduleChoice, ...]
    surveys: Mapping[int, list[SurveyLine]]
    absences: Mapping[int, list[AbsenceLine]]
    events: Mapping[int, list[tuple[str, date]]]
    followed_since: Mapping[int, date]

    @classmethod
    def of(cls, session: Session, case: Case, jobs: Sequence[Job], on: date) -> "_Known":
        numbers = [job.id for job in jobs]
        absences = absences_of(session, numbers) if numbers else ()
        return cls(
            contacts=_contacts(session, case),
            checks=tuple(
                session.scalars(
                    select(Check).where(Check.case_id == case.id, ~Check.voided).order_by(Check.happened_on, Check.id)
                )
            ),
            choices=tuple(
                session.scalars(
                    select(ScheduleChoice).where(ScheduleChoice.case_id == case.id).order_by(ScheduleChoice.id)
                )
            ),
            surveys=_surveys(session, case),
            absences=_absence_lines(session, absences),
            events=events_of(session, jobs, on, absences),
            followed_since=_superseded(jobs),
        )


def _contacts(session: Session, case: Case) -> tuple[date, ...]:
    """The days on which she was met or spoken with."""
    held = select(Contact.happened_on).where(Contact.case_id == case.id, Contact.status == HELD)
    days = set(session.scalars(held.where(Contact.participant_present == "yes")))
    return tuple(sorted(days | ({case.last_contact_on} if case.last_contact_on else set())))


def _surveys(session: Session, case: Case) -> dict[int, list[SurveyLine]]:
    rows = session.execute(
        select(Survey, SurveyAnswer)
        .outerjoin(SurveyAnswer, SurveyAnswer.survey_id == Survey.id)
        .where(Survey.case_id == case.id)
        .order_by(Survey.week, Survey.id, SurveyAnswer.id)
    )
    found: dict[int, tuple[Survey, dict[str, int]]] = {}
    for survey, answer in rows:
        scores = found.setdefault(survey.id, (survey, {}))[1]
        if answer is not None:
            scores[answer.question] = answer.score
    lines: dict[int, list[SurveyLine]] = defaultdict(list)
    for survey, scores in found.values():
        lines[survey.job_id].append(SurveyLine(survey, scores))
    return lines


def _absence_lines(session: Session, absences: Sequence[WorkAbsence]) -> dict[int, list[AbsenceLine]]:
    told: dict[int, dict[str, AbsencePoint]] = defaultdict(dict)
    if absences:
        numbers = [absence.id for absence in absences]
        rows = select(AbsencePoint).where(AbsencePoint.absence_id.in_(numbers)).order_by(AbsencePoint.id)
        for row in session.scalars(rows):
            told[row.absence_id][row.point] = row
    found: dict[int, list[AbsenceLine]] = defaultdict(list)
    for absence in absences:
        found[absence.job_id].append(AbsenceLine(absence, told[absence.id]))
    return found


def _superseded(jobs: Sequence[Job]) -> dict[int, date]:
    """Job → since when another job's schedule is followed instead: from the first day on which both run."""
    found: dict[int, date] = {}
    for job in jobs:
        both = [
            (other, max(other.started_on, job.started_on))
            for other in jobs
            if other is not job and runs(job, max(other.started_on, job.started_on))
        ]
        instead = [day for other, day in both if leading([job, other], day) is other]
        if instead:
            found[job.id] = min(instead)
    return found


def _schedule(known: _Known, job: Job, employer: str | None, leads: bool, on: date) -> Schedule:
    plan, dropped = plan_of(job), dropped_checks(job)
    closed_on = min((day for day in (job.ended_on, known.followed_since.get(job.id)) if day), default=None)
    said = [(row.happened_on, row.answer) for row in known.checks if row.job_id == job.id]
    known_on = [day for day, answer in said if answer != NOT_KNOWN]
    found = points(
        plan, job.started_on, on, contacts=known.contacts, answers=known_on, dropped=dropped,
        ended_on=None if leads else closed_on,
    )  # fmt: skip
    last = max((day for day in known.contacts if day <= on), default=None)
    return Schedule(
        job=job,
        employer=employer,
        plan=plan,
        leads=leads,
        points=found,
        events=tuple(
            event_point(plan, plan.event_by_key[key], day, on, contacts=known.contacts)
            for key, day in known.events.get(job.id, ())
            if key in plan.event_by_key
        ),
        next=next_check(plan, job.started_on, last, dropped) if leads else None,
        choices=choices_of(known.choices, job.id),
        surveys=tuple(known.surveys.get(job.id, ())),
        absences=tuple(known.absences.get(job.id, ())),
        stands=stands(JobFacts(job.started_on, job.ended_on, tuple(said)), on, plan, dropped=dropped),
    )


def _text_ids(case: Case, known: _Known, scores: Sequence[Scores]) -> list[int]:
    ids = [case.participant.name_id, *(row.words_text_id for row in scores)]
    ids += [row.words_text_id for row in known.choices]
    ids += [line.survey.words_text_id for lines in known.surveys.values() for line in lines]
    return sorted({found for found in ids if found})


@dataclass(frozen=True)
class FullTalk(Heading):
    """What a full check asks on a day: its scores and topics, and whether the answer is known already."""

    schedule: Schedule
    window: Window
    check: Check | None
    """The answer of this window, where somebody has recorded it."""
    topics: tuple[CheckTopic, ...]
    with_employer: bool
    """Whether she lets the workplace be asked."""


def full_talk(session: Session, actor: Actor, case_id: int) -> FullTalk:
    """The check whose window is open today, full or not: scores may be told at any of them."""
    page = follow_up_page(session, actor, case_id)
    schedule = page.leading
    if schedule is None:
        raise NotFound()
    day = (page.today - schedule.job.started_on).days
    begun = [one for one in windows(schedule.plan) if one.first <= day]
    window = begun[-1] if begun else windows(schedule.plan)[0]
    full = next((one for one in reversed(begun) if one.check.full), window)
    since = schedule.job.started_on + timedelta(days=full.first)
    told = [row for row in page.checks if row.job_id == schedule.job.id and row.happened_on >= since]
    employer_id = schedule.job.employer_id
    decided = newest_disclosure(session, page.case.id, employer_id) if employer_id else None
    check = told[0] if told else None
    topics = select(CheckTopic).where(CheckTopic.check_id == (check.id if check else 0)).order_by(CheckTopic.id)
    return FullTalk(
        case=page.case,
        process=page.process,
        name=page.name,
        today=page.today,
        schedule=schedule,
        window=full,
        check=check,
        topics=tuple(session.scalars(topics)),
        with_employer=decided is not None and decided.decision != NOT_TOLD,
    )


def one_absence(page: FollowUpPage, absence_id: int) -> tuple[Schedule, AbsenceLine]:
    for schedule in page.schedules:
        for line in schedule.absences:
            if line.absence.id == absence_id:
                return schedule, line
    raise NotFound()
