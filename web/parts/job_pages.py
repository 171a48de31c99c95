"""Jobs worded: a job among others, and one on its own page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from se_engine import wording
from se_engine.occupations import title_of
from se_engine.queries.job_pages import JobsPage, JobStory
from se_engine.rules.jobs import (
    AT_THE_END,
    CHANGES,
    PAY_PLAN_DAYS,
)
from web.language import language
from web.parts.job_facts import DOT, day, day_or_none, number, percent_of
from web.parts.job_support import absence_line, subsidy_bar, subsidy_line
from web.parts.job_timeline import ended_told, timeline_of
from web.parts.jobs import facts_of, job_name, when_of


def told(page: JobsPage, story: JobStory) -> dict[str, str | None]:
    """Part → the words that count."""
    return {part: page.words.get(text.text_id) for part, text in story.parts.items()}


def card(page: JobsPage, story: JobStory) -> dict[str, Any]:
    """A job on the list of jobs."""
    here = {"case_id": page.id, "job_id": story.job.id}
    return {
        "id": story.job.id,
        "name": job_name(story.line),
        "when": when_of(story.line),
        "running": story.job.ended_on is None,
        "facts": DOT.join(facts_of(story.line)),
        "occupation": title_of(story.terms(page.today).occupation_code, language()),
        "ended": ended_told(story),
        "notices": list(_notices(page, story)),
        "bars": [bar for bar in (subsidy_bar(page, one, steps) for one, steps in story.subsidies) if bar],
        "url": url_for("job.show", **here),
        "end_url": url_for("jobs.end", **here),
        "after_url": url_for("job_after.show", **here),
        "changes": timeline_of(page, story, links=False),
    }


def one_job(page: JobsPage, story: JobStory) -> dict[str, Any]:
    """A job on its own page."""
    here = {"case_id": page.id, "job_id": story.job.id}
    words = told(page, story)
    return {
        **card(page, story),
        "terms": list(_terms(page, story)),
        "timeline": timeline_of(page, story, links=not page.ended),
        "change_urls": [
            {"label": wording.word("job_change", what, language()), "url": url_for("job.change", what=what, **here)}
            for what in CHANGES
        ],
        "subsidies": [subsidy_line(page, story, one, steps) for one, steps in story.subsidies],
        "absences": [absence_line(page, story, one) for one in story.absences],
        "plan": words.get("support_plan"),
        "words": [
            {"label": wording.word("job_part", part, language()), "text": words[part]}
            for part in AT_THE_END
            if words.get(part)
        ],
        "urls": {
            "change": url_for("job.choose", **here),
            "plan": url_for("job.support_plan", **here),
            "subsidy": url_for("job_support.apply", **here),
            "away": url_for("job_support.away", **here),
        },
    }


def _terms(page: JobsPage, story: JobStory) -> Iterator[dict[str, Any]]:
    terms = story.terms(page.today)
    pay = {True: gettext("With pay"), False: gettext("Without pay")}.get(story.job.paid)  # type: ignore[arg-type]
    shown = (
        (gettext("Occupation"), title_of(terms.occupation_code, language()), story.job.occupation),
        (gettext("Pay"), pay, None),
        (gettext("Hours a week"), number(terms.hours) if terms.hours else None, None),
        (wording.word("job_change", "position", language()), percent_of(terms.position), None),
        (gettext("Contract"), wording.word("contract", terms.contract, language()) if terms.contract else None, None),
        (wording.word("job_change", "written", language()), day_or_none(terms.written_on), None),
        (gettext("Agreed last day"), day_or_none(terms.planned_until), None),
        (gettext("Last day of probation"), day_or_none(terms.probation_until), None),
        (wording.word("job_change", "decision_on", language()), day_or_none(terms.decision_on), None),
        (gettext("Pay planned from"), day_or_none(terms.pay_planned_on) if story.job.paid is False else None, None),
    )
    for label, text, note in shown:
        if text or note:
            yield {"label": label, "text": text or note, "note": note if text else None}


def _notices(page: JobsPage, story: JobStory) -> Iterator[dict[str, str]]:
    """What should be looked at, while the job runs."""
    job, on = story.job, page.today
    if job.ended_on is not None:
        return
    terms = story.terms(on)
    planless = terms.pay_planned_on is None and on >= job.started_on + timedelta(days=PAY_PLAN_DAYS)
    if job.paid is False and planless:
        yield {"text": gettext("Eight weeks without pay, and no plan for when pay begins."), "tone": "act"}
    rule = story.longest(on)
    if rule and on > rule.last_day(job.started_on):
        last = day(rule.last_day(job.started_on))
        yield {"text": gettext("Such a placement usually lasts until %(day)s at most.", day=last), "tone": "act"}
    for text, when in (
        (gettext("The employer was to decide on %(day)s.", day=day(terms.decision_on)), terms.decision_on),
        (gettext("The agreed time ended on %(day)s.", day=day(terms.planned_until)), terms.planned_until),
    ):
        if when is not None and when < on:
            yield {"text": text, "tone": "look"}
