"""Reports as they were saved: read with the access of their pages."""

from typing import Any

from se_engine.exchange.saved_reports import saved_data, since_saved
from se_engine.queries import saved_reports as queries
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import saved_reports as models
from web.auth import actor
from web.session import reading, reporting


@api.get("/reports/saved")
@reads(models.SavedReports)
def list_saved_reports(query: models.SavedQuery) -> models.SavedReports:
    """The newest first, those that were withdrawn among them."""
    found = queries.saved_reports(reading(), actor(), before=query.cursor or None, most=query.limit + 1)
    lines = [models.SavedLine(saved_id=line.id, **_line(line)) for line in found[: query.limit]]
    return models.SavedReports(saved=lines, next=lines[-1].saved_id if len(found) > query.limit else None)


@api.get("/reports/saved/<id:saved_id>")
@reads(models.SavedReport, 404)
def show_saved_report(saved_id: int, query: models.OneSavedQuery) -> models.SavedReport:
    """The question and the answer as they were; with `today=true` also whether a number would be another now."""
    saved = queries.access_saved(reading(), actor(), saved_id)
    since = since_saved(reporting(), actor(), saved) if query.today else None
    return models.SavedReport(**saved_data(saved, since))


def _line(line: queries.SavedLine) -> dict[str, Any]:
    return {name: value for name, value in vars(line).items() if name in models.SavedLine.model_fields}
