"""Employer tracks of a case: all of them, one, its moves and the reasons why not yet, and the end."""

from collections.abc import Mapping
from typing import Any

from se_engine import processes
from se_engine.actions import tracks as actions
from se_engine.actions.track_corrections import void_track_event
from se_engine.queries.access import access_track
from se_engine.queries.case_data import reason_data
from se_engine.queries.track_lines import TrackLine, TrackOption
from se_engine.queries.tracks import Sheet, SkillLine, TrackPage, track_page, tracks_page
from se_engine.records.tracks import Disclosure, Track
from se_engine.rules.tracks import PROCESS
from web.api import answers
from web.api.blueprint import CASE, TRACK, api
from web.api.describing import reads, writes
from web.api.models import tracks as models
from web.api.models.plan import Why
from web.api.problems import language
from web.api.shaping import etag, shaped
from web.api.shaping import process as shape_process
from web.api.writes import Headers, Written, check_seen, once
from web.auth import actor
from web.session import note_read, session

Words = Mapping[int, str | None]


@api.get(f"{CASE}/tracks")
@reads(models.Tracks, 404)
def list_tracks(case_id: int) -> models.Tracks:
    """Every track of the case: where each stands, its days, and what each move still lacks."""
    page = tracks_page(session(), actor(), case_id)
    note_read(page.case)
    return models.Tracks(tracks=[models.Track(**_line(line)) for line in page.tracks])


@api.get(TRACK)
@reads(models.WholeTrack, 404)
def show_track(track_id: int) -> tuple[models.WholeTrack, Headers]:
    """One track with its events, match sheets, and what the employer may be told, with their words."""
    page = track_page(session(), actor(), access_track(session(), actor(), track_id).case_id, track_id)
    note_read(page.case)
    shown = models.WholeTrack(
        **_line(page.track),
        close_words=page.words.get(page.track.track.close_text_id or 0),
        events=_events(page),
        matches=[_match(sheet, page.words) for sheet in page.sheets],
        disclosures=[disclosure(one, page.words) for one in page.versions],
    )
    return shown, {"ETag": shown.etag}


def _line(line: TrackLine) -> dict[str, Any]:
    return {
        **_key(line.track).model_dump(),
        "employer": line.employer,
        "wish": line.track.wish,
        "wish_words": line.wish,
        "occupation": line.track.occupation,
        "kind": line.track.kind,
        "days": line.days,
        "days_per_step": line.days_per_step,
        "next_on": line.next_on,
        "score": line.score,
        "moves": [_option(line, option) for option in line.options],
    }


def _option(line: TrackLine, option: TrackOption) -> models.TrackMove:
    """A reason's place is the page that mends it."""
    reasons = [
        answers.Reason(**reason_data(one.reason, language(), line.process) | {"where": one.path})
        for one in option.reasons
    ]
    move = option.move
    return models.TrackMove(trigger=move.trigger, to=move.to, kind=move.kind, allowed=option.takeable, reasons=reasons)


def _events(page: TrackPage) -> list[models.TrackEvent]:
    return [
        shaped(models.TrackEvent, one, event_id=one.id, words=page.words.get(one.text_id or 0)) for one in page.events
    ]


def _match(sheet: Sheet, words: Words) -> models.Match:
    skills = [_skill(line, words) for line in sheet.skills]
    said = words.get(sheet.match.words_text_id or 0)
    return shaped(models.Match, sheet.match, match_id=sheet.match.id, words=said, skills=skills)


def _skill(line: SkillLine, words: Words) -> models.MatchSkill:
    return shaped(models.MatchSkill, line, words=words.get(line.text_id or 0))


def disclosure(found: Disclosure, words: Words) -> models.Disclosure:
    return models.Disclosure(
        **disclosure_key(found).model_dump(),
        words=words.get(found.words_text_id or 0),
        not_told_words=words.get(found.not_told_text_id or 0),
    )


def disclosure_key(found: Disclosure) -> models.DisclosureKey:
    topics = [topic for topic in found.may_tell.split(",") if topic]
    return shaped(models.DisclosureKey, found, disclosure_id=found.id, case=found.case_id, may_tell=topics)


@api.get("/track-process")
@reads(answers.Process)
def show_track_process() -> answers.Process:
    """Steps and moves of a track with their titles."""
    return shape_process(processes.latest(PROCESS))


@api.post(f"{CASE}/tracks")
@writes(models.TrackKey, status=201)
@once
def open_track(case_id: int, json: models.NewTrack) -> Written:
    """A new track; one runs with an employer at a time."""
    track = actions.open_track(session(), actor(), case_id, **json.model_dump())
    shown, _, headers = _stands(track)
    return shown, 201, {**headers, "Location": f"/api/v1/tracks/{track.id}"}


@api.post(f"{TRACK}/moves")
@writes(models.TrackKey, 412, 428)
@once
def move_track(track_id: int, json: models.NewTrackMove) -> Written:
    """Takes a move of the track's own process."""
    seen = check_seen(access_track(session(), actor(), track_id))
    given = json.model_dump(exclude={"trigger"})
    return _stands(actions.move_track(session(), actor(), track_id, json.trigger, seen_version=seen, **given))


@api.post(f"{TRACK}/close")
@writes(models.TrackKey, 412, 428)
@once
def close_track(track_id: int, json: models.TrackClosing) -> Written:
    """Ends it with a reason."""
    seen = check_seen(access_track(session(), actor(), track_id))
    return _stands(actions.close_track(session(), actor(), track_id, seen_version=seen, **json.model_dump()))


@api.post(f"{TRACK}/closing-talk")
@writes(models.TrackKey)
@once
def hold_closing_talk(track_id: int, json: models.ClosingTalk) -> Written:
    """The talk with the place after the end has been held."""
    return _stands(actions.hold_closing_talk(session(), actor(), track_id, **json.model_dump()))


@api.post(f"{TRACK}/events/<id:event_id>/void")
@writes(models.TrackKey)
@once
def take_track_event_back(track_id: int, event_id: int, json: Why) -> Written:
    """A wrong move: the track then stands where its other events lead."""
    return _stands(void_track_event(session(), actor(), track_id, event_id, why=json.why))


def _stands(track: Track) -> Written:
    shown = _key(track)
    return shown, 200, {"ETag": shown.etag}


def _key(track: Track) -> models.TrackKey:
    return shaped(models.TrackKey, track, track_id=track.id, case=track.case_id, etag=etag(track))
