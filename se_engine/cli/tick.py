"""se-engine tick: what falls due – the trail is sealed, old rows are taken out, e-mails about what is due are sent."""

import secrets
from datetime import timedelta

import click

from se_engine.actions.audit_follow_ups import keep_follow_up
from se_engine.actions.housekeeping import clean_up, complete_stays
from se_engine.actions.kept_counts import keep_counts
from se_engine.actions.leases import give_back_lease, take_lease
from se_engine.actions.names import key_missing_names
from se_engine.actions.sealing import seal_batch
from se_engine.cli import shell
from se_engine.database import Database
from se_engine.exchange.digests import Outcome, send_digests
from se_engine.queries.audit_follow_ups import due_follow_ups, indicators_again
from se_engine.rules.errors import Refused

NAME = "tick"


@click.command()
@shell.prints_data
def tick() -> None:
    """Do everything that falls due. Safe to run twice and on two machines: the second leaves it to the first."""
    holder = secrets.token_hex(8)
    session_lasts = timedelta(hours=shell.settings().session_hours)
    with shell.opened() as database:
        sealed = _seal(database, holder)
        removed = named = kept = followed = 0
        if sealed is not None:
            named = _key_names(database, holder)
            followed = _follow_up_audits(database, holder)
            with database.session() as session:
                removed = clean_up(session, session_lasts=session_lasts)
                complete_stays(session)
            kept = _keep_counts(database, holder)
            with database.session() as session:
                give_back_lease(session, NAME, holder)
        mails = send_digests(database, shell.settings(), holder) if sealed is not None else Outcome()
    if sealed is None:
        shell.say("tick: is running elsewhere")
    if mails.server:
        shell.say(f"tick: the e-mail server did not take it ({mails.server}); the next run tries again")
    data = {
        "sealed": sealed or 0,
        "removed": removed,
        "named": named,
        "audits_followed_up": followed,
        "counted": kept,
        "emails": mails.sent,
        "emails_failed": mails.failed,
        "elsewhere": sealed is None,
    }
    shell.show(data, "  ".join(f"{name} {data[name]}" for name in data if name != "elsewhere"))


def _seal(database: Database, holder: str) -> int | None:
    """How many entries were sealed; None while another does it. A batch is a transaction, so writers wait shortly."""
    sealed = 0
    while True:
        with database.session() as session:
            if not take_lease(session, NAME, holder):
                return sealed or None
            batch = seal_batch(session)
        sealed += batch
        if not batch:
            return sealed


def _key_names(database: Database, holder: str) -> int:
    """How many participants got the keys by which their names are found."""
    named = 0
    while True:
        with database.session() as session:
            batch = key_missing_names(session) if take_lease(session, NAME, holder) else 0
        named += batch
        if not batch:
            return named


def _keep_counts(database: Database, holder: str) -> int:
    """How many changes of stays were put into the counts that reports on time are read from."""
    kept = 0
    while True:
        with database.session() as session:
            if not take_lease(session, NAME, holder):
                return kept
        with database.session_of_one_moment() as session:
            batch = keep_counts(session)
        kept += batch
        if not batch:
            return kept


def _follow_up_audits(database: Database, holder: str) -> int:
    """How many quarters of audits were counted again. Counting only reads; what is kept is one short write each."""
    followed = 0
    with database.reading() as session:
        due = due_follow_ups(session)
    for audit_id, day in due:
        try:
            with database.reading() as session:
                found = indicators_again(session, audit_id, day)
        except Refused as refused:
            shell.say(f"tick: audit {audit_id} was not followed up ({refused.reason.code})")
            continue
        with database.session() as session:
            if not take_lease(session, NAME, holder):
                return followed
            followed += keep_follow_up(session, audit_id, day, found)
    return followed
