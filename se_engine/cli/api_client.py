"""se-engine api-client: systems that may call the API, with tokens that are shown once."""

import click
from sqlalchemy import select

from se_engine.actions.api_clients import SCOPES, add_api_client, revoke_api_client
from se_engine.cli import shell
from se_engine.records.people import User
from se_engine.records.sessions import ApiClient
from se_engine.rules.errors import Refused
from se_engine.rules.roles import OPERATOR


@click.group("api-client")
def api_client() -> None:
    """Systems that may call the API."""


@api_client.command()
@click.option("--name", required=True, help="What the system is called.")
@click.option("--account", required=True, metavar="EMAIL", help="Whose rights it has.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES))
@shell.prints_data
def add(name: str, account: str, scopes: tuple[str, ...]) -> None:
    """Add a system; its token is printed once and kept nowhere."""
    with shell.opened() as database, database.session() as session:
        user_id = session.scalar(select(User.id).where(User.email == account.strip().lower(), User.active))
        if user_id is None:
            raise Refused("no_such_account", email=account)
        token = add_api_client(session, OPERATOR, name=name, user_id=user_id, scopes=list(scopes))
        number = session.scalar(select(ApiClient.id).order_by(ApiClient.id.desc()).limit(1))
    shell.show({"client": number, "name": name, "scopes": sorted(set(scopes)), "token": token}, token)


@api_client.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Shut a system out."""
    with shell.opened() as database, database.session() as session:
        revoke_api_client(session, OPERATOR, number)
