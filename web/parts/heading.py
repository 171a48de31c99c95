"""The top of every page about a case: back to it, its sub-pages, and the strip with name, days and next date."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, pgettext

from se_engine import wording
from se_engine.queries.cases import CasePage
from se_engine.queries.headings import Heading
from se_engine.queries.standing import Ahead, Next, Surroundings, placement_target
from se_engine.rules.languages import SKILLS
from web.language import language
from web.names import language_name
from web.parts.packages import package_title

WORD_JOIN = ", "


def step_short(key: str) -> str:
    """A step in one or two words; its own title for a step of another process."""
    short = wording.catalogue()["step_short"]
    return short[key].to(language()) if key in short else key


def sub_pages(case_id: int, participant_id: int, current: str) -> list[dict[str, Any]]:
    """Overview, tasks, contacts, employers, jobs, plan, agreements, needs, record, history, who has looked."""
    pages = (
        ("case", gettext("Overview"), f"/cases/{case_id}"),
        ("tasks", gettext("Tasks"), f"/cases/{case_id}/tasks"),
        ("contacts", gettext("Contacts"), f"/cases/{case_id}/contacts"),
        ("employers", gettext("Employers"), f"/cases/{case_id}/employers"),
        ("jobs", gettext("Jobs"), f"/cases/{case_id}/jobs"),
        ("follow_up", gettext("Follow-up"), f"/cases/{case_id}/follow-up"),
        ("plan", gettext("Plan"), f"/cases/{case_id}/plan"),
        ("documents", gettext("Agreements"), f"/cases/{case_id}/documents"),
        ("needs", pgettext("page", "Needs"), f"/cases/{case_id}/needs"),
        ("sheet", gettext("Sheet"), f"/cases/{case_id}/sheet"),
        ("record", pgettext("page", "Record"), f"/participants/{participant_id}"),
        ("history", gettext("History"), f"/cases/{case_id}/history"),
        ("looked", gettext("Who has looked"), f"/participants/{participant_id}/looked"),
    )
    return [{"label": label, "url": url, "current": key == current} for key, label, url in pages]


def of_case(heading: Heading, current: str) -> dict[str, Any]:
    """What `cases/frame.html` needs of every page about a case."""
    return {
        "case_id": heading.id,
        "name": heading.name,
        "case_url": url_for("cases.show", case_id=heading.id),
        "step_title": heading.step.title.to(language()),
        "protected": heading.case.protected,
        "sub_pages": sub_pages(heading.id, heading.participant_id, current),
    }


def ahead(page: CasePage) -> list[dict[str, str]]:
    """What comes while nothing is done, as tags."""
    return [{"text": _ahead(one), "tone": _ahead_tone(one)} for one in page.ahead]


def _ahead(one: Ahead) -> str:
    day = format_date(one.on, "medium")
    if one.kind == "meeting":
        return str(gettext("meeting on %(day)s", day=day))
    if one.kind == "note":
        return str(gettext("the note of the meeting on %(day)s is missing", day=day))
    if one.kind == "contact":
        late = gettext("too long without contact since %(day)s", day=day)
        return str(late if one.passed else gettext("too long without contact after %(day)s", day=day))
    if one.kind == "follow_up":
        late = gettext("follow-up was due on %(day)s", day=day)
        return str(late if one.passed else gettext("follow-up on %(day)s", day=day))
    if one.kind == "guide":
        late = gettext("over the step’s guide time since %(day)s", day=day)
        return str(late if one.passed else gettext("over the step’s guide time after %(day)s", day=day))
    late = gettext("consents and levels to review since %(day)s", day=day)
    return str(late if one.passed else gettext("consents and levels to review on %(day)s", day=day))


def _ahead_tone(one: Ahead) -> str:
    if one.kind == "meeting":
        return "planned"
    return "act" if one.passed else "not_yet"


def strip(page: CasePage) -> dict[str, Any]:
    """The participant's strip, as `participant_header` takes it."""
    person = page.case.participant
    marks: list[dict[str, str]] = [{"kind": "protected"}] if page.case.protected else []
    if person.interpreter_need == "yes":
        spoken = language_name(person.interpreter_language) or gettext("language not known")
        marks.append({"kind": "interpreter", "language": spoken})
    if page.next and page.next.on < page.today and page.next.kind not in ("check", "agreed", "follow_up"):
        marks.append({"text": gettext("Contact is overdue"), "drawing": "phone", "tone": "act"})
    if page.case.sorting_first_since:
        marks.append({"text": gettext("Putting life in order first"), "drawing": "home"})
    return {
        "name": page.name,
        "reference": person.ref,
        "marks": marks,
        "status": _status(page),
        "facts": _facts(page),
        "days": _days(page),
    }


def _status(page: CasePage) -> dict[str, str] | None:
    case = page.case
    if case.status == "ended":
        return {"text": wording.word("status", "ended", language()), "tone": "not_yet", "drawing": "flag"}
    if case.status == "paused":
        return {"text": wording.word("status", "paused", language()), "tone": "not_yet", "drawing": "pause"}
    if case.waiting_for:
        whom = wording.word("waiting_for", case.waiting_for, language())
        return {"text": gettext("Waiting: %(whom)s", whom=whom), "tone": "not_yet", "drawing": "clock"}
    return None


def _facts(page: CasePage) -> list[dict[str, Any]]:
    around = page.surroundings
    facts: list[dict[str, Any]] = [
        {"label": gettext("Job specialist"), "text": page.owner or gettext("nobody yet")},
        {"label": gettext("Office"), "text": around.office, "note": _package(page)},
        {
            "label": gettext("Languages"),
            "text": WORD_JOIN.join(map(language_name, around.languages)),
            "note": norwegian(around),
        },
    ]
    if around.schemes:
        name, until = around.schemes[-1]
        note = gettext("until %(day)s", day=format_date(until, "medium")) if until else None
        facts.append({"label": gettext("Scheme"), "text": wording.word("scheme", name, language()), "note": note})
    if page.ended and page.case.ended_on:
        why = wording.word("end_reason", page.case.end_reason, language())
        facts.append({"label": gettext("Ended"), "text": format_date(page.case.ended_on, "medium"), "note": why})
    elif page.next:
        facts.append(next_fact(page.next, overdue=page.next.on < page.today))
    target = placement_target(page.case, page.process, page.stands)
    if target:
        note = gettext("the day has passed") if target < page.today else None
        facts.append({"label": gettext("At a workplace by"), "text": format_date(target, "medium"), "note": note})
    return facts


def _package(page: CasePage) -> str | None:
    """Said where it is not the ordinary one."""
    first, *_others = page.process.template_keys or ("",)
    return None if page.case.template == first else package_title(page.process, page.case.template)


def norwegian(around: Surroundings) -> str | None:
    """Levels in one line: the oral ones first, as they matter first at work."""
    known = [(skill, around.levels.get(skill)) for skill in SKILLS if around.levels.get(skill)]
    if not known:
        return None
    said = WORD_JOIN.join(f"{wording.word('skill', skill, language()).lower()} {level}" for skill, level in known)
    return gettext("Norwegian: %(levels)s", levels=said)


def next_fact(found: Next, *, overdue: bool) -> dict[str, Any]:
    labels = {
        "check": gettext("Next check"),
        "contact_after_pause": gettext("New contact"),
        "agreed": gettext("Next, as agreed"),
        "follow_up": gettext("Next follow-up"),
        "contact": gettext("Contact by"),
    }
    note = gettext("the day has passed") if overdue else None
    return {"label": labels[found.kind], "text": format_date(found.on, "medium"), "note": note}


def _days(page: CasePage) -> dict[str, Any] | None:
    if page.days is None:
        return None
    days = page.days
    whom = wording.word("waiting_for", days.waiting_for, language()) if days.waiting_for else None
    return {
        "own": days.own,
        "waiting": days.waiting,
        "paused": days.paused,
        "guide": days.guide,
        # NAV keeps its capitals within a line.
        "waiting_for": whom if whom is None or whom.isupper() else whom.lower(),
        "step": f"«{step_short(page.case.step)}»",
    }
