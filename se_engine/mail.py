"""Sending e-mail through an SMTP server: encrypted, with a time limit, and with headers nobody can add to."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

TIMEOUT = 20
"""Seconds a server may take for each answer."""
PORTS = {"smtp": 587, "smtps": 465}
ACCEPTED = 250
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
"""A server here may be spoken to in the open: nothing leaves the machine."""
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
FAULTS = (OSError, smtplib.SMTPException)
"""What a server that is away, slow or unwilling makes; SSL faults are among them."""


@dataclass(frozen=True)
class Server:
    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def read_smtp_url(url: str) -> Server:
    """`smtp://` or `smtps://`, user and password where the server asks, host, port; ValueError says what is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("must look like smtps://user:password@host:465 or smtp://host:587")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("must end after the port")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError("names a port that is none") from None
    return Server(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


@contextmanager
def connected(server: Server, *, sender: str) -> Iterator[smtplib.SMTP]:
    """A connection that is ready to send; one of FAULTS when there is none."""
    own_name = sender.rpartition("@")[2]  # asked of the machine, it might have to be looked up in the network
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=own_name, timeout=TIMEOUT, context=context
        )
    else:
        client = smtplib.SMTP(server.host, server.port, local_hostname=own_name, timeout=TIMEOUT)
    try:
        if server.scheme == "smtp" and server.host not in ON_THIS_MACHINE:
            client.starttls(context=context)  # refused by the library when the server does not offer it
        client.ehlo_or_helo_if_needed()
        if server.user:
            client.login(server.user, server.password)
        _check_sender(client, sender)
        yield client
    finally:
        with suppress(*FAULTS):
            client.quit()


def _check_sender(client: smtplib.SMTP, sender: str) -> None:
    """Asked before anybody's e-mail is begun: an unwelcome sender would lose them all, one by one."""
    code, said = client.mail(sender)
    client.rset()
    if code != ACCEPTED:
        raise smtplib.SMTPSenderRefused(code, said, sender)


def compose(*, sender: str, to: str, subject: str, text: str, language: str, made_at: datetime) -> EmailMessage:
    """A plain message of the service's own; ValueError for an address that is not one address alone."""
    if not ADDRESS.fullmatch(to):
        raise ValueError("not an e-mail address")
    message = EmailMessage(policy=LINES)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(made_at)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text)
    return message
