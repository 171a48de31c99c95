"""se-engine serve: pages and API by gunicorn, threads in each worker."""

import gc
from importlib import import_module
from typing import Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # gunicorn has no types

from se_engine import processes, wording
from se_engine.cli import shell
from se_engine.settings import Settings

THREADS = 8


class Served(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """The application is made in each worker, after the fork: connections are not shared."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings, self._options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return _create_app(self._settings)


def _create_app(settings: Settings) -> Any:
    # By name: strict types end where the pages begin.
    return import_module("web").create_app(settings)


def _share_the_code(settings: Settings) -> None:
    """Loads once, before the fork, what every worker needs, and keeps the collector from touching it afterwards.

    The application made here is thrown away: it opened no connection, and the workers make their own.
    """
    _create_app(settings)
    processes.latest()
    wording.catalogue()
    gc.collect()
    gc.freeze()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=f"Each with {THREADS} threads."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and the API until stopped."""
    with shell.opened():  # said now rather than by every page
        pass
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {
        "bind": address,
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "proc_name": "se-engine",
        "control_socket_disable": True,  # it would lie in the home folder of whoever serves
    }
    _share_the_code(shell.settings())
    Served(shell.settings(), options).run()
