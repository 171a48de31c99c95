"""A job from its first day to now: what changed, was paid for, and was away; newest first."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from se_engine import wording
from se_engine.occupations import title_of
from se_engine.queries.job_pages import JobsPage, JobStory
from se_engine.records.jobs import JobChange, Subsidy, SubsidyStep
from se_engine.rules.errors import NotFound
from web.language import language
from web.parts.job_facts import DOT, day, day_or_none, number, percent_of


def ended_told(story: JobStory) -> str | None:
    """Who ended it and why, in one line."""
    codes = (("job_end_reason", story.job.end_reason), ("job_end_cause", story.job.end_cause))
    return DOT.join(wording.word(group, code, language()) for group, code in codes if code) or None


def timeline_of(page: JobsPage, story: JobStory, *, links: bool) -> list[dict[str, Any]]:
    """The job from the start to now, newest first, as the macro takes it."""
    job = story.job
    entries: list[dict[str, Any]] = [
        {"happened_on": job.started_on, "title": gettext("The job began"), "kind": "job", "text": _began(story)}
    ]
    entries += [_changed(page, story, one, links=links) for one in story.changes]
    entries += [{**_changed(page, story, one, links=False), "voided": True} for one in story.voided if links]
    for one, steps in story.subsidies:
        entries += _subsidy_entries(one, steps)
    for absence in story.absences:
        kind = wording.word("work_absence", absence.kind, language())
        entries.append({"happened_on": absence.from_on, "title": kind, "kind": "pause"})
        if absence.until_on:
            back_on = absence.until_on + timedelta(days=1)
            entries.append({"happened_on": back_on, "title": gettext("Back at work"), "kind": "job"})
    if job.ended_on:
        entries.append(
            {"happened_on": job.ended_on, "title": gettext("The job ended"), "kind": "ended", "text": ended_told(story)}
        )
    return sorted(entries, key=lambda entry: entry["happened_on"])[::-1]


def _began(story: JobStory) -> str:
    job = story.job
    contract = wording.word("contract", job.contract, language()) if job.contract else None
    hours = gettext("%(number)s hours a week", number=number(job.hours_per_week)) if job.hours_per_week else None
    return DOT.join(part for part in (contract, hours) if part)


def _changed(page: JobsPage, story: JobStory, change: JobChange, *, links: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "happened_on": change.happened_on,
        "title": change_title(change),
        "kind": "job",
        "text": page.words.get(change.text_id) if change.text_id else None,
        "who": page.person(change.recorded_by),
    }
    if links:
        entry["url"] = url_for("job.take_back", case_id=page.id, job_id=story.job.id, change_id=change.id)
        entry["link"] = gettext("Correct")
    return entry


def change_title(change: JobChange) -> str:
    named = wording.word("job_change", change.what, language())
    value = _value(change)
    return f"{named}: {value}" if value else named


def _value(change: JobChange) -> str | None:
    if change.what == "contract":
        return wording.word("contract", change.code, language())
    if change.what == "occupation":
        return title_of(change.code, language())
    if change.what == "position":
        return percent_of(change.number)
    if change.number is not None:
        return number(change.number)
    return day_or_none(change.day)


def change_told(story: JobStory, change_id: int) -> str:
    """A change in one line; NotFound where the job has no such change."""
    found = next((one for one in story.changes if one.id == change_id), None)
    if found is None:
        raise NotFound()
    return f"{change_title(found)}, {day(found.happened_on)}"


def _subsidy_entries(one: Subsidy, steps: tuple[SubsidyStep, ...]) -> Iterator[dict[str, Any]]:
    kind = wording.word("subsidy", one.kind, language())
    if one.applied_on:
        yield {"happened_on": one.applied_on, "title": gettext("%(what)s applied for", what=kind), "kind": "note"}
    if one.decided_on:
        decided = wording.word("subsidy_decision", one.decision, language())
        yield {"happened_on": one.decided_on, "title": f"{kind}: {decided.lower()}", "kind": "check"}
    for step in steps:
        yield {"happened_on": step.from_on, "title": f"{kind}: {step.percent} %", "kind": "move"}
    if one.decision == "granted" and one.until_on:
        yield {"happened_on": one.until_on, "title": gettext("%(what)s ends", what=kind), "kind": "ended"}
