"""Stays counted from the counts that are kept, and from what the database has noted since they were last put together.

They hold from the last event on, for whole offices and for everybody: a report of a day before, of a period, of first
visits or by anything but office is counted from the stays themselves.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select, true
from sqlalchemy.orm import Session

from se_engine.measures.kept_counts import NOT_KNOWN, Kept, read
from se_engine.queries.closed_stays import add_counted, add_parties, add_reasons, names_of
from se_engine.queries.report_groups import nothing
from se_engine.queries.running_stays import add_these_running
from se_engine.queries.stays import STAYS, Counts, Frame, IsForward
from se_engine.records.kept_counts import EVERYWHERE, KeptCounts, KeptStay, StayChange
from se_engine.rules.time import CLOCKS, Clock

MOST_NOTED = 20_000
"""More than these are not quicker read than the stays themselves: the counts are waiting for the next tick."""
DAY_0 = date(2000, 1, 1)
DAYS: dict[Clock, tuple[str, str, str]] = {
    "calendar": ("observed_days", "waiting_days", "paused_days"),
    "working": ("observed_working_days", "waiting_working_days", "paused_working_days"),
}
NOTED = StayChange.__table__.c
CHANGED = STAYS.id.in_(select(NOTED.period_id))


def day_number(day: date, clock: Clock) -> int:
    """How many days of the clock lie between day 0 and this one, fewer than none before it."""
    return CLOCKS[clock](DAY_0, day) - CLOCKS[clock](day, DAY_0)


def add_kept(session: Session, counts: Counts, frame: Frame, offices: Sequence[int], is_forward: IsForward) -> bool:
    """Add all stays of the frame, by group and step; False, with nothing added, where the kept counts cannot answer.

    `offices` are those of the frame by name, also where it means every one there is.
    """
    if frame.visits != "all" or frame.from_on or frame.to_on or frame.by not in (None, "office"):
        return False
    noted = _noted(session, frame, offices)
    if noted is None:
        return False
    names = names_of(session, frame)
    today = day_number(frame.as_of, frame.clock)
    for office, step, told in session.execute(_kept(frame)):
        tally = counts[names[office] if frame.by else "", step]
        read(told, tally, today, lambda to, step=step: is_forward(step, to))  # type: ignore[misc] # bound in its turn
    if noted:
        _add_noted(session, counts, frame, offices, is_forward)
    _tidy(session, counts, frame)
    return True


def _noted(session: Session, frame: Frame, offices: Sequence[int]) -> int | None:
    """How many changes have been noted since the counts were put together; None where these are of no use."""
    there = exists().where(KeptCounts.process_name == frame.process)
    left_later = exists().where(
        STAYS.process_name == frame.process, STAYS.office_id.in_(offices), STAYS.left_on > frame.as_of
    )
    # The largest is found by its index, whether or not the engine knows yet how the days lie.
    last_change = func.coalesce(select(func.max(KeptStay.since)).scalar_subquery(), frame.as_of)
    some = select(true()).select_from(StayChange).limit(MOST_NOTED + 1).subquery()
    many = select(func.count()).select_from(some).scalar_subquery()
    found = session.execute(select(there & ~left_later & (last_change <= frame.as_of), many)).one()
    return found[1] if found[0] and found[1] <= MOST_NOTED else None


def _kept(frame: Frame) -> Select[Any]:
    chosen = select(KeptCounts.office_id, KeptCounts.step, KeptCounts.counts)
    chosen = chosen.where(KeptCounts.process_name == frame.process, KeptCounts.clock == frame.clock)
    if frame.offices is not None:
        return chosen.where(KeptCounts.office_id.in_(frame.offices))
    if frame.by is None:
        return chosen.where(KeptCounts.office_id == EVERYWHERE)
    return chosen.where(KeptCounts.office_id != EVERYWHERE)


def _add_noted(session: Session, counts: Counts, frame: Frame, offices: Sequence[int], is_forward: IsForward) -> None:
    """What stays were left since, less what those that changed gave to the counts, and these as they are now."""
    add_counted(counts, session.execute(_left(frame)), names_of(session, frame), is_forward)
    names = names_of(session, frame)
    today = day_number(frame.as_of, frame.clock)
    for office, step, told in session.execute(_of_changed(frame)):
        taken = Kept()
        taken.add(told, sign=-1)
        read(taken.as_json(), counts[names[office] if frame.by else "", step], today, lambda to: False)
    named = frame.at(tuple(offices))
    add_these_running(session, counts, named, STAYS.left_on.is_(None) & CHANGED)
    add_parties(session, counts, named, CHANGED)


def _left(frame: Frame) -> Select[Any]:
    """In the columns in which closed stays are counted."""
    observed, waiting, paused = (NOTED[name] for name in DAYS[frame.clock])
    label = nothing() if frame.by is None else NOTED.office_id
    keys = (label, NOTED.step, NOTED.left_to, NOTED.end_reason, NOTED.waited_for, observed)
    sums = (func.sum(NOTED.many), func.sum(waiting), func.sum(paused))
    chosen = select(*keys, *sums).where(NOTED.many != 0, NOTED.process_name == frame.process)
    if frame.offices is not None:
        chosen = chosen.where(NOTED.office_id.in_(frame.offices))
    return chosen.group_by(*keys[1:], *([NOTED.office_id] if frame.by else []))


def _of_changed(frame: Frame) -> Select[Any]:
    """What the stays that changed have given to the counts."""
    told = KeptStay.calendar if frame.clock == "calendar" else KeptStay.working
    chosen = select(KeptStay.office_id, KeptStay.step, told).where(
        KeptStay.process_name == frame.process, KeptStay.period_id.in_(select(NOTED.period_id))
    )
    return chosen if frame.offices is None else chosen.where(KeptStay.office_id.in_(frame.offices))


def _tidy(session: Session, counts: Counts, frame: Frame) -> None:
    """Leave out what came to nothing, and ask the cases for reasons that the stays do not tell."""
    lacking = [tally for tally in counts.values() if NOT_KNOWN in tally.ended]
    for tally in lacking:
        del tally.ended[NOT_KNOWN]
    if lacking:
        add_reasons(session, counts, frame)
    for where in [where for where, tally in counts.items() if not tally.days]:
        del counts[where]
    for tally in counts.values():
        if 0 in tally.ended.values():
            tally.ended = +tally.ended
