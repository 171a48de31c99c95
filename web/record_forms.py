"""A form about a participant's record: shown, done once, or shown again with what was typed."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.participants import RecordPage, record_page
from web.answering import Problem, answer, note_record_read, summed_up
from web.auth import actor
from web.forms.fields import VersionedForm
from web.numbers import whole_number
from web.parts.record import of_participant
from web.session import session


def record_form(
    participant_id: int,
    form: Any,
    act: Callable[[], Any],
    *,
    title: str,
    submit: str,
    said: str,
    lead: str | None = None,
    then: Callable[[Any], str] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Back to where the reader came from: the case, when `?case=` names one, else the record; or where `then` says."""

    def page(problems: list[Problem], stale: bool) -> str:
        found = record_page(session(), actor(), participant_id)
        return form_page(found, form, problems, stale=stale, title=title, submit=submit, lead=lead, **more)

    if request.method != "POST":
        return page([], False)
    return answer(form, act, then=then or (lambda _: back_url(participant_id)), show=page, said=said)


def form_page(found: RecordPage, form: Any, problems: list[Problem], *, stale: bool, **shown: Any) -> str:
    if isinstance(form, VersionedForm):
        form.show_version(found.participant.version, again=stale)
    if request.method != "POST":
        note_record_read(actor(), found.participant)
    template = shown.pop("template", "participants/form.html")
    frame = {**of_participant(found, ""), "case_url": back_url(found.id)}
    worded = summed_up(problems)
    return render_template(template, frame=frame, page=found, form=form, problems=worded, stale=stale, **shown)


def back_url(participant_id: int) -> str:
    case_id = whole_number(request.args.get("case", ""))
    if case_id:
        return url_for("cases.show", case_id=case_id)
    return url_for("participants.show", participant_id=participant_id)
