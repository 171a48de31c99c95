"""Putting the counts of stays together: from the stays themselves the first time, then from what has been noted.

The session should see one moment (`Database.session`, on PostgreSQL at REPEATABLE READ): what is taken from the notes
and what is counted must be of the same moment, and two who do it at once must not both succeed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Table, and_, delete, func, insert, or_, select, true, tuple_, update
from sqlalchemy.orm import Session

from se_engine.measures.kept_counts import OWN, PAUSED, Kept
from se_engine.queries.kept_counts import DAYS, day_number
from se_engine.queries.stays import COLUMNS, ENDED, STAYS, Stretches
from se_engine.records.base import plain_table
from se_engine.records.cases import SEVERAL, Pause, StepPeriod, Waiting
from se_engine.records.kept_counts import EVERYWHERE, KeptCounts, KeptStay, StayChange
from se_engine.rules.time import CLOCKS, Clock, DayCounts, Interval, count

AT_A_TIME = 5_000
"""Notes in a transaction, and rows in an INSERT."""
NAMED = 500
"""Stays asked for by number in one statement."""
ONE_DAY = timedelta(days=1)
One = TypeVar("One")


class Place(NamedTuple):
    """Where a stay is counted."""

    process: str
    office: int
    step: str


Counts = defaultdict[tuple[Place, Clock], Kept]


def keep_counts(session: Session) -> int:
    """Put the oldest changes into the counts, or count all stays where nothing is kept yet; how many there were.

    Nought once nothing is left to do: until then it is to be done again, in a transaction of its own.
    """
    if session.scalar(select(KeptCounts.process_name).limit(1)) is None:
        return count_anew(session)
    notes = _notes(session)
    if notes:
        _put_in(session, notes)
    return len(notes)


def count_anew(session: Session) -> int:
    """Forget what is kept and count all stays; how many there are."""
    for table in (StayChange, KeptStay, KeptCounts):
        session.execute(delete(plain_table(table)))
    counts: Counts = defaultdict(Kept)
    many = sum(_add_closed(session, counts, clock) for clock in CLOCKS) // len(CLOCKS)
    told = _by_themselves(session, true())
    _add_all(counts, told)
    _write(session, KeptStay, [_row(one) for one in told])
    _write(session, KeptCounts, [_counted(place, clock, kept) for (place, clock), kept in counts.items()])
    return many + sum(one.since is not None for one in told)


def _places(place: Place) -> tuple[Place, Place]:
    return place, place._replace(office=EVERYWHERE)


def _add_closed(session: Session, counts: Counts, clock: Clock) -> int:
    days, many = COLUMNS[clock], 0
    keys = (STAYS.process_name, STAYS.step, STAYS.left_to, STAYS.end_reason, STAYS.waited_for)
    divided = (*keys, days.own + days.waiting, STAYS.office_id)
    sums = (func.count(), func.sum(days.waiting), func.sum(days.paused))
    chosen = select(*divided, *sums).where(STAYS.left_on.is_not(None)).group_by(*divided)
    for process, step, to, reason, whom, observed, office, counted, waiting, paused in session.execute(chosen):
        for place in _places(Place(process, office, step)):
            _add_left(counts[place, clock], to, reason, whom, (observed, counted, waiting, paused))
        many += counted
    return many


def _add_left(kept: Kept, to: str, reason: str | None, whom: str | None, sums: tuple[int, int, int, int]) -> None:
    observed, many, waiting, paused = sums
    kept.add_left(observed, None if to == ENDED else to, reason, many)
    kept.own.add(observed * many - waiting)
    kept.waiting.add(waiting)
    kept.paused.add(paused)
    if whom not in (None, SEVERAL):
        kept.waiting_by[whom].add(waiting)


class Told(NamedTuple):
    """What one stay gives to the counts besides what its row tells."""

    number: int
    place: Place
    since: date | None
    kept: dict[Clock, dict[str, Any]]


def _by_themselves(session: Session, which: ColumnElement[bool]) -> list[Told]:
    """Of the stays that `which` chooses, those that run, and those that waited for several."""
    not_one = or_(STAYS.waited_for.is_(None), STAYS.waited_for == SEVERAL)
    chosen = and_(which, or_(STAYS.left_on.is_(None), and_(STAYS.waiting_days > 0, not_one)))
    parts = _parts(session, chosen)
    columns = (STAYS.id, STAYS.process_name, STAYS.office_id, STAYS.step, STAYS.entered_on, STAYS.left_on)
    return [
        _told(number, Place(process, office, step), entered, left, *parts.of(number))
        for number, process, office, step, entered, left in session.execute(select(*columns).where(chosen))
    ]


def _parts(session: Session, chosen: ColumnElement[bool]) -> Stretches:
    found = Stretches(defaultdict(list), defaultdict(list))
    waitings = select(Waiting.period_id, Waiting.waiting_for, Waiting.started_on, Waiting.ended_on)
    waitings = waitings.join(StepPeriod, StepPeriod.id == Waiting.period_id).where(chosen)
    for stay, whom, started, ended in session.execute(waitings.order_by(Waiting.started_on, Waiting.id)):
        found.waitings[stay].append((whom, Interval(started, ended)))
    pauses = select(Pause.period_id, Pause.started_on, Pause.ended_on)
    pauses = pauses.join(StepPeriod, StepPeriod.id == Pause.period_id).where(chosen)
    for stay, started, ended in session.execute(pauses):
        found.pauses[stay].append(Interval(started, ended))
    return found


def _told(
    number: int,
    place: Place,
    entered: date,
    left: date | None,
    pauses: Sequence[Interval],
    waitings: Sequence[tuple[str, Interval]],
) -> Told:
    if left is not None:
        waited = {clock: count(entered, left, pauses, waitings, clock).waiting for clock in CLOCKS}
        return Told(number, place, None, {clock: _waited(by) for clock, by in waited.items()})
    parts = [*pauses, *(interval for _, interval in waitings)]
    since = max([entered, *(day for part in parts for day in (part.start, part.end) if day is not None)])
    counted = {clock: count(entered, since, pauses, waitings, clock) for clock in CLOCKS}
    grows = _what_grows(counted["calendar"], count(entered, since + ONE_DAY, pauses, waitings, "calendar"))
    return Told(number, place, since, {clock: _running(days, since, clock, grows) for clock, days in counted.items()})


def _what_grows(days: DayCounts, a_day_later: DayCounts) -> str:
    """What the next day adds to, and every day after it until something happens: own days, a pause, a waiting."""
    if a_day_later.paused > days.paused:
        return PAUSED
    more = (whom for whom, many in a_day_later.waiting.items() if many > days.waiting.get(whom, 0))
    return next(more, OWN)


def _running(days: DayCounts, since: date, clock: Clock, grows: str) -> dict[str, Any]:
    kept = Kept()
    kept.add_running(day_number(since, clock), (days.own, days.waiting, days.paused), grows)
    return kept.as_json()


def _waited(by: Mapping[str, int]) -> dict[str, Any]:
    """Its days of waiting stand in its row, but not for whom."""
    kept = Kept()
    for whom, days in by.items():
        kept.waiting_by[whom].add(days)
    return kept.as_json()


def _add_all(counts: Counts, told: Iterable[Told], sign: int = 1) -> None:
    for one in told:
        for place in _places(one.place):
            for clock, kept in one.kept.items():
                counts[place, clock].add(kept, sign)


def _notes(session: Session) -> Sequence[Any]:
    """The oldest notes, taken out."""
    oldest = select(StayChange.id).order_by(StayChange.id).limit(AT_A_TIME)
    notes = plain_table(StayChange)
    return session.execute(delete(notes).where(notes.c.id.in_(oldest)).returning(notes)).all()


def _put_in(session: Session, notes: Sequence[Any]) -> None:
    """What was left or is no longer what it was, and the stays that tell more than their rows, as they are now."""
    counts: Counts = defaultdict(Kept)
    for note in notes:
        if note.many:
            for clock, names in DAYS.items():
                observed, waiting, paused = (getattr(note, name) for name in names)
                for place in _places(Place(note.process_name, note.office_id, note.step)):
                    sums = (observed, note.many, waiting, paused)
                    _add_left(counts[place, clock], note.left_to, note.end_reason, note.waited_for, sums)
    for numbers in _some(sorted({note.period_id for note in notes}), NAMED):
        _add_all(counts, _taken_out(session, numbers), sign=-1)
        told = _by_themselves(session, STAYS.id.in_(numbers))
        _add_all(counts, told)
        _write(session, KeptStay, [_row(one) for one in told])
    _merge(session, counts)


def _taken_out(session: Session, numbers: Sequence[int]) -> list[Told]:
    stays = plain_table(KeptStay)
    gone = session.execute(delete(stays).where(stays.c.period_id.in_(numbers)).returning(stays))
    return [
        Told(one.period_id, Place(one.process_name, one.office_id, one.step), one.since,
             {"calendar": one.calendar, "working": one.working})
        for one in gone
    ]  # fmt: skip


def _merge(session: Session, counts: Counts) -> None:
    kept = plain_table(KeptCounts)
    key = (kept.c.process_name, kept.c.office_id, kept.c.step)
    there: dict[tuple[Place, str], dict[str, Any]] = {}
    for places in _some(sorted({place for place, _ in counts}), NAMED):
        for process, office, step, clock, told in session.execute(
            select(*key, kept.c.clock, kept.c.counts).where(tuple_(*key).in_(list(places)))
        ):
            there[Place(process, office, step), clock] = told
    for (place, clock), more in counts.items():
        if (place, clock) in there:
            more.add(there[place, clock])
            one = and_(*(column == value for column, value in zip(key, place, strict=True)), kept.c.clock == clock)
            session.execute(update(kept).where(one).values(counts=more.as_json()))
        else:
            _write(session, KeptCounts, [_counted(place, clock, more)])


def _row(one: Told) -> dict[str, Any]:
    process, office, step = one.place
    return {"period_id": one.number, "process_name": process, "office_id": office, "step": step,
            "since": one.since, "calendar": one.kept["calendar"], "working": one.kept["working"]}  # fmt: skip


def _counted(place: Place, clock: Clock, kept: Kept) -> dict[str, Any]:
    process, office, step = place
    return {"process_name": process, "office_id": office, "step": step, "clock": clock, "counts": kept.as_json()}


def _write(session: Session, record: type[KeptStay] | type[KeptCounts], rows: list[dict[str, Any]]) -> None:
    table: Table = plain_table(record)
    for some in _some(rows, AT_A_TIME):
        session.execute(insert(table), some)


def _some(rows: Sequence[One], many: int) -> Iterator[list[One]]:
    """So many at a time."""
    for start in range(0, len(rows), many):
        yield list(rows[start : start + many])
