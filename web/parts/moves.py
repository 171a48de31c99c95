"""The step bar, the map, and the moves with what each still lacks, worded."""

from typing import Any

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.cases import CasePage
from se_engine.queries.options import OpenReason, Possible
from se_engine.queries.standing import Stand
from se_engine.queries.task_rows import Cell
from se_engine.rules.errors import Reason
from se_engine.rules.process import Process
from se_engine.rules.tasks import DIMENSIONS
from web.filters import with_days
from web.language import language
from web.parts.heading import step_short


def step_bar(page: CasePage) -> list[dict[str, Any]]:
    """The steps with their visits; an ended case stands at the flag after them."""
    steps = [_step(page, stand) for stand in page.stands]
    if page.ended and page.case.ended_on:
        on = gettext("since %(day)s", day=format_date(page.case.ended_on, "medium"))
        steps.append({"key": "ended", "title": step_short("ended"), "state": "now", "visits": 1, "note": on})
    return steps


def _step(page: CasePage, stand: Stand) -> dict[str, Any]:
    note = None
    if stand.since:
        note = gettext("since %(day)s", day=format_date(stand.since, "d. MMM" if language() != "en" else "d MMM"))
    elif stand.visits:
        note = ngettext("%(num)s day", "%(num)s days", stand.days)
    return {
        "key": stand.step.key,
        "title": step_short(stand.step.key),
        "state": stand.state,
        "visits": stand.visits,
        "note": note,
        "url": url_for("cases.show", case_id=page.id, step=stand.step.key, _anchor="tasks"),
    }


def five_by_three(page: CasePage) -> dict[str, Any]:
    states = {stand.step.key: stand.state for stand in page.stands}
    return {
        "dimensions": [{"key": key, "title": wording.word("dimension", key, language())} for key in DIMENSIONS],
        "rows": [
            {
                "title": step_short(row[0].step),
                "state": states.get(row[0].step, "remaining"),
                "cells": [_cell(page, cell) for cell in row],
            }
            for row in page.cells
        ],
    }


def _cell(page: CasePage, cell: Cell) -> dict[str, Any]:
    return {
        "status": cell.status,
        "done": cell.done,
        "total": cell.total,
        "required_open": cell.required_open,
        "url": url_for("tasks.show", case_id=page.id, step=cell.step, _anchor=cell.dimension),
    }


def moves(page: CasePage) -> list[dict[str, Any]]:
    """The moves this reader may take, the ordinary one first; an exception is reached from what it excepts."""
    shown = [option for option in page.possible if option.permitted]
    return [_move(page, option) for option in shown]


def _move(page: CasePage, option: Possible) -> dict[str, Any]:
    move, kind = option.move, option.move.kind
    url = url_for("moves.show", case_id=page.id, trigger=move.trigger)
    return {
        "to_title": option.to.title.to(language()),
        "title": move.title.to(language()),
        "eyebrow": _eyebrow(kind, step_short(move.to)),
        "kind": "forward" if kind == "forward" else kind,
        "allowed": option.takeable,
        "reasons": [] if option.takeable else [reason_line(page.process, found) for found in option.reasons],
        "met": option.total - len(option.reasons),
        "total": option.total,
        "url": url,
        "action": _action(kind),
        "ask_url": ask_url(page.id, move.trigger) if kind == "forward" else None,
    }


def ask_url(case_id: int, trigger: str) -> str:
    return url_for("requests.ask", case_id=case_id, kind="exception", trigger=trigger)


def _eyebrow(kind: str, step: str) -> str | None:
    if kind == "found":
        return gettext("The job came first")
    if kind == "exception":
        return gettext("It has already happened")
    if kind == "back":
        return gettext("Back to: %(step)s", step=step)
    return gettext("Next step: %(step)s", step=step) if kind == "forward" else None


def _action(kind: str) -> str:
    if kind == "exception":
        return gettext("Record it with a reason")
    if kind == "end":
        return gettext("End the case")
    return gettext("Go back") if kind == "back" else gettext("Move on")


def reason_line(process: Process, found: OpenReason) -> dict[str, Any]:
    return {
        "text": reason_text(found.reason, process),
        "who": [wording.word("role", role, language()) for role in found.reason.who],
        "url": found.path,
        "link": gettext("Choose one") if found.reason.code == "one_task_open" else None,
    }


def reason_text(reason: Reason, process: Process) -> str:
    """The engine's sentence; where any of several tasks will do, their number instead of their keys."""
    if reason.code == "one_task_open":
        number = len(str(reason.values["keys"]).split(","))
        tasks = ngettext("%(num)s task", "%(num)s tasks", number)
        reason = Reason(reason.code, {**reason.values, "keys": tasks}, reason.task, reason.who, reason.where)
    if reason.values.get("task") in process.task_by_key:
        # Without its key: that is for those who write definitions.
        title = process.task_by_key[str(reason.values["task"])].title.to(language())
        reason = Reason(reason.code, {**reason.values, "task": title}, reason.task, reason.who, reason.where)
    return with_days(wording.sentence(reason, language(), process))


def kept_requirement(code: str, process: Process) -> str:
    """An open requirement as history keeps it (`task_open:T1-S1`), in words."""
    kind, _, about = code.partition(":")
    if kind == "one_task_open" and about in process.task_by_key:
        task = process.task_by_key[about]
        return gettext(
            "%(dimension)s: no task had an answer", dimension=wording.word("dimension", task.dimension, language())
        )
    if about in process.task_by_key:
        return process.task_by_key[about].title.to(language())
    if about:
        return wording.word("dimension", about, language())
    return reason_text(Reason(kind, {"days": 0}), process)
