"""Fixture: the command line on a database of its own, in this process."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner

from se_engine.cli import main
from tests.support.databases import MASTER_KEY

ACCEPTANCE = Path(__file__).parent.parent / "acceptance"


class CommandLine:
    """`se("case", "show", "1")` → result with exit_code, stdout and stderr; `se.json(…)` → the data of a command."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __call__(self, *arguments: object, exits: int | None = 0, typed: str | None = None, **environment: str):
        runner = CliRunner(env={**self.environment, **environment})
        result = runner.invoke(main, [str(argument) for argument in arguments], input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        if exits is not None:
            assert result.exit_code == exits, result.output
        return result

    def json(self, *arguments: object, exits: int | None = 0):
        return json.loads(self(*arguments, "--format", "json", exits=exits).stdout)

    def acceptance(self) -> None:
        self("import", "participants", ACCEPTANCE / "participants.csv", "--create")
        self("import", "history", ACCEPTANCE / "history.csv")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "SE_INSTANCE_DIR": str(tmp_path / "instance"),
        "SE_MASTER_KEY": b64encode(MASTER_KEY).decode(),
        "SE_LANGUAGE": "en",
    }


@pytest.fixture
def se(environment, database_url) -> CommandLine:
    return CommandLine({**environment, "SE_DATABASE_URL": database_url})


@pytest.fixture
def filled(se) -> CommandLine:
    se.acceptance()
    return se
