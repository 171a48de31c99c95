"""Who has looked at a participant's record."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_time, gettext, ngettext

from se_engine import wording
from se_engine.queries.looks import Look, looks_at
from se_engine.queries.participants import record_page
from web.addresses import PARTICIPANT
from web.answering import note_record_read
from web.auth import actor
from web.language import language
from web.parts.record import of_participant
from web.session import session
from web.worklists import number_from

blueprint = Blueprint("looks", __name__, url_prefix=f"{PARTICIPANT}/looked")


@blueprint.get("")
def show(participant_id: int) -> ResponseReturnValue:
    page = record_page(session(), actor(), participant_id)
    found = looks_at(session(), actor(), participant_id, before=number_from(request.args.get("before")))
    note_record_read(actor(), page.participant)
    older = (
        url_for("looks.show", participant_id=participant_id, before=found.next_before) if found.next_before else None
    )
    return render_template(
        "participants/looked.html",
        frame=of_participant(page, "looked"),
        page=page,
        rows=[_line(look) for look in found.lines],
        older=older,
    )


def _stood_in(look: Look) -> str | None:
    return gettext("for %(name)s", name=look.instead_of) if look.instead_of else None


def _line(look: Look) -> dict[str, Any]:
    at = format_time(look.last_at, "HH:mm")
    last = gettext("last at %(time)s", time=at) if look.times > 1 else at
    return {
        "who": look.who or gettext("somebody without an account"),
        "role": {"text": wording.word("role", look.role, language()), "note": _stood_in(look)},
        "when": {"text": format_date(look.on, "medium"), "note": last},
        "what": {"text": wording.word("trail", look.what, language()), "note": look.why},
        "times": ngettext("once", "%(num)s times", look.times),
    }
