"""Indicators through the API: as on the command line, for the same readers, described as they are answered."""

import pytest

from se_engine.queries.indicators.answers import indicators
from tests.support.people import OPENED, TODAY

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ASKED = f"office=Lakselv&from={OPENED}&to={TODAY}"


def test_every_framework_is_as_on_the_command_line(world):
    from web.api.models.indicators import Indicators

    for framework in ("se5", "ips25", "dimensions"):
        found = world.max.get(f"/indicators?framework={framework}&{ASKED}")
        with world.database.snapshot() as session:
            asked = {"framework": framework, "office": world.people.office_id, "from_on": OPENED, "to_on": TODAY}
            assert (found.status_code, found.json) == (200, indicators(session, world.people.max, **asked))
        Indicators.model_validate(found.json)
        assert any(row["cases"] for row in found.json["indicators"])


def test_who_reads_and_what_is_refused(world):
    assert world.far.get(f"/indicators?framework=se5&{ASKED}").status_code == 404
    for options, code in (
        (f"framework=none&{ASKED}", "no_such_framework"),
        (f"framework=se5&office=Lakselv&from={TODAY}&to={OPENED}", "ends_before_it_starts"),
        (f"framework=se5&office=Lakselv&from={TODAY}", "request_not_valid"),
    ):
        refused = world.max.get(f"/indicators?{options}")
        assert (refused.status_code, refused.json["code"]) == (422, code)
    refused = world.ida.get(f"/indicators?framework=se5&{ASKED}")
    assert (refused.status_code, refused.json["code"]) == (422, "indicators_half_years_only")
    half_year = world.ida.get("/indicators?framework=se5&office=Lakselv&from=2025-07-01&to=2025-12-31").json
    assert half_year["published"] is True
    shown = [row["id"] for row in half_year["indicators"] if not row["suppressed"]]
    assert shown == ["O5"], "weeks with supervision are of nobody"
