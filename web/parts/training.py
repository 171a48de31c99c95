"""The training plan worded: ladders step by step, who says what of a task, and its words."""

from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.training import Ladder, RungLine, TrainingPage
from se_engine.rules.training import SAYERS
from web.language import language

TONES = {"planned": "not_yet", "training": "planned", "mastered": "done"}
DOT = " · "


def ladders(page: TrainingPage) -> list[dict[str, Any]]:
    return [ladder(page, found) for found in page.ladders]


def ladder(page: TrainingPage, found: Ladder) -> dict[str, Any]:
    place = {"case_id": page.id, "employer_id": found.employer_id}
    open_here = found.runs and not found.not_told and not page.ended
    return {
        "id": found.employer_id,
        "employer": found.employer,
        "not_told": found.not_told,
        "runs": found.runs,
        "open": open_here,
        "steps": [
            {
                "number": step,
                "title": step_title(step),
                "rungs": [rung(page, one, first=not place) for place, one in rows],
            }
            for step, rows in ((step, list(enumerate(of_step))) for step, of_step in groupby(found.rungs, _step))
        ],
        "removed": [
            {"task": one.task, "on": format_date(one.removed_on, "medium"), "why": one.removed_why}
            for one in found.removed
        ],
        "mastered": sum(one.mastered_on is not None for one in found.rungs),
        "total": len(found.rungs),
        "new_url": url_for("training.new", **place),
        "visit_url": url_for("training.visit", **place),
        "note_url": url_for("notes.new", case_id=page.id, kind="three_way", employer=found.employer_id),
        "track_url": url_for("tracks.one", case_id=page.id, track_id=found.track_id) if found.track_id else None,
    }


def _step(found: RungLine) -> int:
    return found.step


def step_title(step: int) -> str:
    return wording.word("training_step", str(step), language())


def rung(page: TrainingPage, found: RungLine, *, first: bool = True) -> dict[str, Any]:
    here = {"case_id": page.id, "rung_id": found.id}
    return {
        "id": found.id,
        "task": found.task,
        "facts": DOT.join(_facts(found)),
        "adaptation": found.adaptation,
        "safety": found.safety,
        "status": _status(found),
        "tone": TONES[found.status],
        "said": [_said(found, says) for says in SAYERS] if found.said else [],
        "words": [_word(page, found, number) for number in range(len(found.words))],
        "url": url_for("training.one", **here),
        "change_url": url_for("training.change", **here),
        "remove_url": url_for("training.remove", **here),
        "words_url": url_for("training.words", **here),
        "up_url": None if first else url_for("training.up", **here),
    }


def _facts(found: RungLine) -> list[str]:
    method = wording.word("training_method", found.method, language()) if found.method else None
    starts = gettext("from %(day)s", day=format_date(found.starts_on, "medium")) if found.starts_on else None
    return [part for part in (found.teacher, method, starts) if part]


def _status(found: RungLine) -> str:
    word = wording.word("training_status", found.status, language())
    return f"{word} {format_date(found.mastered_on, 'medium')}" if found.mastered_on else word


def _said(found: RungLine, says: str) -> dict[str, Any]:
    newest = found.said.get(says)
    return {
        "who": wording.word("training_says", says, language()),
        "answer": gettext("not asked") if newest is None else gettext("yes") if newest.mastered else gettext("not yet"),
        "tone": "not_yet" if newest is None else "done" if newest.mastered else "look",
        "on": newest.happened_on if newest else None,
    }


def _word(page: TrainingPage, found: RungLine, number: int) -> dict[str, Any]:
    word = found.words[number]
    return {
        "id": word.id,
        "norwegian": word.norwegian,
        "own": word.own,
        "language": page.language,
        "learned_on": word.learned_on,
        "url": url_for("training.learned", case_id=page.id, word_id=word.id),
    }
