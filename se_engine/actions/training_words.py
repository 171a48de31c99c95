"""Words to learn for a task at the workplace: in Norwegian, in her own language, and when she knew them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.training_rows import open_rung, write_rung_trail
from se_engine.clock import now
from se_engine.queries.access import access_of_case
from se_engine.records.cases import Case
from se_engine.records.documents import Rung, RungWord
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.training import LONGEST_WORD, MOST_WORDS


class WordPair(NamedTuple):
    """A word or phrase in Norwegian, and what she calls it; that may follow later."""

    norwegian: str
    own: str = ""


def add_words(
    session: Session, actor: Actor, rung_id: int, pairs: Iterable[WordPair], *, on: date, kept: bool = False
) -> list[RungWord]:
    """New words for a task; pairs in which nothing stands are left out."""
    rung, case = open_rung(session, actor, rung_id, on=on)
    return write_words(session, actor, case, rung, checked_pairs(session, case, pairs, rung=rung, kept=kept), on=on)


def checked_pairs(
    session: Session, case: Case, pairs: Iterable[WordPair], *, rung: Rung | None = None, kept: bool = False
) -> list[WordPair]:
    """Those with something in them; Refused before any is written when one of them cannot be kept."""
    given = [WordPair(pair.norwegian.strip(), pair.own.strip()) for pair in pairs]
    given = [pair for pair in given if pair.norwegian or pair.own]
    for pair in given:
        if not pair.norwegian:
            raise Refused("word_in_norwegian_needed")
        if max(len(pair.norwegian), len(pair.own)) > LONGEST_WORD:
            raise Refused("word_too_long", longest=LONGEST_WORD)
        check_words(session, case, pair.norwegian, pair.own, kept=kept)
    counted = select(func.count()).where(RungWord.rung_id == rung.id) if rung else None
    known = session.scalar(counted) or 0 if counted is not None else 0
    if given and known + len(given) > MOST_WORDS:
        raise Refused("too_many_words", most=MOST_WORDS)
    return given


def write_words(
    session: Session, actor: Actor, case: Case, rung: Rung, pairs: Iterable[WordPair], *, on: date
) -> list[RungWord]:
    """The rows of pairs that have been checked."""
    return [_write(session, actor, case, rung, pair, on) for pair in pairs]


def _write(session: Session, actor: Actor, case: Case, rung: Rung, pair: WordPair, on: date) -> RungWord:
    text = keep_text(session, case.participant, "training", pair.norwegian)
    own = keep_note(session, case.participant, "training", pair.own)
    word = RungWord(
        rung_id=rung.id,
        text_id=text.id,
        own_text_id=own.id if own else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(word)
    session.flush()
    for one in (text, own):
        if one is not None:
            write_rung_trail(session, actor, "rung_word_added", case, rung, on, one, word=word.id)
    return word


def learn_word(session: Session, actor: Actor, word_id: int, *, on: date, learned: bool = True) -> RungWord:
    """She knows it from this day on; or it turned out that she does not know it yet."""
    word = session.get(RungWord, word_id, with_for_update=True)
    if word is None:
        raise NotFound()
    rung, case = access_of_case(session, actor, Rung, word.rung_id)
    check_working_day(session, case, on)
    if learned == (word.learned_on is not None):
        return word  # a second tap says nothing new
    word.learned_on = on if learned else None
    write_rung_trail(
        session, actor, "rung_word_learned" if learned else "rung_word_not_learned", case, rung, on, word=word.id
    )
    session.flush()
    return word
