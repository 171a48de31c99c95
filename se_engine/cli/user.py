"""se-engine user: accounts."""

import sys

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.actions.people import add_office, add_user
from se_engine.cli import shell
from se_engine.records.offices import Office
from se_engine.rules.errors import Refused
from se_engine.rules.roles import ACCOUNT_ROLES, OPERATOR
from se_engine.rules.text import LANGUAGES


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in ACCOUNT_ROLES]))
@click.option("--office", help="By name. The first office of all is added with its first account.")
@click.option("--create", is_flag=True, help="Add the office when it is not there.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--speaks", type=click.Choice(LANGUAGES), default="nb", show_default=True, help="Language of her pages.")
@shell.prints_data
def add(email: str, name: str, role: str, office: str | None, create: bool, password_stdin: bool, speaks: str) -> None:
    """Add an account. Without a password it cannot sign in until it is invited."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    if password == "":
        raise click.UsageError("--password-stdin: standard input is empty")
    with shell.opened() as database, database.session() as session:
        added = add_user(
            session,
            OPERATOR,
            email=email,
            name=name,
            role=role,
            office_id=_office(session, office, create) if office else None,
            password=password,
            language=speaks,
        )
        data = {"user": added.id, "email": added.email, "name": added.name, "role": added.role, "office": office}
    shell.show(data, f"{added.email}  {added.role}  {office or '–'}")


def _office(session: Session, name: str, create: bool) -> int:
    wanted = " ".join(name.split())
    found = session.scalar(select(Office.id).where(Office.name == wanted))
    if found is not None:
        return found
    if not create and session.scalar(select(func.count()).select_from(Office)):
        raise Refused("no_such_office", office=wanted)
    return add_office(session, OPERATOR, wanted).id
