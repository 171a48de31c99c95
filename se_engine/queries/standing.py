"""Where a case stands: its days in the step, the next date, the step bar, and what surrounds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, select, text
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.clock import today
from se_engine.queries.schedules import SEPARATOR
from se_engine.queries.timelines import current_period, days_of
from se_engine.records.cases import Case, StepPeriod
from se_engine.rules.follow_up import contact_limit, next_check
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
    """The next date: kind is `check` (of a waiting), `contact_after_pause`, `agreed`, `follow_up` or `contact`."""

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
class Followed:
    """The job whose schedule is followed, and what she has chosen about it."""

    since: date
    plan_version: int | None
    dropped: frozenset[str]
    wished_on: date | None
    """The next day that she has asked for herself."""

    def next_check_on(self, last_contact_on: date | None) -> date | None:
        plan = follow_up_plans.get(self.plan_version)
        check = next_check(plan, self.since, last_contact_on, self.dropped)
        days = [self.since + timedelta(days=check.day)] if check else []
        return min([*days, *([self.wished_on] if self.wished_on else [])], default=None)

    def limit(self, on: date) -> int | None:
        return contact_limit(follow_up_plans.get(self.plan_version), (on - self.since).days, self.dropped)


@dataclass(frozen=True)
class Surroundings:
    """What stands around a case: office, languages, levels of Norwegian, schemes, the job that is followed."""

    office: str
    languages: tuple[str, ...]
    levels: Mapping[str, str | None]
    schemes: tuple[tuple[str, date | None], ...]
    meetings: tuple[date, ...]
    """The days of what is planned, the earliest first; on a day that has passed the note is missing."""
    agreed_on: date | None
    """The next day that the newest note with one names, until she has been met again."""
    followed: Followed | None = None
    step_down_days: int | None = None
    """The days between two contacts that were agreed for today, in step 5."""


@dataclass(frozen=True)
class Ahead:
    """What comes, or has come, while nothing is done.

    kind is `contact`, `guide`, `review`, `meeting`, `note` or `follow_up`.
    """

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


# Fixed text on both engines: nine small lists in one statement.
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
UNION ALL SELECT 'job', dropped_checks, CAST(plan_version AS TEXT), CAST(started_on AS TEXT), id
  FROM (SELECT * FROM jobs
         WHERE case_id = :case_id AND paid AND NOT voided AND started_on <= :day
           AND (ended_on IS NULL OR ended_on >= :day)
         ORDER BY COALESCE(hours_now, hours_per_week, 0) DESC, started_on DESC, id DESC LIMIT 1) AS followed
UNION ALL SELECT 'wished', NULL, NULL, CAST(day AS TEXT), job_id
  FROM schedule_choices WHERE case_id = :case_id AND choice = 'more' AND day > :last_contact_on
UNION ALL SELECT 'phase', NULL, CAST(days_between AS TEXT), NULL, id
  FROM (SELECT * FROM step_down_phases
         WHERE case_id = :case_id AND from_on <= :day ORDER BY version_id DESC, from_on DESC LIMIT 1) AS agreed
""").bindparams(bindparam("day", type_=Date), bindparam("last_contact_on", type_=Date))


def surroundings_of(session: Session, case: Case) -> Surroundings:
    about = {
        "office_id": case.office_id, "person": case.participant_id, "case_id": case.id, "day": today(session),
        "last_contact_on": case.last_contact_on or case.opened_on,
    }  # fmt: skip
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
        followed=_followed(found),
        step_down_days=next((int(row.value) for row in found if row.kind == "phase"), None),
    )


def _followed(rows: Sequence[Any]) -> Followed | None:
    job = next((row for row in rows if row.kind == "job"), None)
    if job is None:
        return None
    wished = [date.fromisoformat(row.on_day) for row in rows if row.kind == "wished" and row.place == job.place]
    return Followed(
        since=date.fromisoformat(job.on_day),
        plan_version=int(job.value) if job.value else None,
        dropped=frozenset(key for key in (job.key or "").split(SEPARATOR) if key),
        wished_on=min(wished, default=None),
    )


def days_in_step(session: Session, case: Case, process: Process, now: date) -> Days | None:
    """Days of the stay she is in; none once the case has ended."""
    if case.status == "ended":
        return None
    counted = days_of(current_period(session, case).period, now, "calendar")
    guide = None if case.sorting_first_since else process.guide_days(case.step, case.template)
    return Days(counted.own, sum(counted.waiting.values()), counted.paused, guide, case.waiting_for)


def next_date(case: Case, process: Process, around: Surroundings, on: date) -> Next | None:
    """The next check, what was agreed, or the contact limit: the same days as the worklist goes by."""
    if case.status == "ended":
        return None
    if case.next_on:
        return Next("contact_after_pause" if case.pause_reason else "check", case.next_on)
    days = {
        "agreed": around.agreed_on,
        "follow_up": _check_on(case, around),
        "contact": _contact_by(case, process, around, on),
    }
    found = [Next(kind, day) for kind, day in days.items() if day]
    return min(found, key=lambda one: one.on, default=None)


def _check_on(case: Case, around: Surroundings) -> date | None:
    if around.followed is None or case.status != "active":
        return None
    return around.followed.next_check_on(case.last_contact_on)


def _contact_by(case: Case, process: Process, around: Surroundings, on: date) -> date | None:
    """The last day for the next successful contact."""
    limit = _limit(case, process, around, on)
    return (case.last_contact_on or case.opened_on) + timedelta(days=limit) if limit else None


def _limit(case: Case, process: Process, around: Surroundings, on: date) -> int | None:
    """In follow-up by the schedule; in step 5 by the rhythm that was agreed, without one by whichever is longer."""
    own = process.contact_days(case.step, case.template)
    scheduled = around.followed.limit(on) if around.followed else None
    if case.step == "follow_up":
        return scheduled or own
    if case.step == "job_support":
        return around.step_down_days or max(scheduled or 0, own or 0) or None
    return own


def if_nothing_is_done(case: Case, process: Process, around: Surroundings, on: date) -> tuple[Ahead, ...]:
    """By the same terms as the worklist looks ahead, the earliest first."""
    if case.status == "ended":
        return ()
    meetings = around.meetings
    days: list[tuple[str, date | None]] = [("review", case.participant.review_on)]
    days += [("meeting" if day >= on else "note", day) for day in meetings[:1]]
    if meetings and meetings[0] < on:
        days += [("meeting", next((day for day in meetings if day >= on), None))]
    if case.status == "active":
        days += [("follow_up", _check_on(case, around)), ("contact", _contact_by(case, process, around, on))]
        guide = None if case.sorting_first_since else process.guide_days(case.step, case.template)
        days += [("guide", case.entered_on + timedelta(days=guide) if guide else None)]
    found = [Ahead(kind, day, day < on) for kind, day in days if day]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind)))


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
