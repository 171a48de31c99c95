"""What is seen at the workplace: who says that she masters a task, and a whole visit's worth of it in one act."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.training_rows import open_rung, write_rung_trail
from se_engine.actions.training_words import WordPair, add_words, learn_word
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.records.documents import Rung, RungMastery, RungWord
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.training import SAYERS
from se_engine.rules.vocabulary import check_code


def say_mastery(
    session: Session, actor: Actor, rung_id: int, *, says: str, mastered: bool, happened_on: date
) -> RungMastery:
    """One person's word on one task; the newest of each person counts, and none is taken away."""
    rung, case = open_rung(session, actor, rung_id, on=happened_on)
    check_code("says", says, SAYERS)
    same = select(RungMastery).where(RungMastery.rung_id == rung.id, RungMastery.says == says)
    newest = session.scalars(same.order_by(RungMastery.happened_on.desc(), RungMastery.id.desc()).limit(1)).first()
    if newest is not None and (newest.mastered, newest.happened_on) == (mastered, happened_on):
        return newest  # the same thumb twice
    said = RungMastery(
        rung_id=rung.id,
        says=says,
        mastered=mastered,
        happened_on=happened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(said)
    session.flush()
    what = "rung_mastered" if mastered else "rung_not_mastered"
    write_rung_trail(session, actor, what, case, rung, happened_on, says=says)
    return said


def record_training(
    session: Session,
    actor: Actor,
    case_id: int,
    employer_id: int,
    *,
    happened_on: date,
    mastered: Mapping[int, Collection[str]],
    learned: Collection[int] = (),
    words: Iterable[tuple[int, WordPair]] = (),
    kept: bool = False,
) -> int:
    """A visit's worth: who says what of which rung, words she knows now, new words. How many things were recorded."""
    case = access_case(session, actor, case_id)
    of_ladder = (Rung.case_id == case.id, Rung.employer_id == employer_id)
    rungs = set(session.scalars(select(Rung.id).where(*of_ladder)))
    known = set(session.scalars(select(RungWord.id).join(Rung, Rung.id == RungWord.rung_id).where(*of_ladder)))
    new = [(rung_id, pair) for rung_id, pair in words if pair.norwegian.strip() or pair.own.strip()]
    if not {*mastered, *(rung_id for rung_id, _pair in new)} <= rungs or not set(learned) <= known:
        raise NotFound()
    for rung_id, pair in new:
        add_words(session, actor, rung_id, [pair], on=happened_on, kept=kept)
    for rung_id, sayers in mastered.items():
        for says in sayers:
            say_mastery(session, actor, rung_id, says=says, mastered=True, happened_on=happened_on)
    for word_id in learned:
        learn_word(session, actor, word_id, on=happened_on)
    count = len(new) + len(learned) + sum(len(sayers) for sayers in mastered.values())
    if not count:
        raise Refused("nothing_to_record")
    return count
