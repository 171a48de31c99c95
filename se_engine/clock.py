"""What time it is: UTC for what is recorded, the Norwegian date for what happened.

A session may carry its own clock (`session.info["clock"]`): the demo lives through three years in a minute.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

NORWAY = ZoneInfo("Europe/Oslo")
Clock = Callable[[], datetime]


def now(session: Session) -> datetime:
    clock: Clock | None = session.info.get("clock")
    return clock() if clock else datetime.now(UTC)


def today(session: Session) -> date:
    return now(session).astimezone(NORWAY).date()
