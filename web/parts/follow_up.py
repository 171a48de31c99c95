"""The follow-up after job start, worded: points of a year, what is due, events, scores over time, choices."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import follow_up_plans, her_language, wording
from se_engine.queries.follow_up import FollowUpPage, Schedule, SurveyLine
from se_engine.records.follow_up import Scores
from se_engine.rules.follow_up import EventPoint, Point
from se_engine.rules.follow_up_absences import SICKNESS, point_days
from se_engine.rules.follow_up_answers import SCORES
from se_engine.rules.follow_up_plan import PlanCheck
from web.language import language

TONES = {
    "answered": "done", "kept": "look", "due": "act", "missed": "act", "ahead": "not_yet", "dropped": "plain",
    "past": "plain",
}  # fmt: skip
DRAWINGS = {"answered": "check", "kept": "phone", "due": "clock", "missed": "act"}
STANDS = {"in_work": "done", "not_in_work": "look", "not_known": "act"}


def check_title(check: PlanCheck) -> str:
    if check.day == 0:
        return gettext("The first day")
    if check.week is not None:
        return gettext("Week %(week)s", week=check.week)
    days = abs(check.day)
    if check.day < 0:
        return ngettext("%(num)s day before", "%(num)s days before", days)
    return ngettext("%(num)s day after", "%(num)s days after", days)


def schedule(page: FollowUpPage, one: Schedule) -> dict[str, Any]:
    """One job's year."""
    return {
        "id": one.job.id,
        "name": ", ".join(part for part in (one.employer, one.job.occupation) if part) or gettext("A job"),
        "since": format_date(one.job.started_on, "medium"),
        "until": format_date(one.job.ended_on, "medium") if one.job.ended_on else None,
        "leads": one.leads,
        "stands": {"text": stands(one.stands), "tone": STANDS[one.stands]},
        "points": [_point(point) for point in one.points],
        "counts": _counts(one),
        "next": next_check(one) if one.leads else None,
        "events": [_event(event) for event in one.events],
        "confirmed": _confirmed(page, one),
        "choices": _choices(page, one),
        "surveys": [_survey(page, line) for line in one.surveys],
        "surveys_due": _surveys_due(page, one),
        "absences": _absences(page, one),
        "can_drop": bool(light_checks(one, page.today)),
        "can_restore": bool(one.choices.dropped),
    }


def stands(key: str) -> str:
    return {
        "in_work": gettext("In the job"),
        "not_in_work": gettext("Not in the job"),
        "not_known": gettext("Nobody knows"),
    }[key]


def _point(point: Point) -> dict[str, Any]:
    return {
        "title": check_title(point.check),
        "on": format_date(point.on, "d. MMM"),
        "state": wording.word("point_state", point.state, language()),
        "tone": TONES[point.state],
        "drawing": DRAWINGS.get(point.state),
        "full": point.check.full,
        "light": point.check.light,
        "kept_on": format_date(point.kept_on, "d. MMM") if point.kept_on and point.kept_on != point.on else None,
    }


def _counts(one: Schedule) -> list[dict[str, Any]]:
    """How many stand in each state, for a line that sums the year up."""
    numbers = {state: sum(point.state == state for point in one.points) for state in TONES}
    return [
        {"text": f"{number} · {wording.word('point_state', state, language())}", "tone": TONES[state]}
        for state, number in numbers.items()
        if number and state not in ("ahead", "past")
    ]


def next_check(one: Schedule) -> dict[str, Any] | None:
    """What the next check holds, in the order in which it is done."""
    point = one.next_point
    if point is None:
        return None
    check = point.check
    facts = [wording.word("check_form", check.form, language()), _minutes(check)]
    if check.three_way:
        facts.append(gettext("all three together"))
    if check.on_demand:
        facts.append(gettext("with the employer when one of you asks for it"))
    facts += [one.plan.talks[talk].to(language()) for talk in check.talks]
    return {
        "title": check_title(check),
        "on": format_date(point.on, "full"),
        "working_day": format_date(point.working_day, "full") if point.working_day != point.on else None,
        "red_from": format_date(point.red_from - timedelta(days=1), "medium"),
        "state": wording.word("point_state", point.state, language()),
        "tone": TONES[point.state],
        "facts": " · ".join(fact for fact in facts if fact),
        "full": check.full,
        "light": check.light,
    }


def _minutes(check: PlanCheck) -> str:
    hers = gettext("%(number)s minutes with the participant", number=check.with_her)
    if not check.with_employer or check.three_way:
        return hers
    theirs = gettext("%(number)s with the employer", number=check.with_employer)
    return f"{hers}, {theirs}"


def _event(event: EventPoint) -> dict[str, Any]:
    return {
        "title": event.event.title.to(language()),
        "changes_on": format_date(event.changes_on, "medium"),
        "on": format_date(event.on, "medium"),
        "state": wording.word("point_state", "answered" if event.state == "kept" else event.state, language()),
        "tone": "done" if event.state == "kept" else TONES[event.state],
    }


def _confirmed(page: FollowUpPage, one: Schedule) -> dict[str, Any] | None:
    made = one.choices.confirmed
    if made is None:
        return None
    return {"on": format_date(made.happened_on, "medium"), "words": page.words.get(made.words_text_id or 0)}


def _choices(page: FollowUpPage, one: Schedule) -> list[dict[str, Any]]:
    said = [
        {
            "text": gettext("Left out: %(check)s", check=check_title(one.plan.by_key[row.point or ""])),
            "on": format_date(row.happened_on, "medium"),
            "words": page.words.get(row.words_text_id or 0),
        }
        for row in one.choices.dropped
        if row.point in one.plan.by_key
    ]
    said += [
        {
            "text": gettext("Wants contact on %(day)s", day=format_date(row.day, "medium")),
            "on": format_date(row.happened_on, "medium"),
            "words": page.words.get(row.words_text_id or 0),
        }
        for row in one.choices.more
    ]
    return said


def light_checks(one: Schedule, on: date) -> dict[str, str]:
    """The light checks to come that she has not left out."""
    left_out = {row.point for row in one.choices.dropped}
    ahead = [check for check in one.plan.light if check.key not in left_out and one.day_of(check) >= on]
    return {check.key: f"{check_title(check)}, {format_date(one.day_of(check), 'medium')}" for check in ahead}


def left_out_checks(one: Schedule) -> dict[str, str]:
    return {row.point or "": check_title(one.plan.by_key[row.point or ""]) for row in one.choices.dropped}


def _survey(page: FollowUpPage, line: SurveyLine) -> dict[str, Any]:
    words = her_language.words(language())
    return {
        "title": gettext("Week %(week)s", week=line.survey.week),
        "on": format_date(line.survey.happened_on, "medium"),
        "filled_in": wording.word("filled_in", line.survey.filled_in, language()),
        "answers": [{"question": words[key], "score": score} for key, score in line.scores.items()],
        "words": page.words.get(line.survey.words_text_id or 0),
    }


def _surveys_due(page: FollowUpPage, one: Schedule) -> list[dict[str, Any]]:
    """The surveys whose week has come, while the job runs."""
    told = {line.survey.week for line in one.surveys}
    return [
        {
            "text": gettext("Ask in week %(week)s", week=week),
            "url": url_for("follow_up.survey", case_id=page.id, job_id=one.job.id, survey_week=week),
        }
        for week in one.plan.survey_weeks
        if one.leads and week not in told and one.job.started_on + timedelta(weeks=week) <= page.today
    ]


def _absences(page: FollowUpPage, one: Schedule) -> list[dict[str, Any]]:
    """Sickness with the law's dates; of leave only that she is away."""
    found = []
    for line in one.absences:
        absence = line.absence
        until = format_date(absence.until_on, "medium") if absence.until_on else gettext("still away")
        points = []
        for point, last in point_days(one.plan, absence.from_on) if absence.kind == SICKNESS else ():
            told = line.told.get(point.key)
            if told is None and absence.until_on is not None and absence.until_on < last:
                continue
            points.append(
                {
                    "title": point.title.to(language()),
                    "by": format_date(last, "medium"),
                    "state": _followed_up(told.followed_up if told else None),
                    "tone": "not_yet" if told is None and last > page.today else _tone(told and told.followed_up),
                }
            )
        found.append(
            {
                "title": wording.word("work_absence", absence.kind, language()),
                "when": f"{format_date(absence.from_on, 'medium')} – {until}",
                "points": points,
                "url": url_for("follow_up.absence", case_id=page.id, away_id=absence.id) if points else None,
            }
        )
    return found


def _followed_up(told: bool | None) -> str:
    return gettext("not said yet") if told is None else gettext("followed up") if told else gettext("not followed up")


def _tone(told: bool | None) -> str:
    return "done" if told else "act"


def score_rows(page: FollowUpPage) -> list[dict[str, Any]]:
    """A row a day, the newest first."""
    return [_score_row(page.words, row) for row in page.scores]


def _score_row(words: Mapping[int, str | None], row: Scores) -> dict[str, Any]:
    said = words.get(row.words_text_id or 0)
    day = {"text": format_date(row.happened_on, "medium"), **({"note": said} if said else {})}
    return {"day": day, **{key: getattr(row, key) for key in SCORES}}


def score_columns(one: Schedule | None, page: FollowUpPage) -> Sequence[dict[str, Any]]:
    plan = one.plan if one else follow_up_plans.newest()
    titles = [{"key": item.key, "title": item.title.to(language()), "numeric": True} for item in plan.scores]
    return [{"key": "day", "title": gettext("Day"), "short": True}, *titles]
