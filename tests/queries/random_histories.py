"""Random ways through the steps, written as rows; and what somebody with a calendar says of a day in them."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import insert

from se_engine.records.cases import Case, CaseOwner, Pause, StepPeriod, Waiting
from se_engine.records.participants import Participant
from se_engine.rules.time import Interval, count

PROCESS = "supported_employment"
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
REASONS = ("work", "education", "moved", None)
PARTIES = ("nav", "employer", "participant")
Span = tuple[date, date | None]


def holds(span: Span, day: date) -> bool:
    """From the end of one day until the end of another."""
    return span[0] <= day and (span[1] is None or span[1] > day)


@dataclass
class Stay:
    step: str
    entered: date
    left: date | None = None
    to: str | None = None
    pauses: list[Span] = field(default_factory=list)
    waitings: list[tuple[str, Span]] = field(default_factory=list)

    def days(self, until: date, clock: str) -> int:
        pauses = [Interval(*span) for span in self.pauses]
        return count(self.entered, min(self.left or until, until), pauses, (), clock).observed


@dataclass
class Life:
    number: int
    sex: str
    stays: list[Stay]
    owners: list[tuple[date, int | None]]
    reason: str | None = None

    @property
    def opened(self) -> date:
        return self.stays[0].entered

    @property
    def ended(self) -> date | None:
        return self.stays[-1].left if self.stays[-1].to == "ended" else None

    def stay_on(self, day: date) -> Stay | None:
        return next((stay for stay in self.stays if holds((stay.entered, stay.left), day)), None)

    def owner_on(self, day: date) -> int | None:
        return ([None] + [owner for since, owner in self.owners if since <= day])[-1]

    def outcome(self, as_of: date, clock: str) -> tuple[int, str | int]:
        """Days and end reason, as competing() takes them."""
        days = sum(stay.days(as_of, clock) for stay in self.stays if stay.entered <= as_of)
        return days, (self.reason or "unknown") if self.ended and self.ended <= as_of else 0


def lives(number: int, last: date, owners: list[int], *, seed: int) -> list[Life]:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    return [_life(chance, one, last, owners) for one in range(1, number + 1)]


def _life(chance: random.Random, number: int, last: date, owners: list[int]) -> Life:
    opened = on = last - timedelta(days=chance.randint(0, 500))
    at, stays, reason = 0, [], None
    while True:
        stay = Stay(STEPS[at], on)
        stays.append(stay)
        left = on + timedelta(days=chance.choice((0, 1, 7, 30, 60, 120)) + chance.randint(0, 9))
        _interrupt(chance, stay, min(left, last), runs=left > last)
        if left > last:
            break
        ends = chance.random() < 0.2
        at = max(0, min(len(STEPS) - 1, at + chance.choice((1, 1, 1, -1))))
        if STEPS[at] == stay.step:
            at -= 1
        stay.left, stay.to, on = left, "ended" if ends else STEPS[at], left
        if ends:
            reason = chance.choice(REASONS)
            break
    taken = sorted({opened, *(opened + timedelta(days=chance.randint(0, (last - opened).days)) for _ in range(2))})
    given = [(day, chance.choice([*owners, None])) for day in taken]
    return Life(number, chance.choice(("female", "male")), stays, given, reason)


def _interrupt(chance: random.Random, stay: Stay, until: date, *, runs: bool) -> None:
    """Pauses one after the other, and waitings too, each open to the end now and then."""
    spans: list[Span] = []
    for kept in (stay.pauses, spans):
        day = stay.entered
        while chance.random() < 0.5:
            begins = day + timedelta(days=chance.randint(0, 20))
            ends = begins + timedelta(days=chance.randint(0, 25))
            if begins > until:
                break
            kept.append((begins, ends if ends < until else None if runs else until))
            day = ends
            if ends >= until:
                break
    stay.waitings = [(chance.choice(PARTIES), span) for span in spans]


def write(session, office_id: int, found: list[Life], recorded_at) -> None:
    rows = {kind: [] for kind in (Participant, Case, StepPeriod, Waiting, Pause, CaseOwner)}
    for life in found:
        _rows(rows, office_id, life, recorded_at)
    for kind, each in rows.items():
        if each:
            session.execute(insert(kind), each)


def _rows(rows, office_id: int, life: Life, recorded_at) -> None:
    last, known = life.stays[-1], {"office_id": office_id, "protected": False, "version": 1}
    rows[Participant].append({
        "id": life.number, "ref": f"R{life.number}", "sex": life.sex, "recorded_at": recorded_at, **known,
    })  # fmt: skip
    paused = any(end is None for _, end in last.pauses)
    rows[Case].append({
        "id": life.number, "participant_id": life.number, "owner_id": life.owners[-1][1], "process_name": PROCESS,
        "process_version": 1, "template": "standard", "step": last.to or last.step, "opened_on": life.opened,
        "status": "ended" if life.ended else "paused" if paused else "active", "entered_on": last.left or last.entered,
        "ended_on": life.ended, "end_reason": life.reason, "visit": len(life.stays), "last_event_on": last.entered,
        **known,
    })  # fmt: skip
    for since, owner in life.owners:
        rows[CaseOwner].append(
            {"case_id": life.number, "user_id": owner, "from_on": since, "recorded_at": recorded_at}
        )
    for ordinal, stay in enumerate(life.stays, 1):
        number = len(rows[StepPeriod]) + 1
        rows[StepPeriod].append({
            "id": number, "case_id": life.number, "office_id": office_id, "process_name": PROCESS, "ordinal": ordinal,
            "step": stay.step, "entered_on": stay.entered, "left_on": stay.left, "left_to": stay.to,
            "end_reason": life.reason if stay.to == "ended" else None, **_counts(stay),
        })  # fmt: skip
        spans = [(Pause, {"reason": "sickness"}, span) for span in stay.pauses]
        spans += [(Waiting, {"waiting_for": whom}, span) for whom, span in stay.waitings]
        for kind, what, (begins, ends) in spans:
            rows[kind].append({"period_id": number, "started_on": begins, "ended_on": ends, **what})


def _counts(stay: Stay) -> dict[str, int | None]:
    names = ("own_days", "waiting_days", "paused_days", "own_working_days", "waiting_working_days",
             "paused_working_days", "waited_for")  # fmt: skip
    if stay.left is None:
        return dict.fromkeys(names)
    pauses = [Interval(*span) for span in stay.pauses]
    waitings = [(whom, Interval(*span)) for whom, span in stay.waitings]
    counted = {clock: count(stay.entered, stay.left, pauses, waitings, clock) for clock in ("calendar", "working")}
    days = [
        number for one in counted.values() for number in (one.own, sum(one.waiting.values()), one.paused)
    ]
    parties = sorted(counted["calendar"].waiting)
    waited = parties[0] if len(parties) == 1 else "several" if parties else None
    return dict(zip(names, (*days, waited), strict=True))


def load_of(found: list[Life], owner: int | None, day: date) -> Counter:
    """Case by case: how many of each kind somebody had at the end of the day."""
    load: Counter = Counter()
    for life in found:
        stay = life.stay_on(day)
        if stay is None or life.owner_on(day) != owner:
            continue
        if any(holds(span, day) for span in stay.pauses):
            load["paused"] += 1
            continue
        load["active"] += 1
        load["waiting"] += any(holds(span, day) for _, span in stay.waitings)
        load["follow_up"] += stay.step == "follow_up"
    return load
