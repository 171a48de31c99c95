"""Referrals in words: the rows of the inbox, one referral's facts and story, and who looks like whom."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.names import Found, Likely
from se_engine.queries.referrals import Decision, Inbox, InboxRow, Place, Referral
from web.language import language
from web.names import language_name

TONES = {"new": "act", "waiting": "not_yet", "declined": "plain"}


def panel(found: Inbox) -> list[dict[str, Any]]:
    return [
        {
            "label": _word("referral_status", status),
            "count": number,
            "url": url_for("referrals.show", status=status),
            "current": status == found.status,
            "tone": TONES[status],
        }
        for status, number in found.counts.items()
    ]


def rows(found: Inbox, *, supervises: bool) -> list[dict[str, Any]]:
    return [_row(one, supervises=supervises) for one in found.rows]


def _row(one: InboxRow, *, supervises: bool) -> dict[str, Any]:
    marks: list[dict[str, str]] = [{"kind": "protected"}] if one.protected else []
    if one.interpreter_language:
        marks.append({"kind": "interpreter", "language": language_name(one.interpreter_language)})
    return {
        "name": one.name,
        "url": url_for("referrals.one", participant_id=one.participant_id),
        "note": " · ".join(part for part in (one.ref, str(one.birth_year or ""), one.team) if part),
        "marks": marks,
        "days": ngettext("%(num)s day", "%(num)s days", one.days) if one.days is not None else "–",
        "since": _day(one.referred_on) or gettext("no day recorded"),
        "by": _word("referred_by", one.referred_by) if one.referred_by else "",
        "whose": one.specialist or gettext("nobody yet"),
        "unassigned": one.specialist is None,
        "status": _status(one),
        "assign_url": url_for("referrals.give", participant_id=one.participant_id) if supervises else None,
    }


def _status(one: InboxRow) -> dict[str, Any] | None:
    if one.decision == "accepted":
        return {"text": gettext("Accepted, no case yet"), "tone": "look"}
    if one.decision is None:
        return None
    why = _word("referral_reason", one.reason) if one.reason else _word("decision", one.decision)
    if one.decision == "waiting" and one.look_again_on:
        again = gettext("Look again %(day)s", day=_day(one.look_again_on))
        return {"text": again, "tone": "act" if one.due else "not_yet", "note": why}
    if one.may_return == "yes":
        return {"text": gettext("May come back"), "tone": "plain", "note": why}
    return {"text": why, "tone": "plain"}


def place_text(place: Place) -> str:
    """`0.2026-03-12.17`: no name and no word of anybody."""
    rank, day, number = place
    return f"{rank}.{day.isoformat()}.{number}"


def facts(found: Referral) -> list[dict[str, Any]]:
    person = found.participant
    waited = found.days if found.days is not None and found.running_case is None else None
    return [
        {"label": gettext("Reference"), "text": person.ref},
        {"label": gettext("Year of birth"), "text": str(person.birth_year or "")},
        {"label": gettext("Languages"), "text": ", ".join(map(language_name, found.languages))},
        {
            "label": gettext("Interpreter"),
            "text": _word("interpreter_need", person.interpreter_need) if person.interpreter_need else "",
            "note": language_name(person.interpreter_language),
        },
        {
            "label": gettext("Referred on"),
            "text": _day(person.referred_on),
            "note": ngettext("%(num)s day ago", "%(num)s days ago", waited) if waited is not None else None,
        },
        {
            "label": gettext("Referred by"),
            "text": _word("referred_by", person.referred_by) if person.referred_by else "",
        },
        {"label": gettext("Job specialist"), "text": found.specialist or gettext("nobody yet"), "note": found.team},
    ]


def story(found: Referral) -> list[dict[str, Any]]:
    """Every decision, the newest first."""
    return [_told(one) for one in found.decisions]


def _told(one: Decision) -> dict[str, Any]:
    parts = [_word("referral_reason", one.reason)] if one.reason else []
    if one.look_again_on:
        parts.append(gettext("Look again %(day)s", day=_day(one.look_again_on)))
    if one.may_return:
        parts.append(_word("may_return", one.may_return))
    parts.append(gettext("Decided by: %(who)s", who=_word("referral_decider", one.decided_by).lower()))
    return {
        "title": _word("decision", one.decision),
        "happened_on": one.decided_on,
        "text": one.words,
        "details": parts,
        "who": one.recorded_by,
    }


def people(likely: Likely) -> list[dict[str, Any]]:
    """Those who may be, or are said to be, the same person."""
    return [_person(one) for one in likely.shown]


def _person(one: Found) -> dict[str, Any]:
    return {
        "id": one.participant_id,
        "name": one.name,
        "url": url_for("participants.show", participant_id=one.participant_id),
        "note": " · ".join(part for part in (one.ref, str(one.birth_year or ""), one.team) if part),
        "protected": one.protected,
    }


def more_hidden(likely: Likely) -> str | None:
    """How many there are that the reader may not open."""
    if not likely.hidden:
        return None
    return ngettext("%(num)s more you may not open", "%(num)s more you may not open", likely.hidden)


def _word(group: str, code: str | None) -> str:
    return wording.word(group, code, language())


def _day(value: Any) -> str:
    return str(format_date(value, "medium")) if value else ""
