"""One PostgreSQL database for test after test, emptied in between; made anew when a test has changed more than rows.

Creating and dropping a database costs a quarter of a second with a hundred tables and indexes; deleting the few rows of
a test costs some milliseconds, by one who knows the tables already: a new connection has to read about every one.
"""

from __future__ import annotations

import itertools

import psycopg

from tests.support.postgres import OWNER, Cluster

TEMPLATE = "migrated"

KEPT = "kept"
"""What connections that outlive a test call themselves; with nothing to do they are in nobody's way."""

WATCHED = """
CREATE SCHEMA watching;
CREATE TABLE watching.changes (what text);
CREATE TABLE watching.version AS SELECT * FROM alembic_version;
CREATE FUNCTION watching.note() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO watching.changes VALUES (tg_tag); END $$;
"""
"""Tables, triggers or columns that a test changes are not mended: what tells of them is a trigger of its own."""

WATCHING = """
CREATE EVENT TRIGGER watching_changes ON ddl_command_end EXECUTE FUNCTION watching.note();
CREATE EVENT TRIGGER watching_drops ON sql_drop EXECUTE FUNCTION watching.note();
"""
EMPTYING = """
DO $make$
DECLARE
    tables text := (SELECT string_agg(format('DELETE FROM %I;', relname), ' ') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r');
    numbers text := (SELECT string_agg(format('PERFORM setval(%L, %s, false);', sequencename, start_value), ' ')
        FROM pg_sequences WHERE schemaname = 'public');
BEGIN
    EXECUTE format('CREATE FUNCTION watching.emptied() RETURNS boolean LANGUAGE plpgsql AS %L', '
    BEGIN
        PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()
            AND pid <> pg_backend_pid() AND NOT (application_name = ''kept'' AND state = ''idle'');
        IF EXISTS (SELECT FROM watching.changes) THEN RETURN false; END IF;
        ' || tables || numbers || '
        INSERT INTO alembic_version SELECT * FROM watching.version;  -- a test may have said it is another
        RETURN true;
    END');
END $make$
"""
"""Written out once for all tables, so that it is planned once."""


class Cleaned:
    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._numbers = itertools.count(1)
        self._name: str | None = None
        self._keeper: psycopg.Connection[tuple[object, ...]] | None = None

    def url(self) -> str:
        if self._name is None:
            self._name = f"test_{next(self._numbers)}"
            self._cluster.create(self._name, template=TEMPLATE)
            keeper = self._connected()
            for statement in (WATCHED, EMPTYING, WATCHING):
                keeper.execute(statement)
        return self._cluster.url(self._name)

    def clean(self) -> None:
        """Empty again; or gone, and made anew for the next test."""
        if self._name is None or self._emptied():
            return
        self.close()
        self._cluster.drop(self._name)
        self._name = None

    def close(self) -> None:
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    def _emptied(self) -> bool:
        try:
            return self._connected().execute("SELECT watching.emptied()").fetchone() == (True,)
        except psycopg.Error:  # closed or read-only: a test about trouble did not come to its end
            return False

    def _connected(self) -> psycopg.Connection[tuple[object, ...]]:
        """Neither foreign keys nor the guards of append-only tables keep this one from emptying them."""
        if self._keeper is None:
            self._keeper = psycopg.connect(
                host=str(self._cluster.folder), user=OWNER, dbname=self._name, autocommit=True,
                options="-c session_replication_role=replica",
            )  # fmt: skip
        return self._keeper
