"""Taking a move: what it lacks, who decided, on which day, and why."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.cases import advance
from se_engine.queries.cases import MovePage, move_page, move_page_as_seen
from se_engine.queries.track_choices import running_tracks
from se_engine.rules.roles import SUPERVISION
from web.addresses import CASE
from web.answering import Problem, answer
from web.auth import actor
from web.case_forms import case_url, form_page
from web.forms.cases import MoveForm
from web.language import language
from web.parts.moves import ask_url, reason_line, reason_text
from web.parts.tracks import choices
from web.session import reading, session

blueprint = Blueprint("moves", __name__, url_prefix=f"{CASE}/moves")


@blueprint.get("/<trigger>")
def show(case_id: int, trigger: str) -> ResponseReturnValue:
    found = move_page(session(), actor(), case_id, trigger)
    return _page(found, _form(found), [], stale=False)


@blueprint.post("")
def take(case_id: int) -> ResponseReturnValue:
    trigger = request.form.get("trigger", "")
    seen = move_page_as_seen(reading(), actor(), case_id, trigger)
    form = _form(seen)
    return answer(
        form,
        lambda: advance(
            session(),
            actor(),
            case_id,
            trigger,
            seen_version=form.seen(),
            happened_on=form.happened_on.data,
            note=form.note.data or "",
            decided_by=form.decided_by.data,
            end_reason=form.end_reason.data if "end_reason" in form else None,
            track_id=form.track_id,
        ),
        then=lambda case: case_url(case.id),
        show=lambda problems, stale: _page(
            move_page_as_seen(session(), actor(), case_id, trigger), form, problems, stale=stale
        ),
        said=gettext("Recorded: %(move)s", move=seen.possible.move.title.to(language())),
    )


def _form(found: MovePage) -> MoveForm:
    form = MoveForm()
    move = found.possible.move
    form.trigger.data = move.trigger
    if not form.is_submitted():
        form.decided_by.data = "supervisor" if actor().role in SUPERVISION else "specialist"
    late = any(open_.reason.where == "move" for open_ in found.possible.reasons)
    tracks = choices(running_tracks(reading(), found.id)) if move.names_track else {}
    form.fit(final=found.possible.to.final, needs_reason=move.needs_reason or late, tracks=tracks)
    return form


def _page(found: MovePage, form: MoveForm, problems: list[Problem], *, stale: bool) -> str:
    possible = found.possible
    return form_page(
        found,
        form,
        problems,
        stale=stale,
        template="cases/move.html",
        send_to=url_for("moves.take", case_id=found.id),
        title=possible.move.title.to(language()),
        submit=possible.move.title.to(language()),
        found=found,
        to_title=possible.to.title.to(language()),
        still_here=found.case.step in possible.move.sources,
        reasons=[reason_line(found.process, open_) for open_ in possible.reasons],
        waived=[reason_text(reason, found.process) for reason in found.waived],
        ask_url=ask_url(found.id, possible.move.trigger),
    )
