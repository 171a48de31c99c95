"""se-engine export: a file that is there whole or not at all, and told by the trail."""

import json

from sqlalchemy import text

from se_engine.database import open_database
from tests.support.databases import MASTER_KEY


def trail(se):
    database = open_database(se.environment["SE_DATABASE_URL"], MASTER_KEY)
    with database.reading() as session:
        found = [tuple(row) for row in session.execute(text("SELECT what, detail FROM trail_entries ORDER BY id DESC"))]
    database.dispose()
    return found


def test_the_log_is_written_and_told_and_a_refusal_leaves_what_was_there(filled, tmp_path):
    path = tmp_path / "log.xes"
    assert filled.json("export", "event-log", "--output", "xes", "--as-of", "2026-11-01", path) == {
        "cases": 12, "events": 78, "protected": 0, "reserved": 0,
    }  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o600
    assert trail(filled)[0] == ("event_log_exported", "output=xes cases=12 as_of=2026-11-01")
    before = path.read_bytes()

    refused = filled("export", "event-log", "--output", "csv", "--office", "Nowhere", path, exits=1)
    assert "Nowhere" in refused.stderr
    assert (
        "No case fits" in filled("export", "event-log", "--output", "csv", "--to", "2020-01-01", path, exits=1).stderr
    )
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    assert trail(filled)[0] == ("refused", "code=event_log_empty")


def test_a_place_where_nothing_can_be_written_is_told(filled, tmp_path):
    told = filled("export", "event-log", "--output", "csv", tmp_path / "nowhere" / "log.csv", exits=1).stderr
    assert "cannot be written" in told
    assert "cannot be written" in filled("export", "event-log", "--output", "csv", tmp_path, exits=1).stderr
    assert {what for what, _ in trail(filled)} & {"event_log_exported"} == set()
    assert filled("export", "event-log", "--output", "pdf", tmp_path / "log.csv", exits=2)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_report_is_a_file_in_the_form_for_anybody(filled, tmp_path):
    path = tmp_path / "time.json"
    told = filled.json("export", "report", "time-per-step", "--output", "json", "--as-of", "2026-11-01", path)
    found = json.loads(path.read_text(encoding="utf-8"))
    page = filled.json("report", "time-per-step", "--as-of", "2026-11-01", "--published")
    assert {key: value for key, value in found.items() if key != "about"} == page
    assert told == {"report": "time-per-step", "output": "json", "as_of": page["as_of"]}
    assert trail(filled)[0] == ("report_exported", f"report=time-per-step output=json as_of={page['as_of']}")

    before = path.read_bytes()
    refused = filled("export", "report", "outcomes", "--output", "json", "--which", "first", path, exits=1)
    assert "which" in refused.stderr
    assert path.read_bytes() == before
