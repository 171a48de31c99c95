"""How it ends with an employer: the reason, the closing talk with the place, and a wrong move taken back."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.track_corrections import void_track_event
from se_engine.actions.tracks import close_track, hold_closing_talk
from se_engine.queries.tracks import track_page
from se_engine.rules.errors import NotFound
from web.addresses import ID
from web.auth import actor
from web.drafts import drafted
from web.forms.tracks import CloseForm, TalkForm, VoidEventForm
from web.session import reading, session
from web.track_forms import BOTH, EMPLOYERS, ONE, track_form

blueprint = Blueprint("track_ends", __name__, url_prefix=EMPLOYERS)


@blueprint.route(f"{ONE}/close", methods=BOTH)
@drafted(_l("The end with an employer"))
def close(case_id: int, track_id: int) -> ResponseReturnValue:
    page = track_page(reading(), actor(), case_id, track_id)
    form = CloseForm(decided_by="employer")
    return track_form(
        page,
        form,
        lambda: close_track(
            session(),
            actor(),
            track_id,
            seen_version=form.seen(),
            happened_on=form.happened_on.data,
            reason=form.reason.data,
            skill=form.skill.data,
            words=form.words.data or "",
            decided_by=form.decided_by.data,
            closing_talk_on=form.closing_talk_on.data,
            kept=form.kept.data,
        ),
        title=gettext("End it with this employer"),
        lead=page.track.employer,
        submit=gettext("End it"),
        said=gettext("Ended with this employer."),
        then=lambda track: url_for("tracks.show", case_id=case_id),
    )


@blueprint.route(f"{ONE}/closing-talk", methods=BOTH)
def closing_talk(case_id: int, track_id: int) -> ResponseReturnValue:
    page = track_page(reading(), actor(), case_id, track_id)
    form = TalkForm()
    return track_form(
        page,
        form,
        lambda: hold_closing_talk(
            session(),
            actor(),
            track_id,
            happened_on=form.happened_on.data,
            words=form.words.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Closing talk with the place"),
        lead=gettext(
            "%(employer)s: thanks, what was learned, and whether they would meet somebody again.",
            employer=page.track.employer,
        ),
        submit=gettext("Record the talk"),
        said=gettext("The closing talk is recorded."),
    )


@blueprint.route(f"{ONE}/events/<{ID}:happening_id>/void", methods=BOTH)
def take_back(case_id: int, track_id: int, happening_id: int) -> ResponseReturnValue:
    page = track_page(reading(), actor(), case_id, track_id)
    if happening_id not in [event.id for event in page.events if event.voids_id is None]:
        raise NotFound()
    form = VoidEventForm()
    return track_form(
        page,
        form,
        lambda: void_track_event(session(), actor(), track_id, happening_id, why=form.why.data or ""),
        title=gettext("Take the move back"),
        lead=gettext(
            "%(employer)s: the track then stands where the other events lead. Both stay readable.",
            employer=page.track.employer,
        ),
        submit=gettext("Take it back"),
        said=gettext("The move is taken back."),
        danger=True,
    )
