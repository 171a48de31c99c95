"""Runs migrations on either engine; called with the address of the database in the configuration's attributes."""

from alembic import context
from sqlalchemy import create_engine, event, pool

from se_engine.records import Base

config = context.config


def run() -> None:
    engine = create_engine(config.attributes["url"], poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def prepare(connection, record):  # type: ignore[no-untyped-def]
            connection.execute("PRAGMA journal_mode=WAL")

    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
