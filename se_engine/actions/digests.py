"""The e-mail about what is due: who gets one today, its claim before it is sent, and that it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.actions.accounts import own_account
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import actor_of
from se_engine.queries.reminders import how_many
from se_engine.records.people import Absence, SentDigest, User
from se_engine.rules.digests import CHOICES, NEVER, monday, sends_on
from se_engine.rules.errors import Refused
from se_engine.rules.roles import CASEWORK, Actor


@dataclass(frozen=True)
class Digest:
    """What one person is told: how many, never who."""

    user_id: int
    email: str
    language: str
    due: int
    late: int


def choose_digest(session: Session, actor: Actor, choice: str) -> None:
    """How often she wants to hear of it."""
    if choice not in CHOICES:
        raise Refused("digest_choice_unknown", allowed=", ".join(CHOICES))
    account = own_account(session, actor)
    if account.digest != choice:
        account.digest = choice
        write_trail(session, actor, "digest_chosen", detail={"choice": choice})
    session.flush()


def receivers(session: Session) -> list[int]:
    """Whose e-mail may be begun now: at work today, and none begun today. Whoever is away has a substitute."""
    on = today(session)
    away = exists().where(Absence.user_id == User.id, Absence.from_on <= on, Absence.until_on >= on)
    users = select(User.id, User.digest).where(
        User.active, User.digest != NEVER, User.role.in_([role.value for role in CASEWORK]), ~away
    )
    rows = session.execute(users.order_by(User.id)).all()
    begun = _this_week(session, [row.id for row in rows], on)
    return [row.id for row in rows if sends_on(on, row.digest, begun.get(row.id, {}))]


def _this_week(session: Session, users: Sequence[int], on: date) -> dict[int, dict[date, bool]]:
    query = select(SentDigest).where(SentDigest.on_day.between(monday(on), on))
    begun: dict[int, dict[date, bool]] = {}
    for row in session.scalars(query):
        begun.setdefault(row.user_id, {})[row.on_day] = row.sent_at is not None
    return {user: begun[user] for user in users if user in begun}


def digest_for(session: Session, user_id: int) -> Digest | None:
    """What she would be told now; None when nothing is due."""
    user = session.get_one(User, user_id)
    due, late = how_many(session, actor_of(user), today(session))
    return Digest(user_id, user.email, user.language, due, late) if due else None


def claim_digest(session: Session, digest: Digest) -> int | None:
    """Writes down that the person's e-mail of today is begun; None when another began it.

    In a transaction of its own that ends before anything is sent: what may have been sent is never sent again.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(SentDigest).values(
        user_id=digest.user_id, on_day=today(session), due=digest.due, claimed_at=now(session)
    )
    claim = row.on_conflict_do_nothing(index_elements=["user_id", "on_day"]).returning(SentDigest.id)
    number: int | None = session.scalar(claim)
    return number


def digest_sent(session: Session, number: int) -> None:
    session.get_one(SentDigest, number).sent_at = now(session)
    session.flush()
