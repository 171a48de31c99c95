"""The register of employers in words: rows for the template, and the reader's choices to and from the URL."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from se_engine import wording
from se_engine.queries.employer_feedback import FeedbackDue
from se_engine.queries.employers import NORWEGIAN, EmployerFilters, EmployerPlace, EmployerRow, Register
from se_engine.rules.errors import NotFound
from se_engine.rules.languages import LEVELS
from web.language import language
from web.numbers import whole_number

LONGEST_SEARCH = 100
TONES = {"now": "act", "next": "act", "silent": "act", "agreement": "look", "quiet": "look"}
STAGE_TONES = {"new": "not_yet", "explored": "planned", "open": "done", "closed": "plain"}


def filters_from(asked: Mapping[str, str]) -> EmployerFilters:
    return EmployerFilters(
        words=" ".join((asked.get("q") or "").split())[:LONGEST_SEARCH],
        show=asked.get("show") or "all",
        stage=asked.get("stage") or None,
        norwegian=asked.get("norwegian") or None,
        level=asked.get("level") or None,
        industry=asked.get("branch") or None,
        free=bool(asked.get("free")),
        pool=bool(asked.get("pool")),
    )


def place_from(asked: Mapping[str, str]) -> EmployerPlace | None:
    """`after=2026-11-20.17`: the page that follows this row."""
    given = asked.get("after") or asked.get("before")
    if not given:
        return None
    day, _dot, number = given.partition(".")
    employer_id = whole_number(number)
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise NotFound() from None
    if employer_id is None:
        raise NotFound()
    return EmployerPlace(found, employer_id, backwards="after" not in asked)


def url_of(chosen: EmployerFilters, **place: str) -> str:
    query = {
        "q": chosen.words, "show": chosen.show if chosen.show != "all" else "", "stage": chosen.stage,
        "norwegian": chosen.norwegian, "level": chosen.level, "branch": chosen.industry,
        "free": "1" if chosen.free else "", "pool": "1" if chosen.pool else "",
    }  # fmt: skip
    return url_for("employers.index", **{name: value for name, value in query.items() if value}, **place)


def neighbours(found: Register) -> dict[str, str | None]:
    """The pages before and after, each by the row it begins at."""

    def url(side: str, number: int) -> str:
        day, employer_id = found.rows[number].place
        return url_of(found.filters, **{side: f"{day.isoformat()}.{employer_id}"})

    return {
        "previous_url": url("before", 0) if found.rows and found.has_previous else None,
        "next_url": url("after", -1) if found.rows and found.has_next else None,
    }


def show_title(show: str) -> str:
    return {
        "all": _("All employers"),
        "now": _("Needs something now"),
        "next": _("Agreed contact is due"),
        "silent": _("Somebody works there, no contact for 14 days"),
        "agreement": _("Agreement ends within 60 days"),
        "quiet": _("No contact for 60 days"),
    }[show]


def panel(found: Register) -> list[dict[str, Any]]:
    return [
        {
            "label": show_title(show),
            "count": count,
            "url": url_of(replace(found.filters, show=show)),
            "current": found.filters.show == show,
            "tone": TONES.get(show, "not_yet"),
        }
        for show, count in found.counts.items()
    ]


def chips(chosen: EmployerFilters) -> list[dict[str, str]]:
    without: dict[str | None, EmployerFilters] = {
        chosen.words and f"“{chosen.words}”": replace(chosen, words=""),
        show_title(chosen.show) if chosen.show != "all" else None: replace(chosen, show="all"),
        chosen.stage and _word("employer_stage", chosen.stage): replace(chosen, stage=None),
        chosen.norwegian and norwegian_choices()[chosen.norwegian]: replace(chosen, norwegian=None),
        chosen.level and _("Asks for at most %(level)s", level=chosen.level): replace(chosen, level=None),
        chosen.industry and _word("industry", chosen.industry): replace(chosen, industry=None),
        _("Free places") if chosen.free else None: replace(chosen, free=False),
        _("Has taken people on") if chosen.pool else None: replace(chosen, pool=False),
    }
    return [{"label": label, "remove_url": url_of(rest)} for label, rest in without.items() if label]


def norwegian_choices() -> dict[str, str]:
    words = _("Accepts limited Norwegian"), _("Accepts it at least for some tasks")
    return dict(zip(NORWEGIAN, words, strict=True))


def choices() -> dict[str, Any]:
    """What the lists of the form offer."""
    return {
        "stages": wording.words("employer_stage", language()),
        "norwegian": norwegian_choices(),
        "levels": {level: _("At most %(level)s", level=level) for level in LEVELS},
        "branches": wording.words("industry", language()),
    }


def groups(found: Register) -> list[dict[str, Any]]:
    titles = {"now": _("Needs something now"), "soon": _("Within a week"), "later": _("Later")}
    return [
        {
            # The macro's own keys: red for what is due.
            "key": {"now": "overdue", "soon": "soon", "later": "not_due"}[urgency],
            "title": title,
            "count": None,
            "rows": [_row(row) for row in found.rows if row.urgency == urgency],
        }
        for urgency, title in titles.items()
    ]


def columns() -> list[dict[str, Any]]:
    return [
        {"key": "why", "title": _("What to do")},
        {"key": "contact", "title": _("Last contact"), "short": True},
        {"key": "norwegian", "title": _("Limited Norwegian")},
        {"key": "there", "title": _("At work there"), "numeric": True},
        {"key": "places", "title": _("Free places"), "numeric": True},
    ]


def _row(row: EmployerRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "url": url_for("employers.show", employer_id=row.id),
        "note": " · ".join(filter(None, (row.preferred_time, _word("industry", row.industry)))),
        "cells": {
            "why": _why(row),
            "contact": _contact(row),
            "norwegian": _word("limited_norwegian", row.limited_norwegian),
            "there": row.participants or None,
            "places": f"{max(row.places - row.used, 0)} / {row.places}" if row.places else None,
        },
        "status": {"text": stage(row.stage), "tone": STAGE_TONES.get(row.stage or "", "plain")},
    }


def stage(code: str | None) -> str:
    return _word("employer_stage", code) if code else _("Only the name")


def _why(row: EmployerRow) -> dict[str, str] | None:
    if row.day is None or row.why is None:
        return None
    text = {
        "next": _("Get in touch as agreed"),
        "silent": _("Ask how it goes there"),
        "agreement": _("Talk about a new agreement"),
        "quiet": _("Keep the contact alive"),
    }[row.why]
    return {"text": text, "note": format_date(row.day, "medium")}


def _contact(row: EmployerRow) -> dict[str, str] | None:
    if row.planned_on:
        planned = _("planned %(day)s", day=format_date(row.planned_on, "medium"))
        return {
            "text": format_date(row.last_on, "medium") if row.last_on else planned,
            "note": planned if row.last_on else "",
        }
    return {"text": format_date(row.last_on, "medium")} if row.last_on else None


def due_lines(due: list[FeedbackDue]) -> list[dict[str, Any]]:
    """What an employer is to be asked, with the form to answer in."""
    return [
        {
            "employer": one.employer,
            "text": ngettext("Week %(num)s of the work", "Week %(num)s of the work", one.week),
            "occupation": one.occupation,
            "due": format_date(one.due_on, "medium"),
            "case_url": url_for("cases.show", case_id=one.case_id),
            "url": url_for(
                "employer_relations.feedback", employer_id=one.employer_id, track_id=one.track_id, week=one.week
            ),
        }
        for one in due
    ]


def _word(group: str, code: str | None) -> str:
    return wording.word(group, code, language()) if code else ""
