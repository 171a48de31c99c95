"""Sending the e-mails about what is due: each is claimed first, so that no second run sends it again."""

import smtplib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from se_engine import mail, wording
from se_engine.actions.digests import Digest, claim_digest, digest_for, digest_sent, receivers
from se_engine.actions.leases import give_back_lease, take_lease
from se_engine.clock import NORWAY, now
from se_engine.database import Database
from se_engine.settings import Settings

NAME = "digest"


@dataclass
class Outcome:
    sent: int = 0
    failed: int = 0
    """Begun and not known to have arrived: not tried again today."""
    server: str | None = None
    """What the server did wrong, without the address of anybody."""


def send_digests(database: Database, settings: Settings, holder: str) -> Outcome:
    """One connection for all. A server that does not answer has cost nobody her e-mail: nothing was claimed yet."""
    outcome = Outcome()
    with database.reading() as session:
        waiting = _waiting(session, settings)
    if not waiting:
        return outcome
    try:
        with mail.connected(mail.read_smtp_url(settings.smtp_url), sender=settings.mail_from) as client:
            for digest in waiting:
                with database.session() as session:
                    if not take_lease(session, NAME, holder):
                        return outcome
                    number = claim_digest(session, digest)
                if number is not None:
                    _send(client, database, settings, number, digest, outcome)
    except mail.FAULTS as fault:
        outcome.server = type(fault).__name__
    with database.session() as session:
        give_back_lease(session, NAME, holder)
    return outcome


def _waiting(session: Session, settings: Settings) -> list[Digest]:
    """Everybody who has something due and no e-mail of today."""
    early = now(session).astimezone(NORWAY).hour < settings.digest_hour
    if early or not settings.smtp_url:
        return []
    return [digest for user_id in receivers(session) if (digest := digest_for(session, user_id))]


def _send(
    client: smtplib.SMTP, database: Database, settings: Settings, number: int, digest: Digest, outcome: Outcome
) -> None:
    """A refused address fails alone; a lost connection ends the run, and who was not begun waits for the next."""
    outcome.failed += 1
    try:
        with database.reading() as session:
            made_at = now(session)
        client.send_message(
            mail.compose(
                sender=settings.mail_from, to=digest.email, language=digest.language, made_at=made_at,
                subject=subject(digest), text=text(digest, settings.base_url),
            )
        )  # fmt: skip
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError):
        return
    outcome.failed -= 1
    outcome.sent += 1
    with database.session() as session:
        digest_sent(session, number)


def subject(digest: Digest) -> str:
    return _worded("subject_one" if digest.due == 1 else "subject_many", digest)


def text(digest: Digest, base_url: str) -> str:
    """Numbers, and where to look; nothing of anybody."""
    late = "late_none" if not digest.late else "late_one" if digest.late == 1 else "late_many"
    paragraphs = (
        f"{subject(digest)}. {_worded(late, digest)}",
        f"{_worded('where', digest)}\n{base_url}/reminders",
        f"{_worded('choose', digest)}\n{base_url}/account/digest",
    )
    return "\n\n".join(paragraphs) + "\n"


def _worded(code: str, digest: Digest) -> str:
    return wording.word("mail", code, digest.language).format(due=digest.due, late=digest.late)
