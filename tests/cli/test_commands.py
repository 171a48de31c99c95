"""The other commands: imports, accounts, worklist, report, trail, tick, backup, definitions, demo."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from se_engine.actions.leases import take_lease
from se_engine.records.idempotency import DoneWrite
from se_engine.records.sessions import SignInAttempt, UserSession
from tests.cli.conftest import ACCEPTANCE
from tests.support.postgres import find_binaries

NOTHING_FELL_DUE = {
    "removed": 0, "named": 0, "audits_followed_up": 0, "counted": 0, "emails": 0, "emails_failed": 0,
    "elsewhere": False,
}  # fmt: skip
"""What a tick answers beside what it sealed."""


def test_an_import_answers_with_counts(se):
    people = ("import", "participants", ACCEPTANCE / "participants.csv")
    assert se.json(*people, "--create") == {"rows": 12, "created": 12, "updated": 0, "unchanged": 0, "faults": []}
    assert se.json(*people) == {"rows": 12, "created": 0, "updated": 0, "unchanged": 12, "faults": []}
    history = ("import", "history", ACCEPTANCE / "history.csv")
    assert se.json(*history)["created"] == 49
    assert se(*history).stdout == "rows 49  created 0  updated 0  unchanged 49\n"


def test_a_dry_run_writes_nothing(se):
    people = ("import", "participants", ACCEPTANCE / "participants.csv", "--create")
    assert se.json(*people, "--dry-run")["created"] == 12
    assert se.json(*people)["created"] == 12
    history = ("import", "history", ACCEPTANCE / "history.csv")
    assert se.json(*history, "--dry-run")["created"] == 49
    assert se.json(*history)["created"] == 49


def test_faults_exit_one_and_are_named_with_line_and_column(se, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text((ACCEPTANCE / "participants.csv").read_text().replace(",1979,", ",19x1,"))
    answer = se.json("import", "participants", file, "--create", exits=1)
    [fault] = answer.pop("faults")
    assert answer == {"rows": 12, "created": 0, "updated": 0, "unchanged": 0}
    assert (fault["line"], fault["column"], fault["value"]) == (2, "birth_year", "19x1")
    assert "1916" in fault["text"] or "write a year" in fault["text"]
    told = se("import", "participants", file, "--create", exits=1)
    assert told.stderr.startswith("2: birth_year «19x1» – ")
    assert se("import", "participants", file, exits=1, SE_LANGUAGE="nn").stderr.count("Kontoret") == 11


def test_a_wrong_encoding_is_a_fault(se, tmp_path):
    file = tmp_path / "latin.csv"
    file.write_bytes((ACCEPTANCE / "participants.csv").read_text().replace("Testperson", "Bjørn").encode("latin-1"))
    [fault] = se.json("import", "participants", file, "--create", exits=1)["faults"]
    assert (fault["line"], fault["value"]) == (2, "0xF8")
    assert "UTF-8" in fault["text"]


def test_a_long_file_shows_how_far_it_has_come(se, tmp_path):
    header = (ACCEPTANCE / "participants.csv").read_text().splitlines()[0]
    file = tmp_path / "long.csv"
    rows = (f"P{number},A,B,,,,,,,,,,Nord,," for number in range(5_100))
    file.write_text("\n".join([header, *rows]))
    result = se("import", "participants", file, "--create", "--format", "json")
    assert json.loads(result.stdout)["created"] == 5_100


def test_an_account_signs_in_with_the_password_typed(se, database):
    from se_engine.actions.passwords import matches
    from se_engine.records.people import User

    add = ("user", "add", "--name", "Max", "--role", "supervisor", "--office", "Nord", "--email")
    added = json.loads(
        se(*add, "Max@example.org", "--password-stdin", "--format", "json", typed="et langt passord\n").stdout
    )
    assert (added["email"], added["role"], added["office"]) == ("max@example.org", "supervisor", "Nord")
    assert se.json(*add, "max@example.org", exits=1)["code"] == "email_not_allowed"
    se(*add, "kort@example.org", "--password-stdin", typed="kort\n", exits=1)
    se(*add, "tom@example.org", "--password-stdin", typed="", exits=2)
    se(*add, "uten@example.org")
    with database.reading() as session:
        assert matches(session.get(User, added["user"]), "et langt passord")
        hashes = text("SELECT password_hash FROM users WHERE email = 'uten@example.org'")
        assert session.execute(hashes).one() == (None,)


def test_only_the_first_office_comes_by_itself(se):
    add = ("user", "add", "--name", "X", "--role", "supervisor", "--email")
    se(*add, "a@example.org", "--office", "Nord")
    assert se.json(*add, "b@example.org", "--office", "Nrod", exits=1)["code"] == "no_such_office"
    se(*add, "c@example.org", "--office", "Sør", "--create")
    assert se.json(*add, "d@example.org", exits=1)["code"] == "office_needed"


def test_the_worklist_is_the_readers_own(filled):
    everyone = filled.json("worklist")
    assert {row["participant_ref"] for row in everyone["cases"]} == {
        "A01", "A03", "A04", "A06", "A07", "A08", "A09", "A10", "A11",
    }  # fmt: skip
    hers = filled.json("worklist", "--as", "ola@example.org")
    assert {row["owner"] for row in hers["cases"]} == {"Ola"}
    assert [row["participant_ref"] for row in filled.json("worklist", "--status", "paused")["cases"]] == ["A06"]
    assert filled.json("worklist", "--status", "nothing", exits=1)["code"] == "status_unknown"
    assert "Eksempel6 Testperson" in filled("worklist").stdout


def test_the_report_equals_the_worked_example(filled):
    answer = filled.json("report", "time-per-step", "--as-of", "2026-11-01", "--clock", "calendar", "--threshold", "1")
    expected = json.loads((ACCEPTANCE / "time_per_step.json").read_text())
    assert (answer["report"], answer["as_of"], answer["clock"]) == ("time-per-step", "2026-11-01", "calendar")
    found = {step["step"]: step for step in answer["steps"]}
    for step in expected["steps"]:
        for key, value in step.items():
            if key == "curve":
                assert [row[:3] for row in found[step["step"]][key]] == [row[:3] for row in value]
                assert [row[3] for row in found[step["step"]][key]] == pytest.approx([r[3] for r in value], abs=1e-6)
            elif isinstance(value, float | dict):
                assert found[step["step"]][key] == pytest.approx(value, abs=1e-4), (step["step"], key)
            else:
                assert found[step["step"]][key] == value, (step["step"], key)
    assert "profiling" in filled("report", "time-per-step", "--office", "Eksempelkontor").stdout
    assert filled.json("report", "time-per-step", "--office", "Nord", exits=1)["code"] == "no_such_office"


def test_the_report_on_retention_says_what_is_known_and_what_is_not(filled):
    answer = filled.json("report", "retention", "--as-of", "2026-11-01", "--threshold", "0", "--visits", "first")
    assert (answer["report"], answer["which"]) == ("retention", "first")
    assert [block["week"] for block in answer["checkpoints"]] == [4, 13, 26, 52]
    for block in answer["checkpoints"]:
        assert block["in_work"] + block["not_in_work"] + block["not_known"] == block["total"]
    assert "not_known" in filled("report", "retention", "--by", "office", "--which", "any").stdout
    nobody_yet = ("report", "retention", "--by", "team", "--from", "2026-11-20")
    assert filled.json(*nobody_yet)["groups"] == []
    assert filled(*nobody_yet).stdout.strip() == ""


def test_tick_seals_the_trail_and_may_run_twice(filled):
    entries = filled.json("trail", "verify")["entries"]
    first = filled.json("tick")
    assert first.pop("counted") > 0
    assert first | {"counted": 0} == {"sealed": entries, **NOTHING_FELL_DUE}
    assert filled.json("tick") == {"sealed": 0, **NOTHING_FELL_DUE}
    assert filled.json("trail", "verify") == {"entries": entries, "sealed": entries, "ok": True, "first_bad": None}


def test_tick_leaves_it_to_whoever_is_at_it(filled, database):
    with database.session() as session:
        assert take_lease(session, "tick", "another machine")
    assert filled.json("tick") == {"sealed": 0, **NOTHING_FELL_DUE, "elsewhere": True}
    with database.session() as session:
        session.execute(text("UPDATE leases SET until = '2026-01-01 00:00:00+00'"))
    assert filled.json("tick")["elsewhere"] is False
    assert filled.json("tick")["elsewhere"] is False


def test_tick_takes_out_what_has_served_its_time(filled, database):
    old, fresh = (datetime.now(UTC) - timedelta(days=days) for days in (30, 0))
    with database.session() as session:
        for moment in (old, fresh):
            digest = moment.isoformat()
            session.add(SignInAttempt(account_digest=digest, address_digest=digest, at=moment))
            session.add(UserSession(token_digest=digest, user_id=1, created_at=moment, seen_at=moment))
            session.add(DoneWrite(who="user:1", key=digest, request_digest="", status=200, recorded_at=moment))
    assert filled.json("tick")["removed"] == 3
    assert filled.json("tick")["removed"] == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_byte_changed_behind_the_back_is_found(filled, database_url):
    filled("tick")
    with sqlite3.connect(database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER trail_entries_no_update")
        connection.execute("UPDATE trail_entries SET detail = 'source=impost' WHERE id = 17")
    connection.close()
    answer = filled.json("trail", "verify", exits=1)
    assert (answer["ok"], answer["first_bad"]) == (False, 17)


def test_a_backup_can_be_put_back(filled, tmp_path, monkeypatch, engine_name):
    if engine_name == "postgresql":
        monkeypatch.setenv("PATH", str(find_binaries()), prepend=":")
    file = tmp_path / "copy"
    filled("db", "backup", file)
    assert file.stat().st_size > 0
    assert "exists already" in filled("db", "backup", file, exits=1).stderr
    filled("case", "move", "Eksempelkontor/A10", "end", "--on", "2026-11-01", "--reason", "moved")
    assert "--force" in filled("db", "restore", file, exits=1).stderr
    filled("db", "restore", file, "--force")
    assert filled.json("case", "show", "Eksempelkontor/A10")["status"] == "active"
    assert filled.json("db", "check")["ok"] is True


def test_what_is_no_backup_is_not_put_back(filled, tmp_path, monkeypatch, engine_name):
    if engine_name == "postgresql":
        monkeypatch.setenv("PATH", str(find_binaries()), prepend=":")
    file = tmp_path / "copy"
    file.write_text("nothing of the kind")
    assert "not a backup" in filled("db", "restore", file, "--force", exits=1).stderr
    assert filled.json("case", "show", "Eksempelkontor/A10")["status"] == "active"


@pytest.mark.parametrize("table", ["history", "track_events", "surveys"])
def test_check_finds_a_missing_trigger_of_every_release(se, database, table):
    with database.session() as session:
        on = f" ON {table}" if not database.is_sqlite else ""
        session.execute(text(f"DROP TRIGGER {table}_no_delete{on}"))
    answer = se.json("db", "check", exits=1)
    assert answer["damage"] == [f"trigger {table}_no_delete is missing"]


def test_a_definition_is_checked_and_every_fault_named(se, tmp_path):
    every = se.json("process", "check")
    assert {(checked["ok"], len(checked["faults"])) for checked in every} == {(True, 0)}
    [checked] = se.json("process", "check", "employer_track")
    assert checked in every
    assert "employer_trick" not in se("process", "check", "employer_trick", exits=2).stdout
    file = tmp_path / "v1.toml"
    file.write_text('name = "x"\n[[step]]\nkey = "a"\n[[move]]\ntrigger = "go"\nfrom = ["a"]\nto = "b"\nroles = ["x"]')
    [checked] = se.json("process", "check", file, exits=1)
    assert len(checked["faults"]) > 3
    told = se("process", "check", file, exits=1)
    assert len(told.stderr.splitlines()) == len(checked["faults"])


def test_a_process_is_drawn(se):
    drawn = se("process", "draw", "supported_employment", "--output", "svg", "--here", "profiling").stdout
    assert drawn.startswith("<svg")
    assert "profiling" in se("process", "draw", "supported_employment", "1", "--output", "mermaid").stdout
    assert "trial" in se("process", "draw", "employer_track", "--output", "mermaid").stdout
    assert "9" in se("process", "draw", "supported_employment", "9", "--output", "mermaid", exits=1).stderr


def test_a_system_gets_a_token_and_is_shut_out(filled):
    added = filled.json("api-client", "add", "--name", "Fagsystem", "--account", "ola@example.org", "--scope", "read")
    assert (added["scopes"], len(added["token"]) > 30) == (["read"], True)
    filled("api-client", "revoke", added["client"])
    filled("api-client", "revoke", 99, exits=1)
    assert filled.json(
        "api-client", "add", "--name", "x", "--account", "no@example.org", "--scope", "read", exits=1
    )["code"] == "no_such_account"  # fmt: skip


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_demo_is_loaded_and_its_accounts_listed(se):
    se("demo", "load", "--cohort", "programme", "--size", "3", "--seed", "2")
    accounts = se.json("demo", "accounts")
    assert {"job_specialist", "supervisor"} <= {account["role"] for account in accounts}
    assert all(account["password"] for account in accounts)
    assert accounts[0]["email"] in se("demo", "accounts").stdout
