"""Needs, promises, problems and the grid of partners, worded."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.needs import CommitmentLine, NeedLine, NeedsPage, ProblemLine, Promises
from se_engine.queries.partners import ConsentRow, PartnerLine, TopicAnswer
from se_engine.rules.needs import TOPICS
from web.language import language
from web.names import language_name

NEED_TONES = {"open": "look", "appointed": "planned", "in_place": "done", "not_needed": "not_yet"}
CONSENT_TONES = {
    "yes": "done", "review": "look", "run_out": "act", "no": "plain", "withdrawn": "plain", "not_asked": "not_yet",
}  # fmt: skip


def need(page: NeedsPage, found: NeedLine) -> dict[str, Any]:
    passed = found.status == "appointed" and found.appointment_on is not None and found.appointment_on < page.today
    return {
        "id": found.id,
        "area": wording.word("need_area", found.area, language()),
        "partner": found.partner,
        "status": wording.word("need_status", found.status, language()),
        "tone": "look" if passed else NEED_TONES[found.status],
        "on": _day(found.appointment_on) if found.appointment_on and not found.is_over else _day(found.ended_on),
        "passed": passed,
        "words": _words(page, found.text_id),
        "over": found.is_over,
        "url": url_for("needs.change", case_id=page.id, need_id=found.id),
        "up_url": url_for("needs.up", case_id=page.id, need_id=found.id),
    }


def commitment(page: Promises, found: CommitmentLine) -> dict[str, Any]:
    late = found.is_open and found.due_on is not None and found.due_on < page.today
    return {
        "id": found.id,
        "who": found.partner or wording.word("commitment_who", found.who, language()),
        "words": _words(page, found.text_id) or "",
        "due": _day(found.due_on),
        "tone": "act" if late else "planned",
        "made": _day(found.made_on),
        "open": found.is_open,
        "outcome": wording.word("commitment_end", "done" if found.done_on else "dropped", language()),
        "outcome_tone": "done" if found.done_on else "not_yet",
        "ended": _day(found.done_on or found.dropped_on),
        "why": _words(page, found.end_text_id),
        "done_url": url_for("needs.done", case_id=page.id, commitment_id=found.id),
        "end_url": url_for("needs.end_promise", case_id=page.id, commitment_id=found.id),
    }


def commitments(page: Promises | None) -> dict[str, list[dict[str, Any]]]:
    """Those that are open, and those that are over."""
    made = page.commitments if page else ()
    return {
        "open": [commitment(page, one) for one in made if page and one.is_open],
        "over": [commitment(page, one) for one in made if page and not one.is_open],
    }


def problem(page: NeedsPage, found: ProblemLine) -> dict[str, Any]:
    late = found.closed_on is None and found.answer_by is not None and found.answer_by < page.today
    return {
        "id": found.id,
        "tag": wording.word("problem_tag", found.tag, language()),
        "brought_by": wording.word("problem_from", found.brought_by, language()),
        "opened": _day(found.opened_on),
        "answer_by": _day(found.answer_by),
        "late": late,
        "tone": "act" if late else "look",
        "words": _words(page, found.text_id) or "",
        "closed": _day(found.closed_on),
        "solution": _words(page, found.solution_text_id),
        "url": url_for("needs.solve", case_id=page.id, problem_id=found.id),
    }


def grid_columns() -> list[dict[str, Any]]:
    topics = [{"key": topic, "title": wording.word("partner_topic", topic, language())} for topic in TOPICS]
    return [{"key": "partner", "title": gettext("Partner")}, *topics]


def grid_row(case_id: int, row: ConsentRow) -> dict[str, Any]:
    """Partner × topic: a tag where something was answered, nothing where it was not asked."""
    url = url_for("needs.ask_topics", case_id=case_id, partner_id=row.partner_id)
    first = {"text": row.partner, "url": url, "note": wording.word("partner_kind", row.kind, language())}
    return {"partner": first, **{answer.topic: _cell(answer) for answer in row.topics}}


def _cell(answer: TopicAnswer) -> dict[str, Any] | None:
    if answer.state == "not_asked":
        return None
    return {
        "text": wording.word("consent_state", answer.state, language()),
        "tone": CONSENT_TONES[answer.state],
        "note": _since(answer),
    }


def _since(answer: TopicAnswer) -> str:
    if answer.shared and answer.valid_until:
        return str(gettext("until %(day)s", day=_day(answer.valid_until)))
    return ", ".join(part for part in (_day(answer.happened_on), language_name(answer.language)) if part)


def partner(found: PartnerLine) -> dict[str, Any]:
    return {
        "name": {"text": found.name, "url": url_for("partners.change", partner_id=found.id)},
        "kind": wording.word("partner_kind", found.kind, language()),
        "phone": found.phone,
        "email": found.email,
        "cases": found.cases,
        "end_url": url_for("partners.end", partner_id=found.id),
    }


def _words(page: Promises, text_id: int | None) -> str | None:
    if text_id is None:
        return None
    return page.words.get(text_id) or gettext("(the text has been removed)")


def _day(value: Any) -> str:
    return str(format_date(value, "medium")) if value else ""
