"""A throw-away PostgreSQL cluster on a Unix socket. Run as a program it tells whether one can be made."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

# Nothing here has to survive a power cut, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "UTC",
}
DURABLE = {**SETTINGS, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""For benchmarks: what is measured must wait for the disk as it would in earnest."""
OWNER = "se_engine"


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps them off the path, one folder per version."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def plain_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root; then it runs as Debian's postgres, or as nobody."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


@dataclass(frozen=True)
class Cluster:
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}&port=5432"

    def create(self, database: str, *, template: str = "template1") -> str:
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(database), sql.Identifier(template))
        )
        return self.url(database)

    def drop(self, database: str) -> None:
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def alter(self, database: str, change: LiteralString) -> None:
        """Changes what the database allows, and throws out whoever is in it."""
        self._execute(sql.SQL("ALTER DATABASE {} " + change).format(sql.Identifier(database)))
        backends = sql.SQL("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = {}")
        self._execute(backends.format(sql.Literal(database)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def running_cluster(binaries: Path, *, settings: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    # Not below pytest's own folder: that one is closed to other users, and too long a path for a socket.
    folder = Path(tempfile.mkdtemp(prefix="se-postgres-"))
    user = plain_user()
    os.chown(folder, user.pw_uid, user.pw_gid)

    rights = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}

    def run(program: str, *arguments: str) -> None:
        # Into a file: a pipe would stay open as long as the server that pg_ctl leaves running.
        log = folder / f"{program}.log"
        command = [binaries / program, *arguments]
        with log.open("a") as output:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **rights)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {log.read_text()}")

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in settings.items())
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "server.log"), "-o", f"-k {folder} {options}", "start")
        try:
            yield Cluster(folder)
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(0 if find_binaries() else 1)
