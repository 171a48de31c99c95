"""Subsidies of a job with their bar, and times away from it."""

from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from se_engine import wording
from se_engine.job_measures import longest
from se_engine.queries.headings import Heading
from se_engine.queries.job_pages import JobsPage, JobStory
from se_engine.queries.subsidies import SubsidiesPage, SubsidyLine
from se_engine.records.jobs import Subsidy, SubsidyStep, WorkAbsence
from se_engine.rules.errors import NotFound
from web.language import language
from web.parts.job_facts import DOT, day
from web.parts.jobs import job_name


def case_subsidy(page: SubsidiesPage, line: SubsidyLine) -> dict[str, Any]:
    """A subsidy among those of the case; one that has a job is looked after there."""
    one, here = line.subsidy, {"case_id": page.id, "subsidy_id": line.subsidy.id}
    return {
        **_state(one, line.steps),
        "id": one.id,
        "employer": line.employer,
        "bar": subsidy_bar(page, one, line.steps),
        "decide_url": None if one.decision else url_for("subsidies.decide", **here),
        "void_url": url_for("subsidies.void", **here),
        "job_url": url_for("job.show", case_id=page.id, job_id=one.job_id) if one.job_id else None,
    }


def subsidy_of(story: JobStory, subsidy_id: int) -> Subsidy:
    """NotFound where the job has no such subsidy."""
    for one, _steps in story.subsidies:
        if one.id == subsidy_id:
            return one
    raise NotFound()


def subsidy_told(story: JobStory, subsidy_id: int) -> str:
    return f"{wording.word('subsidy', subsidy_of(story, subsidy_id).kind, language())}, {job_name(story.line)}"


def subsidy_line(page: JobsPage, story: JobStory, one: Subsidy, steps: tuple[SubsidyStep, ...]) -> dict[str, Any]:
    """A subsidy on the page of its job."""
    here = {"case_id": page.id, "job_id": story.job.id, "subsidy_id": one.id}
    granted = one.decision == "granted"
    return {
        **_state(one, steps),
        "usual": _usual(one, story),
        "bar": subsidy_bar(page, one, steps),
        "decide_url": None if one.decision else url_for("job_support.decide", **here),
        "step_url": url_for("job_support.step", **here) if granted else None,
        "until_url": url_for("job_support.until", **here) if granted else None,
        "void_url": url_for("job_support.void", **here),
    }


def _state(one: Subsidy, steps: tuple[SubsidyStep, ...]) -> dict[str, Any]:
    """What it is, what NAV has said, and for how long."""
    applied = gettext("applied for %(day)s", day=day(one.applied_on))
    granted = one.decision == "granted"
    decided = wording.word("subsidy_decision", one.decision, language())
    return {
        "kind": wording.word("subsidy", one.kind, language()),
        "state": decided if one.decision else gettext("Waiting for NAV"),
        "tone": {"granted": "done", None: "look"}.get(one.decision, "not_yet"),
        "when": f"{day(one.from_on)} – {day(one.until_on)}" if granted else applied,
        "steps": [_step(step.from_on, step.percent) for step in steps],
    }


def _usual(one: Subsidy, story: JobStory) -> str | None:
    """How long NAV usually gives it at most."""
    first = one.from_on or story.job.started_on
    rule = longest(one.kind, first)
    return gettext("NAV’s usual longest: until %(day)s.", day=day(rule.last_day(first))) if rule else None


def _step(from_on: date, percent: int) -> str:
    return str(gettext("%(percent)s percent from %(day)s", percent=percent, day=day(from_on)))


def subsidy_bar(page: Heading, one: Subsidy, steps: tuple[SubsidyStep, ...]) -> dict[str, Any] | None:
    """Blocks as wide as their days and as high as their percent; `at` is today, in percent of the whole."""
    if one.decision != "granted" or one.from_on is None or one.until_on is None:
        return None
    whole = (one.until_on - one.from_on).days + 1
    starts = [step.from_on for step in steps] or [one.from_on]
    percents = [step.percent for step in steps] or [100]
    ends = [*starts[1:], one.until_on + timedelta(days=1)]
    blocks = [
        {"x": _share(first - one.from_on, whole), "width": _share(last - first, whole), "percent": percent}
        for first, last, percent in zip(starts, ends, percents, strict=True)
    ]
    inside = one.from_on <= page.today <= one.until_on
    kind = wording.word("subsidy", one.kind, language())
    said = [_step(step.from_on, step.percent) for step in steps]
    until = gettext("until %(day)s", day=day(one.until_on))
    return {
        "blocks": blocks,
        "at": _share(page.today - one.from_on, whole) if inside else None,
        "text": DOT.join((kind, *said, until)),
    }


def _share(days: timedelta, whole: int) -> float:
    return round(100 * days.days / whole, 2)


def absence_of(story: JobStory, absence_id: int) -> WorkAbsence:
    """NotFound where the job has no such absence."""
    for one in story.absences:
        if one.id == absence_id:
            return one
    raise NotFound()


def absence_told(story: JobStory, absence_id: int) -> str:
    one = absence_of(story, absence_id)
    since = gettext("from %(day)s", day=day(one.from_on))
    return f"{wording.word('work_absence', one.kind, language())}, {since}"


def absence_line(page: JobsPage, story: JobStory, one: WorkAbsence) -> dict[str, Any]:
    here = {"case_id": page.id, "job_id": story.job.id, "away_id": one.id}
    since = gettext("since %(day)s", day=day(one.from_on))
    return {
        "kind": wording.word("work_absence", one.kind, language()),
        "when": f"{day(one.from_on)} – {day(one.until_on)}" if one.until_on else since,
        "running": one.until_on is None or one.until_on >= page.today,
        "back_url": url_for("job_support.back", **here),
        "void_url": url_for("job_support.not_away", **here),
    }
