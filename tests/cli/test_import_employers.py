"""The command that imports employers: a dry run, counts as the other imports give them, faults with line and column."""

import pytest

HEADER = "office;name;org_number;stage\n"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_employers_come_in_by_the_command_line(filled, tmp_path):
    file = tmp_path / "employers.csv"
    file.write_text(f"{HEADER}Eksempelkontor;Byens Bakeri AS;974 760 673;open\n", encoding="utf-8")
    for options, created in (("--dry-run",), 1), ((), 1), ((), 0):
        answer = filled.json("import", "employers", file, *options)
        assert answer == {"rows": 1, "created": created, "updated": 0, "unchanged": 1 - created, "faults": []}
    file.write_text(f"{HEADER}Eksempelkontor;Hotellet;974 760 674;open\n", encoding="utf-8")
    [fault] = filled.json("import", "employers", file, exits=1)["faults"]
    assert (fault["line"], fault["column"], fault["value"]) == (2, "org_number", "974 760 674")
    assert "974 760 674" in fault["text"]
