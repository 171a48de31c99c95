"""What is most likely to be done next with a case: three buttons, and everything else behind one line."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from se_engine.queries.cases import CasePage
from web.language import language

AT_WORK = ("job_support", "follow_up")
LIKELY = 3
Action = dict[str, Any]


def likely(page: CasePage) -> list[Action]:
    """The first three of those that fit how the case stands; the first is the one to press."""
    first = _in_order(page)[:LIKELY]
    return [{**action, "primary": place == 0} for place, action in enumerate(first)]


def others(page: CasePage) -> list[Action]:
    chosen = {action["url"] for action in likely(page)}
    return [action for action in [*_in_order(page), *_always(page)] if action["url"] not in chosen]


def _in_order(page: CasePage) -> list[Action]:
    if page.ended:
        return [_action(page, gettext("Carry on in a new case"), "cases.carry_on", "repeat")]
    if page.case.status == "paused":
        return [
            _action(page, gettext("End the pause"), "waiting.go_on", "play"),
            _action(page, gettext("Renew the pause"), "waiting.renew", "pause"),
            _action(page, gettext("Record tasks"), "tasks.show", "check"),
        ]
    return [*_moves(page), *_work(page)]


def _moves(page: CasePage) -> list[Action]:
    """An ordinary move whose requirements are met comes before everything else."""
    ready = [option.move for option in page.possible if option.takeable and option.move.kind in ("forward", "found")]
    closing = [o.move for o in page.possible if o.takeable and o.move.kind == "end" and o.move.requires]
    return [
        {
            "label": move.title.to(language()),
            "url": url_for("moves.show", case_id=page.id, trigger=move.trigger),
            "drawing": "arrow",
        }
        for move in [*ready, *closing]
    ]


def _work(page: CasePage) -> list[Action]:
    talks = [
        _action(page, gettext("Write a note"), "notes.new", "pencil"),
        _action(page, gettext("Plan a meeting"), "meetings.new", "calendar"),
    ]
    tasks = _action(page, gettext("Record tasks"), "tasks.show", "check")
    answered = _action(page, gettext("Answer at follow-up"), "jobs.answered", "phone")
    waits = (
        _action(page, gettext("The waiting is over"), "waiting.end", "clock")
        if page.case.waiting_for
        else _action(page, gettext("We wait"), "waiting.start", "clock")
    )
    job = _action(page, gettext("Register a job"), "jobs.start", "briefcase")
    if page.case.step in AT_WORK and page.jobs:
        closing = (
            [_action(page, gettext("Closing talk"), "closings.talk", "flag")] if page.case.step == AT_WORK[1] else []
        )
        return [talks[0], answered, talks[1], *([tasks] if page.case.step == AT_WORK[0] else closing), waits]
    return [*talks, tasks, waits, job]


def _always(page: CasePage) -> list[Action]:
    if page.ended:
        return [_action(page, gettext("Ask the supervisor"), "requests.ask", "people")]
    actions = [
        _action(page, gettext("Write a note"), "notes.new", "pencil"),
        _action(page, gettext("Plan a meeting"), "meetings.new", "calendar"),
        _action(page, gettext("Record tasks"), "tasks.show", "check"),
        _action(page, gettext("We wait"), "waiting.start", "clock"),
        _action(page, gettext("Register a job"), "jobs.start", "briefcase"),
        _action(page, gettext("Ask the supervisor"), "requests.ask", "people"),
        *_first_step(page),
    ]
    if page.case.status != "paused":
        actions.append(_action(page, gettext("Pause"), "waiting.rest", "pause"))
    actions.append(_action(page, gettext("Your reminder"), "desk.sticky", "note"))
    actions.append(_action(page, gettext("Hand-over sheet"), "handover.show", "people"))
    if page.may_supervise:
        actions.append(_action(page, gettext("Hand the case over"), "cases.give", "person"))
    actions.append(_action(page, gettext("Change the start package"), "packages.change", "repeat"))
    return list({action["url"]: action for action in actions}.values())


def _first_step(page: CasePage) -> list[Action]:
    if page.case.step != page.process.first_step.key:
        return []
    if page.case.sorting_first_since:
        return [_action(page, gettext("Life is in order"), "waiting.life_in_order", "home")]
    return [_action(page, gettext("Put life in order first"), "waiting.order_life", "home")]


def _action(page: CasePage, label: str, endpoint: str, drawing: str) -> Action:
    return {"label": label, "url": url_for(endpoint, case_id=page.id), "drawing": drawing}
