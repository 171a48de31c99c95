"""The pages: parse, one action, redirect. Every module here has a `blueprint`, and is found by itself."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def init_app(app: Flask) -> None:
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        app.register_blueprint(import_module(f"{__name__}.{module.name}").blueprint)
