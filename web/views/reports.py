"""Reports: what each of them is for, its page, and the cases behind a number for those who may open them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from se_engine.queries import caseload as loads
from se_engine.queries import field_work as fields
from se_engine.queries import flow as flows
from se_engine.queries import going_back as backs
from se_engine.queries import outcomes as ends
from se_engine.queries import retention as jobs
from se_engine.queries import time_per_step as stays
from se_engine.queries.access import offices_for_reports
from se_engine.queries.ageing import ageing, ageing_behind
from se_engine.queries.report_questions import Question
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import AGGREGATES, CASEWORK, SUPERVISION, Role
from web.auth import actor
from web.forms.days import NotADay, parse_day, this_day
from web.reports import caseload, field_work, flow, going_back, outcomes, retention, sheets, time_per_step
from web.reports.behind import behind
from web.reports.choices import choices_from
from web.reports.sheets import EVERYWHERE, Sheet
from web.reports.words import step_name
from web.session import reporting
from web.worklists import number_from

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
LEADERS = SUPERVISION | {Role.MANAGER}


def time_and_ages(session: Any, actor: Any, question: Question) -> dict[str, Any]:
    """The report, and beside it how long those who are in a step today have been there."""
    found = stays.time_per_step(session, actor, question)
    if (question.group is None and question.by is not None) or question.compare is not None:
        return found
    return {**found, "ages": ageing(session, actor, question)}


TIME = Sheet(
    "time-per-step", _l("Time per step"),
    _l("How long people stay in each step until they leave it for another, open stays among them."),
    time_and_ages, time_per_step.worded, (*EVERYWHERE, "clock", "visits", "compare", "horizon"),
)  # fmt: skip
FLOW = Sheet(
    "flow", _l("Flow"), _l("How many stood in each step, day by day, and where they pile up."), flows.flow, flow.worded
)
CASELOAD = Sheet(
    "caseload", _l("Caseload"), _l("How many cases each job specialist carries, against the norm of 15 to 20."),
    loads.caseload, caseload.worded, ("as_of", "by"),
)  # fmt: skip
OUTCOMES = Sheet(
    "outcomes", _l("Outcomes"), _l("How cases end as time goes, with those that are still open."),
    ends.outcomes, outcomes.worded, (*EVERYWHERE, "clock", "horizon"),
)  # fmt: skip
RETENTION = Sheet(
    "retention", _l("In work later"),
    _l("Who is still in work after 4, 13, 26 and 52 weeks, and of whom nobody knows."),
    jobs.retention, retention.worded,
)  # fmt: skip
BACK = Sheet(
    "going-back", _l("Going back"), _l("Where cases go back to an earlier step, and why."),
    backs.going_back, going_back.worded, saved=False, roles=SUPERVISION,
)  # fmt: skip
FIELD = Sheet(
    "field-work", _l("Meeting employers"),
    _l("Days to the first meeting with an employer, and time out of the office."),
    fields.field_work, field_work.worded, saved=False, roles=CASEWORK,
)  # fmt: skip
SHEETS = [TIME, FLOW, CASELOAD, OUTCOMES, RETENTION, BACK, FIELD]


BESIDE = (
    ("effort.show", _l("Effort and result"),
     _l("Hours and contacts in the first days of a case, and what came later."), AGGREGATES),
    ("theory.show", _l("Programme theory"),
     _l("What we do, why we think it helps, and what should be seen later – with the numbers there are."), AGGREGATES),
    ("leader.show", _l("The leader's page"), _l("One page each quarter, with small numbers hidden."), LEADERS),
    ("saved_reports.index", _l("Saved reports"),
     _l("As they stood, with the version of their definition."), AGGREGATES),
    ("talks.mine", _l("Your own numbers"), _l("For you alone, to learn from."), CASEWORK),
)  # fmt: skip
"""Pages of their own that speak of numbers too."""


@blueprint.get("")
def index() -> ResponseReturnValue:
    who = actor()
    offices = offices_for_reports(reporting(), who)
    shown = [(sheet.endpoint, sheet.title, sheet.lead) for sheet in SHEETS if who.role in sheet.roles]
    shown += [(endpoint, title, lead) for endpoint, title, lead, roles in BESIDE if who.role in roles]
    return render_template("reports/index.html", shown=shown, offices=offices)


def _page(sheet: Sheet) -> None:
    def view() -> ResponseReturnValue:
        which = {"which": request.args.get("which") or jobs.ANY} if sheet is RETENTION else {}
        return sheets.show(sheet, SHEETS, **which)

    blueprint.add_url_rule(f"/{sheet.name}", sheet.name.replace("-", "_"), view, methods=["GET"])


for _sheet in SHEETS:
    _page(_sheet)


@blueprint.get("/time-per-step/cases")
def stays_behind() -> ResponseReturnValue:
    return _cases(TIME)


@blueprint.get("/cases")
def cases() -> ResponseReturnValue:
    """Behind a number of any report; without saying which, all open cases."""
    name = request.args.get("report") or CASELOAD.name
    sheet = {"ageing": TIME, **{sheet.name: sheet for sheet in SHEETS}}.get(name)
    if sheet is None:
        raise NotFound()
    return _cases(sheet, ages=name == "ageing")


def _cases(sheet: Sheet, *, ages: bool = False) -> ResponseReturnValue:
    who = actor()
    if who.role not in CASEWORK:
        raise NotFound()
    chosen = choices_from(request.args)
    which = _behind_ages if ages else BEHIND[sheet.name]
    ids = which(reporting(), who, chosen.question)
    step = request.args.get("step")
    return render_template(
        "reports/cases.html",
        found=behind(ids),
        sheet=sheet,
        chosen=chosen,
        title=step_name(step) if step else sheet.title,
        step_title=step_name,
    )


def _behind_stays(*asked: Any) -> list[int]:
    step, part, reason = request.args.get("step", ""), request.args.get("part", "visits"), request.args.get("reason")
    return stays.cases_behind(*asked, step, part=part, reason=reason)


def _behind_ages(*asked: Any) -> list[int]:
    first, last = (number_from(request.args.get(end)) for end in ("first", "last"))
    return ageing_behind(*asked, request.args.get("step", ""), first=first or 0, last=last)


def _behind_flow(*asked: Any) -> list[int]:
    part = request.args.get("part", "stood")
    return flows.flow_behind(*asked, _asked_day(), step=request.args.get("step"), part=part)


def _behind_caseload(*asked: Any) -> list[int]:
    user, part = number_from(request.args.get("user")), request.args.get("part", "cases")
    return loads.caseload_behind(*asked, user_id=user, part=part)


def _behind_outcomes(*asked: Any) -> list[int]:
    return ends.outcomes_behind(*asked, request.args.get("part", "total"))


def _behind_retention(*asked: Any) -> list[int]:
    week, which = number_from(request.args.get("week")), request.args.get("which") or jobs.ANY
    if week is None:
        raise NotFound()
    return jobs.retention_behind(*asked, week, part=request.args.get("part", "total"), which=which)


def _behind_back(*asked: Any) -> list[int]:
    given = request.args
    return backs.going_back_behind(*asked, step=given.get("step"), to=given.get("to_step"), move=given.get("move"))


def _behind_field_work(*asked: Any) -> list[int]:
    return fields.field_work_behind(*asked, part=request.args.get("part", "cases"))


BEHIND: dict[str, Callable[..., list[int]]] = {
    TIME.name: _behind_stays,
    FLOW.name: _behind_flow,
    CASELOAD.name: _behind_caseload,
    OUTCOMES.name: _behind_outcomes,
    RETENTION.name: _behind_retention,
    BACK.name: _behind_back,
    FIELD.name: _behind_field_work,
}


def _asked_day() -> date:
    try:
        return parse_day(request.args.get("day") or "today", this_day())
    except (NotADay, OverflowError):
        raise NotFound() from None
