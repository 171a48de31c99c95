"""se-engine languages: check the words for participants, language by language."""

from pathlib import Path
from typing import Any

import click

from se_engine.cli import shell
from se_engine.rules.errors import InvalidDefinition


@click.group()
def languages() -> None:
    """Check the words of the sheet, the documents and the survey in every language."""


@languages.command()
@click.argument("which", metavar="FILE|CODE", required=False)
@shell.prints_data
@click.pass_context
def check(ctx: click.Context, which: str | None) -> None:
    """Check one language by its file or its code, or all there are: every fault of every file is named."""
    results = [_checked(path) for path in _asked(which)]
    shell.show(results, "\n".join(f"{r['file']}: {r['summary']}" for r in results if r["ok"]))
    for result in results:
        for fault in result["faults"]:
            shell.say(f"{result['file']}: {fault}")
    ctx.exit(0 if all(result["ok"] for result in results) else 1)


def _asked(which: str | None) -> list[Path]:
    from se_engine.printing.language_files import files

    if which and Path(which).is_file():
        return [Path(which)]
    found = [path for path in files() if which in (None, path.stem)]
    if not found:
        raise click.BadParameter("neither a file nor the code of a language", param_hint="FILE|CODE")
    return found


def _checked(path: Path) -> dict[str, Any]:
    from se_engine.printing.language_files import read_file

    try:
        words = read_file(path)
    except InvalidDefinition as invalid:
        return {"file": str(path), "ok": False, "faults": list(invalid.faults), "summary": ""}
    read = f"read by {words.reviewed_by} on {words.reviewed_on}" if words.reviewed_by else "nobody has read it"
    written = len(words.text) - len(words.left_out)
    summary = f"{words.name}: {written} of {len(words.text)} sentences, {read}"
    return {"file": str(path), "ok": True, "faults": [], "summary": summary}
