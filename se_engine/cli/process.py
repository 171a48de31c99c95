"""se-engine process: check definitions, draw them, and move running cases to another version."""

from pathlib import Path
from typing import Any

import click

from se_engine import (
    document_kinds,
    follow_up_plans,
    frameworks,
    process_drawing,
    processes,
    programme_theories,
    schemes,
)
from se_engine.actions import adoption
from se_engine.cli import shell
from se_engine.rules.errors import InvalidDefinition
from se_engine.wording import sentence


@click.group()
def process() -> None:
    """Check and draw definitions, and move cases to another version."""


@process.command()
@click.argument("which", metavar="FILE|NAME", required=False)
@shell.prints_data
@click.pass_context
def check(ctx: click.Context, which: str | None) -> None:
    """Check a definition by its file or its name, or all there are: every fault of every file is named."""
    results = [_checked(path) for path in (_asked(which) if which else _all())]
    shell.show(results, "\n".join(f"{r['file']}: {r['summary']}" for r in results if not r["faults"]))
    for result in results:
        for fault in result["faults"]:
            shell.say(f"{result['file']}: {fault}")
    ctx.exit(1 if any(result["faults"] for result in results) else 0)


def _asked(which: str) -> list[Path]:
    if Path(which).is_file():
        return [Path(which)]
    found = [path for path in _all() if path.parent.name == which]
    if not found:
        raise click.BadParameter("neither a file nor the name of a process", param_hint="FILE|NAME")
    return found


def _all() -> list[Path]:
    found = [path for folder in processes.folders() for path in sorted(folder.glob("*/v*.toml")) if _is_process(path)]
    return found + schemes.files() + document_kinds.files() + follow_up_plans.files() + programme_theories.files()


def _is_process(path: Path) -> bool:
    """Other kinds of definitions lie beside the processes; only these have steps."""
    return "[[step]]" in path.read_text(encoding="utf-8", errors="replace")


def _checked(path: Path) -> dict[str, Any]:
    lies_in = path.resolve().parent
    kinds = {schemes.FOLDER: _rules, document_kinds.FOLDER: _document, frameworks.FOLDER: _framework}
    look = kinds.get(lies_in.parent.name, _process)
    look = {follow_up_plans.NAME: _plan, programme_theories.NAME: _theory}.get(lies_in.name, look)
    try:
        summary = look(path)
    except InvalidDefinition as invalid:
        return {"file": str(path), "ok": False, "faults": list(invalid.faults), "summary": ""}
    return {"file": str(path), "ok": True, "faults": [], "summary": summary}


def _process(path: Path) -> str:
    processes.check_frozen(path)
    found = processes.read_file(path)
    return f"{found.name} {found.version}: {len(found.steps)} steps, {len(found.tasks)} tasks, {len(found.moves)} moves"


def _rules(path: Path) -> str:
    found = schemes.read_file(path)
    return f"{found.name}: from {found.valid_from}, {len(found.criteria)} conditions, {len(found.questions)} questions"


def _document(path: Path) -> str:
    found = document_kinds.read_file(path)
    needed = sum(one.needed for one in found.fields)
    return f"{found.name}: {len(found.fields)} fields, {needed} needed before anybody signs"


def _framework(path: Path) -> str:
    found = frameworks.read_file(path)
    return f"{found.name} {found.version}: {len(found.items)} items, {len(found.rateable)} rated"


def _plan(path: Path) -> str:
    processes.check_frozen(path)
    found = follow_up_plans.read_file(path)
    return f"{follow_up_plans.NAME} {found.version}: {len(found.checks)} checks, {len(found.light)} of them light"


def _theory(path: Path) -> str:
    processes.check_frozen(path)
    found = programme_theories.read_file(path)
    tied = sum(part.measure is not None for line in found.lines for part in line.parts.values())
    return f"{programme_theories.NAME} {found.version}: {len(found.lines)} lines, {tied} parts tied to a measure"


@process.command()
@click.argument("name")
@click.argument("version", required=False, type=int)
@click.option("--output", type=click.Choice(["svg", "mermaid"]), required=True)
@click.option("--here", metavar="STEP", help="Marks the step where somebody stands.")
@shell.prints_data
def draw(name: str, version: int | None, output: str, here: str | None) -> None:
    """Draw a process from its definition, the newest version unless another is named."""
    found = processes.get(name, version) if version else processes.latest(name)
    if here is not None and here not in found.step_by_key:
        raise click.BadParameter(f"one of {', '.join(found.step_by_key)}", param_hint="--here")
    if output == "svg":
        click.echo(process_drawing.svg(found, shell.language(), here=here))
    else:
        click.echo(process_drawing.mermaid(found, shell.language()))


@process.command()
@click.argument("name")
@click.option("--from", "earlier", metavar="V", type=int, required=True, help="The version the cases stand on.")
@click.option("--to", "later", metavar="V", type=int, required=True, help="The version they are to stand on.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of each case.")
@click.option("--undo", is_flag=True, help="Put back the cases that were moved from --from to --to.")
@shell.acts_as
@shell.prints_data
def adopt(name: str, earlier: int, later: int, dry_run: bool, undo: bool, email: str | None) -> None:
    """Move the cases of one version to another: each moves, stays, or needs a decision."""
    if dry_run and undo:
        raise click.UsageError("--dry-run shows what adopting would do; it does not go with --undo.")
    with shell.opened() as database:
        with database.reading() as session:
            who = shell.actor(session, email)
        act = adoption.adoption_preview if dry_run else adoption.undo_adoption if undo else adoption.adopt
        with shell.trailing_refusals(database, who), database.session() as session:
            places = act(session, who, name, earlier, later)
        rows = [_place(place) for place in places]
        shell.show(rows, shell.table(rows, ["case", "verdict", "step", "to_step", "text"]))


def _place(place: adoption.Place) -> dict[str, Any]:
    return {
        "case": place.case_id,
        "verdict": place.verdict,
        "step": place.step,
        "to_step": place.to_step,
        "text": sentence(place.reason, shell.language()) if place.reason else None,
    }
