"""Numbers about the service, as the command line has them."""

from flask import Response, jsonify

from se_engine.clock import today
from se_engine.queries.access import offices_for_reports
from se_engine.queries.report_questions import Question
from se_engine.queries.retention import retention
from se_engine.rules.errors import NotFound
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import reports as models
from web.auth import actor
from web.session import session


@api.get("/reports/retention")
@reads(models.Retention, 404, 422)
def report_retention(query: models.RetentionQuery) -> Response:
    """How many are in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""
    asked = query.model_dump(exclude={"office", "as_of", "which"})
    question = Question(as_of=query.as_of or today(session()), office=_office(query.office), **asked)
    return jsonify(retention(session(), actor(), question, which=query.which))


def _office(name: str) -> int | None:
    """One whose numbers this account may see."""
    if not name:
        return None
    found = next((office.id for office in offices_for_reports(session(), actor()) if office.name == name), None)
    if found is None:
        raise NotFound()
    return found
