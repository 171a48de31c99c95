"""se-engine framework: check, list, import and export quality frameworks."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from se_engine import frameworks
from se_engine.cli import shell
from se_engine.exchange import frameworks as exchange
from se_engine.exchange.framework_criteria import Licence, framework_of
from se_engine.exchange.toml_files import toml_text
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.framework import TOTALS, Framework

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def framework() -> None:
    """Check, list, import and export quality frameworks."""


@framework.command()
@click.argument("which", metavar="FILE|NAME", required=False)
@shell.prints_data
@click.pass_context
def check(ctx: click.Context, which: str | None) -> None:
    """Check a framework by its file or its name, or all there are: every fault of every file is named."""
    results = [_checked(path) for path in _asked(which)]
    shell.show(results, "\n".join(f"{r['file']}: {r['summary']}" for r in results if r["ok"]))
    for result in results:
        for fault in result["faults"]:
            shell.say(f"{result['file']}: {fault}")
    ctx.exit(0 if all(result["ok"] for result in results) else 1)


def _asked(which: str | None) -> list[Path]:
    if which and Path(which).is_file():
        return [Path(which)]
    found = [path for path in frameworks.files() if which in (None, path.parent.name)]
    if not found:
        raise click.BadParameter("neither a file nor the name of a framework", param_hint="FILE|NAME")
    return found


def _checked(path: Path) -> dict[str, Any]:
    try:
        if path.resolve().parent.parent.name == frameworks.FOLDER:
            frameworks.check_frozen(path.resolve())
            found = frameworks.read_file(path)
        else:
            found = exchange.read_anywhere(path)
    except InvalidDefinition as invalid:
        return {"file": str(path), "ok": False, "faults": list(invalid.faults), "summary": ""}
    summary = f"{found.name}: {len(found.items)} items in {len(found.sections)} sections, {len(found.rateable)} rated"
    return {"file": str(path), "ok": True, "faults": [], "summary": summary}


@framework.command("list")
@shell.prints_data
def list_() -> None:
    """Every framework in every version."""
    found = [frameworks.get(name, version) for name in frameworks.names() for version in frameworks.versions(name)]
    rows = [_row(one) for one in found]
    shell.show(rows, shell.table(rows, ["name", "version", "status", "items", "text_allowed", "title"]))


def _row(found: Framework) -> dict[str, Any]:
    return {
        "name": found.name,
        "version": found.version,
        "status": "draft" if frameworks.is_draft(found.name, found.version) else "published",
        "items": len(found.items),
        "rights": found.rights.status,
        "holder": found.rights.holder,
        "text_allowed": found.rights.text_allowed,
        "sha256": frameworks.checksum(found.name, found.version),
        "title": found.title.to(shell.language()),
    }


@framework.command("import")
@click.argument("file", type=FILE)
@click.option("--into", metavar="NAME", help="CSV only: the framework whose stages and areas the criteria belong to.")
@click.option("--lowest", type=click.IntRange(0), default=1, show_default=True, help="CSV only: the lowest level.")
@click.option("--highest", type=click.IntRange(1), default=5, show_default=True, help="CSV only: the highest level.")
@click.option("--total", type=click.Choice(TOTALS), default="none", show_default=True, help="CSV only.")
@click.option("--licence", default="", help="CSV only: by which agreement the text is used.")
@click.option("--checked-by", default="", help="CSV only: who has checked that.")
@click.option("--checked-on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="CSV only: when.")
@shell.prints_data
def import_(
    file: Path,
    *,
    into: str | None,
    lowest: int,
    highest: int,
    total: str,
    licence: str,
    checked_by: str,
    checked_on: datetime | None,
) -> None:
    """Take in one's own text, as TOML, or as a CSV list of criteria: a new version in SE_DEFINITIONS_DIR."""
    if (file.suffix.lower() == ".csv") != bool(into):
        raise click.UsageError("A CSV file goes with --into NAME; a TOML file names its framework itself.")
    if into:
        agreed = Licence(licence, checked_by, checked_on.date() if checked_on else None)
        document = framework_of(file, into, lowest=lowest, highest=highest, total=total, licence=agreed)
        done = exchange.import_document(document, toml_text(document), source=file.name)
    else:
        done = exchange.import_file(file)
    row = {**_row(done.framework), "file": str(done.path), "is_new": done.is_new}
    said = "is there already" if not done.is_new else "is written and in force"
    shell.show(row, f"{done.framework.name} {done.framework.version} {said}: {done.path}")


@framework.command()
@click.argument("name")
@click.argument("version", type=int, required=False)
@click.option("--verbatim", is_flag=True, help="With the holder's wording, or not at all.")
def export(name: str, version: int | None, verbatim: bool) -> None:
    """The framework as TOML, as far as its rights let it leave."""
    found = frameworks.latest(name) if version is None else frameworks.get(name, version)
    done = exchange.export(found.name, found.version, verbatim=verbatim)
    click.echo(done.text, nl=False)
    if done.left_out:
        shell.say(f"The wording of {done.left_out} items was left out: {found.rights.holder} has not released it.")
