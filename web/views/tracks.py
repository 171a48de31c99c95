"""The employers of a case: every track, one of them, its moves, the match, and what may be told."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.matches import record_match
from se_engine.actions.tracks import move_track, open_track
from se_engine.queries.access import access_employer
from se_engine.queries.jobs import case_employers
from se_engine.queries.tracks import track_page, tracks_page, wishes_of
from se_engine.rules.errors import NoSuchMove
from se_engine.rules.tracks import CLOSE
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.tracks import MatchForm, NewTrackForm, ToldForm, TrackMoveForm
from web.language import language
from web.numbers import whole_number
from web.parts import tracks as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session
from web.track_forms import BOTH, EMPLOYERS, ONE, track_form

blueprint = Blueprint("tracks", __name__, url_prefix=EMPLOYERS)


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = tracks_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/employers.html",
        frame=of_case(page, "employers"),
        page=page,
        running=parts.cards(page, page.running),
        ended=parts.cards(page, [line for line in page.tracks if line.ended]),
        search_url=url_for("moves.show", case_id=page.id, trigger="search_again") if page.offers_search else None,
    )


@blueprint.route("/new", methods=BOTH)
@drafted(_l("An employer for the participant"))
def new(case_id: int) -> ResponseReturnValue:
    form = NewTrackForm(employer=_named_employer())
    form.fit(wishes_of(reading(), actor(), case_id))
    return case_form(
        case_id,
        form,
        lambda: open_track(
            session(),
            actor(),
            case_id,
            opened_on=form.opened_on.data,
            employer=form.employer.data or "",
            wish=form.rank,
            occupation=form.occupation.data or "",
            kind=form.kind.data,
        ),
        title=gettext("A possible employer"),
        lead=gettext("Several can run at the same time. A name is enough; the rest can follow."),
        submit=gettext("Open the track"),
        said=gettext("The track is open."),
        then=lambda track: url_for("tracks.one", case_id=case_id, track_id=track.id),
        cancel_url=url_for("tracks.show", case_id=case_id),
        employers=case_employers(reading(), actor(), case_id),
    )


def _named_employer() -> str | None:
    """The employer whose card the reader came from."""
    number = whole_number(request.args.get("employer", ""))
    return access_employer(reading(), actor(), number).name if number else None


@blueprint.get("/told")
def tell_one(case_id: int) -> ResponseReturnValue:
    return _the_only_one(case_id, "tracks.told")


@blueprint.get("/match")
def match_one(case_id: int) -> ResponseReturnValue:
    return _the_only_one(case_id, "tracks.match")


def _the_only_one(case_id: int, endpoint: str) -> ResponseReturnValue:
    """Straight to the form where there is one track; with several the reader chooses, with none she opens one."""
    running = tracks_page(session(), actor(), case_id).running
    if len(running) == 1:
        return redirect(url_for(endpoint, case_id=case_id, track_id=running[0].id))
    return redirect(url_for("tracks.show" if running else "tracks.new", case_id=case_id))


@blueprint.get(ONE)
def one(case_id: int, track_id: int) -> ResponseReturnValue:
    page = track_page(session(), actor(), case_id, track_id)
    note_read(page.case)
    return render_template(
        "cases/employer.html",
        frame=of_case(page, "employers"),
        page=page,
        track=parts.card(page, page.track),
        moves=[] if page.track.ended else parts.moves(page, page.track),
        versions=parts.versions(page),
        sheets=[parts.sheet(page, sheet) for sheet in page.sheets],
        happenings=parts.happenings(page),
        contacts=parts.contacts(page),
        columns=_columns(),
    )


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "skill", "title": gettext("Skill")},
        {"key": "required", "title": gettext("The place asks for"), "short": True},
        {"key": "has", "title": gettext("The participant has"), "short": True},
        {"key": "gap", "title": gettext("Gap")},
        {"key": "remedy", "title": gettext("What makes up for it")},
    ]


@blueprint.route(f"{ONE}/moves/<way>", methods=BOTH)
def move(case_id: int, track_id: int, way: str) -> ResponseReturnValue:
    page = track_page(reading(), actor(), case_id, track_id)
    if way == CLOSE:
        return redirect(url_for("track_ends.close", case_id=case_id, track_id=track_id))
    line = page.track
    option = next((one for one in line.options if one.move.trigger == way), None)
    if option is None and request.method != "POST":
        raise NoSuchMove(trigger=way, step=line.step.title.to(language()))
    form = TrackMoveForm(decided_by="specialist")
    form.fit(needs_reason=option is not None and option.move.needs_reason)
    title = option.move.title.to(language()) if option else gettext("Move on")
    return track_form(
        page,
        form,
        lambda: move_track(
            session(),
            actor(),
            track_id,
            way,
            seen_version=form.seen(),
            happened_on=form.happened_on.data,
            note=form.note.data or "",
            decided_by=form.decided_by.data,
            kept=form.kept.data,
        ),
        title=title,
        lead=line.employer,
        submit=title,
        said=gettext("Recorded: %(move)s", move=title),
        template="cases/employer_move.html",
        option=parts.move(page, line, option) if option else None,
    )


@blueprint.route(f"{ONE}/match", methods=BOTH)
@drafted(_l("How the job fits"))
def match(case_id: int, track_id: int) -> ResponseReturnValue:
    page = track_page(reading(), actor(), case_id, track_id)
    asked = page.asked()
    form = MatchForm()
    form.fit(asked, lambda line: page.words.get(line.text_id or 0))
    return track_form(
        page,
        form,
        lambda: record_match(
            session(),
            actor(),
            track_id,
            happened_on=form.happened_on.data,
            skills=form.skills(),
            own_score=form.score,
            words=form.words.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Does the job fit?"),
        lead=page.track.employer,
        submit=gettext("Save the sheet"),
        said=gettext("The sheet is saved."),
        template="cases/employer_match.html",
        skills=[{**parts.skill(page, line), "key": line.skill} for line in asked],
    )


@blueprint.route(f"{ONE}/told", methods=BOTH)
@drafted(_l("What the employer may be told"))
def told(case_id: int, track_id: int) -> ResponseReturnValue:
    page = track_page(reading(), actor(), case_id, track_id)
    person, newest = page.case.participant, next(iter(page.versions), None)
    form = ToldForm(
        language=person.interpreter_language if person.interpreter_need == "yes" else "nb",
        decision=newest.decision if newest else None,
        by_whom=newest.by_whom if newest else None,
        may_tell=newest.may_tell.split(",") if newest else None,
    )
    return track_form(
        page,
        form,
        lambda: record_disclosure(
            session(),
            actor(),
            case_id,
            page.track.track.employer_id,
            decision=form.decision.data,
            may_tell=form.may_tell.data or (),
            by_whom=form.by_whom.data,
            words=form.words.data or "",
            not_told_words=form.not_told_words.data or "",
            language=form.language.data,
            interpreter=form.interpreter.data or None,
            happened_on=form.happened_on.data,
            kept=form.kept.data,
        ),
        title=gettext("What may be told"),
        lead=page.track.employer,
        submit=gettext("Save what may be told"),
        said=gettext("What may be told is saved."),
        template="cases/employer_told.html",
        versions=parts.versions(page),
        languages_offered=True,
    )
