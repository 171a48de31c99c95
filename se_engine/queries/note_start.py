"""What a note and a meeting begin with: her employers, the likeliest tasks, and whether an interpreter is needed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case
from se_engine.queries.cases import Opened, tasks_page
from se_engine.queries.contacts import ContactLine, one_contact
from se_engine.queries.interpreters import must_decide
from se_engine.queries.needs import Promises, promises_with
from se_engine.queries.partners import partners_to_choose
from se_engine.queries.schedules import check_of_today, leading_job
from se_engine.queries.task_rows import TaskRow
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound
from se_engine.rules.facts import TaskStatus
from se_engine.rules.follow_up_plan import PlanCheck
from se_engine.rules.interpreters import NEEDED, ORDERED
from se_engine.rules.roles import Actor
from se_engine.rules.tasks import RECORDED_ELSEWHERE, Task

AT_A_WORKPLACE = ("employer_engagement", "job_support", "follow_up")
"""Steps in which a contact is most often a visit."""
LIKELY_EMPLOYERS = 5


@dataclass(frozen=True)
class Workplace:
    """An employer of the case; with the track that runs there, if one does."""

    employer_id: int
    name: str
    track_id: int | None


@dataclass(frozen=True)
class NoteStart(Opened):
    workplaces: tuple[Workplace, ...]
    """Newest first."""
    employers: tuple[str, ...]
    """The names the case has known, to be offered while one types."""
    tasks: tuple[TaskRow, ...]
    """What the note may be evidence for, the likeliest first."""
    asks_for_interpreter: bool
    meeting: ContactLine | None
    partners: dict[int, str]
    """The partners of the office, to be chosen for a cooperation meeting."""
    promises: Promises | None
    """What was promised with the partner of the meeting."""
    follow_up: PlanCheck | None
    """The check that a contact with her would keep today, while she has a job that is followed."""

    @property
    def kind(self) -> str:
        """What the contact most likely is."""
        if self.meeting:
            return self.meeting.kind
        return "three_way" if self.workplaces and self.case.step in AT_A_WORKPLACE else "participant"

    def track_at(self, employer_id: int | None) -> int | None:
        if self.meeting and self.meeting.employer_id == employer_id and self.meeting.track_id:
            return self.meeting.track_id
        return next((place.track_id for place in self.workplaces if place.employer_id == employer_id), None)


def note_start(session: Session, actor: Actor, case_id: int, *, contact_id: int | None = None) -> NoteStart:
    """`contact_id` is the meeting that the note tells of; NotFound when it is another case's."""
    page = tasks_page(session, actor, case_id)
    meeting = one_contact(session, actor, contact_id) if contact_id is not None else None
    if meeting is not None and meeting.case_id != case_id:
        raise NotFound()
    undecided = must_decide(session, page.case.participant, "in_person", there=True)
    ordered = meeting is not None and meeting.booking is not None and meeting.booking.status in (NEEDED, ORDERED)
    decided = meeting is not None and meeting.booking is not None and not ordered
    return NoteStart(
        case=page.case,
        process=page.process,
        name=page.name,
        today=page.today,
        words=page.words,
        people=page.people,
        workplaces=workplaces_of(session, actor, case_id),
        employers=page.employers,
        tasks=tuple(sorted((row for group in page.groups for row in group.rows if _tickable(row.task)), key=_unlikely)),
        asks_for_interpreter=ordered or (undecided and not decided),
        meeting=meeting,
        partners=partners_to_choose(session, page.case.office_id),
        promises=promises_with(session, actor, case_id, meeting.id, meeting.partner_id)
        if meeting and meeting.partner_id
        else None,
        follow_up=check_of_today(leading_job(session, case_id, page.today), page.today),
    )


def workplaces_of(session: Session, actor: Actor, case_id: int) -> tuple[Workplace, ...]:
    """The likeliest: where a track runs, then where she has a job."""
    return every_workplace(session, access_case(session, actor, case_id))[:LIKELY_EMPLOYERS]


def every_workplace(session: Session, case: Case) -> tuple[Workplace, ...]:
    """Where a track runs, then where she has a job, the newest of each first."""
    tracks = session.execute(
        select(Employer.id, Employer.name, Track.id)
        .join(Track, Track.employer_id == Employer.id)
        .where(Track.case_id == case.id, Track.ended_on.is_(None))
        .order_by(Track.entered_on.desc(), Track.id.desc())
    )
    found = {number: Workplace(number, name, track_id) for number, name, track_id in tracks}
    jobs = session.execute(
        select(Employer.id, Employer.name)
        .join(Job, Job.employer_id == Employer.id)
        .where(Job.case_id == case.id, Job.ended_on.is_(None), ~Job.voided)
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    for number, name in jobs:
        found.setdefault(number, Workplace(number, name, None))
    return tuple(found.values())


def _tickable(task: Task) -> bool:
    """Whether the words of a note can answer it: it keeps words, and has no record of its own."""
    return task.text != "none" and task.shared_fact not in RECORDED_ELSEWHERE


def _unlikely(row: TaskRow) -> int:
    """The smaller, the likelier: what each visit repeats, what the next move asks for, what the package proposes."""
    if row.task.repeats == "visit":
        return 0
    if row.answered:
        return 6
    if row.required:
        return 2 if row.one_of else 1
    if row.status is TaskStatus.NEEDS_MORE:
        return 3
    return 4 if row.proposed else 5
