"""A training plan that has begun at a workplace of a case: a task that is mastered, one in training, one taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor


def ladder_at(session: Session, actor: Actor, case: Case, employer_id: int, *, on: date) -> dict[str, int]:
    """The newest rung and its word, by the names of the parameters that stand for them."""
    from se_engine.actions.training import add_rung, remove_rung
    from se_engine.actions.training_progress import say_mastery
    from se_engine.actions.training_words import WordPair, add_words, learn_word

    first = add_rung(
        session, actor, case.id, employer_id, step=1, task="Set the tables.", added_on=on, teacher="The shift leader",
        method="show", words=[WordPair("forkle", "مئزر")],
    )  # fmt: skip
    for says in ("participant", "buddy"):
        say_mastery(session, actor, first.id, says=says, mastered=True, happened_on=on)
    gone = add_rung(session, actor, case.id, employer_id, step=1, task="Carry the sacks.", added_on=on)
    remove_rung(session, actor, gone.id, why="The new machine does it.", removed_on=on)
    rung = add_rung(
        session, actor, case.id, employer_id, step=2, task="Bake the buns with the master.", added_on=on,
        method="together", adaptation="Pictures on the wall", safety="Gloves at the oven", starts_on=on,
    )  # fmt: skip
    known, word = add_words(
        session, actor, rung.id, [WordPair("deig"), WordPair("Er den ferdig?", "هل هي جاهزة؟")], on=on
    )
    learn_word(session, actor, known.id, on=on)
    return {"rung_id": rung.id, "word_id": word.id}
