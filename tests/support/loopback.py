"""Keeps the tests on this machine: no test may reach another host, by mistake or through a library."""

import socket
import sys

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None})  # noqa: S104 - compared, not bound


class LeftThisMachine(AssertionError):
    """Not an OSError: that would be taken for an ordinary network fault, and handled."""


def stay_on_this_machine() -> None:
    """Audit hooks stay until the process ends, and see what a patched `socket` would miss."""
    sys.addaudithook(refuse_other_hosts)


def refuse_other_hosts(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and arguments[0].family != socket.AF_UNIX:
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        raise LeftThisMachine(f"a test tried to reach {host}")
