"""Random lives of many cases, written at once through the rules that make stays of events; and the same counted slowly.

The slow way knows nothing of stays, intervals or stored days: it walks from day to day and asks what stood then.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from holidays import country_holidays
from sqlalchemy import insert

from se_engine.actions.history import interval_columns, period_columns, standing
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.participants import Participant
from se_engine.rules.timeline import END_REASONS, WAITING_FOR, Event, EventKind, replay

STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
FIRST, LAST = date(2025, 1, 6), date(2026, 10, 30)
ONE_DAY = timedelta(days=1)
PUBLIC = country_holidays("NO", years=range(2024, 2028))


@dataclass(frozen=True)
class Life:
    """One case: who, where, and its events in order."""

    number: int
    office: int
    sex: str
    events: tuple[Event, ...]


def lives(chance: random.Random, many: int, offices: list[int], *, spread: int = 300) -> list[Life]:
    return [
        Life(number, chance.choice(offices), chance.choice(("female", "male")), tuple(_events(chance, spread)))
        for number in range(1, many + 1)
    ]


def _events(chance: random.Random, spread: int):
    on, step, waiting, paused = FIRST + timedelta(days=chance.randrange(spread)), STEPS[0], False, False
    yield Event(EventKind.OPENED, on, step=step)
    while True:
        on += timedelta(days=chance.choice((0, 0, 1, 3, 10, 25, 60)))
        kind = chance.choice(("entered", "entered", "waiting_started", "waiting_ended", "paused", "resumed", "ended"))
        if on > LAST:
            return
        if kind == "ended" and chance.random() < 0.4:
            yield Event(EventKind.ENDED, on, reason=chance.choice(END_REASONS[:4]))
            return
        if kind == "entered":
            # Mostly on to the next step, as people go.
            after = STEPS[(STEPS.index(step) + 1) % len(STEPS)]
            step = after if chance.random() < 0.7 else chance.choice([one for one in STEPS if one != step])
            waiting = paused = False
            yield Event(EventKind.ENTERED, on, step=step)
        elif kind == "waiting_started":
            waiting = True
            yield Event(EventKind.WAITING_STARTED, on, waiting_for=chance.choice(WAITING_FOR[:4]))
        elif kind == "waiting_ended" and waiting:
            waiting = False
            yield Event(EventKind.WAITING_ENDED, on)
        elif kind == "paused" and not paused:
            paused = True
            yield Event(EventKind.PAUSED, on, reason="sickness")
        elif kind == "resumed" and paused:
            paused = False
            yield Event(EventKind.RESUMED, on)


def write(session: Any, found: list[Life], *, older_release: bool = False) -> None:
    """The rows that an import of these events writes, with neither trail nor history."""
    rows: dict[type, list[dict[str, Any]]] = defaultdict(list)
    moment, stays = datetime(2026, 11, 1, tzinfo=UTC), 0
    for life in found:
        timeline = replay(list(life.events), {step: step for step in STEPS})
        case = SimpleNamespace(id=life.number, office_id=life.office, process_name="supported_employment")
        rows[Participant].append(
            {"id": life.number, "office_id": life.office, "ref": f"L{life.number}", "sex": life.sex,
             "protected": False, "recorded_at": moment, "version": 1}
        )  # fmt: skip
        rows[Case].append(
            {"id": case.id, "participant_id": case.id, "office_id": life.office, "process_name": case.process_name,
             "process_version": 1, "template": "standard", "protected": False, "version": 1,
             "opened_on": life.events[0].happened_on, "visit": len(timeline.periods), **standing(timeline)}
        )  # fmt: skip
        for ordinal, period in enumerate(timeline.periods, start=1):
            stays += 1
            stay = dict.fromkeys(("left_on", "left_to", "end_reason", "waited_for", "own_days", "waiting_days",
                "paused_days", "own_working_days", "waiting_working_days", "paused_working_days"))  # fmt: skip
            stay |= {"id": stays, **period_columns(case, ordinal, period, timeline.end_reason)}
            rows[StepPeriod].append(stay | {"end_reason": None, "waited_for": None} if older_release else stay)
            for kind, columns in interval_columns(stays, period):
                rows[kind].append(columns)
    for table, written in rows.items():
        session.execute(insert(table), written)


@dataclass(frozen=True)
class Walked:
    """One stay, walked from day to day: for every day after it was entered, what stood then."""

    life: Life
    ordinal: int
    step: str
    first: bool
    entered: date
    days: tuple[tuple[date, str], ...]
    left: date | None
    to: str | None
    reason: str | None


def walk(life: Life) -> list[Walked]:
    """Day by day until long after the last event: `own`, `paused` or who is waited for."""
    by_day = defaultdict(list)
    for event in life.events:
        by_day[event.happened_on].append(event)
    told, day, last = [], life.events[0].happened_on, LAST + timedelta(days=30)
    stay: dict[str, Any] | None = None
    whom, paused, ended = None, False, False
    seen: set[str] = set()
    while day <= last:
        if stay is not None and not ended:
            stay["days"].append((day, "paused" if paused else whom or "own"))
        for event in by_day[day]:
            if event.kind in (EventKind.OPENED, EventKind.ENTERED, EventKind.ENDED):
                if stay is not None:
                    to = "ended" if event.kind is EventKind.ENDED else event.step
                    stay |= {"left": day, "to": to, "reason": event.reason}
                    told.append(stay)
                if event.kind is EventKind.ENDED:
                    ended, stay = True, None
                    break
                stay = {"ordinal": len(told), "step": event.step, "entered": day, "days": [], "left": None, "to": None,
                        "reason": None, "first": event.step not in seen}  # fmt: skip
                seen.add(event.step)
                whom, paused = None, False
            elif event.kind is EventKind.WAITING_STARTED:
                whom = event.waiting_for
            elif event.kind is EventKind.WAITING_ENDED:
                whom = None
            else:
                paused = event.kind is EventKind.PAUSED
        day += ONE_DAY
    if stay is not None:
        told.append(stay)
    return [Walked(life, **{**one, "days": tuple(one["days"])}) for one in told]


def counts(day: date, clock: str) -> bool:
    return clock == "calendar" or (day.weekday() < 5 and day not in PUBLIC)


def block_of(stays: list[Walked], as_of: date, clock: str, horizon: int) -> dict[str, Any]:
    """What the report says of one step, from its stays; those entered later are not among them."""
    own = waiting = paused = 0
    waiting_by: Counter[str] = Counter()
    forward = back = still = 0
    ended: Counter[str] = Counter()
    observed = []
    for stay in stays:
        left = stay.left is not None and stay.left <= as_of
        last = stay.left if left and stay.left else as_of
        states = Counter(state for day, state in stay.days if day <= last and counts(day, clock))
        run = states.total() - states["paused"]
        own, paused = own + states["own"], paused + states["paused"]
        waiting += run - states["own"]
        waiting_by.update({whom: days for whom, days in states.items() if whom not in ("own", "paused")})
        observed.append((run, left and stay.to != "ended"))
        if not left:
            still += 1
        elif stay.to == "ended":
            ended[stay.reason or "unknown"] += 1
        elif STEPS.index(str(stay.to)) > STEPS.index(stay.step):
            forward += 1
        else:
            back += 1
    many = len(stays)
    curve = _curve(observed)
    last_day = max((days for days, _ in observed), default=None)
    return {
        "visits": many,
        "completed": forward + back,
        "open": many - forward - back,
        "left_to": {"forward": forward, "back": back, "ended": dict(sorted(ended.items())), "open": still},
        "own_days_mean": _mean(own, many),
        "waiting_days_mean": _mean(waiting, many),
        "paused_days_mean": _mean(paused, many),
        "waiting_by": {whom: _mean(days, many) for whom, days in sorted(waiting_by.items()) if days},
        "median": _quantile(curve, Fraction(1, 2), last_day),
        "quartile_1": _quantile(curve, Fraction(3, 4), last_day),
        "quartile_3": _quantile(curve, Fraction(1, 4), last_day),
        "observed_to": last_day,
        "mean_to_horizon": _restricted(curve, horizon) if many else None,
        "curve": [(day, risk, gone, round(float(still_there), 6)) for day, risk, gone, still_there in curve],
    }


def _curve(observed: list[tuple[int, bool]]) -> list[tuple[int, int, int, Fraction]]:
    """Day after day, the proportion of those still there who stay."""
    rows, still_there = [], Fraction(1)
    for day in range(max((days for days, _ in observed), default=-1) + 1):
        at_risk = sum(days >= day for days, _ in observed)
        gone = sum(days == day and left for days, left in observed)
        if gone:
            still_there *= Fraction(at_risk - gone, at_risk)
            rows.append((day, at_risk, gone, still_there))
    return rows


def _quantile(curve: list[tuple[int, int, int, Fraction]], p: Fraction, last_day: int | None) -> float | None:
    reached = [row for row in curve if row[3] <= p]
    if not reached or last_day is None:
        return None
    day, *_, height = reached[0]
    if height < p:
        return day
    beyond = [row[0] for row in reached if row[3] < p]
    return (day + (beyond[0] if beyond else last_day)) / 2


def _restricted(curve: list[tuple[int, int, int, Fraction]], horizon: int) -> float:
    """Each day counts with the proportion still there after the one before."""
    height = {day: still_there for day, *_, still_there in curve}
    area, now = Fraction(0), Fraction(1)
    for day in range(horizon):
        now = height.get(day, now)
        area += now
    return round(float(area), 4)


def _mean(days: int, many: int) -> float | None:
    return round(days / many, 4) if many else None
