"""The day and the week: own meetings with what must be seen to, and the team's agenda."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.clock import today
from se_engine.queries.accounts import caseworkers
from se_engine.queries.agenda import AgendaLine, own_day, team_agenda
from se_engine.queries.audit_plans import due_actions
from se_engine.queries.contact_numbers import field_time
from se_engine.queries.reminders import reminders_of
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION
from web.auth import actor
from web.numbers import whole_number
from web.parts.contacts import agenda_line, field_line
from web.parts.reminders import reminder_line
from web.session import session

blueprint = Blueprint("today", __name__)
WEEK = timedelta(days=7)
FOUR_WEEKS = timedelta(days=27)
FAR = timedelta(days=365 * 20)
SHOWN_OF_DUE = 7


@blueprint.get("/today")
def show() -> ResponseReturnValue:
    if actor().role not in CASEWORK:
        raise NotPermitted()
    now = today(session())
    on = _day(request.args.get("on"), now)
    found = own_day(session(), actor(), on)
    due = reminders_of(session(), actor(), most=SHOWN_OF_DUE) if on == now else None
    return render_template(
        "today.html",
        on=on,
        is_today=on == now,
        lines=[agenda_line(line) for line in found.lines],
        to_complete=[agenda_line(line) for line in found.must_complete],
        reminders=[reminder_line(line) for line in due.lines] if due else [],
        reminders_total=due.total if due else 0,
        actions=due_actions(session(), actor(), now + 2 * WEEK) if on == now else [],
        previous_url=_today_url(on - timedelta(days=1), now),
        next_url=_today_url(on + timedelta(days=1), now),
        supervises=actor().role in SUPERVISION,
        field=field_line(field_time(session(), actor(), now - FOUR_WEEKS, now, user_id=actor().user_id)),
    )


@blueprint.get("/team/agenda")
def team() -> ResponseReturnValue:
    now = today(session())
    asked = _day(request.args.get("from"), now)
    monday = asked - timedelta(days=asked.weekday())
    user_id = _number(request.args.get("user"))
    found = team_agenda(session(), actor(), monday, monday + WEEK - timedelta(days=1), user_id=user_id)
    people = caseworkers(session(), actor()) if actor().role in SUPERVISION else []
    return render_template(
        "team_agenda.html",
        monday=monday,
        sunday=monday + WEEK - timedelta(days=1),
        days=_by_day(found.lines, monday),
        more=found.more,
        people=people,
        user_id=user_id,
        supervises=actor().role in SUPERVISION,
        field=field_line(field_time(session(), actor(), monday, monday + WEEK - timedelta(days=1), user_id=user_id)),
        previous_url=_week_url(monday - WEEK, user_id),
        next_url=_week_url(monday + WEEK, user_id),
    )


def _by_day(lines: tuple[AgendaLine, ...], monday: date) -> list[dict[str, object]]:
    """Each day of the week with its meetings by person."""
    days = []
    for number in range(WEEK.days):
        on = monday + timedelta(days=number)
        by_person: dict[str, list[dict[str, object]]] = {}
        for line in lines:
            if line.happened_on == on:
                by_person.setdefault(line.person or "–", []).append(agenda_line(line))
        days.append({"day": on, "people": sorted(by_person.items())})
    return days


def _day(given: str | None, now: date) -> date:
    """A day in the address; NotFound for what is none, or too far away to be meant."""
    try:
        day = date.fromisoformat(given) if given else now
    except ValueError:
        raise NotFound() from None
    if abs(day - now) > FAR:
        raise NotFound()
    return day


def _number(given: str | None) -> int | None:
    return whole_number(given) if given else None


def _today_url(on: date, now: date) -> str:
    return url_for("today.show", on=None if on == now else on.isoformat())


def _week_url(monday: date, user_id: int | None) -> str:
    return url_for("today.team", **{"from": monday.isoformat(), "user": user_id})
