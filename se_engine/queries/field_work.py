"""Numbers on the work outside the office: days to the first employer meeting, field time, contacts and attempts.

Of an office or a team together, for those who lead it; of a specialist for herself. No person beside another.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, select, true
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.measures.days import Days
from se_engine.measures.stays import Tally, block
from se_engine.queries.access import cases_in_scope
from se_engine.queries.contact_numbers import field_and_all_minutes, on_concrete_job
from se_engine.queries.day_sql import days_from
from se_engine.queries.report_days import axis
from se_engine.queries.report_groups import NO_GROUP, labelled
from se_engine.queries.report_questions import HORIZON, Asked, Question, ask, check_option, groups_of
from se_engine.queries.specialist_weeks import specialist_weeks
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.offices import Office, Team
from se_engine.records.people import User
from se_engine.rules.contacts import HELD, TOLD, WITH_EMPLOYER, WITHOUT_SUCCESS
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import CASEWORK, Actor, Role

DEFINITION_VERSION = 1
USUAL_DAYS = 91
BY = ("office", "team")
GROUP = "group"
BLOCKS = ("first_meeting", "field_time", "employer_contacts", "attempts")
WITH_HER = ("participant", "three_way")
OF_CURVE = (
    "median", "median_low", "median_high", "quartile_1", "quartile_3", "curve", "band", "observed_to",
)  # fmt: skip
PARTS = ("cases", "met", "not_met", "employer_contacts", "attempts", "without_success")
Met = Counter[tuple[int, bool]]
"""(days, met) → how many cases."""


@dataclass(frozen=True)
class Told:
    """The contacts of a period, added up."""

    field_minutes: int = 0
    minutes: int = 0
    employer_contacts: int = 0
    attempts: int = 0
    without_success: int = 0


def field_work(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """Of the contacts in the period (without one, of thirteen weeks), and of the cases opened in it (else of all).

    `per_week` counts meetings in person with an employer about a participant, for each week that a specialist was at
    work. Who has not met an employer yet is counted in: the curve, never the mean of those who have, is the answer.
    """
    asked = _asked(session, actor, question)
    first, last = axis(question, USUAL_DAYS)
    report = asked.heading("field-work", DEFINITION_VERSION) | {
        "from": first.isoformat(), "to": last.isoformat(), "opened_in_period": question.from_on is not None,
    }  # fmt: skip
    met, told = _first_meetings(session, asked), _told(session, asked, first, last)
    weeks = specialist_weeks(session, asked, first, last)

    def numbers(group: str) -> dict[str, Any]:
        return _block(met.get(group, Counter()), told.get(group, Told()), weeks.get(group, 0.0))

    if question.by is None:
        return report | numbers("")
    labels = groups_of(label for label in {*met, *told, *weeks} if question.group in (None, label))
    return report | {"groups": [{"group": one, **numbers(one)} for one in labels]}


def tabled(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Each number in a row of its own; the curve is in the answer alone."""
    groups = [{GROUP: one[GROUP], "numbers": _numbers(one)} for one in answer.get("groups", ())]
    told = {name: value for name, value in answer.items() if name not in BLOCKS}
    return told | ({"groups": groups} if "groups" in answer else {"numbers": _numbers(answer)})


def _numbers(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"number": f"{name}.{part}", "value": value}
        for name in BLOCKS
        for part, value in block[name].items()
        if not isinstance(value, list)
    ]


def field_work_behind(session: Session, actor: Actor, question: Question, part: str) -> list[int]:
    """The cases behind one number, for those who may open them."""
    asked = _asked(session, actor, question)
    if part not in PARTS:
        raise NotFound()
    rows = _of_part(asked, part).subquery().c
    open_to_her = select(Case.id).where(cases_in_scope(actor, today(session)))
    cases = select(rows.case_id).where(rows.case_id.in_(open_to_her)).distinct().order_by(rows.case_id)
    return list(session.scalars(cases if question.group is None else cases.where(rows.label == question.group)))


def _asked(session: Session, actor: Actor, question: Question) -> Asked:
    if actor.role not in CASEWORK or question.publish:
        raise NotPermitted()
    check_option("by", question.by or BY[0], BY)
    return ask(session, actor, question)


def _of_part(asked: Asked, part: str) -> Select[Any]:
    """(label, case_id) of what a number counts."""
    if part in ("employer_contacts", "attempts", "without_success"):
        which = {
            "employer_contacts": _with_employer(),
            "attempts": _attempt(),
            "without_success": and_(_attempt(), Contact.status.in_(WITHOUT_SUCCESS)),
        }
        return _contacts(asked, *axis(asked.question, USUAL_DAYS), Contact.case_id).where(which[part])
    c = _cases(asked).subquery().c
    met = {"cases": true(), "met": c.met_on.is_not(None), "not_met": c.met_on.is_(None)}
    return select(c.label, c.case_id).where(met[part])


def _first_meetings(session: Session, asked: Asked) -> Mapping[str, Met]:
    c = _cases(asked).subquery().c
    met = case((c.met_on.is_not(None), 1), else_=0).label("met")
    days = days_from(c.opened_on, func.coalesce(c.met_on, c.until)).label("days")
    each = select(c.label, days, met).subquery().c
    rows = session.execute(
        select(each.label, each.days, each.met, func.count().label("many")).group_by(each.label, each.days, each.met)
    )
    found: dict[str, Met] = defaultdict(Counter)
    for row in rows:
        found[row.label][max(0, row.days), bool(row.met)] += row.many
    return found


def _cases(asked: Asked) -> Select[Any]:
    """(label, case_id, opened_on, met_on, until): the end of the case, or the day of the report, ends the waiting."""
    question = asked.question
    ended = and_(Case.ended_on.is_not(None), Case.ended_on <= question.as_of)
    until = case((ended, Case.ended_on), else_=question.as_of)
    met_on = (
        select(func.min(Contact.happened_on))
        .where(Contact.case_id == Case.id, on_concrete_job(), Contact.happened_on <= until)
        .correlate(Case)
        .scalar_subquery()
    )
    cases = (
        select(Case.id.label("case_id"), Case.opened_on, met_on.label("met_on"), until.label("until"))
        .select_from(Case)
        .where(Case.office_id.in_(asked.office_ids), Case.opened_on <= question.as_of, _of_reader(asked))
    )
    if question.from_on:
        cases = cases.where(Case.opened_on >= question.from_on)
    if question.to_on:
        cases = cases.where(Case.opened_on <= question.to_on)
    return labelled(cases, question.by, Case.__table__.c.opened_on)


def _of_reader(asked: Asked) -> ColumnElement[bool]:
    if asked.actor.role is Role.JOB_SPECIALIST:
        return Case.__table__.c.owner_id == asked.actor.user_id
    return true() if asked.actor.team_id is None else Case.__table__.c.team_id == asked.actor.team_id


def _contacts(asked: Asked, first: date, last: date, *columns: Any) -> Select[Any]:
    """The contacts that were told in the period, under the office or the team of the one whose work they were."""
    rows = (
        select(*columns)
        .select_from(Contact)
        .outerjoin(User, User.id == Contact.user_id)
        .where(Contact.office_id.in_(asked.office_ids), Contact.happened_on.between(first, last))
        .where(Contact.status.in_(TOLD))
    )
    if asked.actor.role is Role.JOB_SPECIALIST:
        rows = rows.where(Contact.user_id == asked.actor.user_id)
    elif asked.actor.team_id is not None:
        rows = rows.where(User.team_id == asked.actor.team_id)
    if asked.question.by == "office":
        return rows.join(Office, Office.id == Contact.office_id).add_columns(Office.name.label("label"))
    if asked.question.by == "team":
        named = func.coalesce(Team.name, NO_GROUP)
        return rows.outerjoin(Team, Team.id == User.team_id).add_columns(named.label("label"))
    return rows.add_columns(cast("", String).label("label"))


def _told(session: Session, asked: Asked, first: date, last: date) -> Mapping[str, Told]:
    failed = and_(_attempt(), Contact.status.in_(WITHOUT_SUCCESS))
    counts = [func.count(case((which, 1))) for which in (_with_employer(), _attempt(), failed)]
    rows = _contacts(asked, first, last, *field_and_all_minutes(), *counts).group_by("label")
    return {row.label: Told(*map(int, tuple(row)[:-1])) for row in session.execute(rows)}


def _with_employer() -> ColumnElement[bool]:
    return and_(
        Contact.status == HELD,
        Contact.kind.in_(WITH_EMPLOYER),
        Contact.channel == "in_person",
        Contact.case_id.is_not(None),
    )


def _attempt() -> ColumnElement[bool]:
    return and_(Contact.case_id.is_not(None), Contact.kind.in_(WITH_HER))


def _block(met: Met, told: Told, weeks: float) -> dict[str, Any]:
    return {
        "first_meeting": _curve(met),
        "field_time": {
            "minutes": told.minutes,
            "field_minutes": told.field_minutes,
            "share": _share(told.field_minutes, told.minutes),
        },
        "employer_contacts": {
            "contacts": told.employer_contacts,
            "specialist_weeks": round(weeks, 1),
            "per_week": round(told.employer_contacts / weeks, 2) if weeks else None,
        },
        "attempts": {
            "contacts": told.attempts,
            "without_success": told.without_success,
            "share": _share(told.without_success, told.attempts),
        },
    }


def _share(part: int, every: int) -> float | None:
    return round(part / every, 4) if every else None


def _curve(met: Met) -> dict[str, Any]:
    lasted = Days.of((day, seen, many) for (day, seen), many in met.items())
    told = block("first_meeting", Tally(days=lasted), horizon=HORIZON)
    days = Counter({day: many for (day, seen), many in met.items() if seen})
    return {
        "cases": met.total(),
        "met": days.total(),
        "not_met": met.total() - days.total(),
        "mean_of_met": round(sum(day * many for day, many in days.items()) / days.total(), 1) if days else None,
        **{name: told[name] for name in OF_CURVE},
    }
