"""se-engine export evaluation: asked for with a purpose and a reference, told by the trail, refused in a sentence."""

import pytest
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ASKED = ("--purpose", "quality", "--reference", "2026/7")


def test_it_is_made_once_and_the_trail_says_what_for(se, database_url, tmp_path):
    se.acceptance()
    made = se.json("export", "evaluation", tmp_path / "out", *ASKED)
    assert made["participants"] == made["rows"]["participants"] > 0
    assert (tmp_path / "out" / "README.md").is_file()
    told = text("SELECT detail FROM trail_entries WHERE what = 'evaluation_exported' AND case_id IS NULL")
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalars(told).all() == [
            f"purpose=quality reference=2026/7 participants={made['participants']}"
        ]
    engine.dispose()
    again = se("export", "evaluation", tmp_path / "out", *ASKED, exits=1)
    assert "is there already" in again.stderr
    empty = se("export", "evaluation", tmp_path / "none.zip", *ASKED, "--from", "2099-01-01", exits=1)
    assert "No participant is left" in empty.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(("out", "none", "."))) == ["out"]


def test_without_a_purpose_it_is_no_command(se, tmp_path):
    assert se("export", "evaluation", tmp_path / "out", "--reference", "1", exits=2).stdout == ""
