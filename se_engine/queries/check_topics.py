"""What was talked through at checks, with its words, for several of them at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.texts import texts_of
from se_engine.records.cases import Case
from se_engine.records.follow_up import CheckTopic


@dataclass(frozen=True)
class TopicLine:
    side: str
    topic: str
    state: str
    words: str | None


def topics_of(session: Session, case: Case, checks: Collection[int]) -> dict[int, list[TopicLine]]:
    """Check → its topics in the order in which they were told; two statements."""
    found: dict[int, list[TopicLine]] = defaultdict(list)
    if not checks:
        return found
    rows = session.scalars(select(CheckTopic).where(CheckTopic.check_id.in_(checks)).order_by(CheckTopic.id)).all()
    words = texts_of(session, case.participant, [row.text_id for row in rows if row.text_id])
    for row in rows:
        found[row.check_id].append(TopicLine(row.side, row.topic, row.state, words.get(row.text_id or 0)))
    return found
