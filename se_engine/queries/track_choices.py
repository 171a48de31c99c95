"""The running tracks of a case in short: for its page, and for forms that name one."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.track_facts import process_of_track
from se_engine.records.employers import Employer
from se_engine.records.tracks import Track
from se_engine.rules.process import Step


@dataclass(frozen=True)
class TrackChoice:
    """A running track for a form that names one."""

    id: int
    employer: str
    step: Step


def running_tracks(session: Session, case_id: int) -> tuple[TrackChoice, ...]:
    rows = session.execute(
        select(Track, Employer.name)
        .join(Employer, Employer.id == Track.employer_id)
        .where(Track.case_id == case_id, Track.ended_on.is_(None))
        .order_by(Track.opened_on.desc(), Track.id.desc())
    )
    return tuple(TrackChoice(track.id, name, process_of_track(track).step_by_key[track.step]) for track, name in rows)
