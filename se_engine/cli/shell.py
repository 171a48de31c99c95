"""What commands share: the database, who acts, the language, and how data and refusals are printed."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.cli import LANGUAGES
from se_engine.database import Database, current_revision, for_reports, from_settings, head_revision
from se_engine.keys import Unreadable
from se_engine.queries.access import actor_of
from se_engine.queries.case_data import reason_data
from se_engine.records.cases import Case
from se_engine.records.people import User
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.roles import OPERATOR, Actor
from se_engine.settings import Settings
from se_engine.wording import sentence

Command = TypeVar("Command", bound=Callable[..., Any])
TEXT, JSON = "text", "json"


def language() -> str:
    found: str = click.get_current_context().meta.get("language", "nb")
    return found


def as_json() -> bool:
    return click.get_current_context().meta.get("format") == JSON


def prints_data(command: Command) -> Command:
    """--format and --language, also after the command's name."""
    formats = click.option(
        "--format", "_format", type=click.Choice([TEXT, JSON]), default=TEXT, show_default=True, expose_value=False,
        is_eager=True, callback=_keep("format"),
    )  # fmt: skip
    languages = click.option(
        "--language", type=click.Choice(LANGUAGES), expose_value=False, is_eager=True, callback=_keep("language")
    )
    return formats(languages(command))


def _keep(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.meta[name] = value

    return keep


def acts_as(command: Command) -> Command:
    """--as EMAIL: whose rights apply; without it the operator acts."""
    return click.option("--as", "email", metavar="EMAIL", help="Whose rights apply; else the operator's.")(command)


def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "SE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Refused("setting_wrong", name=name, fault=first["msg"]) from None


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[Database]:
    """The database of the settings, which has the newest tables unless they do not matter."""
    with _answering(_made(from_settings)) as database:
        if migrated and current_revision(database) != head_revision():
            raise Refused("not_migrated")
        yield database


@contextmanager
def reporting() -> Iterator[Session]:
    """A session that reads one moment for a report: from the replica where the settings name one, else as ever.

    A replica that does not answer, or lags behind a migration, is told; the report does not go elsewhere by itself.
    """
    if not settings().report_database_url:
        with opened() as database, database.snapshot() as session:
            yield session
        return
    with _answering(_made(for_reports, "SE_REPORT_DATABASE_URL"), for_reports_only=True) as replica:
        if current_revision(replica) != head_revision():
            raise Refused("report_database_behind")
        with replica.snapshot() as session:
            yield session


@contextmanager
def _answering(database: Database, *, for_reports_only: bool = False) -> Iterator[Database]:
    """The database once it has answered; Refused when it does not, now or later."""
    try:
        database.engine.connect().close()
        yield database
    except DBAPIError as fault:
        if not fault.connection_invalidated and not _is_about_the_server(fault):
            raise
        told = str(fault.orig).strip().splitlines()[0]
        if for_reports_only:
            raise Refused("report_database_not_answering", fault=told) from None
        raise Refused("database_not_answering", fault=told) from None
    finally:
        database.dispose()


def _made(how: Callable[[Settings], Database | None], name: str = "SE_DATABASE_URL") -> Database:
    """As the settings say; what is wrong with them is told by name."""
    try:
        database = how(settings())
    except ArgumentError as wrong:
        raise Refused("setting_wrong", name=name, fault=str(wrong)) from None
    except (Unreadable, ValueError) as wrong:
        raise Refused("setting_wrong", name="SE_MASTER_KEY", fault=str(wrong)) from None
    except OSError as wrong:
        raise Refused("setting_wrong", name="SE_INSTANCE_DIR", fault=f"{wrong.strerror}: {wrong.filename}") from None
    assert database is not None  # noqa: S101 - the caller has looked whether it is named
    return database


def _is_about_the_server(fault: DBAPIError) -> bool:
    """Not reached, locked, full or no database at all, against what would be a fault of the program."""
    return type(fault) in (OperationalError, DatabaseError)


def actor(session: Session, email: str | None) -> Actor:
    if email is None:
        return OPERATOR
    user = session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    if user is None:
        raise Refused("no_such_account", email=email)
    return actor_of(user)


@contextmanager
def trailing_refusals(database: Database, who: Actor, case: Case | None = None) -> Iterator[None]:
    """What is refused is told by the trail too, in a transaction of its own."""
    try:
        yield
    except Refused as refused:
        with database.session() as session:
            write_trail(session, who, "refused", case=case, detail={"code": refused.reason.code})
        raise


def show(data: Any, text: str) -> None:
    """Data on standard output: as JSON, or the text for people."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_json() else text)


def say(text: str) -> None:
    """A message, on standard error."""
    click.echo(text, err=True)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows under their columns' names, as wide as needed."""
    cells = [list(columns), *(["–" if row[c] in (None, "") else str(row[c]) for c in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def tell_refused(ctx: click.Context, refused: Refused | InvalidDefinition) -> None:
    """Sentences on standard error; with --format json the same as data on standard output."""
    spoken = ctx.meta.get("language", "nb")
    if isinstance(refused, InvalidDefinition):
        problem: dict[str, Any] = {"code": "invalid_definition", "source": refused.source, "faults": refused.faults}
        sentences = [f"{refused.source}: {fault}" for fault in refused.faults]
    else:
        process, case_id, trigger = (ctx.meta.get(name) for name in ("process", "case", "trigger"))
        reasons = [reason_data(reason, spoken, process, case_id, trigger or "") for reason in refused.reasons]
        problem = {"code": refused.reason.code, "reasons": reasons}
        sentences = [sentence(reason, spoken, process) for reason in refused.reasons]
    if ctx.meta.get("format") == JSON:
        click.echo(json.dumps(problem, indent=2, ensure_ascii=False))
    for told in sentences:
        say(told)
