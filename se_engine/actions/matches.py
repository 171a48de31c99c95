"""The match between her and a place: what is asked, what she has, what makes up for it, and her own score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day, close_by_fact
from se_engine.actions.texts import keep_note
from se_engine.actions.track_rows import take_move
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_track
from se_engine.queries.levels import newest_levels
from se_engine.queries.track_facts import process_of_track, track_facts
from se_engine.records.cases import Case
from se_engine.records.tracks import Match, MatchSkill, Track
from se_engine.rules.deciders import decider
from se_engine.rules.employers import REQUIRED_LEVELS, SCORES
from se_engine.rules.errors import Refused
from se_engine.rules.languages import SKILLS
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import MEETING, REMEDIES
from se_engine.rules.vocabulary import check_code

BEGIN_MATCH = "begin_match"


@dataclass(frozen=True)
class SkillAsked:
    """What the place asks of one skill, and what makes up for a gap."""

    required: str | None = None
    remedy: str | None = None
    words: str = ""


def record_match(
    session: Session,
    actor: Actor,
    track_id: int,
    *,
    happened_on: date,
    skills: Mapping[str, SkillAsked],
    own_score: int | None = None,
    words: str = "",
    kept: bool = False,
) -> Match:
    """A new sheet: her newest levels against what is asked. Her score closes the task; the earlier sheets stay."""
    track = access_track(session, actor, track_id)
    case = access_case(session, actor, track.case_id)
    check_working_day(session, case, happened_on)
    _check(track, skills, own_score, happened_on)
    told = {f"words_{skill}": asked.words for skill, asked in skills.items()}
    check_words(session, case, kept=kept, words=words, **told)
    text = keep_note(session, case.participant, "match", words)
    match = Match(
        track_id=track.id,
        happened_on=happened_on,
        own_score=own_score,
        words_text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(match)
    session.flush()
    _write_skills(session, case, match, skills)
    detail: dict[str, str | int | None] = {
        "track": track.id,
        "employer": track.employer_id,
        "match": match.id,
        "score": own_score,
    }
    write_trail(session, actor, "match_recorded", case=case, happened_on=happened_on, text=text, detail=detail)
    if own_score is not None:
        close_by_fact(
            session, actor, case, "match_score", happened_on=happened_on, value=str(own_score), text=text,
            employer_id=track.employer_id,
        )  # fmt: skip
    _go_on(session, actor, case, track, happened_on)
    return match


def _check(track: Track, skills: Mapping[str, SkillAsked], own_score: int | None, happened_on: date) -> None:
    if track.ended_on is not None:
        raise Refused("track_has_ended", day=track.ended_on.isoformat())
    if happened_on < track.opened_on:
        raise Refused("before_track_step", day=happened_on.isoformat(), entered=track.opened_on.isoformat())
    if own_score is not None and own_score not in SCORES:
        raise Refused("own_score_unknown", least=SCORES[0], most=SCORES[-1])
    for skill, asked in skills.items():
        check_code("skill", skill, SKILLS)
        if asked.required is not None:
            check_code("required", asked.required, REQUIRED_LEVELS)
        if asked.remedy is not None:
            check_code("remedy", asked.remedy, REMEDIES)


def _write_skills(session: Session, case: Case, match: Match, skills: Mapping[str, SkillAsked]) -> None:
    """Her levels as they are on the sheet's day: a later test does not change what was judged."""
    has = newest_levels(session, case.participant_id)
    for skill, asked in skills.items():
        text = keep_note(session, case.participant, "match", asked.words)
        session.add(
            MatchSkill(
                match_id=match.id,
                skill=skill,
                required=asked.required,
                has=has.get(skill),
                remedy=asked.remedy,
                text_id=text.id if text else None,
            )
        )
    session.flush()


def _go_on(session: Session, actor: Actor, case: Case, track: Track, happened_on: date) -> None:
    """A sheet is the work of the match step: the track that met goes there by itself, if nothing is missing."""
    if track.step != MEETING or happened_on < track.entered_on:
        return
    process, facts = process_of_track(track), track_facts(session, case, track)
    for option in process.options(track.step, facts):
        if option.move.trigger == BEGIN_MATCH and option.allowed:
            decided = decider(actor.role, None)
            take_move(session, actor, case, track, option.move, happened_on=happened_on, decided_by=decided)
