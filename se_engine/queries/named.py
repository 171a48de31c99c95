"""Whether a text names a participant of the office: for what is written on the employer's side."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from se_engine.keys import Keyring
from se_engine.queries.texts import name_of, open_text, split_name
from se_engine.records.participants import Participant
from se_engine.records.referrals import NameKey
from se_engine.records.texts import ParticipantText
from se_engine.rules.names import BEGINNINGS, closeness, skeleton, tokens
from se_engine.rules.safe_text import findings, like_names

MOST_OPENED = 200
SOUNDS_THE_SAME = 0.75
SHORTEST_ALONE = 4
"""Letters of a name that is found by itself: shorter ones are too often something else."""


def names_somebody(session: Session, office_id: int, text: str, *, her: Participant | None = None) -> bool:
    """Two names that belong together, a given name that only one participant has, or any name of `her`.

    A family name alone is left in peace: too many are places and firms.
    """
    if her is not None and _is_named(text, tokens(name_of(session, her))):
        return True
    runs = [[token for word in run for token in tokens(word)] for run in like_names(text)]
    return _names_one_of_many(session, office_id, runs)


def _is_named(text: str, names: Sequence[str]) -> bool:
    return any(found.kind == "participant_name" for found in findings(text, names))


def _names_one_of_many(session: Session, office_id: int, runs: Sequence[Sequence[str]]) -> bool:
    keys = {token: key for run in runs for token in run if (key := _key(session.info["keyring"], token))}
    mine: Any = (NameKey.office_id == office_id, NameKey.key.in_(sorted(set(keys.values()))))
    rows = session.execute(select(NameKey.key, func.count()).where(*mine).group_by(NameKey.key)) if keys else ()
    held_by: dict[str, int] = {row[0]: row[1] for row in rows}
    lone = {token for token, key in keys.items() if held_by.get(key) == 1 and len(token) >= SHORTEST_ALONE}
    if not held_by:
        return False
    return any(_stands_in(name, runs, lone) for name in _candidates(session, mine, {keys[token] for token in lone}))


def _key(keyring: Keyring, token: str) -> str | None:
    beginning = skeleton(token)[: max(BEGINNINGS)]
    return keyring.blind(beginning) if len(beginning) > 1 else None


def _candidates(session: Session, mine: Any, lone: set[str]) -> Iterator[tuple[str, str]]:
    """Given and family names that share two beginnings with the text, or one that nobody else has."""
    shared = or_(func.count() > 1, func.max(case((NameKey.key.in_(sorted(lone)), 1), else_=0)) == 1)
    some = select(NameKey.participant_id).where(*mine).group_by(NameKey.participant_id).having(shared)
    rows = session.execute(
        select(Participant.sealed_key, ParticipantText.sealed)
        .join(ParticipantText, ParticipantText.id == Participant.name_id)
        .where(Participant.id.in_(some))
        .order_by(Participant.id.desc())
        .limit(MOST_OPENED)
    )
    for row in rows:
        yield split_name(open_text(session, row.sealed_key, "name", row.sealed))


def _stands_in(name: tuple[str, str], runs: Sequence[Sequence[str]], lone: set[str]) -> bool:
    given, parts = tokens(name[0]), tokens(" ".join(name))
    pairs = (pair for run in runs for pair in pairwise(run))
    return any(token in lone for token in given) or any(_is_pair(one, other, parts) for one, other in pairs)


def _is_pair(one: str, other: str, parts: Sequence[str]) -> bool:
    """Both are parts of the name, whichever way they are spelt."""
    firsts = [place for place, part in enumerate(parts) if _same(one, part)]
    seconds = [place for place, part in enumerate(parts) if _same(other, part)]
    return any(first != second for first in firsts for second in seconds)


def _same(one: str, other: str) -> bool:
    return one == other or (skeleton(one) == skeleton(other) and closeness(one, other) >= SOUNDS_THE_SAME)
