"""`se-engine serve` in a process of its own, on a database of its own, and a browser that keeps its connection."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path

import psutil

from benchmarks.engines import MASTER, Bench
from se_engine import database
from se_engine.actions.sign_in import token_digest
from se_engine.clock import now
from se_engine.database import Database, open_database
from se_engine.records.sessions import UserSession
from web.auth import COOKIE

PATIENCE = 60


@contextlib.contextmanager
def fresh_database(bench: Bench, name: str) -> Iterator[Database]:
    """One more database on the same engine, with tables and nothing in them."""
    if bench.engine == "sqlite":
        path = Path(str(bench.database.url.database)).with_name(f"{name}.sqlite")
        url = bench.database.url.set(database=str(path))
    else:
        url = bench.database.url.set(database=name)
        with bench.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
    shown = url.render_as_string(hide_password=False)
    database.upgrade(shown)
    opened = open_database(shown, MASTER)
    yield opened
    opened.dispose()
    if bench.engine == "sqlite":
        path.unlink()
    else:
        with bench.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def settings_of(database: Database) -> dict[str, str]:
    """What the product is told in its environment."""
    return {
        "SE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "SE_MASTER_KEY": b64encode(MASTER).decode(),
        "SE_SECRET_KEY": "only for benchmarks",
    }


def sign_in(database: Database, user_id: int) -> str:
    """A session as the sign-in page makes it, without its costly check of the password; the cookie."""
    token = secrets.token_urlsafe(32)
    with database.session() as session:
        moment = now(session)
        session.add(UserSession(token_digest=token_digest(token), user_id=user_id, created_at=moment, seen_at=moment))
    return f"{COOKIE}={token}"


@dataclass
class Served:
    process: "subprocess.Popen[bytes]"
    connection: HTTPConnection

    @property
    def worker(self) -> psutil.Process:
        (found,) = psutil.Process(self.process.pid).children()
        return found

    def get(self, path: str, cookie: str = "") -> bytes:
        headers = {"Cookie": cookie} if cookie else {}
        try:
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
        except RemoteDisconnected:  # it was kept open longer than the server waits
            self.connection.close()
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status}")
        return body


@contextlib.contextmanager
def served(database: Database) -> Iterator[Served]:
    """The server as it runs in earnest: one worker, its threads, a connection that stays open."""
    port = _free_port()
    command = [str(Path(sys.executable).with_name("se-engine")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **settings_of(database)}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        yield Served(process, connection)
        connection.close()
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")
