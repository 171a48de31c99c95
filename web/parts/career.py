"""Language and career worded: levels drawn and in a table, goals, tests, steps, education, competence from abroad."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.career import CareerPage, EducationLine, GoalLine, QualificationLine, TestDay
from se_engine.queries.career_steps import RECORDED, STARTED, StepLine
from se_engine.queries.economy import EconomyTalk, answers
from se_engine.queries.levels import LevelRow
from se_engine.rules.languages import LEVELS, SKILLS
from web.language import language
from web.names import country_names

LEFT, RIGHT, TOP, BOTTOM = 14.0, 96.0, 12, 132
"""The drawing: sides in per cent of its width, top and bottom in pixels."""
TONES = {"granted": "done", "partly_granted": "done", "rejected": "look", "applied": "planned", "needed": "look"}


def word(group: str, code: str | None) -> str:
    return wording.word(group, code, language()) if code else ""


def day(value: Any) -> str:
    return str(format_date(value, "medium"))


def charts(page: CareerPage) -> list[dict[str, Any]]:
    """One small drawing a skill, all over the same time; none for a skill nothing is known of."""
    told = [(skill, row) for skill, row in page.levels if row.level]
    if not told:
        return []
    first, last = min(row.on for _, row in told), page.today
    goals = {goal.skill: goal.level for goal in page.running_goals}
    return [
        _chart(skill, rows, first, last, goals.get(skill))
        for skill in SKILLS
        if (rows := [row for named, row in told if named == skill])
    ]


def _chart(skill: str, rows: Sequence[LevelRow], first: date, last: date, goal: str | None) -> dict[str, Any]:
    points = [{"x": _across(row.on, first, last), "y": height(row.level or ""), "level": row.level} for row in rows]
    title, newest = word("skill", skill), rows[-1]
    said = gettext("%(skill)s: %(first)s first, %(last)s now.", skill=title, first=rows[0].level, last=newest.level)
    aim = " " + gettext("Goal: %(level)s.", level=goal) if goal else ""
    return {
        "title": title,
        "level": newest.level,
        "source": word("level_source", newest.source),
        "on": day(newest.on),
        "points": points,
        "pairs": _steps(points),
        "goal": {"y": height(goal), "level": goal} if goal else None,
        "summary": said + aim,
        "grid": [{"y": height(level), "label": level} for level in LEVELS],
        "left": LEFT,
        "right": RIGHT,
        "first": day(first),
        "last": day(last),
    }


def _steps(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A level holds until the next is told: along, then up or down; and from the newest on to today."""
    lines = []
    for before, after in pairwise(points):
        lines.append({"x1": before["x"], "x2": after["x"], "y1": before["y"], "y2": before["y"]})
        lines.append({"x1": after["x"], "x2": after["x"], "y1": before["y"], "y2": after["y"]})
    lines.append({"x1": points[-1]["x"], "x2": RIGHT, "y1": points[-1]["y"], "y2": points[-1]["y"]})
    return lines


def _across(on: date, first: date, last: date) -> float:
    days = (last - first).days
    return round(LEFT + 2 + (RIGHT - LEFT - 4) * ((on - first).days / days if days else 0.5), 2)


def height(level: str) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * LEVELS.index(level) / (len(LEVELS) - 1))


def level_rows(page: CareerPage) -> list[dict[str, Any]]:
    """The same numbers, newest first."""
    return [
        {
            "day": {"text": day(row.on)},
            "skill": word("skill", skill),
            "level": row.level or gettext("not known"),
            "source": word("level_source", row.source),
        }
        for skill, row in reversed(page.levels)
    ]


def goals(page: CareerPage, found: Sequence[GoalLine]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{word('skill', goal.skill)}: {goal.level}",
            "words": page.words.get(goal.words_text_id or 0),
            "wish": _wish(page, goal.wish),
            "note": _goal_note(page, goal),
            "reached": goal.ended_on is None and page.reaches(goal),
            "outcome": word("goal_outcome", goal.outcome),
            "tone": "done" if goal.outcome == "reached" else "not_yet",
            "change_url": url_for("career_language.new_goal", case_id=page.id, skill=goal.skill),
            "end_url": url_for("career_language.finish_goal", case_id=page.id, language_goal_id=goal.id),
        }
        for goal in found
    ]


def _wish(page: CareerPage, rank: int | None) -> str | None:
    if rank is None:
        return None
    words = page.words.get(page.wishes.get(rank, 0))
    return words or gettext("Wish %(rank)s", rank=rank)


def _goal_note(page: CareerPage, goal: GoalLine) -> str:
    known = page.newest.get(goal.skill)
    parts = [gettext("now %(level)s", level=known.level)] if known and known.level else []
    parts.append(gettext("agreed %(day)s", day=day(goal.set_on)))
    if goal.by_on:
        parts.append(gettext("by %(day)s", day=day(goal.by_on)))
    if goal.ended_on:
        parts.append(gettext("ended %(day)s", day=day(goal.ended_on)))
    return ", ".join(parts)


def tests(page: CareerPage) -> list[dict[str, Any]]:
    return [
        {
            "title": word("language_test", test.kind),
            "day": day(test.on),
            "status": _test_status(page, test),
            "attempt": gettext("attempt %(number)s", number=test.attempt) if test.attempt else None,
            "results": [
                f"{word('skill', skill)}: {level or word('test_result', 'not_passed').lower()}"
                for skill, level in test.results.items()
            ],
            "result_url": None
            if test.told or test.on > page.today
            else url_for("career_language.result", case_id=page.id, test_id=test.id),
            "void_url": url_for("career_language.void", case_id=page.id, test_id=test.id),
        }
        for test in page.tests
    ]


def _test_status(page: CareerPage, test: TestDay) -> dict[str, str]:
    if test.passed is not None:
        return {"text": gettext("Passed"), "tone": "done"} if test.passed else {
            "text": gettext("Not passed"), "tone": "not_yet"
        }  # fmt: skip
    if test.results:
        return {"text": gettext("Taken"), "tone": "done"}
    if test.on > page.today:
        return {"text": gettext("Registered"), "tone": "planned"}
    return {"text": gettext("The result is missing"), "tone": "look"}


def steps(page: CareerPage) -> list[dict[str, Any]]:
    """Dated, the newest first; what was recorded here can be taken back here."""
    return [
        {
            "on": step.on,
            "day": day(step.on),
            "title": _step_title(step),
            "note": ", ".join(part for part in _step_note(step) if part),
            "words": page.words.get(step.text_id or 0),
            "void_url": url_for("career.take_back", case_id=page.id, step_id=step.id)
            if step.source == RECORDED
            else None,
        }
        for step in page.steps
    ]


def _step_title(step: StepLine) -> str:
    if step.source == RECORDED:
        return word("career_step", step.code)
    if step.source == STARTED:
        return gettext("A placement begins") if step.paid is False else gettext("A job begins")
    return word("job_change", step.code)


def _step_note(step: StepLine) -> list[str | None]:
    number = None if step.number is None else f"{step.number:g}".replace(".", "," if language() != "en" else ".")
    if number and (step.source == STARTED or step.code == "hours"):
        number = gettext("%(number)s hours a week", number=number)
    elif number and step.code == "position":
        number = gettext("%(number)s per cent", number=number)
    contract = word("contract", step.to).lower() if step.to and step.code in (STARTED, "contract") else step.to
    return [number, contract, step.employer, step.occupation]


def educations(page: CareerPage) -> list[dict[str, Any]]:
    return [_education(page, one) for one in page.educations]


def _education(page: CareerPage, one: EducationLine) -> dict[str, Any]:
    until = one.ended_on or one.planned_until
    when = f"{day(one.started_on)} – {day(until)}" if until else gettext("since %(day)s", day=day(one.started_on))
    ahead = one.started_on > page.today
    running = {"text": gettext("Begins later"), "tone": "planned"} if ahead else {
        "text": gettext("Going on"), "tone": "done"
    }  # fmt: skip
    ended = {
        "text": word("education_outcome", one.outcome),
        "tone": "done" if one.outcome == "completed" else "not_yet",
    }
    return {
        "title": page.words.get(one.subject_text_id or 0) or gettext("(the text has been removed)"),
        "level": word("education_level", one.level),
        "place": page.words.get(one.place_text_id or 0),
        "when": when,
        "status": ended if one.outcome else running,
        "support": page.words.get(one.support_text_id or 0),
        "learned": page.words.get(one.learned_text_id or 0),
        "change_url": url_for("career_learning.change", case_id=page.id, education_id=one.id),
        "void_url": url_for("career_learning.void", case_id=page.id, education_id=one.id),
    }


def qualifications(page: CareerPage) -> list[dict[str, Any]]:
    return [_qualification(page, one) for one in page.qualifications]


def _qualification(page: CareerPage, one: QualificationLine) -> dict[str, Any]:
    newest = one.steps[-1]
    facts = [
        word("education_level", one.level),
        country_names().get(one.country or "", ""),
        gettext("%(number)s years", number=one.years) if one.years else "",
        gettext("papers: %(answer)s", answer=word("documented", one.documented).lower()) if one.documented else "",
    ]
    return {
        "title": page.words.get(one.text_id) or gettext("(the text has been removed)"),
        "facts": ", ".join(fact for fact in facts if fact),
        "status": {"text": word("recognition", newest.status), "tone": TONES.get(newest.status, "plain")},
        "steps": [
            {
                "status": word("recognition", step.status),
                "day": day(step.on),
                "words": page.words.get(step.text_id or 0),
            }
            for step in reversed(one.steps)
        ],
        "recognition_url": url_for("career_learning.recognition", case_id=page.id, qualification_id=one.id),
        "void_url": url_for("career_learning.void_abroad", case_id=page.id, qualification_id=one.id),
    }


def economy(talk: EconomyTalk | None, today: date) -> dict[str, str] | None:
    """One line about the economy talk: held, or due before the first paid day."""
    if talk is None:
        return None
    if answers(talk.status):
        return {"tone": "done", "text": gettext("Talked about money on %(day)s", day=day(talk.on))}
    if talk.due_on is None:
        return {"tone": "look", "text": gettext("The talk about money needs more")}
    late = talk.due_on < today
    text = gettext("Talk about money: it was due by %(day)s", day=day(talk.due_on)) if late else gettext(
        "Talk about money by %(day)s, before the first paid day", day=day(talk.due_on)
    )  # fmt: skip
    return {"tone": "act" if late else "look", "text": text}
