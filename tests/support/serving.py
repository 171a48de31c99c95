"""Fixture: an application answering on a real port, for browsers and for whatever else speaks HTTP."""

import contextlib
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *arguments: object) -> None:
        pass


@contextlib.contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serves until the block ends, and gives the address, without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    # Else the server closes while a request of a page that was just left still runs.
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def served() -> Iterator[Callable[[Flask], str]]:
    """`address = served(app)`"""
    with contextlib.ExitStack() as servers:
        yield lambda app: servers.enter_context(serving(app))
