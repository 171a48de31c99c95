"""The pages of a case's employers: all tracks, and one with its sheet, what may be told, and its contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.cases import Opened
from se_engine.queries.disclosures import disclosures_of
from se_engine.queries.headings import process_of
from se_engine.queries.levels import newest_levels
from se_engine.queries.people import people_of
from se_engine.queries.texts import full_name, texts_of
from se_engine.queries.track_events import events_of
from se_engine.queries.track_lines import TrackLine, tracks_of
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.participants import FieldValue
from se_engine.records.tracks import Disclosure, Match, MatchSkill, TrackEvent
from se_engine.rules.contacts import VOIDED
from se_engine.rules.errors import NotFound
from se_engine.rules.languages import SKILLS
from se_engine.rules.roles import Actor
from se_engine.rules.tracks import gap

WHERE_LOOKING = "employer_engagement"
"""The step of a case from which the search begins again when no employer is left."""
SHOWN = 20
"""Contacts with one employer on its page; all of them stand among the contacts of the case."""


@dataclass(frozen=True)
class TracksPage(Opened):
    tracks: tuple[TrackLine, ...]
    """Those that run first, each kind with the newest first."""

    @property
    def running(self) -> tuple[TrackLine, ...]:
        return tuple(line for line in self.tracks if not line.ended)

    @property
    def offers_search(self) -> bool:
        """Whether no employer is left to work with: then the way back to the search is offered."""
        return self.case.step == WHERE_LOOKING and not any(line.said_yes for line in self.running)

    def line(self, track_id: int) -> TrackLine:
        for line in self.tracks:
            if line.id == track_id:
                return line
        raise NotFound()


def tracks_page(session: Session, actor: Actor, case_id: int) -> TracksPage:
    """Every track of the case, in a fixed number of statements."""
    case = access_case(session, actor, case_id)
    wishes = _wishes(session, case)
    ids = [case.participant.name_id, *wishes.values()]
    told = disclosures_of(session, case.id)
    ids += [found.words_text_id for versions in told.values() for found in versions[:1]]
    words = texts_of(session, case.participant, sorted({found for found in ids if found}))
    return TracksPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=today(session),
        words=words,
        people={},
        tracks=tracks_of(session, actor, case, told=told, wishes={rank: words.get(i) for rank, i in wishes.items()}),
    )


def _wishes(session: Session, case: Case) -> dict[int, int]:
    """The texts of her ranked wishes, by rank."""
    rows = session.execute(
        select(FieldValue.entry, FieldValue.text_id)
        .where(FieldValue.participant_id == case.participant_id, FieldValue.field == "job_wishes")
        .order_by(FieldValue.id)
    )
    return {rank: text_id for rank, text_id in {row.entry: row.text_id for row in rows}.items() if text_id}


def wishes_of(session: Session, actor: Actor, case_id: int) -> dict[int, str | None]:
    """Her ranked wishes in her words, for a form that asks which of them a track serves."""
    case = access_case(session, actor, case_id)
    wishes = _wishes(session, case)
    words = texts_of(session, case.participant, sorted(wishes.values()))
    return {rank: words.get(text_id) for rank, text_id in wishes.items()}


@dataclass(frozen=True)
class SkillLine:
    """One skill of the sheet: what the place asks, what she has, what makes up for it."""

    skill: str
    required: str | None
    has: str | None
    remedy: str | None
    text_id: int | None

    @property
    def gap(self) -> int | None:
        return gap(self.required, self.has)


@dataclass(frozen=True)
class Sheet:
    match: Match
    skills: tuple[SkillLine, ...]


@dataclass(frozen=True)
class ContactHere:
    """A contact with this employer in this case."""

    id: int
    status: str
    kind: str
    channel: str
    happened_on: date


@dataclass(frozen=True)
class TrackPage(TracksPage):
    line_id: int
    events: tuple[TrackEvent, ...]
    """Every one, the newest first, those taken back included."""
    versions: tuple[Disclosure, ...]
    """What may be told, the newest first."""
    sheets: tuple[Sheet, ...]
    contacts: tuple[ContactHere, ...]
    place: Employer
    levels: Mapping[str, str | None]

    @property
    def track(self) -> TrackLine:
        return self.line(self.line_id)

    def asked(self) -> tuple[SkillLine, ...]:
        """The sheet to begin with: the newest one, or what the employer's card says, against her levels of today."""
        newest = {line.skill: line for line in self.sheets[0].skills} if self.sheets else {}
        return tuple(
            SkillLine(
                skill,
                newest[skill].required if skill in newest else getattr(self.place, skill),
                self.levels.get(skill),
                newest[skill].remedy if skill in newest else None,
                newest[skill].text_id if skill in newest else None,
            )
            for skill in SKILLS
        )


def track_page(session: Session, actor: Actor, case_id: int, track_id: int) -> TrackPage:
    """One track with everything about it; NotFound for a track of another case."""
    page = tracks_page(session, actor, case_id)
    track = page.line(track_id).track
    events = events_of(session, [track.id])[track.id]
    versions = disclosures_of(session, page.id).get(track.employer_id, [])
    sheets = _sheets(session, track.id)
    ids = {event.text_id for event in events} | {track.close_text_id}
    ids |= {text_id for found in versions for text_id in (found.words_text_id, found.not_told_text_id)}
    ids |= {sheet.match.words_text_id for sheet in sheets} | {one.text_id for sheet in sheets for one in sheet.skills}
    recorded = [event.recorded_by for event in events] + [found.recorded_by for found in versions]
    recorded += [sheet.match.recorded_by for sheet in sheets]
    words = texts_of(session, page.case.participant, sorted(found for found in ids if found))
    return TrackPage(
        case=page.case,
        process=page.process,
        name=page.name,
        today=page.today,
        words={**page.words, **words},
        people=people_of(session, sorted({found for found in recorded if found})),
        tracks=page.tracks,
        line_id=track.id,
        events=tuple(reversed(events)),
        versions=tuple(versions),
        sheets=sheets,
        contacts=_contacts(session, page.case, track.employer_id),
        place=session.get_one(Employer, track.employer_id),
        levels=newest_levels(session, page.participant_id),
    )


def _sheets(session: Session, track_id: int) -> tuple[Sheet, ...]:
    """Every sheet of a track, the newest first."""
    made = select(Match).where(Match.track_id == track_id).order_by(Match.happened_on.desc(), Match.id.desc())
    matches = session.scalars(made).all()
    rows = session.scalars(
        select(MatchSkill).where(MatchSkill.match_id.in_([match.id for match in matches])).order_by(MatchSkill.id)
    ).all()
    return tuple(
        Sheet(
            match,
            tuple(
                SkillLine(row.skill, row.required, row.has, row.remedy, row.text_id)
                for row in rows
                if row.match_id == match.id
            ),
        )
        for match in matches
    )


def _contacts(session: Session, case: Case, employer_id: int) -> tuple[ContactHere, ...]:
    rows = session.scalars(
        select(Contact)
        .where(Contact.case_id == case.id, Contact.employer_id == employer_id, Contact.status != VOIDED)
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
        .limit(SHOWN)
    )
    return tuple(ContactHere(row.id, row.status, row.kind, row.channel, row.happened_on) for row in rows)
