"""The command line itself: help without weight, exits, and one place where refusals are told."""

import subprocess
import sys

import pytest

from se_engine.cli import COMMANDS, main
from tests.cli.conftest import CommandLine

HEAVY = ("sqlalchemy", "pydantic", "flask", "alembic", "cryptography", "holidays", "se_engine.database")


def test_help_imports_no_command():
    script = (
        "import sys; from se_engine.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "worklist" in done.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(name, environment):
    from click.testing import CliRunner

    result = CliRunner(env=environment).invoke(main, [name, "--help"])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["case", "show"],
        ["case", "move", "1", "end"],
        ["case", "move", "1", "end", "--on", "1. mai"],
        ["--language", "de", "tick"],
        ["import", "history", "nowhere.csv"],
        ["report", "time-per-step", "--clock", "sand"],
        ["process", "draw", "supported_employment"],
        ["process", "draw", "supported_employment", "--output", "svg", "--here", "nowhere"],
    ],
)
def test_wrong_usage_exits_two(se, arguments):
    result = se(*arguments, exits=2)
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_refusal_is_a_sentence_in_the_language_asked_for(se, language):
    said = {
        "nb": "Vi fant det ikke. Det finnes ikke, eller du har ikke tilgang.\n",
        "nn": "Vi fann det ikkje. Det finst ikkje, eller du har ikkje tilgang.\n",
        "en": "We did not find it. It does not exist, or you have no access.\n",
    }
    assert se("--language", language, "case", "show", "1", exits=1).stderr == said[language]
    assert se("case", "show", "1", "--language", language, exits=1).stderr == said[language]
    assert se("case", "show", "1", exits=1, SE_LANGUAGE=language).stderr == said[language]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_refusal_is_data_too(se):
    problem = se.json("case", "show", "Nord/P1", exits=1)
    assert problem["code"] == "not_found"
    assert [reason["code"] for reason in problem["reasons"]] == ["not_found"]


def test_a_database_without_tables_says_what_to_run(environment, empty_database_url):
    from tests.cli.conftest import CommandLine

    se = CommandLine({**environment, "SE_DATABASE_URL": empty_database_url})
    assert "se-engine db upgrade" in se("worklist", exits=1).stderr
    assert se.json("db", "check", exits=1)["ok"] is False
    se("db", "upgrade")
    se("db", "upgrade")
    assert se.json("db", "check")["ok"] is True
    assert se.json("worklist")["cases"] == []


def test_a_database_that_does_not_answer_is_a_sentence(environment, tmp_path):
    from tests.cli.conftest import CommandLine

    se = CommandLine(environment)
    silent = f"postgresql+psycopg://nobody@/none?host={tmp_path}"
    assert "cannot be used" in se("worklist", exits=1, SE_DATABASE_URL=silent).stderr
    assert "SE_IDLE_MINUTES" in se("worklist", exits=1, SE_IDLE_MINUTES="0").stderr


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SE_DATABASE_URL", "nonsense"),
        ("SE_DATABASE_URL", "nothing+known://x"),
        ("SE_MASTER_KEY", "abc"),
        ("SE_IDLE_MINUTES", "soon"),
    ],
)
def test_a_wrong_setting_is_named(environment, name, wrong):
    refused = CommandLine(environment)("worklist", exits=1, **{name: wrong})
    assert name in refused.stderr


def test_a_folder_that_cannot_be_made_is_named(environment, tmp_path):
    (tmp_path / "file").touch()
    environment = {**environment, "SE_INSTANCE_DIR": str(tmp_path / "file" / "instance")}
    assert "SE_INSTANCE_DIR" in CommandLine(environment)("worklist", exits=1).stderr


def test_a_file_that_is_no_database_is_a_sentence(environment, tmp_path):
    (tmp_path / "text").write_text("This is a letter, and no database, however long one looks at it." * 20)
    refused = CommandLine(environment)("worklist", exits=1, SE_DATABASE_URL=f"sqlite:///{tmp_path / 'text'}")
    assert "not a database" in refused.stderr
