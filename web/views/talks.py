"""The sheet for the talk with one specialist, to look at and as PDF; and a specialist's own numbers."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.own_numbers import own_numbers
from se_engine.queries.talks import talk_sheet
from web.addresses import ID
from web.auth import actor
from web.parts import own_numbers as numbers
from web.parts import talks
from web.parts.briefs import paper_of
from web.session import note_each_read, session

blueprint = Blueprint("talks", __name__)


@blueprint.get(f"/team/talk/<{ID}:user_id>")
def show(user_id: int) -> ResponseReturnValue:
    found = talk_sheet(session(), actor(), user_id)
    note_each_read(found.shown)
    return render_template(
        "talk.html", found=found, lead=talks.lead(found), sections=talks.sections(found), notes=talks.notes()
    )


@blueprint.get(f"/team/talk/<{ID}:user_id>.pdf")
def paper(user_id: int) -> ResponseReturnValue:
    found = talk_sheet(session(), actor(), user_id)
    note_each_read(found.shown)
    return paper_of(talks.talk_brief(found), "talk")


@blueprint.get("/numbers/mine")
def mine() -> ResponseReturnValue:
    """Hers alone: no address leads to another's."""
    who = actor()
    found = own_numbers(session(), who)
    return render_template(
        "own_numbers.html",
        statuses=numbers.statuses(found),
        sections=numbers.sections(found),
        notes=numbers.notes(),
        talk_url=url_for("talks.show", user_id=who.user_id),
    )
