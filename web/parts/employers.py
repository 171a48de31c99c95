"""An employer's card, worded: the door, the facts with who changed them, contacts, results, and what changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import processes, wording
from se_engine.actions.employers import as_text
from se_engine.queries.employer_cards import Agreement, Change, EmployerCard, EmployerContact, Relation
from se_engine.records.employers import EmployerPerson
from se_engine.rules import employers as rules
from se_engine.rules.languages import SKILLS
from web.employer_lists import STAGE_TONES, due_lines, stage
from web.filters import with_days
from web.language import language

GROUPS: Mapping[str, tuple[str, ...]] = {
    "language": ("limited_norwegian", *SKILLS, "language_mentor"),
    "work": ("possible_tasks", "busy_times", "needs", "collective_agreement", "safety_delegate"),
    "experience": ("experience", "experience_words", "refusal"),
    "about": ("industry", "size", "address", "municipality", "source"),
}
WORDED_BY = {
    "industry": "industry", "size": "employer_size", "stage": "employer_stage", "refusal": "employer_refusal",
    "source": "employer_source", "collective_agreement": "yes_no", "safety_delegate": "yes_no",
    "limited_norwegian": "limited_norwegian", **dict.fromkeys(SKILLS, "required_level"), "language_mentor": "yes_no",
    "experience": "employer_experience", "preferred_form": "preferred_form", "needs": "employer_need",
    "person_preferred_form": "preferred_form", "person_decides": "yes_no",
}  # fmt: skip
"""Field of the card → group of the wording."""
TRACK = "employer_track"


def of_card(card: EmployerCard) -> dict[str, Any]:
    return {
        "stage": {"text": stage(card.employer.stage), "tone": STAGE_TONES.get(card.employer.stage or "", "plain")},
        "door": _door(card),
        "people": [_person(card, person) for person in card.people],
        "groups": {key: _group(card, fields) for key, fields in GROUPS.items()},
        "agreements": [_agreement(card, one) for one in card.agreements],
        "contacts": [_contact(one) for one in card.contacts],
        "relations": [_relation(one) for one in card.relations],
        "others": [_colleague(name, number) for name, number in card.others.items()],
        "elsewhere": [_elsewhere(use) for use in card.elsewhere],
        "feedback": [_feedback(one) for one in card.feedback],
        "due": due_lines(card.due),
        "changes": change_lines(card.changes[:5]),
    }


def label(field: str) -> str:
    return wording.word("employer_field", field, language())


def worded(field: str, text: str | None) -> str:
    """A field as it is read."""
    if not text:
        return ""
    group = WORDED_BY.get(field)
    if group:
        return ", ".join(wording.word(group, code, language()) for code in text.split(","))
    if field == "agreement":
        return _agreed(text)
    if field == "next_on":
        return format_date(date.fromisoformat(text), "long")
    return rules.shown_number(text) if field == "org_number" else text


def _agreed(text: str) -> str:
    """An agreement as its history keeps it: so many places, from a day to a day."""
    places, _colon, days = text.partition(": ")
    return f"{ngettext('%(num)s place a year', '%(num)s places a year', int(places))}, {with_days(days)}"


def texts(facts: Mapping[str, Any]) -> dict[str, str | None]:
    """A form's facts as the history keeps them."""
    return {field: as_text(value) for field, value in rules.check_facts(facts).items()}


def meanwhile(change: Change, mine: str | None) -> dict[str, Any]:
    """A field that two have changed: what the other wrote, and what stands in the form."""
    return {
        "label": label(change.field),
        "theirs": worded(change.field, change.after) or gettext("nothing"),
        "mine": worded(change.field, mine) or gettext("nothing"),
        "who": _by(change),
    }


def change_lines(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The history of the card, for the timeline."""
    return [
        {
            "happened_on": change.at.date(),
            "title": _of_whom(change),
            "kind": "correction",
            "text": _from_to(change),
            "who": change.who,
        }
        for change in changes
    ]


def _of_whom(change: Change) -> str:
    """The field; of a person at the employer with the name, where the line itself does not say it."""
    named = change.person if change.field.startswith("person_") else None
    return f"{label(change.field)}: {named}" if named else label(change.field)


def _from_to(change: Change) -> str:
    before, after = (worded(change.field, text) for text in (change.before, change.after))
    if before and after:
        return f"{before} → {after}"
    return after or gettext("taken away: %(before)s", before=before)


def _by(change: Change) -> str:
    day = format_date(change.at.date(), "medium")
    return f"{change.who}, {day}" if change.who else day


def _door(card: EmployerCard) -> dict[str, Any]:
    """What one needs standing outside: when it suits, in which way, whom, and the number."""
    employer = card.employer
    return {
        "time": employer.preferred_time,
        "form": worded("preferred_form", employer.preferred_form),
        "phone": employer.phone,
        "tel": _tel(employer.phone),
        "busy": employer.busy_times,
        "next": worded("next_on", as_text(_next(card))),
        "number": worded("org_number", employer.org_number),
        "address": ", ".join(filter(None, (employer.address, employer.municipality))),
    }


def _next(card: EmployerCard) -> date | None:
    """The first of what is planned and what stands on the card."""
    days = [contact.on for contact in card.contacts if contact.status == "planned"]
    return min([*days, *([card.employer.next_on] if card.employer.next_on else [])], default=None)


def _tel(number: str | None) -> str | None:
    """The address of a call: digits, and the sign before a country's code."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+") if number else None


def _person(card: EmployerCard, person: EmployerPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "function": person.function,
        "phone": person.phone,
        "tel": _tel(person.phone),
        "email": person.email,
        "when": " · ".join(filter(None, (person.preferred_time, worded("preferred_form", person.preferred_form)))),
        "decides": person.decides,
        "edit_url": url_for("employer_relations.edit_person", employer_id=card.employer.id, person_id=person.id),
        "left_url": url_for("employer_relations.person_left", employer_id=card.employer.id, person_id=person.id),
    }


def _group(card: EmployerCard, fields: Sequence[str]) -> list[dict[str, Any]]:
    changes = card.last_change
    return [
        {
            "label": label(field),
            "text": worded(field, as_text(getattr(card.employer, field))),
            "note": _by(changes[field]) if field in changes else None,
        }
        for field in fields
    ]


def _agreement(card: EmployerCard, agreement: Agreement) -> dict[str, Any]:
    last = agreement.ended_on or agreement.until_on
    left = (last - card.on).days
    return {
        "when": f"{format_date(agreement.from_on, 'medium')} – {format_date(last, 'medium')}",
        "places": ngettext("%(num)s place a year", "%(num)s places a year", agreement.places),
        "used": ngettext("%(num)s used this year", "%(num)s used this year", agreement.used)
        if agreement.runs
        else None,
        "tasks": agreement.tasks,
        "tag": _agreement_tag(agreement, card.on, left),
        "end_url": url_for("employer_relations.end_agreement", employer_id=card.employer.id, agreement_id=agreement.id)
        if agreement.ended_on is None and left >= 0
        else None,
    }


def _agreement_tag(agreement: Agreement, on: date, left: int) -> dict[str, str]:
    if agreement.from_on > on:
        return {"text": gettext("Begins later"), "tone": "planned"}
    if not agreement.runs:
        return {"text": gettext("Ended"), "tone": "plain"}
    if left <= 60:
        return {"text": ngettext("%(num)s day left", "%(num)s days left", left), "tone": "look"}
    return {"text": gettext("Running"), "tone": "done"}


def _contact(contact: EmployerContact) -> dict[str, Any]:
    words = [
        wording.word("contact_channel", contact.channel, language()) if contact.channel else "",
        wording.word("contact_purpose", contact.purpose, language()).lower() if contact.purpose else "",
    ]
    tags = []
    if contact.status != "held":
        tags.append({"text": wording.word("contact_status", contact.status, language()), "tone": _tone(contact.status)})
    if contact.decision_maker:
        tags.append({"text": gettext("With the one who decides"), "tone": "plain"})
    if contact.outcome:
        tags.append({"text": wording.word("contact_outcome", contact.outcome, language()), "tone": "plain"})
    return {
        "happened_on": contact.on,
        "title": ", ".join(filter(None, words)) or gettext("Contact"),
        "kind": "note",
        "text": contact.text,
        "details": [gettext("Agreed: %(what)s", what=contact.agreed)] if contact.agreed else [],
        "who": contact.who,
        "tags": tags,
        "url": url_for("contacts.one", case_id=contact.case_id, contact_id=contact.id) if contact.case_id else None,
        "link": gettext("Open the note"),
    }


def _tone(status: str) -> str:
    return {"planned": "planned", "no_answer": "look", "no_show": "look"}.get(status, "plain")


def _relation(relation: Relation) -> dict[str, Any]:
    process = processes.latest(TRACK)
    step = process.step_by_key.get(relation.step)
    return {
        "name": relation.name,
        "url": url_for("tracks.one", case_id=relation.case_id, track_id=relation.track_id),
        "step": step.title.to(language()) if step else relation.step,
        "note": " · ".join(filter(None, (relation.occupation, relation.owner))),
        "since": format_date(relation.opened_on, "medium"),
    }


def _colleague(name: str, number: int) -> str:
    people = ngettext("%(num)s participant", "%(num)s participants", number)
    return f"{name or gettext('Nobody yet')}: {people}"


def _elsewhere(use: Any) -> dict[str, str]:
    if use.tracks is None:
        return {"office": use.office, "text": gettext("fewer than %(number)s participants", number=use.threshold)}
    return {"office": use.office, "text": ngettext("%(num)s participant", "%(num)s participants", use.tracks)}


def _feedback(feedback: Any) -> dict[str, Any]:
    """One answer of the employer: a row of the table, and the words below it."""
    scores = {
        question: str(score) if score else "–"
        for question, score in zip(rules.QUESTIONS, feedback.answers, strict=True)
    }
    another = wording.word("another_candidate", feedback.another, language()) if feedback.another else "–"
    week = ngettext("Week %(num)s", "Week %(num)s", feedback.week)
    return {
        "week": {"text": week, "note": format_date(feedback.on, "medium")},
        **scores,
        "another": another,
        "text": feedback.text,
    }


def question_columns() -> list[dict[str, Any]]:
    questions = [
        {"key": question, "title": wording.word("employer_question", question, language()), "numeric": True}
        for question in rules.QUESTIONS
    ]
    return [
        {"key": "week", "title": gettext("When")},
        *questions,
        {"key": "another", "title": gettext("Another candidate?")},
    ]
