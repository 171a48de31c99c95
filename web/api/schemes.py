"""The schemes she takes part in."""

from se_engine.actions.schemes import approve_scheme as approve
from se_engine.actions.schemes import join_scheme as join
from se_engine.queries.participants import record_page
from web.api.blueprint import PARTICIPANT, api
from web.api.describing import reads, writes
from web.api.models import records as models
from web.api.shaping import shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session

SCHEMES = f"{PARTICIPANT}/schemes"


@api.get(SCHEMES)
@reads(models.Schemes, 404)
def show_schemes(participant_id: int) -> models.Schemes:
    """What she takes part in, with the result of the rule check."""
    found = record_page(session(), actor(), participant_id)
    note_read(participant=found.participant)
    return _schemes(participant_id)


@api.post(SCHEMES)
@writes(models.Schemes, status=201)
@once
def join_scheme(participant_id: int, json: models.NewScheme) -> Written:
    """She takes part in a scheme from a day on."""
    given = json.model_dump(exclude={"scheme"})
    join(session(), actor(), participant_id, json.scheme, **given)
    return _schemes(participant_id), 201, {"Location": f"/api/v1/participants/{participant_id}/schemes"}


@api.post(f"{SCHEMES}/<id:membership_id>/approve")
@writes(models.Schemes)
@once
def approve_scheme(participant_id: int, membership_id: int, json: models.Approval) -> Written:
    """A supervisor lets her take part although the rule check said no."""
    approve(session(), actor(), participant_id, membership_id, why=json.why)
    return _schemes(participant_id), 200, {}


def _schemes(participant_id: int) -> models.Schemes:
    found = record_page(session(), actor(), participant_id).schemes
    shown = [shaped(models.Scheme, one, membership_id=one.id) for one in found]
    return models.Schemes(participant=participant_id, schemes=shown)
