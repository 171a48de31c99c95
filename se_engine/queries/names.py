"""Finding people by name, and those who may have been registered twice: candidates by their keys, then looked at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.keys import Keyring
from se_engine.queries.access import participants_in_scope
from se_engine.queries.texts import full_name, open_text
from se_engine.records.offices import Team
from se_engine.records.participants import Participant
from se_engine.records.referrals import NameKey
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import Refused
from se_engine.rules.names import alike, asked, closeness, matches, skeletons
from se_engine.rules.roles import Actor

FEW = 300
"""Among so many names one sound is looked for by opening them all."""
MOST_OPENED = 1_000
"""How many candidates are opened for one question, the newest first."""


@dataclass(frozen=True)
class Found:
    """A participant whose name was found."""

    participant_id: int
    ref: str
    name: str
    birth_year: int | None
    team: str | None
    protected: bool


@dataclass(frozen=True)
class Likely:
    """Who may be the same person: those the reader may open, and how many more there are."""

    shown: Sequence[Found]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.shown or self.hidden)


def found_by_name(session: Session, actor: Actor, text: str, *, limit: int = 50) -> list[Found]:
    """Participants this reader may open who have every typed token in their names, the closest first.

    What sounds as one letter – Mo, Ia – is the beginning of too many names for a key. It is looked for among all the
    names of a reader who may open few; for others it finds whole names, and where there is none, asks for more.
    """
    wanted = asked(text)
    if not wanted:
        return []
    scope = participants_in_scope(actor, today(session))
    short = all(len(variant) == 1 for token in wanted for variant in token)
    among_all = short and not _more_than_few(session, scope)
    conditions = [] if among_all else _holding(session.info["keyring"], wanted, _in_office(actor))
    rows = session.execute(_named().where(scope, *conditions)).all()
    found = [person for row in rows if matches((person := _found(session, row)).name, wanted)]
    if short and not found and not among_all:
        raise Refused("more_letters_needed")
    return sorted(found, key=lambda person: (-closeness(person.name, text), person.ref))[:limit]


def _more_than_few(session: Session, scope: ColumnElement[bool]) -> bool:
    return len(session.scalars(select(Participant.id).where(scope).limit(FEW + 1)).all()) > FEW


def found_by_ids(session: Session, actor: Actor, ids: Collection[int]) -> list[Found]:
    """Those of these participants that this reader may open."""
    if not ids:
        return []
    scope = participants_in_scope(actor, today(session))
    return [_found(session, row) for row in session.execute(_named().where(scope, Participant.id.in_(ids)))]


def _holding(
    keyring: Keyring, wanted: tuple[frozenset[str], ...], office: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    """That she has a key for every typed token. A single letter is no key: it counts alone where all are single."""
    long = [token for token in wanted if any(len(variant) > 1 for variant in token)]
    return [_holds(_keys(keyring, token), office) for token in long or wanted]


def _keys(keyring: Keyring, variants: frozenset[str]) -> list[str]:
    return sorted({keyring.blind(variant[:3]) for variant in variants})


def _holds(keys: list[str], office: ColumnElement[bool]) -> ColumnElement[bool]:
    return Participant.id.in_(select(NameKey.participant_id).where(office, NameKey.key.in_(keys)))


def _in_office(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.office_id is None else NameKey.office_id == actor.office_id


def _named(*more: Any) -> Select[Any]:
    return (
        select(
            Participant.id,
            Participant.ref,
            Participant.birth_year,
            Participant.sealed_key,
            Participant.protected,
            Team.name.label("team"),
            ParticipantText.sealed,
            *more,
        )
        .join(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(Team, Team.id == Participant.team_id)
        .order_by(Participant.id.desc())
        .limit(MOST_OPENED)
    )


def _found(session: Session, row: Row[Any]) -> Found:
    name = full_name(open_text(session, row.sealed_key, "name", row.sealed))
    return Found(row.id, row.ref, name, row.birth_year, row.team, row.protected)


def likely_the_same(
    session: Session,
    actor: Actor,
    office_id: int,
    name: str,
    *,
    birth_year: int | None = None,
    but: Collection[int] = (),
    most: int = 5,
) -> Likely:
    """Participants of the office who may be this person; of those the reader may not open only the number."""
    candidates = _candidates(session.info["keyring"], office_id, name)
    if candidates is None:
        return Likely((), 0)
    open_to_reader = participants_in_scope(actor, today(session)).label("open_to_reader")
    statement = _named(open_to_reader).where(Participant.id.in_(candidates), Participant.id.not_in(but))
    shown, hidden = [], 0
    for row in session.execute(statement):
        person = _found(session, row)
        if alike(name, person.name, born=birth_year, other_born=person.birth_year):
            hidden += not row.open_to_reader
            shown += [person] if row.open_to_reader else []
    shown.sort(key=lambda person: (-closeness(name, person.name), person.ref))
    return Likely(shown[:most], hidden)


def _candidates(keyring: Keyring, office_id: int, name: str) -> Select[Any] | None:
    """Those with the beginnings of two of these tokens, or of one where there is no more on either side."""
    mine = {found[:3] for found in skeletons(name)}
    if not mine:
        return None
    hers = NameKey.__table__.alias("hers")
    all_hers = select(func.count()).where(hers.c.participant_id == NameKey.participant_id).scalar_subquery()
    shared = func.count()
    return (
        select(NameKey.participant_id)
        .where(NameKey.office_id == office_id, NameKey.key.in_([keyring.blind(beginning) for beginning in mine]))
        .group_by(NameKey.participant_id)
        .having(or_(shared >= min(2, len(mine)), and_(shared == 1, all_hers <= 2)))
    )
