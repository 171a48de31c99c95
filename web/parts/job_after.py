"""The four things after the end of a job, each with where it stands."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from se_engine import wording
from se_engine.queries.job_pages import JobsPage, JobStory
from se_engine.rules.jobs import AT_THE_END, NEW_SEARCH_DAYS, RETURN_CONTACT_DAYS
from web.language import language
from web.parts.job_facts import day
from web.parts.job_pages import card, told


def after(page: JobsPage, story: JobStory) -> dict[str, Any]:
    """The four things after the end of a job, each with where it stands."""
    here = {"case_id": page.id, "job_id": story.job.id}
    return {
        **card(page, story),
        "words": [
            {"label": wording.word("job_part", part, language()), "text": text}
            for part in AT_THE_END
            if (text := told(page, story).get(part))
        ],
        "contact": _contact(page, story.job.ended_on or page.today),
        "search": _search(page, story),
        "searches": [
            {
                "day": day(one.offered_on),
                "answer": wording.word("search_answer", one.answer, language()),
                "words": page.words.get(one.words_text_id) if one.words_text_id else None,
            }
            for one in reversed(story.searches)
        ],
        "ways": _ways(page),
        "urls": {
            "note": url_for("notes.new", case_id=page.id),
            "look_back": url_for("job_after.look_back", **here),
            "search": url_for("job_after.new_search", **here),
            "continue": url_for("cases.carry_on", case_id=page.id),
        },
    }


def _contact(page: JobsPage, ended_on: date) -> dict[str, str]:
    met_on = page.case.last_contact_on
    if met_on is not None and met_on >= ended_on:
        return {"text": gettext("Last contact %(day)s", day=day(met_on)), "tone": "done"}
    latest = ended_on + timedelta(days=RETURN_CONTACT_DAYS)
    return {"text": gettext("by %(day)s", day=day(latest)), "tone": "act" if page.today > latest else "look"}


def _search(page: JobsPage, story: JobStory) -> dict[str, str]:
    if story.searches:
        newest = story.searches[-1]
        answer = wording.word("search_answer", newest.answer, language())
        return {"text": f"{answer}, {day(newest.offered_on)}", "tone": "done" if newest.answer != "later" else "look"}
    latest = (story.job.ended_on or page.today) + timedelta(days=NEW_SEARCH_DAYS)
    return {"text": gettext("by %(day)s", day=day(latest)), "tone": "act" if page.today > latest else "look"}


def _ways(page: JobsPage) -> list[Mapping[str, str]]:
    """The moves back into a search that the case can take from where it stands."""
    return [
        {
            "title": one.move.title.to(language()),
            "url": url_for("moves.show", case_id=page.id, trigger=one.move.trigger),
        }
        for one in page.ways
    ]
