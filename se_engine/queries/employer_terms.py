"""What an office knows of its employers by day and number, as SQL: last contact, who works there, places, attention."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from se_engine.queries.day_sql import earliest, plus_days
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer, FrameworkAgreement
from se_engine.records.jobs import Job
from se_engine.records.tracks import Track, TrackEvent

QUIET_DAYS = 60
SILENT_DAYS = 14
"""Without contact while somebody works there."""
EXPIRY_DAYS = 60
AT_WORK = ("trial", "started")
"""Steps of a track in which somebody is at the workplace."""
KNOWN_STAGES = ("explored", "open")
"""Where there is a relation to keep, also before the first contact is recorded."""


def contacts(office: Any) -> Subquery:
    """Per employer: the day of the last contact that was held, the latest day agreed on, and the next one planned."""
    held = case((Contact.status == "held", Contact.happened_on))
    agreed = case((Contact.status == "held", Contact.next_on))
    planned = case((Contact.status == "planned", Contact.happened_on))
    return (
        select(
            Contact.employer_id,
            func.max(held).label("last_on"),
            func.max(agreed).label("agreed_on"),
            func.min(planned).label("planned_on"),
        )
        .where(Contact.office_id == office, Contact.employer_id.is_not(None), Contact.status.in_(("held", "planned")))
        .group_by(Contact.employer_id)
        .subquery("met")
    )


def at_work(office: Any) -> Subquery:
    """Per employer: how many participants of running cases are there now, and since when the first of them."""
    running = and_(Case.office_id == office, Case.status != "ended")
    in_trial = (
        select(Track.employer_id, Track.case_id, Track.entered_on.label("since"))
        .join(Case, Case.id == Track.case_id)
        .where(running, Track.ended_on.is_(None), Track.step.in_(AT_WORK))
    )
    in_job = (
        select(Job.employer_id, Job.case_id, Job.started_on)
        .join(Case, Case.id == Job.case_id)
        .where(running, Job.employer_id.is_not(None), Job.ended_on.is_(None), ~Job.voided)
    )
    there = union_all(in_trial, in_job).subquery()
    return (
        select(
            there.c.employer_id,
            func.count(there.c.case_id.distinct()).label("participants"),
            func.min(there.c.since).label("since"),
        )
        .group_by(there.c.employer_id)
        .subquery("there")
    )


def agreements(on: date) -> Subquery:
    """Per employer with an agreement that runs: its last day."""
    return (
        select(FrameworkAgreement.employer_id, func.max(FrameworkAgreement.until_on).label("ends_on"))
        .where(runs(on))
        .group_by(FrameworkAgreement.employer_id)
        .subquery("agreed")
    )


def runs(on: date) -> ColumnElement[bool]:
    """Whether a framework agreement can be used on that day."""
    not_ended = or_(FrameworkAgreement.ended_on.is_(None), FrameworkAgreement.ended_on > on)
    return and_(FrameworkAgreement.from_on <= on, FrameworkAgreement.until_on >= on, not_ended)


def places_used(on: date) -> ColumnElement[int]:
    """Of an agreement: how many participants have begun there this year, as long as it runs."""
    new_year = date(on.year, 1, 1)
    since = case((FrameworkAgreement.from_on > new_year, FrameworkAgreement.from_on), else_=new_year)
    begun = (
        select(func.count(Track.id.distinct()))
        .join(TrackEvent, TrackEvent.track_id == Track.id)
        .where(
            Track.employer_id == FrameworkAgreement.employer_id,
            TrackEvent.step.in_(AT_WORK),
            TrackEvent.happened_on.between(since, on),
            stands(),
        )
    )
    has_track = exists().where(Track.case_id == Job.case_id, Track.employer_id == Job.employer_id)
    jobs = select(func.count(Job.id)).where(
        Job.employer_id == FrameworkAgreement.employer_id, ~Job.voided, Job.started_on.between(since, on), ~has_track
    )
    return begun.correlate(FrameworkAgreement).scalar_subquery() + jobs.correlate(FrameworkAgreement).scalar_subquery()


def stands() -> ColumnElement[bool]:
    """Whether a track's event has not been taken back."""
    voiding = aliased(TrackEvent)
    return ~exists().where(voiding.voids_id == TrackEvent.id, voiding.track_id == TrackEvent.track_id)


def with_free_places(on: date) -> Select[int]:
    """The employers whose agreement has a place left this year."""
    return select(FrameworkAgreement.employer_id).where(runs(on), FrameworkAgreement.places > places_used(on))


def in_pool() -> ColumnElement[bool]:
    """Employers known to take people on: good experience, or a paid job that began there."""
    paid = select(Job.employer_id).where(Job.employer_id.is_not(None), Job.paid.is_(True), ~Job.voided)
    return or_(Employer.experience == "good", Employer.id.in_(paid))


def next_day(met: Subquery) -> ColumnElement[Any]:
    """The next date that was agreed – on the card or in a note, unless there was contact since – or planned."""
    on_card = case((or_(met.c.last_on.is_(None), met.c.last_on < Employer.next_on), Employer.next_on))
    in_note = case((met.c.last_on < met.c.agreed_on, met.c.agreed_on))
    return earliest(on_card, in_note, met.c.planned_on)


def quiet_day(met: Subquery) -> ColumnElement[Any]:
    """When a relation has been without contact too long."""
    open_to_us = or_(Employer.stage.is_(None), Employer.stage != "closed")
    known = or_(met.c.last_on.is_not(None), Employer.stage.in_(KNOWN_STAGES))
    return case((and_(open_to_us, known), plus_days(_last_word(met), QUIET_DAYS)))


def silent_day(met: Subquery, there: Subquery) -> ColumnElement[Any]:
    """The same for an employer at whom somebody works."""
    since = func.coalesce(met.c.last_on, there.c.since, type_=Date)
    return case((there.c.participants > 0, plus_days(since, SILENT_DAYS)))


def _last_word(met: Subquery) -> ColumnElement[Any]:
    return func.coalesce(met.c.last_on, func.date(Employer.recorded_at, type_=Date), type_=Date)


def attention(met: Subquery, there: Subquery, agreed: Subquery) -> dict[str, ColumnElement[Any]]:
    """Why an employer comes to the top of the list → from which day on."""
    return {
        "next": next_day(met),
        "silent": silent_day(met, there),
        "agreement": plus_days(agreed.c.ends_on, -EXPIRY_DAYS),
        "quiet": quiet_day(met),
    }


def attention_day(days: dict[str, ColumnElement[Any]]) -> ColumnElement[date]:
    return earliest(*days.values())
