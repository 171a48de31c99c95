"""The tests stay on this machine."""

import socket
import urllib.request

import pytest

from tests.support.loopback import LeftThisMachine


def test_another_address_is_refused():
    with socket.socket() as connection, pytest.raises(LeftThisMachine, match=r"192\.0\.2\.1"):
        connection.connect(("192.0.2.1", 80))


def test_another_name_is_not_even_looked_up():
    with pytest.raises(LeftThisMachine, match=r"service\.example"):
        urllib.request.urlopen("http://service.example/")


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
