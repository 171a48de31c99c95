"""The lists behind the supervisor's numbers – what happened, what stands still, who has what – and the Monday paper."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.clock import today
from se_engine.queries import not_moving, since
from se_engine.queries.access import access_specialist
from se_engine.queries.accounts import office_name
from se_engine.queries.case_lists import cases_by_number
from se_engine.queries.caseload import caseload_behind
from se_engine.queries.report_questions import Question
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import SUPERVISION
from se_engine.rules.supervision import last_monday
from web.addresses import ID
from web.auth import actor
from web.forms.days import parse_day
from web.parts import loads, monday
from web.parts.briefs import paper_of
from web.session import note_each_read, session

blueprint = Blueprint("monday", __name__, url_prefix="/team")
MOST = 200
"""More than anybody should have."""


def since_asked() -> date:
    """The day in the address, written as people do; last Monday where there is none."""
    given, on = request.args.get("since"), today(session())
    if not given:
        return last_monday(on)
    try:
        return parse_day(given, on)
    except (ValueError, OverflowError):
        raise NotFound() from None


@blueprint.get("/since.pdf")
def paper() -> ResponseReturnValue:
    who = actor()
    found = since.since_page(session(), who, since_asked())
    stuck = not_moving.not_moving(session(), who)
    return paper_of(monday.monday_brief(found, stuck, office_name(session(), who.office_id) or ""), "since")


@blueprint.get("/since/<happening>")
def behind(happening: str) -> ResponseReturnValue:
    day = since_asked()
    chosen = {"origin": request.args.get("from") or None, "to": request.args.get("to") or None}
    found = since.happened_since(session(), actor(), happening, day, **chosen)
    note_each_read([one.case for one in found])
    return render_template(
        "team_list.html",
        title=monday.part_title(happening),
        lead=_("Since %(day)s", day=monday.long_day(day)) if happening != since.DOCUMENTS else None,
        many=monday.how_many(len(found), since.MOST),
        columns=monday.happened_columns(happening),
        rows=monday.happened_rows(happening, found),
        back=url_for("team.show", since=day.isoformat()),
        worklist=None,
    )


@blueprint.get("/not-moving/<standstill>")
def stuck_cases(standstill: str) -> ResponseReturnValue:
    found = not_moving.stuck(session(), actor(), standstill)
    return render_template(
        "team_list.html",
        title=monday.stuck_title(standstill),
        lead=_("The longest first."),
        many=monday.how_many(len(found), not_moving.MOST),
        columns=monday.stuck_columns(standstill),
        rows=monday.stuck_rows(found),
        back=url_for("team.show"),
        worklist=url_for("worklist.show", status=standstill) if standstill in monday.ON_WORKLIST else None,
    )


@blueprint.get(f"/caseload/<{ID}:user_id>")
def carried(user_id: int) -> ResponseReturnValue:
    """The cases one person has, of one kind: what her supervisor and she talk about."""
    who, part = actor(), request.args.get("part", "working")
    if who.role not in SUPERVISION or part not in loads.PARTS:
        raise NotFound()
    specialist = access_specialist(session(), who, user_id)
    question = Question(as_of=today(session()), office=who.office_id)
    ids = caseload_behind(session(), who, question, user_id=user_id, part=part)
    found = cases_by_number(session(), who, ids[:MOST])
    return render_template(
        "team_list.html",
        title=str(loads.PARTS[part]),
        lead=specialist.name,
        many=monday.how_many(len(ids), MOST),
        columns=loads.case_columns(),
        rows=[loads.case_row(one) for one in found],
        back=url_for("team.show"),
        worklist=url_for("worklist.show", owner=user_id),
    )
