"""One PostgreSQL database for test after test, emptied in between; made anew when a test has changed more than rows.

Creating and dropping a database costs a quarter of a second with a hundred tables and indexes; deleting the few rows of
a test costs some milliseconds.
"""

from __future__ import annotations

import itertools

import psycopg

from tests.support.postgres import OWNER, Cluster

TEMPLATE = "migrated"

WATCHED = """
CREATE SCHEMA watching;
CREATE TABLE watching.changes (what text);
CREATE TABLE watching.version AS SELECT * FROM alembic_version;
CREATE FUNCTION watching.note() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO watching.changes VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER watching_changes ON ddl_command_end EXECUTE FUNCTION watching.note();
CREATE EVENT TRIGGER watching_drops ON sql_drop EXECUTE FUNCTION watching.note();
"""
"""Tables, triggers or columns that a test changes are not mended: what tells of them is a trigger of its own."""

EMPTIED = """
DO $$
DECLARE one record;
BEGIN
    SET LOCAL session_replication_role = replica;  -- neither foreign keys nor the guards of append-only tables
    FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND pg_relation_size(oid) > 0 LOOP
        EXECUTE format('DELETE FROM %I', one.relname);
    END LOOP;
    INSERT INTO alembic_version SELECT * FROM watching.version;  -- a test may have said it is another
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', one.sequencename);
    END LOOP;
    DELETE FROM watching.changes;  -- restarting a sequence is no change of ours
END $$
"""
ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Cleaned:
    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._numbers = itertools.count(1)
        self._name: str | None = None

    def url(self) -> str:
        if self._name is None:
            self._name = f"test_{next(self._numbers)}"
            self._cluster.create(self._name, template=TEMPLATE)
            with self._connection() as connection:
                connection.execute(WATCHED)
        return self._cluster.url(self._name)

    def clean(self) -> None:
        """Empty again; or gone, and made anew for the next test."""
        if self._name is None or self._emptied():
            return
        self._cluster.drop(self._name)
        self._name = None

    def _emptied(self) -> bool:
        try:
            with self._connection() as connection:
                connection.execute(ALONE)
                if connection.execute("SELECT 1 FROM watching.changes").fetchone():
                    return False
                connection.execute(EMPTIED)
        except psycopg.Error:  # closed or read-only: a test about trouble did not come to its end
            return False
        return True

    def _connection(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self._cluster.folder), user=OWNER, dbname=self._name, autocommit=True)
