"""Numbers about the service, as the command line has them."""

from typing import Any

from flask import Response, jsonify

from se_engine.clock import today
from se_engine.queries.access import offices_for_reports
from se_engine.queries.report_questions import Question
from se_engine.queries.reports import REPORTS, answer, report_named
from se_engine.queries.time_per_step import uncollected
from se_engine.rules.errors import NotFound
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import reports as models
from web.api.models import work_reports as work
from web.auth import actor
from web.session import reporting, session

OWN = {option for report in REPORTS.values() for option in report.options}
"""Asked of one report alone."""


@api.get("/reports/time-per-step")
@reads(models.TimePerStep, 404, 422)
def report_time_per_step(query: models.ReportQuery) -> Response:
    """How long people stay in each step before they leave for another."""
    return _answered("time-per-step", query)


@api.get("/reports/flow")
@reads(models.Flow, 404, 422)
def report_flow(query: models.ReportQuery) -> Response:
    """How many stood in each step, day by day; `from` and `to` are the days that are shown."""
    return _answered("flow", query)


@api.get("/reports/caseload")
@reads(models.Caseload, 404, 422)
def report_caseload(query: models.ReportQuery) -> Response:
    """How many cases each specialist has, against the norm, on a day."""
    return _answered("caseload", query)


@api.get("/reports/outcomes")
@reads(models.Outcomes, 404, 422)
def report_outcomes(query: models.ReportQuery) -> Response:
    """Why cases ended and how soon, with those still open counted in."""
    return _answered("outcomes", query)


@api.get("/reports/retention")
@reads(models.Retention, 404, 422)
def report_retention(query: models.RetentionQuery) -> Response:
    """How many are in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""
    return _answered("retention", query, **({"which": query.which} if query.which else {}))


@api.get("/reports/effort")
@reads(work.Effort, 404, 422)
def report_effort(query: work.EffortQuery) -> Response:
    """Hours and contacts in the first days of a case, and what came later: association, never effect."""
    given = {"window": query.window, "of": query.of, "bands": query.bands}
    return _answered("effort", query, **{name: str(value) for name, value in given.items() if value})


@api.get("/reports/going-back")
@reads(work.GoingBack, 404, 422)
def report_going_back(query: models.ReportQuery) -> Response:
    """Where cases went back to an earlier step, by which move and who decided."""
    return _answered("going-back", query)


@api.get("/reports/field-work")
@reads(work.FieldWork, 404, 422)
def report_field_work(query: models.ReportQuery) -> Response:
    """Days to the first meeting with an employer, time out of the office, and attempts without success."""
    return _answered("field-work", query)


@uncollected()
def _answered(name: str, query: models.ReportQuery, **options: Any) -> Response:
    asked = query.model_dump(exclude={"office", "as_of", "published", *OWN})
    question = Question(
        as_of=query.as_of or today(reporting()), office=_office(query.office), publish=query.published, **asked
    )
    return jsonify(answer(report_named(name), reporting(), actor(), question, **options))


def _office(name: str) -> int | None:
    """One whose numbers this account may see."""
    if not name:
        return None
    found = next((office.id for office in offices_for_reports(session(), actor()) if office.name == name), None)
    if found is None:
        raise NotFound()
    return found
