"""The ladder of a training plan on paper: tasks step by step, how they are taught, and the words to learn."""

from typing import Any

from se_engine import wording
from se_engine.her_language import Words
from se_engine.queries.training import Ladder, RungLine

COLUMNS = ("task", "teacher", "method", "mastered")


def ladder_data(ladder: Ladder, ours: Words) -> dict[str, Any]:
    """In Norwegian, but for what she calls a word herself."""
    return {
        "title": wording.word("paper", "ladder", ours.code),
        "columns": [wording.word("paper", column, ours.code) for column in COLUMNS],
        "steps": [
            {
                "title": wording.word("training_step", str(step), ours.code),
                "rungs": [_rung(rung, ours) for rung in ladder.rungs if rung.step == step],
            }
            for step in sorted({rung.step for rung in ladder.rungs})
        ],
        "words_title": wording.word("paper", "words", ours.code),
        "words": [[word.norwegian, word.own or ""] for rung in ladder.rungs for word in rung.words],
        "word_columns": [wording.word("paper", key, ours.code) for key in ("norwegian", "own_word")],
    }


def _rung(rung: RungLine, ours: Words) -> list[str]:
    method = wording.word("training_method", rung.method, ours.code)
    mastered = ours.day(rung.mastered_on) if rung.mastered_on else ""
    beside = [words for words in (rung.adaptation, rung.safety) if words]
    return ["\n".join([rung.task, *beside]), rung.teacher or "–", method, mastered]
