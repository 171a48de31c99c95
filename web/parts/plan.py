"""Her plan worded: wishes in her order, goals with whose words they are, choices, and the drawing of her numbers."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext

from se_engine import prompts, record_fields, wording
from se_engine.queries.choices import ChoiceLine
from se_engine.queries.plan import WORDS, GoalLine, PlanPage, Score
from se_engine.rules.choices import SCALE
from web.language import language
from web.names import language_name
from web.parts.record import worded

TONES = {"chosen": "done", "declined": "plain", "something_else": "planned"}
LEFT, RIGHT, TOP, BOTTOM = 8.0, 97.0, 14, 176
"""The drawing: sides in per cent of its width, top and bottom in pixels."""


def titles() -> dict[str, str]:
    """What the fields of her record are called, as she is asked for them."""
    return {key: record_fields.get(key).title.to(language()) for key in WORDS}


def wishes(page: PlanPage, field: str) -> list[dict[str, Any]]:
    """What she said in a field of her record, worded; texts that were removed say so."""
    known = record_fields.get(field)
    return [{"place": told.entry, "words": worded(known, told.words)} for told in page.field(field)]


def goals(page: PlanPage, found: Sequence[GoalLine]) -> list[dict[str, Any]]:
    before = {goal.id: goal for goal in page.goals}
    return [_goal(page, goal, before.get(goal.follows_id or 0)) for goal in found]


def _goal(page: PlanPage, goal: GoalLine, followed: GoalLine | None) -> dict[str, Any]:
    said = [wording.word("goal_whose", goal.whose, language()), language_name(goal.language), _day(goal.set_on)]
    return {
        "id": goal.id,
        "kind": wording.word("goal_kind", goal.kind, language()),
        "words": _words(page, goal.text_id),
        "language": goal.language,
        "note": ", ".join(part for part in said if part),
        "before": _words(page, followed.text_id) if followed else None,
        "outcome": wording.word("goal_outcome", goal.outcome, language()) if goal.outcome else None,
        "tone": {"reached": "done"}.get(goal.outcome or "", "not_yet"),
        "ended": _day(goal.ended_on) if goal.ended_on else None,
        "change_url": url_for("plan.set_own_goal", case_id=page.id, follows=goal.id),
        "end_url": url_for("plan.finish_goal", case_id=page.id, goal_id=goal.id),
    }


def choices(page: PlanPage, found: Sequence[ChoiceLine]) -> list[dict[str, Any]]:
    return [choice(page, one) for one in found]


def choice(page: PlanPage, found: ChoiceLine) -> dict[str, Any]:
    said = [language_name(found.language), _interpreted(found), page.people.get(found.recorded_by or 0)]
    about = [wording.word("choice_about", found.about, language()), found.employer]
    return {
        "id": found.id,
        "about": ", ".join(part for part in about if part),
        "offer": _words(page, found.offer_text_id),
        "offered": _day(found.offered_on),
        "answer": wording.word("choice_answer", found.answer, language()) if found.answer else None,
        "answered": _day(found.answered_on) if found.answered_on else None,
        "tone": TONES.get(found.answer or "", "look"),
        "words": _words(page, found.words_text_id) if found.words_text_id else None,
        "language": found.language,
        "note": ", ".join(part for part in said if part),
        "voided": found.voided,
        "void_reason": _words(page, found.void_text_id) if found.void_text_id else None,
        "answer_url": url_for("plan.answer", case_id=page.id, choice_id=found.id),
        "void_url": url_for("plan.take_back", case_id=page.id, choice_id=found.id),
    }


def _interpreted(found: ChoiceLine) -> str | None:
    return gettext("with an interpreter") if found.interpreter == "yes" else None


def _words(page: PlanPage, text_id: int) -> str:
    return page.words.get(text_id) or gettext("(the text has been removed)")


def _day(value: Any) -> str:
    return str(format_date(value, "medium"))


def curve(scores: Sequence[Score]) -> dict[str, Any] | None:
    """Points and lines of the drawing, and the same numbers as rows of a table; None without any number."""
    if not scores:
        return None
    return {
        "grid": [{"y": _height(value), "label": value} for value in (0, SCALE // 2, SCALE)],
        "lines": [
            {"kind": kind, "title": title, "points": (points := _points(scores, kind)), "pairs": _pairs(points)}
            for kind, title in (("motivation", gettext("Wants to work")), ("confidence", gettext("Feels sure")))
        ],
        "first": _day(scores[0].on),
        "last": _day(scores[-1].on) if len(scores) > 1 else None,
        "left": LEFT,
        "right": RIGHT,
        "rows": [
            {"day": _day(one.on), "motivation": _said(one.motivation), "confidence": _said(one.confidence)}
            for one in reversed(scores)
        ],
        "summary": summary(scores),
    }


def summary(scores: Sequence[Score]) -> str:
    """The drawing in a sentence, for those who do not see it."""
    told = [score.motivation for score in scores if score.motivation is not None]
    sure = [score.confidence for score in scores if score.confidence is not None]
    parts = []
    if told:
        parts.append(gettext("Wants to work: from %(first)s to %(last)s of 10.", first=told[0], last=told[-1]))
    if sure:
        parts.append(gettext("Feels sure: from %(first)s to %(last)s of 10.", first=sure[0], last=sure[-1]))
    return " ".join(parts)


def _points(scores: Sequence[Score], kind: str) -> list[dict[str, Any]]:
    """Places by the day, so that a long silence looks long; a single point stands in the middle."""
    start, days = scores[0].on, (scores[-1].on - scores[0].on).days
    return [
        {
            "x": round(LEFT + 2 + (RIGHT - LEFT - 4) * ((score.on - start).days / days if days else 0.5), 2),
            "y": _height(value),
            "value": value,
        }
        for score in scores
        if (value := getattr(score, kind)) is not None
    ]


def _pairs(points: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return list(pairwise(points))


def _height(value: int) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * value / SCALE)


def _said(value: int | None) -> str:
    return "–" if value is None else str(value)


def questions(*tasks: str, place: str | None = None) -> list[dict[str, str]]:
    """Open questions to ask, worded, each with the method it comes from."""
    return [
        {"text": one.text.to(language()), "method": wording.word("prompt_method", one.method, language())}
        for one in prompts.prompts_for(tasks, place=place)
    ]
