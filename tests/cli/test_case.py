"""se-engine case: by number or reference, with every open requirement, and moved by whoever may."""

import json

import pytest

from tests.cli.conftest import ACCEPTANCE

FRESH = "Eksempelkontor/A10"


def test_a_case_is_shown_by_reference_and_by_number(filled):
    found = filled.json("case", "show", "Eksempelkontor/A05")
    assert found == {
        "case": found["case"], "participant_ref": "A05", "office": "Eksempelkontor", "process": "supported_employment",
        "version": 1, "step": "ended", "status": "ended", "opened_on": "2026-03-01", "ended_on": "2026-05-04",
    }  # fmt: skip
    assert filled.json("case", "show", found["case"]) == found
    assert "participant_ref: A05" in filled("case", "show", found["case"]).stdout


def test_a_reference_means_the_newest_case(filled, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text(
        "participant_ref,office,event,happened_on,step,reason,waiting_for,recorded_on\n"
        "A05,Eksempelkontor,opened,2026-06-01,,,,\n"
    )
    filled("import", "history", file)
    assert filled.json("case", "show", "Eksempelkontor/A05")["opened_on"] == "2026-06-01"


def test_a_participant_without_a_case_is_refused(filled, tmp_path):
    header, first, *_ = (line.split(",") for line in (ACCEPTANCE / "participants.csv").read_text().splitlines())
    file = tmp_path / "one.csv"
    file.write_text(",".join(header) + "\n" + ",".join(["A99", *first[1:]]) + "\n")
    filled("import", "participants", file)
    assert filled.json("case", "show", "Eksempelkontor/A99", exits=1)["code"] == "no_case_yet"
    assert filled.json("case", "show", "Eksempelkontor/A98", exits=1)["code"] == "not_found"


def test_moves_list_every_open_requirement_with_who_and_where(filled):
    number = filled.json("case", "show", FRESH)["case"]
    moves = filled.json("case", "moves", FRESH)
    begin = next(move for move in moves if move["trigger"] == "begin_profiling")
    assert (begin["to"], begin["allowed"]) == ("profiling", False)
    assert len(begin["reasons"]) >= 5
    for reason in begin["reasons"]:
        assert set(reason) == {"code", "task", "text", "who", "where"}
        assert reason["who"]
        assert reason["where"].startswith(f"/cases/{number}")
        assert reason["text"]
    open_tasks = [reason["task"] for reason in begin["reasons"] if reason["code"] == "task_open"]
    assert len(open_tasks) == len(set(open_tasks))


def test_an_exception_is_listed_after_the_ordinary_move(filled):
    triggers = [move["trigger"] for move in filled.json("case", "moves", FRESH)]
    assert triggers.index("begin_profiling") + 1 == triggers.index("begin_profiling_anyway")


def test_a_move_with_open_requirements_names_them_all(filled):
    problem = filled.json("case", "move", FRESH, "begin_profiling", "--on", "2026-11-01", exits=1)
    begin = next(m for m in filled.json("case", "moves", FRESH) if m["trigger"] == "begin_profiling")
    assert problem == {"code": "blocked", "reasons": begin["reasons"]}
    told = filled("case", "move", FRESH, "begin_profiling", "--on", "2026-11-01", exits=1).stderr
    assert told.splitlines() == [reason["text"] for reason in begin["reasons"]]
    assert filled.json("case", "show", FRESH)["step"] == "engagement"


def test_an_exception_moves_the_case_with_a_note(filled):
    arguments = ("case", "move", FRESH, "begin_profiling_anyway", "--on", "2026-11-01")
    assert filled.json(*arguments, exits=1)["code"] == "reason_needed"
    moved = filled.json(*arguments, "--note", "Hun hadde det travelt")
    assert (moved["step"], moved["status"]) == ("profiling", "active")
    ended = filled.json("case", "move", FRESH, "end", "--on", "2026-11-01", "--reason", "education")
    assert (ended["status"], ended["ended_on"]) == ("ended", "2026-11-01")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["begin_nothing", "--on", "2026-11-01"], "no_such_move"),
        (["begin_profiling_anyway", "--on", "2026-10-31", "--note", "x"], "before_step"),
        (["begin_profiling_anyway", "--on", "2999-01-01", "--note", "x"], "in_the_future"),
        (["end", "--on", "2026-11-01"], "end_reason_needed"),
    ],
)
def test_a_move_that_cannot_be_is_refused(filled, arguments, code):
    assert filled.json("case", "move", FRESH, *arguments, exits=1)["code"] == code


def test_as_somebody_only_her_rights_apply(filled):
    for email, role in (("sam@example.org", "supervisor"), ("ida@example.org", "auditor")):
        filled("user", "add", "--email", email, "--name", role, "--role", role, "--office", "Eksempelkontor")
    assert filled.json("case", "show", FRESH, "--as", "SAM@example.org")["participant_ref"] == "A10"
    for name in ("ida@example.org", "kari@example.org"):  # A10 is Ola's
        assert filled.json("case", "show", FRESH, "--as", name, exits=1)["code"] == "not_found"
    assert filled.json("case", "show", FRESH, "--as", "nobody@example.org", exits=1)["code"] == "no_such_account"
    move = ("case", "move", FRESH, "begin_profiling_anyway", "--on", "2026-11-01", "--note", "x")
    assert filled.json(*move, "--as", "ola@example.org")["step"] == "profiling"


def test_reads_and_refusals_stand_in_the_trail(filled, database):
    from sqlalchemy import text

    before = filled.json("trail", "verify")["entries"]
    filled("case", "show", FRESH)
    filled("case", "moves", FRESH)
    filled("case", "move", FRESH, "begin_profiling", "--on", "2026-11-01", exits=1)
    filled("case", "show", "999", exits=1)
    assert filled.json("trail", "verify")["entries"] == before + 4
    with database.reading() as session:
        found = session.execute(text("SELECT what, role, detail FROM trail_entries ORDER BY id DESC LIMIT 4")).all()
    assert [tuple(row) for row in found] == [
        ("refused", "operator", "code=not_found"),
        ("refused", "operator", "code=blocked"),
        ("case_read", "operator", None),
        ("case_read", "operator", None),
    ]


def test_moves_read_for_people_too(filled):
    lines = filled("case", "moves", FRESH).stdout.splitlines()
    assert lines[0] == "- begin_profiling → profiling"
    assert any(line.startswith("+ begin_profiling_anyway") for line in lines)
    with pytest.raises(json.JSONDecodeError):
        json.loads("\n".join(lines))
