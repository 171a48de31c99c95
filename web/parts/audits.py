"""Audits worded: the frame of every page, the list, the way on with what it lacks, deadlines and what has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext
from flask_babel import lazy_gettext as _l

from se_engine import wording
from se_engine.queries.audits import AuditHead, AuditLine, AuditPage, Deadline
from se_engine.queries.standing import Stand
from se_engine.records.audits import Audit, AuditEvent
from se_engine.rules.errors import Reason
from se_engine.rules.process import Option
from web.filters import with_days
from web.language import language

DOT = " · "


@dataclass(frozen=True)
class Page:
    """One page of an audit: its place in the sub-navigation, and who finds it there."""

    key: str
    endpoint: str
    label: Any
    auditors: bool = True
    unit: bool = True


PAGES = (
    Page("overview", "audits.show", _l("Overview")),
    Page("charter", "audit_charter.show", _l("Charter")),
    Page("team", "audit_team.show", _l("Who takes part")),
    Page("self", "audit_self.show", _l("Self-assessment")),
    Page("evidence", "audit_evidence.show", _l("Evidence sheet")),
    Page("sample", "audit_sample.show", _l("Sample")),
    Page("visit", "audit_visit.show", _l("Visit")),
    Page("notes", "audit_notes.show", _l("Notes"), unit=False),
    Page("ratings", "audit_ratings.show", _l("Ratings"), unit=False),
    Page("agreement", "audit_agreement.show", _l("Agreement"), unit=False),
    Page("comments", "audit_comments.show", _l("Factual check")),
    Page("looks", "audit_looks.show", _l("Who has looked"), auditors=False),
    Page("results", "audit_results.show", _l("Result")),
    Page("report", "audit_report.show", _l("Audit report")),
    Page("plan", "audit_plan.show", _l("Action plan")),
    Page("follow_up", "audit_follow_up.show", _l("Follow-up")),
)
BY_KEY = {page.key: page for page in PAGES}
MENDED_AT = {"consensus": "agreement"}
"""Where a reason is mended, for the places that are called otherwise than their page."""


def page_url(audit_id: int, key: str) -> str | None:
    """The address of a page of an audit; None for what is no page of its own."""
    page = BY_KEY.get(MENDED_AT.get(key, key))
    return url_for(page.endpoint, audit_id=audit_id) if page else None


def url_for_reader(head: AuditHead, key: str) -> str | None:
    """The same, where the page is among those this reader is shown."""
    page = BY_KEY.get(MENDED_AT.get(key, key))
    shown = page is not None and (page.unit if head.is_unit else page.auditors)
    return page_url(head.id, key) if shown else None


def of_audit(head: AuditHead, current: str) -> dict[str, Any]:
    """What templates/audits/base.html shows around a page."""
    audit, step = head.audit, head.process.step_by_key[head.audit.step]
    return {
        "id": head.id,
        "title": head.office,
        "kind": audit.kind,
        "kind_title": kind_title(audit.kind),
        "kind_words": kind_words(audit.kind),
        "framework": framework_title(head),
        "window": window(audit),
        "step_title": step.title.to(language()),
        "part": part_words(head),
        "fault": with_days(wording.refusal(head.fault, language())) if head.fault else None,
        "steps": step_bar(head),
        "sub_pages": _sub_pages(head, current),
        "overview_url": url_for("audits.show", audit_id=head.id),
    }


def _sub_pages(head: AuditHead, current: str) -> list[dict[str, Any]]:
    found = []
    for page in PAGES:
        url = url_for_reader(head, page.key)
        if url:
            found.append({"label": page.label, "url": url, "current": page.key == current})
    return found


def step_bar(head: AuditHead, stands: Iterable[Stand] = ()) -> list[dict[str, Any]]:
    """The way of the audit; without its history what lies before the step it stands in counts as done."""
    states = {stand.step.key: stand for stand in stands}
    order = [step.key for step in head.process.steps]
    here = order.index(head.audit.step)
    return [
        {
            "key": step.key,
            "title": step.title.to(language()),
            "state": states[step.key].state if states else _state(place, here),
            "visits": states[step.key].visits if states else 0,
            "note": _since(head) if place == here else None,
        }
        for place, step in enumerate(head.process.steps)
    ]


def _state(place: int, here: int) -> str:
    if place == here:
        return "now"
    return "done" if place < here else "remaining"


def _since(head: AuditHead) -> str:
    return gettext("since %(day)s", day=format_date(head.audit.entered_on, "medium"))


def kind_title(kind: str) -> str:
    return wording.word("audit_kind", kind, language())


def kind_words(kind: str) -> str:
    if kind == "learning":
        return gettext("To learn from: the result is the unit’s own, and nobody is compared with others.")
    return gettext("A formal audit: two auditors rate, each alone, and the report goes to the owner of the programme.")


def framework_title(head: AuditHead) -> str:
    audit = head.audit
    title = head.framework.title.to(language()) if head.framework else audit.framework_name
    return gettext("%(title)s, version %(version)s", title=title, version=audit.framework_version)


def window(audit: Audit) -> str:
    return gettext(
        "%(first)s to %(last)s",
        first=format_date(audit.from_on, "medium"),
        last=format_date(audit.until_on, "medium"),
    )


def part_words(head: AuditHead) -> str | None:
    if head.part:
        return wording.word("audit_part", head.part, language())
    return gettext("the unit’s supervisor") if head.is_unit else None


def row(line: AuditLine) -> dict[str, Any]:
    """One audit of the list."""
    head = line.head
    return {
        "url": url_for("audits.show", audit_id=head.id),
        "office": head.office,
        "kind": head.audit.kind,
        "kind_title": kind_title(head.audit.kind),
        "framework": framework_title(head),
        "window": window(head.audit),
        "step": head.process.step_by_key[head.audit.step].title.to(language()),
        "since": _since(head),
        "part": part_words(head),
        "ended": head.ended,
        "needs": [] if head.ended else [*_late(line.late, head), *_needs(line), *_plan(line), *_until(head)],
    }


def _late(late: Iterable[Deadline], head: AuditHead) -> list[dict[str, Any]]:
    return [
        {
            "text": gettext(
                "%(step)s was due %(day)s",
                step=head.process.step_by_key[one.step].title.to(language()),
                day=format_date(one.due_on, "medium"),
            ),
            "tone": "act",
        }
        for one in late
    ]


def _needs(line: AuditLine) -> list[dict[str, Any]]:
    """What is missing for the next step; or that it can be taken."""
    if line.next is None:
        return []
    if line.next.allowed:
        return [{"text": gettext("Ready: %(move)s", move=line.next.move.title.to(language())), "tone": "done"}]
    return [
        {**reason_line(line.head, reason), "tone": "look" if _is_hers(line.head, reason) else "not_yet"}
        for reason in line.next.reasons
    ]


def _plan(line: AuditLine) -> list[dict[str, Any]]:
    """Lines of the action plan whose day has passed."""
    if not line.late_actions:
        return []
    text = ngettext("%(num)s action is overdue", "%(num)s actions are overdue", line.late_actions)
    return [{"text": text, "tone": "act", "url": page_url(line.head.id, "plan")}]


def _until(head: AuditHead) -> list[dict[str, Any]]:
    """How long the unit may still comment on the draft."""
    due = head.audit.factual_due_on
    if head.audit.step != "factual_check" or due is None or due < head.today:
        return []
    text = gettext("Comments are taken until %(day)s.", day=format_date(due, "medium"))
    return [{"text": text, "tone": "planned", "url": page_url(head.id, "comments")}]


def _is_hers(head: AuditHead, reason: Reason) -> bool:
    return ("supervisor" if head.is_unit else "auditor") in reason.who


def other_audit(audit: Audit | None) -> dict[str, str] | None:
    if audit is None:
        return None
    opened = gettext("opened %(day)s", day=format_date(audit.opened_on, "medium"))
    return {"url": url_for("audits.show", audit_id=audit.id), "text": opened}


def moves(page: AuditPage) -> list[dict[str, Any]]:
    """The moves this reader may take, as macros/cards.html shows them."""
    return [move(page.head, option) for option in page.options]


def others_move(page: AuditPage) -> dict[str, Any] | None:
    """The way on, where it is for others: what it waits for, and no button."""
    return {**move(page.head, page.others_next), "url": None} if page.others_next else None


def move(head: AuditHead, option: Option) -> dict[str, Any]:
    taken = option.move
    to = head.process.step_by_key[taken.to].title.to(language())
    asked = len(taken.requires)
    return {
        "title": taken.title.to(language()),
        "to_title": to,
        "eyebrow": _eyebrow(taken.kind, to),
        "kind": "forward" if taken.kind in ("forward", "end") else taken.kind,
        "allowed": option.allowed,
        "reasons": [reason_line(head, reason) for reason in option.reasons],
        "met": asked - len(option.reasons),
        "total": asked,
        "url": url_for("audits.move", audit_id=head.id, audit_move=taken.trigger),
        "action": taken.title.to(language()),
    }


def _eyebrow(kind: str, to: str) -> str:
    if kind == "back":
        return gettext("Back to: %(step)s", step=to)
    if kind == "exception":
        return gettext("Without what should be there")
    return gettext("Next step: %(step)s", step=to)


def reason_line(head: AuditHead, reason: Reason) -> dict[str, Any]:
    return {
        "text": with_days(wording.sentence(reason, language(), head.process)),
        "who": [wording.word("role", role, language()) for role in reason.who],
        "url": url_for_reader(head, reason.where),
        "link": None if _is_hers(head, reason) else gettext("Look"),
    }


def linked(head: AuditHead, problems: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Refusals above a form, each with the page where it is mended."""
    return [{**one, "who": ", ".join(one["who"]), "url": url_for_reader(head, one["where"])} for one in problems]


def deadline_rows(page: AuditPage) -> list[dict[str, Any]]:
    steps = page.head.process.step_by_key
    return [
        {
            "step": steps[one.step].title.to(language()),
            "due": format_date(one.due_on, "medium"),
            "state": gettext("done") if one.done else gettext("late") if one.late else gettext("to come"),
            "tone": "done" if one.done else "act" if one.late else "not_yet",
        }
        for one in page.deadlines
    ]


def happenings(page: AuditPage) -> list[dict[str, Any]]:
    return [_happening(page.head, event, name) for event, name in page.events]


def _happening(head: AuditHead, event: AuditEvent, name: str | None) -> dict[str, Any]:
    process = head.process
    titles = {one.trigger: one.title.to(language()) for one in process.moves}
    to = process.step_by_key[event.step]
    lacked = [wording.sentence(Reason(code), language()) for code in event.open_requirements or ()]
    return {
        "kind": "opened" if event.trigger is None else "ended" if to.final else "move",
        "happened_on": event.happened_on,
        "recorded_on": event.recorded_at.date() if event.recorded_at.date() != event.happened_on else None,
        "title": gettext("The audit was opened") if event.trigger is None else titles.get(event.trigger, event.trigger),
        "text": event.words,
        "details": [gettext("Lacking then: %(what)s", what=one) for one in lacked],
        "who": DOT.join(filter(None, [name, wording.word("role", event.role, language())])),
    }
