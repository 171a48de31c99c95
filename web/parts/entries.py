"""Timeline entries worded: what happened, in a line; who recorded it, and when, if that was another day."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import processes, wording
from se_engine.queries.beside import Beside
from se_engine.queries.cases import Opened
from se_engine.queries.entries import Entry
from se_engine.rules.tracks import PROCESS as TRACK
from web.language import language
from web.parts.heading import step_short
from web.parts.moves import kept_requirement
from web.parts.packages import package_title
from web.parts.tasks import value_words

DRAWINGS = {
    "opened": "opened", "entered": "move", "ended": "ended", "waiting_started": "waiting", "waiting_ended": "waiting",
    "paused": "pause", "resumed": "pause", "job_started": "job", "job_ended": "job", "checked": "check",
    "task_done": "task", "task_not_relevant": "task", "task_needs_more": "task",
    "contact_held": "note", "contact_no_answer": "check", "job_changed": "job", "work_absence": "pause",
    "subsidy_decided": "check", "new_search": "check",
    "track_opened": "opened", "track_moved": "move", "track_closed": "ended", "disclosed": "task", "matched": "task",
    "choice_answered": "check", "goal_ended": "ended", "problem_opened": "waiting", "problem_closed": "task",
}  # fmt: skip
"""The drawing of each kind; whatever else is a note."""
TITLES_IN_FULL = 2
CODE_GROUPS = {
    "waiting_started": "waiting_for", "paused": "pause_reason", "ended": "end_reason", "job_ended": "job_end_reason",
    "checked": "check_answer", "supervisor_asked": "request_kind", "supervisor_told": "request_kind",
    "supervisor_answered": "request_answer", "closing_talk": "check_answer",
    "track_closed": "close_reason", "disclosed": "fact_disclosure_decision", "matched": "fact_match_score",
    "choice_offered": "choice_about", "choice_answered": "choice_answer", "goal_set": "goal_kind",
    "career_step": "career_step", "education_started": "education_level", "education_ended": "education_outcome",
    "test_taken": "language_test", "recognised": "recognition", "language_goal_set": "skill",
    "language_goal_ended": "goal_outcome",
    **dict.fromkeys(
        ("document_approved", "document_signed", "document_explained", "document_shared", "document_commented"),
        "document_kind",
    ),
    "job_changed": "job_change", "subsidy_applied": "subsidy", "subsidy_decided": "subsidy_decision",
    "new_search": "search_answer",
    "goal_ended": "goal_outcome", "problem_opened": "problem_tag", "problem_closed": "problem_tag",
    **dict.fromkeys(
        ("contact_held", "contact_no_answer", "contact_no_show", "contact_cancelled"), "contact_kind"
    ),
}  # fmt: skip


OF_EMPLOYERS = ("job_", "track_", "disclosed", "matched")


def timeline(
    page: Opened, entries: Iterable[Entry], *, full: bool = False, beside: Beside | None = None
) -> list[dict[str, Any]]:
    """As the macro takes them; in full with corrections and everything that stands beside an event."""
    return [{**entry(page, found, full=full), "who": who(page, found, beside)} for found in entries]


def who(page: Opened, found: Entry, beside: Beside | None) -> str:
    """Who recorded it, and whom she stood in for."""
    name = page.person(found.recorded_by) or wording.word("source", found.source, language())
    absent = beside.instead_of(found.recorded_by, found.recorded_at) if beside else None
    return gettext("%(name)s for %(absent)s", name=name, absent=absent) if absent else name


def entry(page: Opened, found: Entry, *, full: bool = False) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": DRAWINGS.get(found.kind, "note"),
        "happened_on": found.happened_on,
        "recorded_on": found.late_on,
        "title": title(page, found),
        "text": text(page, found),
        "who": page.person(found.recorded_by) or wording.word("source", found.source, language()),
        "tags": tags(page, found),
    }
    if full:
        shown |= {"details": details(page, found), **_correction(page, found)}
    return shown


def title(page: Opened, found: Entry) -> str:
    if found.kind == "entered" and found.step:
        there = step_short(found.step)
        return f"{step_short(found.from_step)} → {there}" if found.from_step else there
    named = wording.word("event", found.kind, language())
    about = _about(page, found)
    return f"{named}: {about}" if about else named


def _about(page: Opened, found: Entry) -> str | None:
    if found.tasks:
        return _task_titles(page, found)
    if found.kind == "owner_changed":
        return page.person(found.user_id) or gettext("nobody")
    if found.kind == "template_changed":
        return package_title(page.process, found.code or "")
    parts = [found.employer, found.occupation] if found.kind.startswith(OF_EMPLOYERS) else []
    if found.kind == "track_moved":
        parts.append(track_step(found.step))
    group = CODE_GROUPS.get(found.kind)
    if group and found.code:
        word = wording.word(group, found.code, language())
        parts.append(word)
    if found.channel:
        parts += [wording.word("contact_channel", found.channel, language()).lower(), found.employer]
    return ", ".join(part for part in parts if part) or None


def track_step(key: str | None) -> str | None:
    """A step of an employer track by its title; its key once no definition knows it."""
    if key is None:
        return None
    step = processes.latest(TRACK).step_by_key.get(key)
    return step.title.to(language()) if step else key


def _task_titles(page: Opened, found: Entry) -> str:
    titles = [page.process.task_by_key[key].title.to(language()) for key in found.tasks]
    told = "; ".join(titles[:TITLES_IN_FULL])
    more = len(titles) - TITLES_IN_FULL
    if more <= 0:
        return told
    # Not inside the braces of an f-string: the texts there are not gathered for translation.
    rest = ngettext("and %(num)s more", "and %(num)s more", more)
    return f"{told} {rest}"


def text(page: Opened, found: Entry) -> str | None:
    parts = [found.employer if found.tasks else None]
    if found.tasks and found.code:
        parts.append(value_words(page.process.task_by_key[found.tasks[0]], found.code))
    words = page.words_of(found)
    if found.text_id and words is None:
        words = gettext("(the text has been removed)")
    parts.append(words)
    if found.next_on:
        parts.append(gettext("next on %(day)s", day=format_date(found.next_on, "medium")))
    return " · ".join(part for part in parts if part) or None


def tags(page: Opened, found: Entry) -> list[dict[str, str]]:
    shown: list[dict[str, str]] = []
    if found.decided_by and found.decided_by != "specialist":
        who = wording.word("decider", found.decided_by, language()).lower()
        shown.append({"text": gettext("decided by %(who)s", who=who), "tone": "plain"})
    if found.open_requirements:
        number = len(found.open_requirements)
        words = ngettext("%(num)s requirement was open", "%(num)s requirements were open", number)
        shown.append({"text": words, "tone": "look"})
    if found.own_words:
        shown.append({"text": gettext("own words"), "tone": "plain"})
    if found.source == "import":
        shown.append({"text": wording.word("source", "import", language()).lower(), "tone": "plain"})
    return shown


def details(page: Opened, found: Entry) -> list[str]:
    """Lines that only history shows: requirements left open, all tasks of a statement, minutes, remarks."""
    lines = [gettext("Open: %(what)s", what=kept_requirement(code, page.process)) for code in found.open_requirements]
    lines += [wording.word("remark", code, language()) for code in found.remarks]
    if len(found.tasks) > TITLES_IN_FULL:
        lines += [page.process.task_by_key[key].title.to(language()) for key in found.tasks[TITLES_IN_FULL:]]
    if found.minutes:
        lines.append(gettext("%(minutes)s minutes", minutes=found.minutes))
    if found.interpreter:
        lines.append(
            gettext("With an interpreter") if found.interpreter == "yes" else gettext("Without an interpreter")
        )
    return lines


def _correction(page: Opened, found: Entry) -> dict[str, Any]:
    taken = found.withdrawal
    if taken:
        who, why = page.person(taken.recorded_by), page.words.get(taken.text_id) if taken.text_id else None
        day = format_date(taken.recorded_at, "medium")
        told = gettext("Withdrawn %(day)s by %(who)s: %(why)s", day=day, who=who or "–", why=why or "–")
        return {"voided": True, "void_reason": told}
    if found.origin == "task":
        ids = list(found.records)
        return {"url": url_for("corrections.tasks", case_id=page.id, record=ids), "link": gettext("Correct")}
    if found.kind == "track_moved" or found.kind == "track_closed":
        there = url_for("track_ends.take_back", case_id=page.id, track_id=found.track_id, happening_id=found.id)
        return {"url": there, "link": gettext("Correct")}
    if found.kind == "closing_talk":
        return {"url": url_for("closings.talk", case_id=page.id), "link": gettext("What was said")}
    if found.origin == "history":
        return {"url": url_for("corrections.event", case_id=page.id, event_id=found.id), "link": gettext("Correct")}
    return {}
