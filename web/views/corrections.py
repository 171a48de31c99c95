"""Correcting what was recorded wrongly: with a reason, and nothing disappears."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.corrections import REPLACEABLE, void_event, void_tasks
from se_engine.queries.cases import HistoryPage, history_page
from se_engine.queries.entries import Entry
from se_engine.rules.errors import NotFound
from se_engine.rules.timeline import Event, EventKind
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.forms.cases import CorrectionForm, VoidTasksForm
from web.forms.fields import coded
from web.language import language
from web.parts.entries import CODE_GROUPS, entry
from web.session import reading, session

blueprint = Blueprint("corrections", __name__, url_prefix=CASE)
BOTH = ["GET", "POST"]


@blueprint.route(f"/history/<{ID}:event_id>/correct", methods=BOTH)
def event(case_id: int, event_id: int) -> ResponseReturnValue:
    page = history_page(reading(), actor(), case_id)
    found = page.event(event_id)
    form = _correction(page, found)
    return case_form(
        case_id,
        form,
        lambda: void_event(
            session(),
            actor(),
            case_id,
            event_id,
            seen_version=form.seen(),
            why=form.why.data or "",
            replacement=_replacement(found, form) if form.what.data == "replace" else None,
        ),
        title=gettext("Correct"),
        lead=gettext("What was recorded stays in history, marked as withdrawn, with your reason."),
        submit=gettext("Correct it"),
        then=lambda case: url_for("history.show", case_id=case_id),
        said=gettext("It is corrected. History shows both."),
        template="cases/correct.html",
        entries=[entry(page, found)],
    )


def _correction(page: HistoryPage, found: Entry) -> CorrectionForm:
    form = CorrectionForm()
    whats = ["replace"] if found.kind in REPLACEABLE else []
    if found.kind != EventKind.OPENED:
        whats.append("void")
    steps = {step.key: step.title.to(language()) for step in page.process.steps if not step.final}
    group = CODE_GROUPS.get(found.kind) if found.kind in REPLACEABLE else None
    form.fit(
        steps=steps if found.kind == EventKind.ENTERED else {},
        codes=coded(group) if group else [],
        has_next=found.next_on is not None,
        whats=whats,
    )
    if not form.is_submitted():
        form.put(what=whats[0], happened_on=found.happened_on, step=found.step, code=found.code, next_on=found.next_on)
    return form


def _replacement(found: Entry, form: CorrectionForm) -> Event:
    """The event as it should have been: what the form does not ask for stays."""
    kind = EventKind(found.kind)
    code = form.value("code") or found.code
    return Event(
        kind,
        form.value("happened_on") or found.happened_on,
        step=form.value("step") or found.step,
        reason=None if kind is EventKind.WAITING_STARTED else code,
        waiting_for=code if kind is EventKind.WAITING_STARTED else None,
        next_on=form.value("next_on") or found.next_on,
    )


@blueprint.route("/tasks/withdraw", methods=BOTH)
def tasks(case_id: int) -> ResponseReturnValue:
    """The records of one statement, named in the address: one of them, or all."""
    ids = request.args.getlist("record", type=int)
    page = history_page(reading(), actor(), case_id)
    found = _statements(page, ids)
    form = VoidTasksForm()
    return case_form(
        case_id,
        form,
        lambda: void_tasks(session(), actor(), case_id, ids, why=form.why.data or ""),
        title=gettext("Take an answer back"),
        lead=gettext("What stood before counts again. History keeps both, with your reason."),
        submit=gettext("Take it back"),
        said=gettext("The answer is taken back."),
        template="cases/correct.html",
        entries=[entry(page, one) for one in found],
        danger=True,
    )


def _statements(page: HistoryPage, ids: list[int]) -> list[Any]:
    found = [one for one in page.entries if one.tasks and set(one.records) & set(ids)]
    if not ids or not set(ids) <= {record for one in found for record in one.records}:
        raise NotFound()
    return found
