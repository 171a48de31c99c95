"""What is known of work, for a new document: job, employer, what may be told, and what happened in a period."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine import wording
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.headings import process_of
from se_engine.queries.texts import texts_of
from se_engine.queries.track_facts import process_of_track
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer, EmployerPerson
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.records.jobs import Job
from se_engine.records.tracks import Track
from se_engine.rules.contacts import HELD, WITHOUT_SUCCESS

NOT_TOLD_OF = ("health", "family")
"""Contacts that a report does not count, since it goes to others too."""


@dataclass(frozen=True)
class Asked:
    """What a document is about."""

    session: Session
    case: Case
    language: str
    """nb or nn: what binds is Norwegian."""
    employer_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None

    def word(self, group: str, code: str | None) -> str:
        return wording.word(group, code, self.language)

    @property
    def period(self) -> tuple[date, date]:
        return self.from_on or self.case.opened_on, self.until_on or date.max


def shown(day: date | None) -> str:
    """A day within Norwegian words."""
    return f"{day.day}.{day.month}.{day.year}" if day else ""


def hours(number: float | None) -> str:
    return f"{number:g}" if number else ""


def job_here(asked: Asked) -> Job | None:
    """The newest job at the employer the document is about."""
    if asked.employer_id is None:
        return None
    at = (Job.case_id == asked.case.id, Job.employer_id == asked.employer_id, ~Job.voided)
    return asked.session.scalars(select(Job).where(*at).order_by(Job.started_on.desc(), Job.id.desc()).limit(1)).first()


def track_here(asked: Asked) -> Track | None:
    if asked.employer_id is None:
        return None
    at = (Track.case_id == asked.case.id, Track.employer_id == asked.employer_id)
    return asked.session.scalars(select(Track).where(*at).order_by(Track.id.desc()).limit(1)).first()


def of_job(asked: Asked) -> Mapping[str, str]:
    """Terms, hours and days, as the job was agreed; before there is one, what the track says it is about."""
    job = job_here(asked)
    if job is None:
        track = track_here(asked)
        return {"terms": "placement"} if track is not None and track.kind == "placement" else {}
    terms = "placement" if job.paid is False else "subsidised" if job.subsidy else "ordinary" if job.paid else ""
    return {
        "terms": terms,
        "job_hours": hours(job.hours_now or job.hours_per_week),
        "job_start": job.started_on.isoformat(),
        "job_end": job.planned_until.isoformat() if job.planned_until else "",
        "job_decision": job.decision_on.isoformat() if job.decision_on else "",
    }


def tasks_there(asked: Asked) -> str:
    """What she does there, and what the employer has said there is to do."""
    job, track = job_here(asked), track_here(asked)
    place = asked.session.get(Employer, asked.employer_id) if asked.employer_id else None
    occupation = (job.occupation if job else None) or (track.occupation if track else None)
    return "\n".join(words for words in (occupation, place.possible_tasks if place else None) if words)


def contact_there(asked: Asked) -> str:
    """Whom to talk to at the employer: whoever decides, first."""
    if asked.employer_id is None:
        return ""
    wanted = select(EmployerPerson).where(
        EmployerPerson.employer_id == asked.employer_id, EmployerPerson.left_on.is_(None)
    )
    person = asked.session.scalars(wanted.order_by(EmployerPerson.decides.desc(), EmployerPerson.id).limit(1)).first()
    known = (person.name, person.function, person.phone) if person else ()
    return ", ".join(part for part in known if part)


def may_be_told(asked: Asked) -> str:
    """The topics she has opened for this employer, and her words to it."""
    decided = newest_disclosure(asked.session, asked.case.id, asked.employer_id) if asked.employer_id else None
    if decided is None:
        return ""
    topics = [asked.word("disclosure_topic", topic) for topic in decided.may_tell.split(",") if topic]
    found = [decided.words_text_id] if decided.words_text_id else []
    words = texts_of(asked.session, asked.case.participant, found)
    return "\n".join([*([", ".join(topics)] if topics else []), *(said for said in words.values() if said)])


def contacts_in(asked: Asked) -> str:
    """How often with whom, and how often in vain; counted, never retold."""
    rows = asked.session.execute(
        select(Contact.kind, Contact.status).where(
            Contact.case_id == asked.case.id,
            Contact.happened_on.between(*asked.period),
            Contact.status.in_((HELD, *WITHOUT_SUCCESS)),
            Contact.kind.not_in(NOT_TOLD_OF),
        )
    ).all()
    held = Counter(row.kind for row in rows if row.status == HELD)
    vain = Counter(row.status for row in rows if row.status != HELD)
    counted = [f"{asked.word('contact_kind', kind)}: {n}" for kind, n in held.most_common()]
    counted += [f"{asked.word('contact_status', status)}: {n}" for status, n in sorted(vain.items())]
    return "\n".join(counted)


def moves_in(asked: Asked) -> str:
    """The moves of the case, a line each."""
    rows = asked.session.scalars(
        select(HistoryEvent)
        .where(HistoryEvent.case_id == asked.case.id, HistoryEvent.happened_on.between(*asked.period))
        .order_by(HistoryEvent.happened_on, HistoryEvent.id)
    ).all()
    gone = {row.voids_id for row in rows if row.kind == VOIDED}
    steps = process_of(asked.case).step_by_key
    moved = (row for row in rows if row.step and row.step != row.from_step and row.id not in gone)
    lines = [(shown(row.happened_on), steps.get(row.step or "")) for row in moved]
    return "\n".join(f"{day}: {step.title.to(asked.language)}" for day, step in lines if step is not None)


def employers_in(asked: Asked) -> str:
    """The employers worked with in the period, and how far it came."""
    begins, ends = asked.period
    rows = asked.session.execute(
        select(Track, Employer.name)
        .join(Employer, Employer.id == Track.employer_id)
        .where(
            Track.case_id == asked.case.id,
            Track.opened_on <= ends,
            or_(Track.ended_on.is_(None), Track.ended_on >= begins),
        )
        .order_by(Track.opened_on, Track.id)
    )
    return "\n".join(
        f"{name}: {process_of_track(track).step_by_key[track.step].title.to(asked.language)}" for track, name in rows
    )


def jobs_in(asked: Asked) -> str:
    """Each job of the period in one line."""
    begins, ends = asked.period
    rows = asked.session.execute(
        select(Job, Employer.name)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(
            Job.case_id == asked.case.id,
            ~Job.voided,
            Job.started_on <= ends,
            or_(Job.ended_on.is_(None), Job.ended_on >= begins),
        )
        .order_by(Job.started_on, Job.id)
    )
    return "\n".join(_job_line(asked, job, name) for job, name in rows)


def _job_line(asked: Asked, job: Job, name: str | None) -> str:
    per_week = "t/veke" if asked.language == "nn" else "t/uke"
    number = hours(job.hours_now or job.hours_per_week).replace(".", ",")
    said = (name, job.occupation, asked.word("contract", job.contract) if job.contract else None,
            f"{number} {per_week}" if number else None)  # fmt: skip
    return f"{', '.join(part for part in said if part)} ({shown(job.started_on)}–{shown(job.ended_on)})"
