"""The numbers of a quality framework for one office and period, as the command line has them."""

from flask import Response, jsonify

from se_engine.queries.access import offices_for_reports
from se_engine.queries.indicators.answers import indicators
from se_engine.rules.errors import NotFound
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import indicators as models
from web.auth import actor
from web.session import reporting


@api.get("/indicators")
@reads(models.Indicators, 404, 422)
def list_indicators(query: models.IndicatorQuery) -> Response:
    """Evidence with the level it suggests; whole for whoever may open the cases, else one half-year that is over."""
    offices = {office.name: office.id for office in offices_for_reports(reporting(), actor())}
    if query.office not in offices:
        raise NotFound()
    found = indicators(
        reporting(), actor(), framework=query.framework, version=query.version, office=offices[query.office],
        from_on=query.from_on, to_on=query.to_on,
    )  # fmt: skip
    return jsonify(found)
