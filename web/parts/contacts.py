"""Contacts worded: one in a list, a meeting ahead, and a line of a day."""

from typing import Any

from flask import url_for
from flask_babel import format_date, format_decimal, gettext, ngettext

from se_engine import wording
from se_engine.queries.agenda import AgendaLine
from se_engine.queries.contact_numbers import FieldTime
from se_engine.queries.contacts import Booking, ContactLine
from se_engine.rules.contacts import CANCELLED, HELD, NO_ANSWER, NO_SHOW, PARTS, PLANNED, VOIDED
from se_engine.rules.interpreters import CAME, DID_NOT_COME, NEEDED, NOT_NEEDED, NOT_QUALIFIED, ORDERED
from se_engine.rules.process import Process
from web.language import language
from web.names import language_name

TONES = {HELD: "done", NO_ANSWER: "look", NO_SHOW: "look", PLANNED: "planned", CANCELLED: "not_yet", VOIDED: "plain"}
DRAWINGS = {"in_person": "people", "phone": "phone", "video": "phone", "sms": "note", "email": "note", "letter": "note"}
INTERPRETER_TONES = {
    NEEDED: "act", ORDERED: "done", CAME: "done", DID_NOT_COME: "look", NOT_QUALIFIED: "look", NOT_NEEDED: "plain",
}  # fmt: skip
HEADED = ("place", "invitation")
"""Parts that stand elsewhere on the page."""


def contact(found: ContactLine, process: Process) -> dict[str, Any]:
    """One contact as the list and its own page show it."""
    return {
        "id": found.id,
        "title": title(found.kind, found.employer or found.partner),
        "drawing": DRAWINGS[found.channel],
        "day": found.happened_on,
        "time": found.starts_at,
        "facts": " · ".join(_facts(found)),
        "status": {"text": _word("contact_status", found.status), "tone": TONES[found.status]},
        "tags": _tags(found),
        "parts": _parts(found),
        "tasks": [process.task_by_key[key].title.to(language()) for key in found.tasks if key in process.task_by_key],
        "url": url(found.case_id, found.id, found.status),
        "void_url": url_for("contacts.void", case_id=found.case_id, contact_id=found.id),
        "note_url": note_url(found.case_id, found.id) if found.planned else None,
        "voided": found.voided,
        "who": found.person if found.person == found.recorder else _by(found),
    }


def title(kind: str, place: str | None) -> str:
    """Who it is with; where one is known, the employer or the partner."""
    word = _word("contact_kind", kind)
    return f"{word}: {place}" if place else word


def url(case_id: int | None, contact_id: int, status: str) -> str:
    if status == PLANNED:
        return url_for("meetings.show", case_id=case_id, meeting_id=contact_id)
    return url_for("contacts.one", case_id=case_id, contact_id=contact_id)


def note_url(case_id: int | None, contact_id: int) -> str:
    return url_for("notes.tell", case_id=case_id, meeting_id=contact_id)


def _by(found: ContactLine) -> str | None:
    if found.person and found.recorder:
        return gettext("%(person)s, recorded by %(recorder)s", person=found.person, recorder=found.recorder)
    return found.person or found.recorder


def _facts(found: ContactLine) -> list[str]:
    facts = [_word("contact_channel", found.channel)]
    if found.purpose:
        facts.append(_word("contact_purpose", found.purpose))
    if found.minutes:
        facts.append(minutes(found.minutes))
    if found.travel_minutes:
        facts.append(gettext("%(minutes)s travel", minutes=minutes(found.travel_minutes)))
    if found.participant_present and found.kind != "participant" and found.status == HELD:
        facts.append({
            "yes": gettext("the participant was there"),
            "no": gettext("without the participant"),
            "her_choice": _word("presence", "her_choice"),
        }[found.participant_present])  # fmt: skip
    if found.acted:
        facts.append(gettext("spoke for the participant: %(who)s", who=_word("acted", found.acted).lower()))
    if found.outcome:
        facts.append(_word("contact_outcome", found.outcome))
    return facts


def minutes(number: int) -> str:
    return ngettext("%(num)s minute", "%(num)s minutes", number)


def _tags(found: ContactLine) -> list[dict[str, str]]:
    tags = []
    if found.concrete_job:
        tags.append({"text": _word("fact_employer_meeting", found.concrete_job), "tone": "done"})
    if found.booking:
        tags.append(interpreter(found.booking))
    if not found.shared:
        tags.append({"text": gettext("Not shared with the participant"), "tone": "look"})
    if found.chain_id:
        tags.append({"text": gettext("after a contact without answer"), "tone": "plain"})
    if found.next_on:
        tags.append({"text": gettext("next on %(day)s", day=format_date(found.next_on, "medium")), "tone": "planned"})
    return tags


def interpreter(booking: Booking) -> dict[str, str]:
    text = _word("interpreter_status", booking.status)
    if booking.status == NOT_QUALIFIED and booking.came_as:
        text = _word("interpreted_by", booking.came_as)
    return {"text": text, "tone": INTERPRETER_TONES[booking.status]}


def _parts(found: ContactLine) -> list[dict[str, str]]:
    """What was written, in the order of the form; a text that was removed says so."""
    shown = [part for part in PARTS if part in found.words and part not in HEADED]
    told = [{"label": _word("contact_part", part), "text": words_of(found.words[part]), "part": part} for part in shown]
    if found.employer_text:
        told.append({"label": gettext("For the workplace’s card"), "text": found.employer_text, "part": "employer"})
    if found.employer_agreed:
        told.append({"label": gettext("Agreed with the workplace"), "text": found.employer_agreed, "part": "agreed"})
    return told


def words_of(words: str | None) -> str:
    return gettext("(the text has been removed)") if words is None else words


def booking_facts(booking: Booking) -> list[dict[str, str | None]]:
    """What is known of an interpreter, as a list of definitions takes it."""
    facts: list[tuple[str, str | None]] = [
        (gettext("Language"), language_name(booking.language) or None),
        (gettext("How"), _word("interpreter_mode", booking.mode) if booking.mode else None),
        (gettext("Wish"), _word("gender_wish", booking.gender_wish) if booking.gender_wish else None),
        (gettext("Dialect"), booking.dialect),
        (gettext("Not this person"), booking.not_this_person),
        (gettext("Why none"), _because(booking)),
        (gettext("Why not a qualified one"), booking.reason),
        (gettext("Minutes"), str(booking.minutes) if booking.minutes else None),
        (gettext("Cost in kroner"), str(booking.cost) if booking.cost else None),
    ]
    if booking.anonymous:
        facts.append((gettext("Order"), gettext("without the participant’s name")))
    return [{"label": label, "text": text} for label, text in facts if text]


def _because(booking: Booking) -> str | None:
    return _word("interpreter_not_needed", booking.not_needed_because) if booking.not_needed_because else None


def agenda_line(found: AgendaLine) -> dict[str, Any]:
    """One meeting of a day: when, with whom, where, and what must be seen to."""
    return {
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "day": found.happened_on,
        "name": found.name,
        "case_url": url_for("cases.show", case_id=found.case_id) if found.case_id else None,
        "url": _line_url(found),
        "title": title(found.kind, found.employer),
        "drawing": DRAWINGS[found.channel],
        "channel": _word("contact_channel", found.channel),
        "place": found.place,
        "agenda": found.agenda,
        "person": found.person,
        "standing_in": found.standing_in,
        "tags": _line_tags(found),
        "note_url": _line_note_url(found) if found.over else None,
    }


def field_line(found: FieldTime) -> str | None:
    """Time with people and how much of it away from the office; nothing where there was none."""
    if found.share is None:
        return None
    return gettext(
        "%(hours)s hours with people, %(share)s %% of them in the field, travel included.",
        hours=format_decimal(found.all_minutes / 60, "0.#"), share=round(100 * found.share),
    )  # fmt: skip


def _line_url(found: AgendaLine) -> str:
    if found.case_id is None:
        return url_for("employers.show", employer_id=found.employer_id)
    return url(found.case_id, found.id, found.status)


def _line_note_url(found: AgendaLine) -> str | None:
    return note_url(found.case_id, found.id) if found.case_id else None


def _line_tags(found: AgendaLine) -> list[dict[str, str]]:
    tags = []
    if found.over:
        tags.append({"text": gettext("Write the note"), "tone": "act" if found.late else "look"})
    elif found.status != PLANNED:
        tags.append({"text": _word("contact_status", found.status), "tone": TONES[found.status]})
    if found.interpreter_missing:
        tags.append({"text": gettext("Interpreter missing"), "tone": "act"})
    elif found.interpreter and found.interpreter != NOT_NEEDED:
        tone = INTERPRETER_TONES[found.interpreter]
        text = gettext("Interpreter ordered") if found.interpreter == ORDERED else None
        tags.append({"text": text or _word("interpreter_status", found.interpreter), "tone": tone})
    if found.collides:
        tags.append({"text": gettext("Two meetings at once"), "tone": "act"})
    if found.standing_in and found.person:
        tags.append({"text": gettext("for %(person)s", person=found.person), "tone": "plain"})
    return tags


def _word(group: str, code: str | None) -> str:
    return wording.word(group, code, language())
