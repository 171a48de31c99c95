"""Where a case stands: its days in the step, the next date, the step bar, and what surrounds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.queries.timelines import current_period, days_of
from se_engine.queries.worklist_terms import paid_job_since
from se_engine.records.cases import Case, StepPeriod
from se_engine.rules.follow_up import contact_limit
from se_engine.rules.process import Process, Step


@dataclass(frozen=True)
class Days:
    own: int
    waiting: int
    paused: int
    guide: int | None
    waiting_for: str | None


@dataclass(frozen=True)
class Next:
    """The next date: kind is `check`, `contact_after_pause`, `agreed` or `contact`."""

    kind: str
    on: date


@dataclass(frozen=True)
class Stand:
    """One step as the step bar shows it."""

    step: Step
    state: str
    visits: int
    days: int
    since: date | None


@dataclass(frozen=True)
class Surroundings:
    """What stands around a case: office, languages, levels of Norwegian, schemes."""

    office: str
    languages: tuple[str, ...]
    levels: Mapping[str, str | None]
    schemes: tuple[tuple[str, date | None], ...]
    meetings: tuple[date, ...]
    """The days of what is planned, the earliest first; on a day that has passed the note is missing."""
    agreed_on: date | None
    """The next day that the newest note with one names, until she has been met again."""


@dataclass(frozen=True)
class Ahead:
    """What comes, or has come, while nothing is done: kind is `contact`, `guide`, `review`, `meeting` or `note`."""

    kind: str
    on: date
    passed: bool


def placement_target(case: Case, process: Process, stands: Sequence[Stand]) -> date | None:
    """The day by which the template wants her at a workplace; None once she has been, or the case has ended."""
    days = process.target("placement", case.template)
    has_been = any(stand.step.key == "job_support" and stand.visits for stand in stands)
    if days is None or has_been or case.status == "ended":
        return None
    return case.opened_on + timedelta(days=days)


# Fixed text on both engines: six small lists in one statement.
SURROUNDINGS = text("""
SELECT 'office' AS kind, name AS key, NULL AS value, NULL AS on_day, 0 AS place FROM offices WHERE id = :office_id
UNION ALL SELECT 'language', language, NULL, NULL, ordinal FROM participant_languages WHERE participant_id = :person
UNION ALL SELECT 'level', skill, level, CAST(happened_on AS TEXT), id
  FROM language_levels WHERE participant_id = :person
UNION ALL SELECT 'scheme', scheme, check_result, CAST(until_on AS TEXT), id
  FROM scheme_memberships WHERE participant_id = :person
UNION ALL SELECT 'meeting', kind, NULL, CAST(happened_on AS TEXT), id
  FROM contacts WHERE case_id = :case_id AND status = 'planned'
UNION ALL SELECT 'agreed', kind, NULL, CAST(next_on AS TEXT), id
  FROM (SELECT * FROM contacts
         WHERE case_id = :case_id AND next_on IS NOT NULL AND status IN ('held', 'no_answer', 'no_show')
         ORDER BY happened_on DESC, id DESC LIMIT 1) AS newest
 WHERE NOT EXISTS (SELECT 1 FROM cases WHERE cases.id = :case_id AND last_contact_on > newest.happened_on)
""")


def surroundings_of(session: Session, case: Case) -> Surroundings:
    about = {"office_id": case.office_id, "person": case.participant_id, "case_id": case.id}
    found = session.execute(SURROUNDINGS, about).all()
    by_place = sorted(found, key=lambda row: row.place)
    levels: dict[str, str | None] = {}
    for row in sorted((row for row in by_place if row.kind == "level"), key=lambda row: (row.on_day, row.place)):
        levels[row.key] = row.value
    return Surroundings(
        office=next(row.key for row in by_place if row.kind == "office"),
        languages=tuple(row.key for row in by_place if row.kind == "language"),
        levels=levels,
        schemes=tuple(
            (row.key, date.fromisoformat(row.on_day) if row.on_day else None)
            for row in by_place
            if row.kind == "scheme"
        ),
        meetings=tuple(sorted(date.fromisoformat(row.on_day) for row in by_place if row.kind == "meeting")),
        agreed_on=next((date.fromisoformat(row.on_day) for row in found if row.kind == "agreed"), None),
    )


def days_in_step(session: Session, case: Case, process: Process, now: date) -> Days | None:
    """Days of the stay she is in; none once the case has ended."""
    if case.status == "ended":
        return None
    counted = days_of(current_period(session, case).period, now, "calendar")
    guide = None if case.sorting_first_since else process.guide_days(case.step, case.template)
    return Days(counted.own, sum(counted.waiting.values()), counted.paused, guide, case.waiting_for)


def next_date(session: Session, case: Case, process: Process, on: date, *, agreed_on: date | None) -> Next | None:
    """The next check, what was agreed, or the contact limit: the same days as the worklist goes by."""
    if case.status == "ended":
        return None
    if case.next_on:
        return Next("contact_after_pause" if case.pause_reason else "check", case.next_on)
    day = _contact_by(session, case, process, on)
    if agreed_on and (day is None or agreed_on <= day):
        return Next("agreed", agreed_on)
    return Next("contact", day) if day else None


def _contact_by(session: Session, case: Case, process: Process, on: date) -> date | None:
    """The last day for the next successful contact."""
    limit = _limit_in_follow_up(session, case, on) or process.contact_days(case.step, case.template)
    return (case.last_contact_on or case.opened_on) + timedelta(days=limit) if limit else None


def if_nothing_is_done(
    session: Session, case: Case, process: Process, on: date, *, following: Next | None, meetings: Sequence[date]
) -> tuple[Ahead, ...]:
    """By the same terms as the worklist looks ahead, the earliest first; `following` spares looking it up again."""
    if case.status == "ended":
        return ()
    days: list[tuple[str, date | None]] = [("review", case.participant.review_on)]
    days += [("meeting" if day >= on else "note", day) for day in meetings[:1]]
    if meetings and meetings[0] < on:
        days += [("meeting", next((day for day in meetings if day >= on), None))]
    if case.status == "active":
        known = following is not None and following.kind == "contact"
        days += [("contact", following.on if following and known else _contact_by(session, case, process, on))]
        guide = None if case.sorting_first_since else process.guide_days(case.step, case.template)
        days += [("guide", case.entered_on + timedelta(days=guide) if guide else None)]
    found = [Ahead(kind, day, day < on) for kind, day in days if day]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind)))


def _limit_in_follow_up(session: Session, case: Case, on: date) -> int | None:
    """By how long she has been in her job, once she is followed up in it."""
    if case.step != "follow_up":
        return None
    since = session.scalar(select(paid_job_since(on)).where(Case.id == case.id))
    return contact_limit(follow_up_plans.newest(), (on - since).days) if since else None


def stands_of(session: Session, case: Case, process: Process, now: date) -> tuple[Stand, ...]:
    """Done when she has stood there and left, left out when a later step has been reached without it."""
    stays: Sequence[Any] = session.execute(
        select(StepPeriod.step, StepPeriod.entered_on, StepPeriod.left_on)
        .where(StepPeriod.case_id == case.id)
        .order_by(StepPeriod.ordinal)
    ).all()
    order = [step.key for step in process.steps]
    furthest = max((order.index(stay.step) for stay in stays), default=0)
    return tuple(
        _stand(process.step_by_key[key], [stay for stay in stays if stay.step == key], case, now, furthest >= place)
        for place, key in enumerate(order)
        if not process.step_by_key[key].final
    )


def _stand(step: Step, stays: Sequence[Any], case: Case, now: date, passed: bool) -> Stand:
    if step.key == case.step:
        state = "now"
    elif stays:
        state = "done"
    else:
        state = "skipped" if passed or case.status == "ended" else "remaining"
    days = sum(((stay.left_on or now) - stay.entered_on).days for stay in stays)
    return Stand(step, state, len(stays), days, case.entered_on if state == "now" else None)
