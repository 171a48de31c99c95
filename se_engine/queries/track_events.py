"""The events of employer tracks that were not taken back, as the rules replay them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.tracks import TrackEvent
from se_engine.rules.tracks import Happening


def events_of(session: Session, track_ids: Iterable[int]) -> Mapping[int, list[TrackEvent]]:
    """Every event by its track, the oldest first, taken back or not."""
    wanted = select(TrackEvent).where(TrackEvent.track_id.in_(list(track_ids))).order_by(TrackEvent.id)
    found: dict[int, list[TrackEvent]] = defaultdict(list)
    for event in session.scalars(wanted):
        found[event.track_id].append(event)
    return found


def live(events: Iterable[TrackEvent]) -> list[TrackEvent]:
    every = list(events)
    voided = {event.voids_id for event in every}
    return [event for event in every if event.voids_id is None and event.id not in voided]


def happening(event: TrackEvent) -> Happening:
    """An event that does not change the step stands for itself: a closing talk, the case's move that names it."""
    return Happening(event.happened_on, event.trigger, event.step, moves=event.from_step != event.step)
