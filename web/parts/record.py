"""The participant's record, worded: identity, languages, levels, schemes, consents, and the fields by group."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext

from se_engine import record_fields, wording
from se_engine import schemes as dated
from se_engine.queries.participants import CLOSED, ON_REQUEST, OPEN, FieldAnswer, RecordPage, Scheme
from se_engine.record_fields import RecordField
from se_engine.rules.consents import LINES
from se_engine.rules.languages import SKILLS
from web.language import language
from web.names import country_name, language_name
from web.parts.heading import step_short, sub_pages

TONES = {"yes": "done", "no": "plain", "withdrawn": "look"}


def of_participant(page: RecordPage, current: str) -> dict[str, Any]:
    """What the frame needs; the sub-pages lead to the newest case."""
    case = page.newest_case
    return {
        "name": page.name,
        "case_url": url_for("cases.show", case_id=case.id) if case else None,
        "case_id": case.id if case else None,
        "step_title": step_short(case.step) if case else None,
        "protected": page.participant.protected,
        "sub_pages": sub_pages(case.id, page.id, current) if case else [],
    }


def identity(page: RecordPage) -> list[dict[str, Any]]:
    person = page.participant
    return [
        {"label": gettext("Name"), "text": page.name},
        {"label": gettext("Reference"), "text": person.ref},
        {"label": gettext("Year of birth"), "text": str(person.birth_year or "")},
        {"label": gettext("Sex"), "text": _word("sex", person.sex)},
        {"label": gettext("Country of birth"), "text": country_name(person.country)},
        {"label": gettext("Came to Norway"), "text": str(person.arrived_year or "")},
        {"label": gettext("Highest education"), "text": _word("education", person.highest_education)},
        {
            "label": gettext("Referred on"),
            "text": _day(person.referred_on),
            "note": _word("referred_by", person.referred_by),
        },
        {"label": gettext("Decision"), "text": _word("decision", person.decision), "note": _day(person.decided_on)},
        {"label": gettext("Office"), "text": page.office, "note": page.team},
    ]


def _word(group: str, code: str | None) -> str:
    return wording.word(group, code, language()) if code else ""


def _day(value: Any) -> str:
    return str(format_date(value, "medium")) if value else ""


def interpreter(page: RecordPage) -> list[dict[str, Any]]:
    person = page.participant
    return [
        {"label": gettext("Languages"), "text": ", ".join(map(language_name, page.languages))},
        {
            "label": gettext("Interpreter"),
            "text": _word("interpreter_need", person.interpreter_need),
            "note": language_name(person.interpreter_language),
        },
    ]


def levels(page: RecordPage) -> list[dict[str, Any]]:
    """The newest per skill, in plain words."""
    newest = page.newest_levels
    return [
        {"label": _word("skill", skill), **(_level(newest[skill]) if skill in newest else {"text": ""})}
        for skill in SKILLS
    ]


def _level(level: Any) -> dict[str, Any]:
    """The code first; below it what it means, and who says so."""
    words = _word("level", level.level).removeprefix(f"{level.level} – ")
    return {"text": level.level or "", "words": words, "note": _source(level)}


def _source(level: Any) -> str:
    return f"{_word('level_source', level.source)}, {_day(level.happened_on)}"


def earlier_levels(page: RecordPage) -> list[dict[str, Any]]:
    """Progress: every level that was recorded, the newest first."""
    return [
        {
            "day": _day(level.happened_on),
            "skill": _word("skill", level.skill),
            "level": level.level or gettext("not known"),
            "source": _word("level_source", level.source),
        }
        for level in page.levels
    ]


def schemes(page: RecordPage) -> list[dict[str, Any]]:
    return [_scheme(page, found) for found in page.schemes]


def _scheme(page: RecordPage, found: Scheme) -> dict[str, Any]:
    may_approve = page.may_supervise and found.check_result == "not_met"
    return {
        "name": _word("scheme", found.scheme),
        "when": " – ".join(part for part in (_day(found.from_on), _day(found.until_on)) if part),
        "check": _word("check_result", found.check_result),
        "tone": {"met": "done", "approved": "done", "not_met": "act"}.get(found.check_result, "plain"),
        "approve_url": url_for("schemes.approve", participant_id=page.id, membership_id=found.id)
        if may_approve
        else None,
        "check_url": check_url(page.id, found.id, found.scheme, found.from_on or page.today),
        "rules": rules.title.to(language()) if (rules := dated.get(found.rule_version)) else None,
        "checked_on": _day(found.checked_on),
    }


def check_url(participant_id: int, membership_id: int, scheme: str, began_on: date) -> str | None:
    """Where it is checked by the rules; None where none are written down for the day it began."""
    if dated.in_force(scheme, began_on) is None:
        return None
    return url_for("schemes.check", participant_id=participant_id, membership_id=membership_id)


def consents(page: RecordPage) -> list[dict[str, Any]]:
    """Every standard question with its newest answer, and those that were added."""
    newest = page.newest_answers
    lines = [*LINES, *(line for line in newest if line not in LINES)]
    return [_consent(line, newest.get(line)) for line in lines]


def _consent(line: str, answer: Any) -> dict[str, Any]:
    if answer is None:
        return {
            "question": _word("consent_line", line),
            "answer": gettext("Not asked yet"),
            "tone": "act",
            "note": None,
        }
    said = [_word("consent_form", answer.form).lower(), language_name(answer.language), _day(answer.happened_on)]
    if answer.valid_until:
        said.append(gettext("valid until %(day)s", day=_day(answer.valid_until)))
    return {
        "question": answer.party or _word("consent_line", line),
        "answer": _word("consent_answer", answer.answer),
        "tone": TONES[answer.answer],
        "note": ", ".join(part for part in said if part),
    }


def consent_history(page: RecordPage) -> list[dict[str, Any]]:
    return [
        {
            "day": _day(answer.happened_on),
            "question": answer.party or _word("consent_line", answer.line),
            "answer": _word("consent_answer", answer.answer),
            "form": ", ".join(p for p in (_word("consent_form", answer.form), language_name(answer.language)) if p),
            "who": answer.recorded_by or "–",
        }
        for answer in page.consents
    ]


def field_groups(page: RecordPage) -> list[dict[str, Any]]:
    titles = record_fields.catalogue().groups
    return [
        {
            "key": group,
            "title": titles[group].to(language()),
            "fields": [field_line(answer) for answer in answers],
            "answered": sum(bool(answer.entries) for answer in answers),
            "url": url_for("record.group", participant_id=page.id, group=group),
        }
        for group, answers in page.fields.items()
    ]


def field_line(answer: FieldAnswer) -> dict[str, Any]:
    field = answer.field
    return {
        "title": field.title.to(language()),
        "answers": [worded(field, entry.answer) for entry in answer.entries],
        "privacy": _word("privacy", field.privacy),
        "shown": bool(answer.entries) or answer.access != OPEN,
        "closed": answer.access == CLOSED,
        "on_request": answer.access == ON_REQUEST,
        **about(field),
    }


def about(field: RecordField) -> dict[str, Any]:
    """Why it may be asked, on which ground, and who reads the answer."""
    return {
        "purpose": field.purpose.to(language()),
        "privacy": _word("privacy", field.privacy),
        "sensitive": field.privacy != "ordinary",
        "basis": field.legal_basis,
        "readers": ", ".join(readers(field.readers)),
    }


def readers(codes: Iterable[str]) -> list[str]:
    return [_word("reader", code) for code in codes]


def worded(field: RecordField, answer: str | None) -> str:
    """An answer as it is read: choices in words, days written out, countries by name."""
    if answer is None:
        return gettext("(the text has been removed)")
    titles = {choice.key: choice.title.to(language()) for choice in field.choices}
    if titles:
        return ", ".join(titles.get(part.strip(), part) for part in answer.split(","))
    if field.kind == "yes_no":
        return gettext("Yes") if answer == "yes" else gettext("No")
    if field.kind == "code" and field.key.endswith(("country", "citizenship")):
        return country_name(answer)
    if field.kind == "scale":
        return gettext("%(number)s of 10", number=answer)
    return answer
