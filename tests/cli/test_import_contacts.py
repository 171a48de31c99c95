"""The command that imports contacts: counts as data, faults in sentences, and a dry run that writes nothing."""

from tests.cli.conftest import ACCEPTANCE

HEADER = "contact_ref;participant_ref;office;kind;channel;happened_on;status;minutes\n"
GOOD = "C1;{ref};{office};participant;in_person;{day};held;45\n"


def first_case(se):
    """The first participant of the acceptance files whose case was opened, and that day."""
    se("import", "participants", ACCEPTANCE / "participants.csv", "--create")
    se("import", "history", ACCEPTANCE / "history.csv")
    rows = [line.split(",") for line in (ACCEPTANCE / "history.csv").read_text().splitlines()]
    header, *events = rows
    opened = next(dict(zip(header, row, strict=True)) for row in events if "opened" in row)
    return {"ref": opened["participant_ref"], "office": opened["office"], "day": opened["happened_on"]}


def test_contacts_come_in_once_and_a_dry_run_writes_nothing(se, tmp_path):
    file = tmp_path / "contacts.csv"
    file.write_text(HEADER + GOOD.format(**first_case(se)))
    wanted = {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "faults": []}
    assert se.json("import", "contacts", file, "--dry-run") == wanted
    assert se.json("import", "contacts", file) == wanted
    assert se.json("import", "contacts", file) == wanted | {"created": 0, "unchanged": 1}


def test_a_fault_is_told_with_its_line_and_column(se, tmp_path):
    file = tmp_path / "contacts.csv"
    file.write_text(HEADER + GOOD.format(**first_case(se) | {"day": "2999-01-01"}))
    answer = se.json("import", "contacts", file, exits=1)
    assert [(fault["line"], fault["column"], fault["value"]) for fault in answer["faults"]] == [
        (2, "happened_on", "2999-01-01")
    ]
    assert answer["created"] == 0
