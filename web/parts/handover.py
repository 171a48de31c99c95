"""The hand-over sheet of a case, worded."""

from typing import Any

from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.contacts import ContactLine
from se_engine.queries.handover import HandOverPage, Promise, Secret
from se_engine.rules.contacts import HELD
from web.language import language
from web.names import language_name
from web.parts.heading import next_fact, norwegian
from web.parts.moves import reason_line

SAID = ("said", "work", "next_step")
"""The parts of a note that the next person reads; the rest stands with the contact."""


def facts(page: HandOverPage) -> list[dict[str, Any]]:
    """Who, since when, and what we wait for."""
    case, spoken = page.case, page.surroundings
    found: list[dict[str, Any]] = [
        {"label": gettext("Job specialist"), "text": page.owner or gettext("nobody yet")},
        {
            "label": gettext("Step"),
            "text": page.step.title.to(language()),
            "note": gettext("since %(day)s", day=_day(case.entered_on)),
        },
        {
            "label": gettext("Languages"),
            "text": ", ".join(map(language_name, spoken.languages)),
            "note": norwegian(spoken),
        },
        {"label": gettext("Interpreter"), "text": _interpreter(page)},
    ]
    if case.waiting_for:
        since = gettext("since %(day)s", day=_day(case.waiting_since))
        found.append({"label": gettext("Waiting for"), "text": _word("waiting_for", case.waiting_for), "note": since})
    if case.pause_reason:
        since = gettext("since %(day)s", day=_day(case.paused_since))
        found.append({"label": gettext("Pause"), "text": _word("pause_reason", case.pause_reason), "note": since})
    if page.next:
        found.append(next_fact(page.next, overdue=page.next.on < page.today))
    return found


def _interpreter(page: HandOverPage) -> str | None:
    person = page.case.participant
    if person.interpreter_need == "yes":
        return language_name(person.interpreter_language) or gettext("language not known")
    return gettext("not needed") if person.interpreter_need == "no" else None


def contacts(lines: tuple[ContactLine, ...]) -> list[dict[str, Any]]:
    return [
        {
            "on": line.happened_on,
            "at": line.starts_at,
            "title": f"{_word('contact_kind', line.kind)}, {_word('contact_channel', line.channel).lower()}",
            "status": _word("contact_status", line.status) if line.status != HELD else None,
            "who": line.person,
            "words": [words for part in SAID if (words := line.words.get(part))],
            "next_on": line.next_on,
        }
        for line in lines
    ]


def blocking(page: HandOverPage) -> list[dict[str, Any]]:
    """What the next ordinary move still lacks."""
    return [
        {
            "title": option.move.title.to(language()),
            "reasons": [reason_line(page.process, found) for found in option.reasons],
        }
        for option in page.possible
        if option.reasons
    ]


def tracks(page: HandOverPage) -> list[dict[str, Any]]:
    return [
        {"employer": line.employer, "step": line.step.title.to(language()), "since": line.since,
         "occupation": line.occupation}
        for line in page.tracks
    ]  # fmt: skip


def secret(found: Secret) -> dict[str, Any]:
    allowed = [_word("disclosure_topic", topic) for topic in found.may_tell]
    return {
        "employer": found.employer,
        "decision": _word("fact_disclosure_decision", found.decision),
        "may_tell": ", ".join(allowed) or gettext("nothing"),
        "by_whom": _word("disclosure_by", found.by_whom),
        "not_told": found.not_told,
        "since": found.since,
    }


def promise(found: Promise) -> dict[str, Any]:
    who = found.partner or _word("commitment_who", found.who)
    return {"who": who, "text": found.text or gettext("(the text has been removed)"), "due_on": found.due_on}


def _word(group: str, code: str) -> str:
    return wording.word(group, code, language())


def _day(day: Any) -> str:
    return format_date(day, "medium") if day else "–"
