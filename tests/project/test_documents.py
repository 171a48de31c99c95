"""The documents and the command line say the same."""

import re

import click
import pytest
from click.testing import CliRunner

from tests.support.tree import TOP, files

DOCUMENTS = [path for path in files() if path == TOP / "README.md" or path.match("docs/*.md")]
CALLS = [
    line.split("se-engine ", 1)[1]
    for path in DOCUMENTS
    for line in path.read_text(encoding="utf-8").splitlines()
    if "se-engine " in line
]


@pytest.fixture(scope="module")
def program():
    from se_engine.cli import main

    return main


def commands(group: click.Group, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command that can be typed, as its words: ("db", "upgrade")."""
    context = click.Context(group)
    found = []
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, click.Group):
            found += commands(command, (*above, word))
        elif not command.hidden:
            found.append((*above, word))
    return found


def is_documented(command: tuple[str, ...]) -> bool:
    """Alone, or in one line with its neighbours: `se-engine db upgrade | check | backup FILE`."""
    *groups, last = command
    word = re.compile(rf"(?<![\w-]){re.escape(last)}(?![\w-])")
    return any(call.split()[: len(groups)] == groups and word.search(call) for call in CALLS)


def test_the_documents_name_every_command(program):
    assert [" ".join(command) for command in commands(program) if not is_documented(command)] == []


def test_the_documents_name_no_command_that_is_not_there(program):
    known = {command[0] for command in commands(program)}
    named = {call.split()[0] for call in CALLS if re.match(r"[a-z][a-z-]+ ", call + " ")}
    assert named - known == set()


def test_every_command_says_what_it_does(program):
    silent = []
    for command in commands(program):
        shown = CliRunner().invoke(program, [*command, "--help"])
        assert shown.exit_code == 0, command
        # Usage, an empty line, then the sentence; without one the options follow at once.
        if shown.output.splitlines()[2].startswith("Options:"):
            silent.append(" ".join(command))
    assert silent == []
