"""The e-mail about what is due: received by a real server, counts only, and never twice."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from se_engine import mail
from se_engine.exchange.digests import send_digests
from se_engine.records.people import SentDigest, User
from se_engine.settings import Settings
from tests.support.databases import MASTER_KEY
from tests.support.mail import Mailbox, certificate, knows, mail_server
from tests.support.people import OPENED, TODAY, Clock, make_case, make_people, transaction
from tests.support.tree import TOP

BASE = "https://se.example.org"
SENDER = "se-engine@example.org"
TICK = """
import sys, time_machine
from datetime import UTC, datetime
with time_machine.travel(datetime(2026, 3, 16, 9, tzinfo=UTC), tick=True):
    from se_engine.cli import main
    sys.stdin.readline()
    main(["tick", "--format", "json"], standalone_mode=False)
"""


@pytest.fixture
def office(database):
    """Jo has an end without a reason, Sam two; Max has nothing due, and Ida is an auditor."""
    with transaction(database, Clock()) as session:
        people = make_people(session)
        for owner in (people.jo, people.sam, people.sam):
            end_without_reason(session, people, owner)
    return people


def end_without_reason(session, people, owner) -> None:
    from se_engine.actions.cases import advance
    from se_engine.actions.schemes import join_scheme

    case = make_case(session, people, owner=owner)
    join_scheme(session, owner, case.participant_id, scheme="nav_follow_up", from_on=OPENED)
    advance(
        session, owner, case.id, "end", seen_version=None, happened_on=TODAY - timedelta(days=40), note="Gone.",
        end_reason="unknown",
    )  # fmt: skip


def settings(port: int, host: str = "127.0.0.1", scheme: str = "smtp", login: str = "", **more) -> Settings:
    return Settings(smtp_url=f"{scheme}://{login}{host}:{port}", mail_from=SENDER, base_url=BASE, **more)


def run(database, given: Settings, day: date = TODAY, holder: str = "one"):
    database.info["clock"] = Clock(day)
    return send_digests(database, given, holder)


def test_each_is_told_how_many_and_nothing_else(database, office):
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        outcome = run(database, settings(port))
    assert (outcome.sent, outcome.failed, outcome.server) == (2, 0, None)
    told = dict(mailbox.arrived)
    assert set(told) == {"jo@example.org", "sam@example.org"}
    message = told["sam@example.org"]
    assert message["Subject"] == "Du har 2 oppfølginger som venter"
    assert message["From"] == SENDER
    assert message["To"] == "sam@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    assert message.get_content().replace("\r\n", "\n") == (
        "Du har 2 oppfølginger som venter. 2 av dem er for seine.\n\n"
        f"Se hvem det gjelder, etter at du har logget inn:\n{BASE}/reminders\n\n"
        f"Velg hvor ofte du vil ha denne e-posten:\n{BASE}/account/digest\n"
    )
    assert told["jo@example.org"]["Subject"] == "Du har 1 oppfølging som venter"
    for name in ("Pat", "Example", "Lakselv"):
        assert name not in str(message)


@pytest.mark.parametrize(
    ("language", "subject"), [("nn", "Du har 1 oppfølging som ventar"), ("en", "You have 1 follow-up due")]
)
def test_it_speaks_the_language_of_the_account(database, office, language, subject):
    with transaction(database, Clock()) as session:
        session.get(User, office.jo.user_id).language = language
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        run(database, settings(port))
    assert {message["Subject"] for address, message in mailbox.arrived if address == "jo@example.org"} == {subject}


def test_once_a_day_and_again_the_next_working_day(database, office):
    mailbox = Mailbox()
    friday, saturday, monday = (date(2026, 3, day) for day in (20, 21, 23))
    with mail_server(mailbox) as port:
        for day in (friday, friday, saturday, monday):
            run(database, settings(port), day)
    assert sorted(address for address, _ in mailbox.arrived) == ["jo@example.org"] * 2 + ["sam@example.org"] * 2


def test_her_choice_counts_and_who_is_away_gets_none(database, office):
    from se_engine.actions.absences import record_absence
    from se_engine.actions.digests import choose_digest

    with transaction(database, Clock()) as session:
        choose_digest(session, office.jo, "never")
        record_absence(
            session, office.max, office.sam.user_id, from_on=TODAY, until_on=TODAY, substitute_id=office.max.user_id
        )
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        run(database, settings(port))
    assert [(address, message["Subject"]) for address, message in mailbox.arrived] == [
        ("max@example.org", "Du har 2 oppfølginger som venter")
    ]


def test_not_in_the_night(database, office):
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert run(database, settings(port, digest_hour=23)).sent == 0
    assert mailbox.asked == []


def test_a_refused_address_is_not_tried_again_that_day_and_costs_nobody_else(database, office):
    mailbox = Mailbox(refused=("jo@example.org",))
    with mail_server(mailbox) as port:
        first = run(database, settings(port))
        again = run(database, settings(port), holder="two")
        assert (first.sent, first.failed, again.sent, again.failed) == (1, 1, 0, 0)
        assert mailbox.asked.count("jo@example.org") == 1
        mailbox.refused = ()
        assert run(database, settings(port), TODAY + timedelta(days=1)).sent == 2


def test_a_server_that_is_away_has_cost_nobody_hers(database, office):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = taken.getsockname()[1]
    outcome = run(database, settings(closed))
    assert (outcome.sent, outcome.failed, outcome.server) == (0, 0, "ConnectionRefusedError")
    mailbox = Mailbox(senders_refused=(SENDER,))
    with mail_server(mailbox) as port:
        assert run(database, settings(port)).server == "SMTPSenderRefused"
        mailbox.senders_refused = ()
        assert run(database, settings(port)).sent == 2


def test_what_was_begun_before_a_crash_is_not_sent_again(database, office):
    from se_engine.actions.digests import claim_digest, digest_for

    with transaction(database, Clock()) as session:
        claim_digest(session, digest_for(session, office.jo.user_id))
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        run(database, settings(port))
    assert [address for address, _ in mailbox.arrived] == ["sam@example.org"]
    with database.reading() as session:
        sent = dict(session.execute(select(SentDigest.user_id, SentDigest.sent_at)).all())
    assert sent[office.jo.user_id] is None
    assert sent[office.sam.user_id] is not None


def test_what_was_sent_is_known_for_ninety_days(database, office):
    from se_engine.actions.housekeeping import clean_up

    with mail_server(Mailbox()) as port:
        run(database, settings(port))
    for days, kept in ((89, 2), (91, 0)):
        with transaction(database, Clock(TODAY + timedelta(days=days))) as session:
            clean_up(session, session_lasts=timedelta(hours=12))
            assert len(session.scalars(select(SentDigest)).all()) == kept


def test_a_server_that_says_nothing_is_given_up(database, office, monkeypatch):
    monkeypatch.setattr(mail, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert run(database, settings(silent.getsockname()[1])).server == "SMTPServerDisconnected"


def test_two_ticks_at_once_send_one(database, database_url, office, tmp_path):
    """Two real processes, let go in the same moment."""
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        environment = {
            **os.environ, "SE_DATABASE_URL": database_url, "SE_INSTANCE_DIR": str(tmp_path),
            "SE_MASTER_KEY": b64encode(MASTER_KEY).decode(), "SE_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "SE_MAIL_FROM": SENDER, "SE_BASE_URL": BASE,
        }  # fmt: skip
        ticks = [
            subprocess.Popen(
                [sys.executable, "-c", TICK], env=environment, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            )
            for _ in range(2)
        ]  # fmt: skip
        answers: list[tuple[str, str]] = []
        threads = [
            threading.Thread(target=lambda tick=tick: answers.append(tick.communicate("go\n", timeout=60)))
            for tick in ticks
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [tick.returncode for tick in ticks] == [0, 0], answers
    assert sorted(address for address, _ in mailbox.arrived) == ["jo@example.org", "sam@example.org"]


def test_starttls_smtps_and_a_password(tmp_path, monkeypatch):
    context, trusted = certificate(tmp_path, "0.0.0.0")  # noqa: S104 - an address of this machine, for itself
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    asked = {"hostname": "0.0.0.0", "authenticator": knows("se", "p@ss"), "auth_required": True}  # noqa: S104
    with mail_server(Mailbox(), tls_context=context, require_starttls=True, **asked) as port:
        send(mail.read_smtp_url(f"smtp://se:p%40ss@0.0.0.0:{port}"))
        with pytest.raises(mail.FAULTS):
            send(mail.read_smtp_url(f"smtp://se:wrong@0.0.0.0:{port}"))
    with mail_server(Mailbox(), hostname="0.0.0.0", ssl_context=context) as port:  # noqa: S104
        send(mail.read_smtp_url(f"smtps://0.0.0.0:{port}"))


def test_a_server_elsewhere_must_encrypt_and_show_who_it_is(tmp_path, monkeypatch):
    with mail_server(Mailbox(), hostname="0.0.0.0") as port, pytest.raises(mail.FAULTS):  # noqa: S104
        send(mail.read_smtp_url(f"smtp://0.0.0.0:{port}"))
    context, _trusted = certificate(tmp_path, "0.0.0.0")  # noqa: S104
    with mail_server(Mailbox(), hostname="0.0.0.0", tls_context=context) as port, pytest.raises(mail.FAULTS):  # noqa: S104
        send(mail.read_smtp_url(f"smtp://0.0.0.0:{port}"))


def send(server) -> None:
    with mail.connected(server, sender=SENDER):
        pass


@pytest.mark.parametrize(
    "address",
    ["a@example.org\nBcc: c@example.org", "a@example.org, c@example.org", "a b@example.org", "", "Jo <a@example.org>"],
)
def test_no_address_adds_a_header_or_a_receiver(address):
    with pytest.raises(ValueError, match="not an e-mail address"):
        mail.compose(sender=SENDER, to=address, subject="x", text="x", language="nb", made_at=Clock()())


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://host", "must look like"),
        ("smtp://", "must look like"),
        ("smtp://h:99999", "port"),
        ("smtp://h/x", "end"),
    ],
)
def test_a_wrong_address_of_a_server_is_told(url, fault):
    with pytest.raises(ValueError, match=fault):
        mail.read_smtp_url(url)
