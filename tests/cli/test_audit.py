"""se-engine audit indicators: a table and JSON of a framework, and what it refuses in a sentence."""

import pytest

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ASKED = ("audit", "indicators", "--framework", "ips25", "--office", "Eksempelkontor", "--from", "2026-05-01", "--to")


def test_a_framework_is_a_table_and_json(filled):
    answer = filled.json(*ASKED, "2026-10-31")
    heading = [answer[name] for name in ("framework", "version", "office", "from", "to")]
    assert heading == ["ips25", 1, "Eksempelkontor", "2026-05-01", "2026-10-31"]
    needed = {"id", "value", "unit", "n", "numerator", "denominator", "suggested_level", "rateable", "cases"}
    assert all(needed <= set(row) for row in answer["indicators"])
    load = answer["indicators"][0]
    assert (load["id"], load["unit"], len(load["cases"])) == ("1", "people", load["n"])
    assert all(isinstance(one, str) for one in load["cases"])
    text = filled(*ASKED, "2026-10-31").stdout
    assert text.splitlines()[0].split()[:2] == ["id", "indicator"]
    refused = filled(*ASKED, "2026-04-30", "--format", "json", exits=1)
    assert '"code": "ends_before_it_starts"' in refused.stdout
    assert refused.stderr.strip().endswith(".")
